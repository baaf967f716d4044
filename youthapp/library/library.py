"""The library: all records of a folder, read once, held against each other, and refused whole when one of them is wrong."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from . import schema
from .schema import Card, Line, Record, Shelf

CONTENT = Path(__file__).parent.parent / "content"
"""Our own records and tables: data only."""

CODE_LETTERS = "34679cdfghjkmnpqrtvwx"
"""No vowels, so that no code spells a word, and nothing that looks like something else on paper (0/O, 1/I/L, 2/Z, 5/S, 8/B)."""

_CODE = re.compile(rf"[{CODE_LETTERS}]{{3,4}}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Seven digits or more in a row (with the usual separators), a bare short code, a link, or markup: these stand in line records only.
_NOT_WORDS = re.compile(r"(?:\d[-. ()]*){7,}|(?<![\d,])\d{5,6}(?![\d,])|https?:|www\.|[<>]|&\w+;")


class LibraryError(ValueError):
    """The library cannot be used; the message lists every problem: file, field, what is wrong, what to do."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One fact: ``says`` may be published, ``unverified`` may not."""

    id: str
    says: str
    confidence: Literal["high", "medium", "standard", "derived", "low", "unverified", "withheld"]
    """``standard``: taught in every current manual or code. ``withheld``: never published, kept so that nobody writes it anew."""
    authority: tuple[str, ...] = ()
    """Whose statement it is: publisher, title or section, year. The only thing that a page prints as its source."""
    read: tuple[str, ...] = ()
    """How it was read, for reviewers; on no page that a youth opens."""
    sources: tuple[str, ...] = ()
    """Addresses of the copies that the first base was read from; as ``read``, on no youth page."""
    never_say: str = ""
    """What no record that rests on this fact may say; several are parted by " / "."""
    unverified: str = ""
    signoff: str = ""
    """Who must confirm it before a launch (``content due`` lists it by role)."""
    replaces: tuple[str, ...] = ()
    """Ids of facts of the first base that this one corrects."""
    needed_by: tuple[str, ...] = msgspec.field(default=(), name="for")
    """Records that need it."""

    @property
    def publishable(self) -> bool:
        """Whether a record may rest on this fact. ``standard`` law that could get a youth held, charged or deported may not."""
        if self.confidence == "standard":
            return not (self.id.startswith("LW-") and self.signoff == "lawyer")
        return self.confidence in ("high", "medium", "derived")


