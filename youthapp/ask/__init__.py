"""Ask: every question of the library on one page, A to Z, for a phone without script; the search itself runs on the
phone."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, current_app

from ..i18n.languages import SOURCE
from ..i18n.translator import translator
from ..library.schema import Line, Record
from ..library.tables import stop_words, tables
from ..web.permalinks import library
from ..web.responses import json_file, page
from ..web.speaks import speaks
from ..web.templating import hours_words, is_sure, main_channel
from ..web.ways import ways_of
from .index import build, plain, sentences, short_of

blueprint = Blueprint("ask", __name__)


@dataclass(frozen=True)
class Entry:
    """A question on the A to Z: its title in three parts, with the word it stands under in the middle."""

    id: str
    before: str
    key: str
    after: str
    short: str


@blueprint.get("/<lang:lang>/ask")
def index() -> Response:
    """The field, and under it every question by its first telling word: "I am bleeding a lot" stands under B."""
    translate = translator().translate
    entries = [_entry(translate(record)) for kind in tables().search.a_to_z for record in library().of_kind(kind)]
    entries.sort(key=lambda entry: (plain(entry.key), plain(entry.after)))
    letters = [
        (letter, list(group)) for letter, group in groupby(entries, key=lambda entry: plain(entry.key)[0].upper())
    ]
    return page("ask/index.html", section="ask", letters=letters)


def _entry(record: Record) -> Entry:
    title = str(record.title)
    found = list(re.finditer(r"\w[\w'’-]*", title))
    match = next((match for match in found if plain(match.group()) not in stop_words()), found[0])
    return Entry(record.id, title[: match.start()], match.group(), title[match.end() :], short_of(record))


@blueprint.get("/static/<release:release>/index-<lang:lang>.json")
def words(release: str) -> Response:
    """What the search on the phone knows, fetched when the reader first touches the field. No question is ever sent
    here.

    It stands beside the scripts of its release: an index and a search of two releases never meet.
    """
    translate_to = translator()
    return json_file(build(library(), translate_to.language.tag, translate_to.translate, _act, _lines_of_this_copy()))


def _lines_of_this_copy() -> set[str]:
    """Return the ids of the organisation's own lines and of the set county's line: they are found by their names
    alone, where other counties' lines wait for their county to be named."""
    lines = [line for key in library().own if isinstance(line := library().get(key), Line)]
    found = {line.id for line in lines if not library().is_county_line(line)}
    of_county = library().county_line(current_app.config["SETTINGS"].county)
    return found | ({of_county.id} if of_county else set())


@blueprint.get("/static/<release:release>/answers-<lang:lang>.json")
def answers(release: str) -> Response:
    """The sentences that answer, fetched together with the index and in the same order: never one by one."""
    translate_to = translator()
    return json_file(sentences(library(), translate_to.language.tag, translate_to.translate))


@blueprint.app_context_processor
def shelves() -> dict[str, Any]:
    """Give the field's component the shelves it leads to when words find nothing, and the language of publishers."""
    return {"ask_shelves": lambda: library().of_kind("shelves"), "source_tag": SOURCE.tag}


def _act(line: Line) -> dict[str, Any]:
    """What a reader may do with a line from the list of results: what it must report first, then its buttons as [kind,
    link, label].

    A number in a label stands in braces: the phone puts all of it in as text and the number into an element of its own.
    """
    ways = [[way.kind, way.link, way.label] for way in ways_of(line, _in_braces)]
    return {
        "title": line.title,
        "report": line.before.must_report,
        "hours": hours_words(main_channel(line), is_sure(line)),
        "speaks": speaks(line),
        "ways": ways,
    }


def _in_braces(number: str) -> str:
    digits, bracket, word = number.partition(" (")
    return f"{{{digits}}}{bracket}{word}"
