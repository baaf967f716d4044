"""The library: all records of a folder, read once, checked against each other, and refused whole when one of them is
wrong."""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ..paths import CONTENT
from . import rules, tables
from .facts import Fact
from .reading import read_folders
from .rules import CODE_LETTERS
from .schema import Card, Line, Record, Shelf
from .tables import Source, Topic
from .toml_file import FileError

_UGLY = frozenset({"fck", "fcv", "kkk", "wtf", "gtf", "fgt", "ngr", "cnt", "dck", "vgn", "rpd", "nkd", "prn", "htx"})
"""Letters that read like an abuse; no code holds them."""


class LibraryError(ValueError):
    """The library cannot be used; the message lists every problem: file, line, field, what is wrong, what to do."""


@dataclass(frozen=True)
class Library:
    """All records by id, with what they rest on. Frozen: a changed record is a new release."""

    records: Mapping[str, Record]
    kinds: Mapping[str, str]
    """Record id -> kind (the folder's name)."""
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind -> ids in the order a reader meets them."""
    easy: frozenset[str] = field(default=frozenset())
    codes: Mapping[str, str] = field(default_factory=dict)
    """Code -> record id."""
    own: frozenset[str] = field(default=frozenset())
    """Ids of an organisation's own records."""
    own_words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    """Language -> id -> English text -> translated text of own records; ours are in the catalogues."""
    own_codes: Mapping[str, str] = field(default_factory=dict)
    """Code -> record id of an organisation's own records that are on paper (published.toml of its folder)."""

    @classmethod
    def load(cls, *folders: Path) -> "Library":
        """Return the library of one or more content folders: ours first, then an organisation's own.

        An own folder is laid out like ours and may have its own facts.toml, sources.toml and published.toml. The words
        of ``tips/own-x.toml`` in Spanish are beside it in ``tips/own-x.es.toml``: a line for each text, its path and
        its words (``"do.0.text" = "…"``). Own codes have 4 characters and ours 3, so that no release of ours takes one
        that is on an organisation's paper. Raises LibraryError with every problem found.
        """
        found = read_folders(folders or (CONTENT,))
        problems = list(found.problems)
        try:
            library = cls(
                records=found.records,
                kinds=found.kinds,
                facts=found.facts,
                sources=found.sources,
                topics=tables.load("topics", dict[str, Topic]),
                order=tables.load("order", dict[str, tuple[str, ...]]),
                easy=frozenset(tables.load("easy", tables.Names).names),
                codes={record.code: record_id for record_id, record in found.records.items()},
                own=frozenset(found.own),
                own_words=found.own_words,
                own_codes=found.own_codes,
            )
            problems.extend(rules.problems(library, found))
        except FileError as error:
            raise LibraryError(_refused([*problems, str(error)])) from None
        if problems:
            raise LibraryError(_refused(problems))
        return library

    def get(self, record_id: str) -> Record:
        """Return a record. Raises KeyError when there is none."""
        return self.records[record_id]

    def of_kind(self, kind: str) -> list[Any]:
        """Return the records of a kind in the order of order.toml; what is not named there comes after, by id."""
        place = {record_id: index for index, record_id in enumerate(self.order.get(kind, ()))}
        found = [record_id for record_id, its_kind in self.kinds.items() if its_kind == kind]
        return [
            self.records[record_id] for record_id in sorted(found, key=lambda key: (place.get(key, len(place)), key))
        ]

    def by_code(self, code: str) -> Record | None:
        """Return the record that has a code, written in capitals or not; None when there is none."""
        record_id = self.codes.get(code.lower())
        return self.records[record_id] if record_id else None

    def shown(self, record: Record) -> bool:
        """Whether a reader may see a record at all: a line that we are unsure of stays in the library."""
        return not isinstance(record, Line) or record.shown

    def shelf_of(self, record: Record) -> Shelf | None:
        """Return the shelf a record belongs to: the one that holds its first topic."""
        return next((self._shelves[topic] for topic in record.topics if topic in self._shelves), None)

    def on_shelf(self, shelf: Shelf) -> list[Card]:
        """Return the cards whose first topic a shelf holds: guides first, then tips, then rights."""
        cards = (self.records[record_id] for record_id in self._cards_by_shelf.get(shelf.id, ()))
        return [card for card in cards if isinstance(card, Card)]

    def county_line(self, county: str) -> Line | None:
        """Return the child-protection line of a county, an organisation's own first; None when there is none that may
        be shown."""
        prefix = tables.tables().talk.county_lines
        for record_id in (f"own-{prefix}{county}", f"{prefix}{county}"):
            line = self.records.get(record_id)
            if isinstance(line, Line) and line.shown:
                return line
        return None

    def is_county_line(self, line: Line) -> bool:
        """Whether a line is a county's child-protection line."""
        return line.id.removeprefix("own-").startswith(tables.tables().talk.county_lines)

    def counties(self) -> list[str]:
        """Return the names of the counties that have a child-protection line which may be shown, in the order of the
        alphabet."""
        prefix = tables.tables().talk.county_lines
        lines = [line for line in self.of_kind("lines") if line.shown and self.is_county_line(line)]
        return sorted({line.id.removeprefix("own-").removeprefix(prefix) for line in lines})

    def authorities_of(self, record: Record) -> list[str]:
        """Return whose statements a record rests on, each once: the only thing that a page prints as its source, and
        never a web address.

        For a fact or a source its authority, for a line its own name, since what we say of a line is what it says of
        itself.
        """
        found: list[str] = [record.title] if isinstance(record, Line) else []
        found += [authority for key in record.facts if key in self.facts for authority in self.facts[key].authority]
        found += [self.sources[key].authority for key in record.sources if key in self.sources]
        return list(dict.fromkeys(map(str, found)))

    @cached_property
    def _cards_by_shelf(self) -> dict[str, list[str]]:
        found: dict[str, list[tuple[tuple[int, int], str]]] = {}
        for kind, order in {"now": 0, "tips": 1, "rights": 2}.items():
            for card in self.of_kind(kind):
                if shelf := self.shelf_of(card):
                    place = shelf.topics.index(next(topic for topic in card.topics if topic in shelf.topics))
                    found.setdefault(shelf.id, []).append(((order, place), card.id))
        # By kind and topic only: cards of one topic stay in the order of their ids.
        return {
            shelf: [key for _place, key in sorted(cards, key=lambda card: card[0])] for shelf, cards in found.items()
        }

    @cached_property
    def _shelves(self) -> dict[str, Shelf]:
        return {topic: shelf for shelf in self.of_kind("shelves") for topic in shelf.topics}


def _refused(problems: list[str]) -> str:
    return "The library has problems, so the app does not start:\n  " + "\n  ".join(problems)


def free_codes(taken: Iterable[str]) -> Iterator[str]:
    """Yield codes of three characters that nobody has, in an order that spreads them, skipping those that read like an
    abuse."""
    used = set(taken)
    size = len(CODE_LETTERS)
    step = 3571  # a prime that does not divide size**3, so that every code is visited once
    for index in range(size**3):
        number = (index * step + 1979) % size**3
        code = CODE_LETTERS[number // size**2] + CODE_LETTERS[number // size % size] + CODE_LETTERS[number % size]
        if code not in used and code not in _UGLY:
            yield code


def own_code(taken: Collection[str]) -> str:
    """Return a code of four characters for an organisation's own record, drawn by chance: two people who ask get
    different ones."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(4))
        if code not in taken and not any(ugly in code for ugly in _UGLY):
            return code
