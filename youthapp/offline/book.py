"""The book: everything of one language that a phone keeps, bound into one answer.

Pages share almost every line (the frame, the style, the buttons of a line), and most other lines differ from each other
only in their words: shapes.py tells them, the press then compresses the whole. Measured on 2026-11-29: 463 Spanish
pages and files become a book of 2.0 MB, and 320 KB on the wire (DECISIONS.md says what costs what).

What is in it is discovered, not listed: every address that takes nothing but a language and is printed the same for
everyone, every record that is shown, and every file of ``static/`` that one of these names. A new slice is in the book
without a line here.

A book begins with one line, ``book 3 <SHA-256 of the rest, hex> <length of the rest>``, so that a phone can tell it
from the page of a Wi-Fi that wants a login, from half a book, and from a damaged one. One line of JSON says what it is
and how many pieces and shapes follow, one on a line; then each page, as ``<address> <place of its headers> <signs>``.
"""

import hashlib
import json
import math
import posixpath
import re
from collections.abc import Iterable, Iterator

from flask import Flask

from ..library.library import Library
from ..library.schema import YOUTH_KINDS, Card, Confidence, Line
from ..places.directory import DIGITS, PER_PAGE, Directory
from ..web.every_page import copy_of
from ..web.page_cache import CachedResponse, PageCache
from ..web.static_files import bundles
from .shapes import NEWLINE, told_of

MARK = "book 3"
KIND = "text/plain"
"""Content-Type of a book: one that edges and hosts compress, and that the page of a Wi-Fi's login hardly ever has."""

NOT_KEPT = "not_kept"
"""Attribute of a view whose answer is not part of a book although it is the same for every reader (the book itself, the
worker)."""

_FOR_WORKERS = "outreach."
"""Endpoints of the pages for workers: a youth's phone has no use for them, and they would tell more about the app than
it needs to."""

_LEAVING = "leave.blank"
"""Endpoint of the page that the exit goes to when there is no network."""

_SEARCH_SCRIPTS = ("ask/finder.js", "node_modules/minisearch/dist/es/index.js")
"""Scripts that are of no use without the search's words (static/js/ask/ask.js loads them together)."""

_ONLINE_SCRIPTS = ("plan/codes.js",)
"""Scripts that a book leaves out: drawing and reading the code of a backup is 17 KB, and the same code as text works
without a signal; the page says so (DECISIONS.md, "The saved book")."""

_KEPT_KINDS = ("text/html", "text/javascript", "application/json", "image/svg+xml")
_NOT_STORED = ("cdn-cache-control", "strict-transport-security", "content-length")
_STATIC_NAME = re.compile(r'/static/[0-9a-f]+/([^"\'\s?#]+)')
_IMPORT_NAME = re.compile(r'["\'](\.{1,2}/[\w./-]+\.js)["\']')

# What a book costs on the wire, fitted to the books as they are; tests/offline/test_budget.py holds it to a quarter of
# the truth.
_FRAME_KB, _RECORD_KB, _CORE_SHARE, _PAGE_MB = 155, 0.32, 0.26, 0.022
_COUNTY_KB, _PLACE_KB = 12, 0.12
"""What a county's places cost, with the frame of their pages."""


def pages(app: Flask, language: str) -> Iterator[str]:
    """Yield the addresses of a language's pages, and of those that have no language: sections first, then records by
    code."""
    site = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        if (
            "GET" in (rule.methods or ())
            and rule.arguments <= {"lang"}
            and not getattr(view, NOT_KEPT, False)
            and not rule.endpoint.startswith(_FOR_WORKERS)
        ):
            yield site.build(rule.endpoint, {"lang": language} if rule.arguments else {})
    yield from _blank_pages(app)
    records: Library = app.extensions["library"]
    for record in records.records.values():
        if records.shown(record) and records.kinds[record.id] in YOUTH_KINDS:
            yield site.build("permalinks.record", {"lang": language, "code": record.code})


def core(app: Flask, language: str) -> Iterator[str]:
    """Yield the addresses for a phone with no room or no data to spare: home, what just happened, who surely answers at
    any hour, and leaving."""
    site = app.url_map.bind("localhost")
    for endpoint in ("home.index", "read.now", "talk.index", "offline.nothing"):
        yield site.build(endpoint, {"lang": language})
    yield from _blank_pages(app)
    records: Library = app.extensions["library"]
    for record in records.records.values():
        urgent = isinstance(record, Card) and records.kinds[record.id] == "now" and record.urgent
        if urgent or (isinstance(record, Line) and record.always_open and record.confidence is Confidence.HIGH):
            yield site.build("permalinks.record", {"lang": language, "code": record.code})


def county_name(language: str, county: str) -> str:
    """Return what the book of a county's places calls itself, such as ``en--fresno``: the phone keeps it beside the
    book of the language (worker.js)."""
    return f"{language}--{county.lower()}"


