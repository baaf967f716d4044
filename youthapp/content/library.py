"""The library: all records of a folder, read once, held against each other, and refused whole when one of them is wrong."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from . import records
from .records import Card, Confidence, Line, Record, Shelf

HERE = Path(__file__).parent

CODE_LETTERS = "34679cdfghjkmnpqrtvwx"
"""No vowels, so that no code spells a word, and nothing that looks like something else on paper (0/O, 1/I/L, 2/Z, 5/S, 8/B)."""

_CODE = re.compile(rf"[{CODE_LETTERS}]{{3,4}}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Seven digits or more in a row (with the usual separators), a bare short code, a link, or markup: these stand in line records only.
_NOT_WORDS = re.compile(r"(?:\d[-. ()]*){7,}|(?<![\d,])\d{5,6}(?![\d,])|https?:|www\.|[<>]|&\w+;")
_PUBLISHABLE = (Confidence.HIGH, Confidence.MEDIUM, "derived")


class LibraryError(ValueError):
    """The library cannot be used; the message lists every problem: file, field, what is wrong, what to do."""


@dataclass(frozen=True)
class Fact:
    """One fact: ``says`` may be published, ``unverified`` may not."""

    id: str
    says: str
    confidence: str
    sources: tuple[str, ...]
    unverified: str = ""


@dataclass(frozen=True)
class Library:
    """All records by id, with what they rest on. Frozen: a changed record is a new release."""

    records: Mapping[str, Record]
    kinds: Mapping[str, str]
    """Record id -> kind (the folder's name)."""
    facts: Mapping[str, Fact]
    sources: Mapping[str, Mapping[str, str]]
    topics: Mapping[str, Mapping[str, str]]
    easy: frozenset[str] = field(default=frozenset())

    @classmethod
    def load(cls, *folders: Path) -> "Library":
        """Return the library of one or more content folders: ours first, then an organisation's own.

        Raises LibraryError with every problem found.
        """
        folders = folders or (HERE,)
        problems: list[str] = []
        found: dict[str, Record] = {}
        kinds: dict[str, str] = {}
        for folder in folders:
            for kind, shape in records.KINDS.items():
                for path in sorted((folder / kind).glob("*.toml")):
                    where = f"{kind}/{path.name}"
                    try:
                        record = records.read(tomllib.loads(path.read_text("utf-8")), shape)
                    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                        problems.append(f"{where}: not TOML: {error}")
                        continue
                    except msgspec.ValidationError as error:
                        problems.append(f"{where}: {error}. Fields of this kind: {', '.join(shape.__struct_fields__)}.")
                        continue
                    if record.id in found:
                        problems.append(f"{where}: id: {record.id!r} is already in {kinds[record.id]}/. Give this record an id of its own.")
                        continue
                    if record.id != path.stem or not _ID.fullmatch(record.id):
                        problems.append(f"{where}: id: {record.id!r} is not the file's name. Name the file {record.id}.toml, or change the id.")
                    found[record.id], kinds[record.id] = record, kind
        library = cls(
            records=found,
            kinds=kinds,
            facts={key: msgspec.convert({"id": key, **table}, Fact) for key, table in _table("facts").items()},
            sources=_table("sources"),
            topics=_table("topics"),
            easy=frozenset(_table("easy").get("names", ())),
        )
        problems.extend(library._problems())
        if problems:
            raise LibraryError("The library has problems, so the app does not start:\n  " + "\n  ".join(problems))
        return library

    def get(self, record_id: str) -> Record:
        """Return a record. Raises KeyError when there is none."""
        return self.records[record_id]

    def of_kind(self, kind: str) -> list[Any]:
        """Return the records of a kind in the order of their ids."""
        return [record for record_id, record in self.records.items() if self.kinds[record_id] == kind]

    def by_code(self, code: str) -> Record | None:
        """Return the record that wears a code in any case, or None."""
        return self._codes.get(code.lower())

    def shown(self, record: Record) -> bool:
        """Whether a reader may see a record at all: a line that we are unsure of stays in the library."""
        return not isinstance(record, Line) or record.shown

    def shelf_of(self, record: Record) -> Shelf | None:
        """Return the shelf a record stands on: the one that holds its first topic."""
        return next((self._shelves[topic] for topic in record.topics if topic in self._shelves), None)

    def on_shelf(self, shelf: Shelf) -> list[Card]:
        """Return the cards whose first topic a shelf holds: guides first, then tips, then rights."""
        order = {"now": 0, "tips": 1, "rights": 2}
        cards = [record for record in self.records.values() if isinstance(record, Card) and self.shelf_of(record) is shelf]
        return sorted(cards, key=lambda card: (order[self.kinds[card.id]], shelf.topics.index(next(t for t in card.topics if t in shelf.topics))))

    def addresses_of(self, record: Record) -> list[str]:
        """Return the addresses and citations that a record rests on, each once: its facts' pages, its sources, a line's evidence."""
        told = [address for fact in record.facts if fact in self.facts for address in self.facts[fact].sources]
        told += [self.sources[key]["what"] for key in record.sources if key in self.sources]
        if isinstance(record, Line):
            told += [evidence.address for evidence in record.evidence]
        return list(dict.fromkeys(told))

    @cached_property
    def _codes(self) -> dict[str, Record]:
        return {record.code: record for record in self.records.values()}

    @cached_property
    def _shelves(self) -> dict[str, Shelf]:
        return {topic: shelf for shelf in self.of_kind("shelves") for topic in shelf.topics}

    def _problems(self) -> Iterator[str]:
        codes: dict[str, str] = {}
        for record_id, record in self.records.items():
            where = f"{self.kinds[record_id]}/{record_id}.toml"
            if not _CODE.fullmatch(record.code):
                yield f"{where}: code: {record.code!r} is not a code. Write 3 or 4 of the characters {CODE_LETTERS}; `youthapp content code` gives a free one."
            elif other := codes.get(record.code):
                yield f"{where}: code: {record.code!r} is already the code of {other!r}. A code is permanent: give this record a free one."
            codes.setdefault(record.code, record_id)
            yield from (f"{where}: {problem}" for problem in self._problems_of(record))

    def _problems_of(self, record: Record) -> Iterator[str]:
        for path, text in records.texts(record):
            if match := _NOT_WORDS.search(text):
                yield f'{path}: {match.group()!r} in a sentence. Numbers, links and markup stand in a line record: point to it with line = "…".'
        if len(record.topics) > 3 and not isinstance(record, Shelf):
            yield "topics: more than three. Keep the three that a reader would search for."
        for topic in record.topics:
            if topic not in self.topics:
                yield f"topics: {topic!r} is not a topic. The topics are in topics.toml."
        for fact in record.facts:
            if fact not in self.facts:
                yield f"facts: {fact!r} is not in facts.toml."
            elif self.facts[fact].confidence not in _PUBLISHABLE:
                yield f"facts: {fact!r} is {self.facts[fact].confidence}: it may not be published until a person has read the primary source."
        for key in record.sources:
            if key not in self.sources:
                yield f"sources: {key!r} is not in sources.toml."
        if self.kinds[record.id] in {"tips", "now", "rights", "limits", "needs", "pairs", "notes"} and not self.addresses_of(record):
            yield "sources: none. Name the facts or sources that back this record."
        if isinstance(record, Line) and not record.evidence:
            yield "evidence: none. Name the page that was read."
        for path, target in references(record):
            other = self.records.get(target)
            if other is None:
                yield f"{path}: there is no record {target!r}."
            elif path.rsplit(".", 1)[-1] == "line" or path.startswith("lines"):
                if not isinstance(other, Line):
                    yield f"{path}: {target!r} is not a line."
                elif not other.shown:
                    yield f"{path}: {target!r} has low confidence and is not shown. Choose another line until a person has rung it."
            elif path.startswith("steps") and not isinstance(other, records.Step):
                yield f"{path}: {target!r} is not a step."


def references(record: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted path, record id) for every id that a record names."""
    for name in record.__struct_fields__:
        value, here = getattr(record, name), f"{path}.{name}" if path else name
        if name in ("next", "lines", "steps"):
            yield from ((f"{here}.{index}", target) for index, target in enumerate(value))
        elif name in ("line", "card") and value:
            yield here, value
        elif isinstance(value, tuple):
            yield from (pair for index, item in enumerate(value) if isinstance(item, msgspec.Struct) for pair in references(item, f"{here}.{index}"))


def free_codes(taken: Iterable[str]) -> Iterator[str]:
    """Yield codes of three characters that nobody has, in an order that spreads them, skipping those that read like an abuse."""
    used, ugly = set(taken), {"fck", "fcv", "kkk", "wtf", "gtf", "fgt", "ngr", "cnt", "dck", "vgn", "rpd", "nkd", "prn", "htx"}
    size = len(CODE_LETTERS)
    step = 3571  # a prime that does not divide size**3, so that every code is visited once
    for index in range(size**3):
        number = (index * step + 1979) % size**3
        code = CODE_LETTERS[number // size**2] + CODE_LETTERS[number // size % size] + CODE_LETTERS[number % size]
        if code not in used and code not in ugly:
            yield code


def _table(name: str) -> dict[str, Any]:
    path = HERE / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))