@dataclass(frozen=True)
class Library:
    """All records by id, with what they rest on. Frozen: a changed record is a new release."""

    records: Mapping[str, Record]
    kinds: Mapping[str, str]
    """Record id -> kind (the folder's name)."""
    facts: Mapping[str, Fact]
    sources: Mapping[str, Mapping[str, str]]
    topics: Mapping[str, Mapping[str, str]]
    order: Mapping[str, list[str]] = field(default_factory=dict)
    """Kind -> ids in the order a reader meets them."""
    easy: frozenset[str] = field(default=frozenset())
    codes: Mapping[str, str] = field(default_factory=dict)
    """Code -> record id."""
    own: frozenset[str] = field(default=frozenset())
    """Ids of an organisation's own records."""
    own_words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    """Language -> id -> English text -> translated text of own records; those of ours stand in the catalogues."""

    @classmethod
    def load(cls, *folders: Path) -> "Library":
        """Return the library of one or more content folders: ours first, then an organisation's own.

        An own folder is laid out like ours and may have its own facts.toml and sources.toml. The words of ``tips/x.toml`` in Spanish stand
        beside it in ``tips/x.es.toml``: a line for each text, its path and its words (``"do.0.text" = "…"``). Own codes have 4 characters
        and ours 3, so that no release of ours takes one that stands on an organisation's paper.
        Raises LibraryError with every problem found.
        """
        folders = folders or (CONTENT,)
        own: set[str] = set()
        own_words: dict[str, dict[str, dict[str, str]]] = {}
        problems: list[str] = []
        found: dict[str, Record] = {}
        kinds: dict[str, str] = {}
        for folder in folders:
            for kind, shape in schema.KINDS.items():
                for path in sorted((folder / kind).glob("*.toml")):
                    if folder != CONTENT and "." in path.stem:
                        continue  # the words of a record in another language
                    where = f"{kind}/{path.name}"
                    try:
                        record = schema.read(tomllib.loads(path.read_text("utf-8")), shape)
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
                    if folder == CONTENT:
                        continue
                    own.add(record.id)
                    if len(record.code) != 4:
                        problems.append(
                            f"{where}: code: {record.code!r} is not a code of your own. Yours have 4 characters, ours 3; `youthapp content code --own` gives a free one."
                        )
                    for other in sorted(path.parent.glob(f"{path.stem}.*.toml")):
                        words, wrong = _own_words(other, record)
                        own_words.setdefault(other.stem.rsplit(".", 1)[1], {})[record.id] = words
                        problems += [f"{kind}/{other.name}: {problem}" for problem in wrong]
        library = cls(
            records=found,
            kinds=kinds,
            facts={key: msgspec.convert({"id": key, **table}, Fact) for key, table in _facts(folders).items()},
            sources=_merged("sources", folders),
            topics=_table("topics"),
            order=_table("order"),
            easy=frozenset(_table("easy").get("names", ())),
            codes={record.code: record_id for record_id, record in found.items()},
            own=frozenset(own),
            own_words=own_words,
        )
        problems.extend(library._problems())
        if problems:
            raise LibraryError("The library has problems, so the app does not start:\n  " + "\n  ".join(problems))
        return library

    def get(self, record_id: str) -> Record:
        """Return a record. Raises KeyError when there is none."""
        return self.records[record_id]

    def of_kind(self, kind: str) -> list[Any]:
        """Return the records of a kind in the order of order.toml; what is not named there comes after, by id."""
        place = {record_id: index for index, record_id in enumerate(self.order.get(kind, ()))}
        found = sorted((record_id for record_id, its_kind in self.kinds.items() if its_kind == kind), key=lambda record_id: (place.get(record_id, len(place)), record_id))
        return [self.records[record_id] for record_id in found]

    def by_code(self, code: str) -> Record | None:
        """Return the record that wears a code in any case, or None."""
        record_id = self.codes.get(code.lower())
        return self.records[record_id] if record_id else None

    def shown(self, record: Record) -> bool:
        """Whether a reader may see a record at all: a line that we are unsure of stays in the library."""
        return not isinstance(record, Line) or record.shown

    def shelf_of(self, record: Record) -> Shelf | None:
        """Return the shelf a record stands on: the one that holds its first topic."""
        return next((self._shelves[topic] for topic in record.topics if topic in self._shelves), None)

    def on_shelf(self, shelf: Shelf) -> list[Card]:
        """Return the cards whose first topic a shelf holds: guides first, then tips, then rights."""
        return [self.records[record_id] for record_id in self._cards_by_shelf.get(shelf.id, ())]  # type: ignore[misc]

    def addresses_of(self, record: Record) -> list[str]:
        """Return the addresses and citations that a record rests on, each once: its facts' pages, its sources, a line's evidence."""
        told = [address for fact in record.facts if fact in self.facts for address in self.facts[fact].sources]
        told += [self.sources[key]["what"] for key in record.sources if key in self.sources]
        if isinstance(record, Line):
            told += [evidence.address for evidence in record.evidence]
        return list(dict.fromkeys(told))

    @cached_property
    def _cards_by_shelf(self) -> dict[str, list[str]]:
        found: dict[str, list[tuple[tuple[int, int], str]]] = {}
        for kind, order in {"now": 0, "tips": 1, "rights": 2}.items():
            for card in self.of_kind(kind):
                if shelf := self.shelf_of(card):
                    place = shelf.topics.index(next(topic for topic in card.topics if topic in shelf.topics))
                    found.setdefault(shelf.id, []).append(((order, place), card.id))
        # By kind and topic only: cards of one topic stay in the order of their ids.
        return {shelf: [record_id for _place, record_id in sorted(cards, key=lambda card: card[0])] for shelf, cards in found.items()}

    @cached_property
    def _shelves(self) -> dict[str, Shelf]:
        return {topic: shelf for shelf in self.of_kind("shelves") for topic in shelf.topics}

    def _problems(self) -> Iterator[str]:
        for kind, ids in self.order.items():
            yield from (f"order.toml: {kind}: there is no record {key!r} of this kind." for key in ids if self.kinds.get(key) != kind)
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
        for path, text in schema.texts(record):
            if match := _NOT_WORDS.search(text):
                yield f'{path}: {match.group()!r} in a sentence. Numbers, links and markup stand in a line record: point to it with line = "…".'
        if len(record.topics) > 3 and not isinstance(record, Shelf):
            yield "topics: more than three. Keep the three that a reader would search for."
        for topic in record.topics:
            if topic not in self.topics:
                yield f"topics: {topic!r} is not a topic. The topics are in topics.toml."
        for fact in record.facts:
            if fact not in self.facts:
                yield f"facts: {fact!r} is in no file of facts/."
            elif not self.facts[fact].publishable:
                yield f"facts: {fact!r} is {self.facts[fact].confidence}: it may not be published until a person has read the primary source."
        for key in record.sources:
            if key not in self.sources:
                yield f"sources: {key!r} is not in sources.toml."
        if self.kinds[record.id] in {"tips", "now", "rights", "limits", "needs", "pairs", "notes"} and not (record.facts or record.sources):
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
            elif path.startswith("steps") and not isinstance(other, schema.Step):
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