def county_pages(app: Flask, language: str, county: str) -> Iterator[str]:
    """Yield the addresses of a county's places: the county, its towns, and every list of a kind. A list has all that
    there is to say of a place, so a place's own page is left out."""
    site = app.url_map.bind("localhost")
    found: Directory = app.extensions["places"]
    towns = found.towns_in(county) if found.is_large(county) else {}
    yield site.build("near.county", {"lang": language, "county": county})
    for town in ("", *towns):
        of_town = {"town": town} if town else {}
        if town:
            yield site.build("near.town", {"lang": language, "county": county, "town": town})
        for kind, count in found.kinds_in(county, town).items():
            for number in range(1, -(-count // PER_PAGE) + 1):
                more = {"number": number} if number > 1 else {}
                values = {"lang": language, "county": county, "kind": DIGITS[kind], **of_town, **more}
                yield site.build("near.town_kind" if town else "near.kind", values)
    yield from (
        site.build("near.anywhere", {"lang": language, "kind": DIGITS[kind]}) for kind in found.kinds_in(county)
    )


def _blank_pages(app: Flask) -> Iterator[str]:
    """Yield the blank pages of all languages: a phone may hold the book of one and leave from a page of another."""
    site = app.url_map.bind("localhost")
    yield from (site.build(_LEAVING, {"lang": tag}) for tag in app.extensions["languages"])


def bound(app: Flask, name: str, addresses: Iterable[str], *, whole: bool, files: bool = True) -> bytes:
    """Return a book of these pages and the files they need.

    name: the language, or the language and county (county_name). whole: what the book says of itself; a phone with a
    book that is not whole is offered the rest. files: False for a county's places, whose files are in the language's
    book.

    Raises BrokenPage when one of the pages is answered with an error: a phone keeps the book it has rather than take
    one without, say, Talk.
    """
    leaves: dict[str, CachedResponse] = {}
    for address in addresses:
        page = copy_of(app, address)
        if page is not None and page.content_type.startswith(_KEPT_KINDS):
            leaves[address] = page
    of_search, online = (
        {_file_address(app, made.name) for script, made in bundles().items() if script in scripts}
        for scripts in (_SEARCH_SCRIPTS, _ONLINE_SCRIPTS)
    )
    for address in _files(app, leaves) if files else ():
        file = _page_cache(app).get(address) if address not in online else None
        # Without the search's words the field on a page of the core leads to the list of questions, and the scripts
        # that look in them have nothing to do: a third of a whole book is saved.
        is_search = address in of_search or (file is not None and file.content_type.startswith("application/json"))
        if file is not None and (whole or not is_search):
            leaves[address] = file

    heads: dict[str, int] = {}
    for copy in leaves.values():
        heads.setdefault(_head(copy), len(heads))
    told = told_of((address, copy.content_type, copy.body.decode()) for address, copy in leaves.items())
    about = {
        "release": app.config["RELEASE"],
        "language": name,
        "whole": whole,
        "heads": [json.loads(head) for head in heads],
        "pieces": len(told.pieces),
        "shapes": len(told.shapes),
    }
    first = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    pages = (
        f"{address} {heads[_head(copy)]} {signs}"
        for (address, copy), signs in zip(leaves.items(), told.pages, strict=True)
    )
    text = NEWLINE.join([first, *told.pieces, *told.shapes, *pages]).encode()
    return f"{MARK} {hashlib.sha256(text).hexdigest()} {len(text)}\n".encode() + text


def _head(copy: CachedResponse) -> str:
    """Return the headers that a phone keeps with a page, as JSON."""
    return json.dumps([[name, value] for name, value in copy.headers if name.lower() not in _NOT_STORED])


def about_kb(app: Flask, *, whole: bool) -> int:
    """Return roughly what a book costs to take, in KB rounded up to tens, without binding one: the offer stands on
    pages that are in it."""
    records: Library = app.extensions["library"]
    size = _FRAME_KB + _RECORD_KB * len(records.records)
    return math.ceil(size * (1 if whole else _CORE_SHARE) / 10) * 10


def county_kb(places: int) -> int:
    """Return roughly what a county's places cost to take, in KB rounded up to fives, without binding them."""
    return math.ceil((_COUNTY_KB + _PLACE_KB * places) / 5) * 5


def about_mb(app: Flask) -> int:
    """Return how much room an unpacked book takes at most on a phone, in MB: every page whole, with its style."""
    records: Library = app.extensions["library"]
    return math.ceil(_PAGE_MB * len(records.records))


def _page_cache(app: Flask) -> PageCache:
    cache = app.extensions["page_cache"]
    assert isinstance(cache, PageCache)
    return cache


def _files(app: Flask, leaves: dict[str, CachedResponse]) -> list[str]:
    """Return the addresses of the files that pages name, and that these files import, in a fixed order."""
    found: dict[str, None] = {}
    for copy in leaves.values():
        if copy.content_type.startswith("text/html"):
            found.update(dict.fromkeys(_STATIC_NAME.findall(copy.body.decode())))
    waiting = list(found)
    while waiting:
        name = waiting.pop()
        file = _page_cache(app).get(_file_address(app, name))
        if file is None or not file.content_type.startswith(_KEPT_KINDS):
            found.pop(name)  # a picture, or third-party code that is not installed here: pages work without
            continue
        for other in _IMPORT_NAME.findall(file.body.decode()) if name.endswith(".js") else ():
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), other))
            if path not in found:
                found[path] = None
                waiting.append(path)
    return [_file_address(app, name) for name in sorted(found)]


def _file_address(app: Flask, name: str) -> str:
    return app.url_map.bind("localhost").build("static_files.file", {"release": app.config["RELEASE"], "name": name})
