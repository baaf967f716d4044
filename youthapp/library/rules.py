"""What one record alone cannot know: codes used twice, ids that lead nowhere, topics, facts and roles that do not
exist."""

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from . import drawings, place_tables, schema, tables
from .reading import Found, found_in, not_words, unseen
from .schema import Line, Record, Shelf, Step, references
from .toml_file import located

if TYPE_CHECKING:
    from .library import Library

CODE_LETTERS = "34679cdfghjkmnpqrtvwx"
"""No vowels, so that no code spells a word, and nothing that looks like something else on paper (0/O, 1/I/L, 2/Z, 5/S,
8/B)."""

LONGEST_TITLE = 80
"""Characters; our longest has 66 (a pair, for workers)."""

_ADDRESS = re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|org|gov|net|edu|info|us|ca|uk|example)\b", re.IGNORECASE)

_CODE = re.compile(rf"[{CODE_LETTERS}]{{3,4}}")


def problems(library: "Library", found: Found) -> Iterator[str]:
    """Yield every problem of a library, each with file and line in front. found: what it was read from."""
    for kind, ids in library.order.items():
        if kind == "harmless_picks":
            yield from (
                f'order.toml: {kind}: there is no choice "{pick}".' for pick in ids if not _is_choice(library, pick)
            )
            continue
        yield from (
            f'order.toml: {kind}: there is no record "{key}" of this kind.'
            for key in ids
            if library.kinds.get(key) != kind
        )
    yield from tables.problems(library)
    yield from place_tables.problems(library, place_tables.place_kinds())
    yield from drawings.problems(library, drawings.read())
    codes: dict[str, str] = {}
    for record_id, record in library.records.items():
        file = found.files[record_id]
        if not _CODE.fullmatch(record.code):
            yield file.problem(
                "code",
                f'"{record.code}" is not a code. Write 3 or 4 of the characters {CODE_LETTERS}; `porchlight content '
                f"code` gives a free one.",
            )
        elif other := codes.get(record.code):
            yield file.problem(
                "code",
                f'"{record.code}" is already the code of {other}. A code is permanent: give this record a free one.',
            )
        codes.setdefault(record.code, record_id)
        yield from (file.problem(path, what) for path, what in _of_record(library, record, found.unread))
    yield from _lost_codes(found, codes)


def _lost_codes(found: Found, codes: dict[str, str]) -> Iterator[str]:
    """Yield every code that an organisation has on paper and that leads nowhere, or elsewhere. codes: code -> record
    id of the records as they are now."""
    for code, record_id in found.own_codes.items():
        if codes.get(code) == record_id or record_id in found.unread:
            continue
        if not _CODE.fullmatch(code):
            what = f'"{code}" is not a code. Write it as `porchlight content publish` did, in small letters.'
        else:
            worn = f"now means {codes[code]}" if code in codes else "no record wears it any more"
            what = (
                f'the code "{code}" is on paper for {record_id}, and {worn}. Give it back: a card with it may be in a '
                f"pocket."
            )
        yield located("published.toml", found.published.line(code) if found.published else 0, what)