def free_codes(taken: Iterable[str], first: str = "") -> Iterator[str]:
    """Yield codes of three characters (after ``first``, when there is one) that nobody has, in an order that spreads them, skipping those that read like an abuse."""
    used, ugly = set(taken), {"fck", "fcv", "kkk", "wtf", "gtf", "fgt", "ngr", "cnt", "dck", "vgn", "rpd", "nkd", "prn", "htx"}
    size = len(CODE_LETTERS)
    step = 3571  # a prime that does not divide size**3, so that every code is visited once
    for index in range(size**3):
        number = (index * step + 1979) % size**3
        code = CODE_LETTERS[number // size**2] + CODE_LETTERS[number // size % size] + CODE_LETTERS[number % size]
        if first + code not in used and code not in ugly:
            yield first + code


def _table(name: str) -> dict[str, Any]:
    path = CONTENT / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def _facts(folders: tuple[Path, ...]) -> dict[str, Any]:
    """Return all facts: the files of ours in facts/, then an organisation's own facts.toml. No id replaces another."""
    merged: dict[str, Any] = {}
    for path in sorted((CONTENT / "facts").glob("*.toml")):
        merged = {**tomllib.loads(path.read_text("utf-8")), **merged}
    for folder in folders:
        path = folder / "facts.toml"
        if folder != CONTENT and path.is_file():
            merged = {**tomllib.loads(path.read_text("utf-8")), **merged}
    return merged


def _merged(name: str, folders: tuple[Path, ...]) -> dict[str, Any]:
    """Return a table of ours with an organisation's own entries after it; an own entry never replaces one of ours."""
    merged = _table(name)
    for folder in folders:
        path = folder / f"{name}.toml"
        if folder != CONTENT and path.is_file():
            merged = {**tomllib.loads(path.read_text("utf-8")), **merged}
    return merged


def _own_words(path: Path, record: Record) -> tuple[dict[str, str], list[str]]:
    """Return English -> translated words of an own record from the file beside it, and what is wrong with that file."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [f"not TOML: {error}"]
    english = dict(schema.texts(record))
    wrong = [f"{key}: the record has no text there. Its texts: {', '.join(english)}." for key in told if key not in english]
    wrong += [f"{key}: not words between quotes." for key, words in told.items() if not isinstance(words, str) or not words.strip()]
    wrong += [
        f"{key}: {match.group()!r} in a sentence. Numbers, links and markup stand in a line record."
        for key, words in told.items()
        if isinstance(words, str) and (match := _NOT_WORDS.search(words))
    ]
    return {str(text): told[key] for key, text in english.items() if isinstance(told.get(key), str) and told[key].strip()}, wrong
