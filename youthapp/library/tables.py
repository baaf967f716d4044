"""The editorial tables of ``content/``: orders, groups and limits that people who write decide, read once and checked.

Each file is one type here. An unknown key, a missing one or an id that no record has is refused with the file, the line
and the key.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ..paths import CONTENT as CONTENT
from . import toml_file

if TYPE_CHECKING:
    from .library import Library


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of editorial data, or a part of one."""


class Talk(Table, frozen=True, kw_only=True):
    """talk.toml: what the chooser of lines does beside the reasons' own lists."""

    anything: str
    """The reason whose lines stand on the first page."""
    county_reasons: tuple[str, ...]
    """Reasons behind which the child-protection line of the set county stands, after their own lines."""
    county_lines: str
    """How the ids of the counties' child-protection lines start; the county's name follows."""


class Band(Table, frozen=True, kw_only=True):
    """A group of guides under "Something just happened"; its name is a word of code, and the heading is in the
    template."""

    name: str
    icon: str
    guides: tuple[str, ...]


class Bands(Table, frozen=True, kw_only=True):
    """bands.toml: the groups of guides, in the order in which a reader meets them."""

    bands: tuple[Band, ...]
    body_shelves: tuple[str, ...]
    """Shelves behind "My body"."""


class Plan(Table, frozen=True, kw_only=True):
    """plan.toml: what the pocket plan offers."""

    lines: tuple[str, ...]
    """Lines that can stand on the pocket plan."""


class Situation(Table, frozen=True, kw_only=True):
    """A group of pairs on the page "What to say instead"; its name is a word of code, and the heading is in the
    template."""

    name: str
    pairs: tuple[str, ...]


class Outreach(Table, frozen=True, kw_only=True):
    """outreach.toml: what workers are shown, and what they can hand on."""

    hand_on: tuple[str, ...]
    """Kinds whose pages can stand on a card or be sent as a link, in the order of the lists."""
    situations: tuple[Situation, ...]
    meeting_notes: tuple[str, ...]
    """Notes about running a team meeting, in their order; all other notes stand on the worker's first page."""


class Review(Table, frozen=True, kw_only=True):
    """review.toml: when a check runs out, who signs, and what must name its source."""

    days: Mapping[str, int]
    """Kind -> days between two checks."""
    other_days: int
    """Days between two checks for every other kind."""
    new_year: tuple[str, ...]
    """Kinds that are due on each 1 January too, when California's new laws start."""
    roles: tuple[str, ...]
    """Who can sign a record."""
    editors: Mapping[str, str]
    """Language tag -> the role that reads and signs its translations."""
    signoffs: tuple[str, ...]
    """Who can be asked to confirm a fact."""
    sourced: tuple[str, ...]
    """Kinds whose records must name a fact or a source."""


class Search(Table, frozen=True, kw_only=True):
    """search.toml: where a question can lead."""

    kinds: tuple[str, ...]
    """Kinds that the search knows, in the order of the index."""
    a_to_z: tuple[str, ...]
    """Kinds whose titles stand on the list of all questions."""


class Danger(Table, frozen=True, kw_only=True):
    """Words of danger now: when one of the phrases is in a question, its guide comes first and then its line."""

    card: str
    line: str
    when: tuple[str, ...]


class Idiom(Table, frozen=True, kw_only=True):
    """Manners of speaking that are no danger."""

    when: tuple[str, ...]


class Opening(Table, frozen=True, kw_only=True):
    """How a question for a fact begins, and the words that say it is about a person."""

    opens: tuple[str, ...]
    self: tuple[str, ...]


class SearchWords(Table, frozen=True, kw_only=True):
    """search-words.toml: what the search on the phone knows of words. Its comments say what each part is for."""

    stop: str
    alike: tuple[str, ...]
    speak: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, str]
    danger: tuple[Danger, ...]
    idiom: tuple[Idiom, ...]
    fact: Opening


class Names(Table, frozen=True, kw_only=True):
    """easy.toml: names that the reading level counts as one easy word."""

    names: tuple[str, ...]


class Topic(Table, frozen=True, kw_only=True):
    """One entry of topics.toml."""

    means: str


class Source(Table, frozen=True, kw_only=True):
    """One entry of sources.toml."""

    what: str
    """The citation, for reviewers."""
    read: str
    """How much of it was read."""
    authority: str = ""
    """Whose statement it is: the only thing that a page prints."""


class Tables(Table, frozen=True, kw_only=True):
    """All tables."""

    talk: Talk
    bands: Bands
    plan: Plan
    outreach: Outreach
    review: Review
    search: Search
    search_words: SearchWords


def load(name: str, kind: Any, folder: Path = CONTENT) -> Any:
    """Return the table of a file as a type. Raises FileError, which names the file, the line and the key."""
    return toml_file.read(folder / f"{name}.toml", f"{name}.toml").convert(kind)


@cache
def tables() -> Tables:
    """Return the tables of ours, read once. Raises FileError when one is wrong."""
    return Tables(
        talk=load("talk", Talk), bands=load("bands", Bands), plan=load("plan", Plan), outreach=load("outreach", Outreach),
        review=load("review", Review),
        search=load("search", Search), search_words=load("search-words", SearchWords),
    )  # fmt: skip


def problems(library: "Library") -> Iterator[str]:
    """Yield every id or kind in a table that the library does not have, and every pair of ours that stands in no
    situation."""
    found = tables()
    named = [
        ("talk.toml: anything", "reasons", (found.talk.anything,)),
        ("talk.toml: county_reasons", "reasons", found.talk.county_reasons),
        ("plan.toml: lines", "lines", found.plan.lines), ("outreach.toml: meeting_notes", "notes",
        found.outreach.meeting_notes),
    ]  # fmt: skip
    for group in found.search_words.danger:
        named += [("search-words.toml: danger.line", "lines", (group.line,))]
        if group.card not in library.records:
            yield f'search-words.toml: danger.card: there is no record "{group.card}".'
    named += [(f"outreach.toml: situations.{group.name}", "pairs", group.pairs) for group in found.outreach.situations]
    named += [("bands.toml: body_shelves", "shelves", found.bands.body_shelves)]
    named += [(f"bands.toml: {band.name}", "now", band.guides) for band in found.bands.bands]
    for where, kind, ids in named:
        yield from (f'{where}: there is no record "{key}" in {kind}/.' for key in ids if library.kinds.get(key) != kind)
    banded = [key for band in found.bands.bands for key in band.guides]
    for key in sorted(key for key, kind in library.kinds.items() if kind == "now" and key not in library.own):
        if banded.count(key) != 1:
            yield f"bands.toml: {key!r} is in {banded.count(key)} bands. Put it in one."
    grouped = {key for group in found.outreach.situations for key in group.pairs}
    for key in sorted(
        key for key, kind in library.kinds.items() if kind == "pairs" and key not in grouped | library.own
    ):
        yield f"outreach.toml: {key!r} is in no situation. Add it to the pairs of one."