def _of_record(library: "Library", record: Record, unread: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (field, what is wrong) of one record. unread: ids that are in a file with a problem of its own."""
    for path, text in schema.texts(record):
        if match := not_words(text):
            yield (
                path,
                f'"{found_in(match)}" in a sentence. Numbers, links and markup stand in a line record: point to it '
                f'with line = "…".',
            )
        elif problem := unseen(text):
            yield path, problem
    yield from ((path, "nothing. Write the words.") for path in schema.blanks(record))
    if len(record.title) > LONGEST_TITLE:
        yield (
            "title",
            f"{len(record.title)} characters. Write at most {LONGEST_TITLE}, so that a phone shows it in two lines.",
        )
    yield from _names(library, record, unread)
    yield from _said_twice(record)
    for number, asks in enumerate(record.asks):
        for language, questions in asks.typed.items():
            if not all(question.strip() for question in questions):
                yield f"asks.{number}.{language}", "a question is empty. Write it, or take it out."
        if asks.answer and schema.answer(record, asks.answer) is None:
            yield (
                f"asks.{number}.answer",
                f'the record has no text "{asks.answer}". Its texts: {", ".join(dict(schema.texts(record)))}.',
            )
    kind = library.kinds[record.id]
    if kind in tables.tables().review.sourced and not (record.facts or record.sources):
        yield "sources", "none. Name the facts or sources that back this record."
    if isinstance(record, Line):
        if not record.evidence:
            yield "evidence", "none. Name the page that was read."
        if not _is_area(record.area):
            yield (
                "area",
                f'"{record.area}" names no county of California. Write the county, such as "Los Angeles", or "CA" for '
                f'the whole state, or "US".',
            )
    for path, target in references(record):
        if target not in unread and (problem := _reference(library, path, target)):
            yield path, problem


def _is_area(area: str) -> bool:
    """Whether the area of a line is a country or a state, or names a county of California."""
    words = _plain_words(area)
    return area in ("US", "CA") or any(f" {county} " in words for county in _counties())


def _plain_words(text: str) -> str:
    """Return a text in small letters, its words parted by one blank, with a blank at both ends."""
    return f" {' '.join(re.split(r'[^a-z]+', text.lower())).strip()} "


@cache
def _counties() -> frozenset[str]:
    """Return the names of California's counties, in small letters."""
    return frozenset(county.name.lower() for county in place_tables.counties().values())


def _said_twice(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what a record names twice, and where it leads to itself."""
    for field in ("topics", "facts", "sources", "next", "lines"):
        named = getattr(record, field, ())
        if twice := next((name for index, name in enumerate(named) if name in named[:index]), ""):
            yield field, f'"{twice}" is named twice. Name it once.'
    if record.id in getattr(record, "next", ()):
        yield "next", "it leads to itself. Name another record."


def _names(library: "Library", record: Record, unread: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the topics, facts, sources and roles of a record that are not on their lists."""
    if not record.topics and library.kinds[record.id] in tables.tables().search.kinds:
        yield "topics", f"none, so no search finds it. {_choices('', library.topics)}"
    if len(record.topics) > 3 and not isinstance(record, Shelf):
        yield "topics", "more than three. Keep the three that a reader would search for."
    for topic in record.topics:
        if topic not in library.topics:
            yield "topics", f'"{topic}" is not a topic. {_choices(topic, library.topics)}'
    for key in record.facts:
        fact = library.facts.get(key)
        if fact is None and key not in unread:
            yield "facts", f'"{key}" is in no file of facts.'
        elif fact is not None and not fact.publishable:
            yield (
                "facts",
                f'"{key}" is {fact.confidence}: it may not be published until a person has read the primary source.',
            )
        elif fact is not None and (problem := _wrong_authority(fact.authority)):
            yield "facts", f'"{key}" {problem}'
    for key in record.sources:
        if key not in library.sources and key not in unread:
            yield "sources", f'"{key}" is not in sources.toml.'
        elif key in library.sources and (problem := _wrong_authority((library.sources[key].authority,))):
            yield "sources", f'"{key}" {problem}'
    roles = tables.tables().review.roles
    for number, review in enumerate(record.reviews):
        if review.role not in roles:
            yield f"reviews.{number}.role", f'"{review.role}" is none of the choices: {", ".join(roles)}.'


def _wrong_authority(authority: tuple[str, ...]) -> str:
    """Return what is wrong with what a page would print as a source, empty when it is right."""
    if not any(authority):
        return (
            "has no authority, so a page could not say whose statement it is. Write publisher, title or section, "
            "and year."
        )
    if address := next((name for name in authority if _ADDRESS.search(name)), ""):
        return (
            f'has a web address in its authority ("{address}"). Write publisher, title and year; the address '
            f"belongs under read."
        )
    return ""


def _reference(library: "Library", path: str, target: str) -> str:
    """Return what is wrong with an id that a record names, empty when it is right."""
    other = library.records.get(target)
    wants_line = path.rsplit(".", 1)[-1] == "line" or path.startswith("lines")
    if other is None:
        near = difflib.get_close_matches(target, library.records, 1, 0.8)
        return f'there is no record "{target}".' + (f' Did you mean "{near[0]}"?' if near else "")
    if wants_line and not isinstance(other, Line):
        return f'"{target}" is not a line.'
    if wants_line and isinstance(other, Line) and not other.shown:
        return f'"{target}" has low confidence and is not shown. Choose another line until a person has rung it.'
    if path.startswith("steps") and not isinstance(other, schema.Step):
        return f'"{target}" is not a step.'
    return ""


def _choices(wrong: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(wrong, list(known), 1, 0.6)
    return f'Did you mean "{near[0]}"?' if near else f"The topics: {', '.join(known)}."


def _is_choice(library: "Library", pick: str) -> bool:
    """Whether a section/letter, or need/record, names a ready choice."""
    section, _slash, choice = pick.partition("/")
    if section == "need":
        return library.kinds.get(choice) == "needs"
    record = library.records.get(section)
    return isinstance(record, Step) and any(choice == one.id for one in record.choices)
