"""What the facts rest on: allowed publishers only, replaced facts marked on both sides, and who still has to sign."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ..library import tables
from ..library.facts import Fact
from ..library.library import Library


@cache
def publishers() -> tuple[str, ...]:
    """Return the names that an authority may start with (publishers.toml)."""
    groups: Mapping[str, tuple[str, ...]] = tables.load("publishers", dict[str, tuple[str, ...]])
    return tuple(name for names in groups.values() for name in names)


def allowed(authority: str) -> bool:
    """Whether an authority starts with the whole name of an allowed publisher."""
    return _publisher().match(authority) is not None


@cache
def _publisher() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, publishers()))})(?!\w)")


def problems(library: Library) -> Iterator[str]:
    """Yield every fact or source of ours whose authority is not on the list, whose replacement is marked on one side
    only, or whose sign-off is by nobody we know."""
    wanted = tables.tables().review.signoffs
    for key, fact in library.facts.items():
        if key.lower().startswith("own-"):
            continue
        yield from (
            f"facts {key}: {name!r} is no publisher of publishers.toml." for name in fact.authority if not allowed(name)
        )
        if fact.signoff and fact.signoff not in wanted:
            yield f"facts {key}: signoff: {fact.signoff!r} is none of the choices: {', '.join(wanted)}."
        for old in fact.replaces:
            if old in library.facts and key not in library.facts[old].replaced_by:
                yield f"facts {old}: {key} replaces it. Add {key} to its replaced_by."
        for new in fact.replaced_by:
            if new not in library.facts or key not in library.facts[new].replaces:
                yield f"facts {key}: replaced_by names {new}, which does not say so under replaces."
    for key, source in library.sources.items():
        if source.authority and not key.lower().startswith("own-") and not allowed(source.authority):
            yield f"sources.toml {key}: {source.authority!r} is no publisher of publishers.toml."


def outdated(library: Library) -> dict[str, list[str]]:
    """Return replaced fact -> "kind/id" of the records that still name it, the most used fact first."""
    found: dict[str, list[str]] = {}
    for record_id, record in library.records.items():
        for key in record.facts:
            if key in library.facts and library.facts[key].replaced_by:
                found.setdefault(key, []).append(f"{library.kinds[record_id]}/{record_id}")
    return dict(sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])))


def used(library: Library) -> dict[str, list[str]]:
    """Return fact -> ids of the records that name it, for every fact that one names."""
    found: dict[str, list[str]] = {}
    for record_id, record in library.records.items():
        for key in record.facts:
            found.setdefault(key, []).append(record_id)
    return found


def waiting(library: Library) -> dict[str, list[Fact]]:
    """Return role -> facts that it must confirm before a launch, those that records rest on first, then by id."""
    rests = used(library)
    found: dict[str, list[Fact]] = {role: [] for role in tables.tables().review.signoffs}
    for fact in sorted(library.facts.values(), key=lambda fact: (fact.id not in rests, fact.id)):
        if fact.signoff:
            found.setdefault(fact.signoff, []).append(fact)
    return found
