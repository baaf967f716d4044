"""Takes the whole site from the app, and writes it as plain files for a host that serves files.

A page is a pure function of (release, language, path), so what the page cache would answer is written down: a page as
``<path>.html`` (``/en/talk`` is ``en/talk.html``), everything else under its own name, each with a ``.br`` and a
``.gz`` beside it. How a host finds them, and what it answers where there is no file, is in one file a host
(``nginx.py``, ``caddy.py``), each run in its host by a test.

Nothing is left out in silence: an address that should be there and is not answered with 200 stops the export and is
named. Two exports of one commit on one day are the same to the byte (``--check``).
"""

import hashlib
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from ..i18n.languages import Language
from ..library.library import Library
from ..paths import STATIC
from ..places.directory import Directory
from ..web.every_page import NEEDS_SERVER, BrokenPage, copy_of
from ..web.page_cache import CachedResponse, PageCache, encode
from ..web.permalinks import SECTION_CODES, SECTIONS
from ..web.static_files import has
from . import caddy, nginx
from .site import ExportError, Forget, Leaf, Site

STAND_IN = "offline.needs_server"
"""Endpoint of the page that is shown where a page would need the server."""

_LINK = re.compile(r'(?:href|src)="(/[^"#?]*)"')
_POST_FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]*)"|formaction="([^"]*)"')


def site(app: Flask) -> Site:
    """Return all that is exported. Raises ExportError that names every address which is broken."""
    forget = _forget(app)
    forms = {f"/{tag}{forget.path}" for tag in _tags(app)} | {forget.path}
    stand_in = _under_language(app, STAND_IN)
    needs_server = tuple(sorted(set(_needing_server(app))))
    cache: PageCache = app.extensions["page_cache"]
    with cache.remembering():
        leaves = tuple(_leaves(app, needs_server, forms))
    return Site(
        release=app.config["RELEASE"],
        day=app.config["SETTINGS"].today,
        address=app.config["SETTINGS"].address,
        languages=_tags(app),
        leaves=leaves,
        short={f"/{code}": f"/{code}" for code in _codes(app)}
        | {f"/{word}": _under_language(app, endpoint) for word, endpoint in SECTIONS.items()}
        | {f"/{code}": _under_language(app, SECTIONS[word]) for code, word in SECTION_CODES.items()},
        codes=tuple(_codes(app)),
        needs_server=needs_server,
        stand_in=stand_in,
        errors=_errors(app, forget.path),
        forget=forget,
    )


def _leaves(app: Flask, needs_server: tuple[str, ...], answered: set[str]) -> list[Leaf]:
    """Return every address and what is there, by address: what is found by rule, every record, every file, and whatever
    pages link to."""
    waiting = [(address, "") for address in sorted(_expected(app))]
    found: dict[str, Leaf | None] = {}
    problems = []
    while waiting:
        address, linked_from = waiting.pop()
        if address in found or _is_under(address, needs_server):
            continue
        found[address] = None
        try:
            copy = copy_of(app, address)
        except BrokenPage as broken:
            problems.append(str(broken) + (f" ({linked_from} links to it)" if linked_from else ""))
            continue
        if copy is None:
            continue
        found[address] = Leaf(address, copy)
        if copy.content_type.startswith("text/html"):
            text = copy.body.decode()
            waiting += [(link, address) for link in _LINK.findall(text)]
            forms = {one or other for one, other in _POST_FORM.findall(text)} - answered
            problems += [f"{address}: its form asks {form}, which plain files cannot answer" for form in sorted(forms)]
    if problems:
        raise ExportError(sorted(problems))
    leaves = [leaf for leaf in found.values() if leaf]
    alive = app.test_client().get("/healthz")
    leaves.append(Leaf("/healthz", _copy(alive), compressed=False))
    return sorted(leaves, key=lambda leaf: leaf.address)


def _expected(app: Flask) -> Iterator[str]:
    """Yield the addresses that must be there: what takes nothing but a language and the release, every shown record,
    every file."""
    urls = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= {"lang", "release"}:
            for tag in _tags(app):
                values = {"lang": tag, "release": app.config["RELEASE"]}
                yield urls.build(rule.endpoint, {name: values[name] for name in rule.arguments})
    for tag in _tags(app):
        for code in _codes(app):
            yield urls.build("permalinks.record", {"lang": tag, "code": code})
    places: Directory = app.extensions["places"]
    for tag in _tags(app):  # asked for by a script, so no page links to them
        for county in places.by_county:
            yield urls.build("offline.near", {"lang": tag, "county": county.lower()})
    for path in STATIC.rglob("*"):
        name = path.relative_to(STATIC).as_posix()
        if has(name) and not path.name.startswith("."):
            yield urls.build("static_files.file", {"release": app.config["RELEASE"], "name": name})


def _tags(app: Flask) -> tuple[str, ...]:
    languages: dict[str, Language] = app.extensions["languages"]
    return tuple(languages)


def _codes(app: Flask) -> list[str]:
    library: Library = app.extensions["library"]
    return sorted(record.code for record in library.records.values() if library.shown(record))


def _under_language(app: Flask, endpoint: str) -> str:
    """Return the path of a page without its language, such as ``/plan``."""
    tag = _tags(app)[0]
    return app.url_map.bind("localhost").build(endpoint, {"lang": tag}).removeprefix(f"/{tag}")


def _needing_server(app: Flask) -> Iterator[str]:
    """Yield the paths under a language, without what they take, of the views that are marked with needs_server."""
    for rule in app.url_map.iter_rules():
        if getattr(app.view_functions[rule.endpoint], NEEDS_SERVER, False):
            yield rule.rule.removeprefix("/<lang:lang>").partition("/<")[0]


def _is_under(address: str, paths: tuple[str, ...]) -> bool:
    below = "/" + address[1:].partition("/")[2]
    return any(below == path or below.startswith(f"{path}/") for path in paths)


def _copy(answer: TestResponse) -> CachedResponse:
    """Return an answer that the page cache does not keep."""
    headers = [(name, value) for name, value in answer.headers if name.lower() != "content-length"]
    return CachedResponse(headers, answer.get_data())


def _forget(app: Flask) -> Forget:
    """Return what the app answers to the POST of Forget, asked as one of our own pages asks it. Raises ExportError when
    it refuses."""
    path, tag = _under_language(app, "leave.clear"), _tags(app)[-1]
    answer = app.test_client().post(f"/{tag}{path}", headers={"Sec-Fetch-Site": "same-origin"})
    if answer.status_code != 303 or answer.location is None:
        raise ExportError([f"POST /{tag}{path}: the app answers {answer.status_code}, not 303"])
    return Forget(path, answer.location.removeprefix(f"/{tag}"), answer.headers["Clear-Site-Data"])


def _errors(app: Flask, forget: str) -> dict[int, dict[str, CachedResponse]]:
    """Return status -> language -> page of the errors that a host of plain files answers with."""
    client = app.test_client()
    found: dict[int, dict[str, CachedResponse]] = {403: {}, 404: {}, 405: {}, 413: {}}
    for language in _tags(app):
        asked = {"Accept-Language": language}
        answers = (
            client.post(forget, headers={**asked, "Sec-Fetch-Site": "cross-site"}),
            client.get(f"/{language}/-", headers=asked),
            client.post(f"/{language}/", headers=asked),
            client.post(forget, headers=asked, data=b"x"),
        )
        for status, answer in zip(found, answers, strict=True):
            if answer.status_code != status:
                raise ExportError([f"{answer.request.path}: the app answers {answer.status_code}, not {status}"])
            found[status][language] = _copy(answer)
    return found


def files(whole: Site) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of every file of an export: pages and files, plain and compressed, error pages, the hosts'
    configurations."""
    copies = {leaf.file: (leaf.copy, leaf.compressed) for leaf in whole.leaves}
    for status, pages in whole.errors.items():
        copies |= {f"{language}/{status}.html": (copy, True) for language, copy in pages.items()}

    def coded(name: str) -> dict[str, bytes]:
        copy, compressed = copies[name]
        bodies = encode(copy) if compressed else {"identity": copy.body}
        return {
            name + {"identity": "", "gzip": ".gz", "br": ".br"}[encoding]: body for encoding, body in bodies.items()
        }

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # compression lets go of the interpreter's lock
        for bodies in pool.map(coded, copies):
            yield from bodies.items()
    yield "nginx.conf", nginx.configuration(whole).encode()
    yield "Caddyfile", caddy.configuration(whole).encode()


def write(whole: Site, folder: Path) -> None:
    """Write the site into a folder that is empty or not there yet. Raises FileExistsError when there is something in
    it."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"There is something in {folder} already. Name an empty folder.")
    for name, body in files(whole):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, body, whole.day)


def _write(path: Path, body: bytes, day: date) -> None:
    """Write a file with a time that is the same on every replica, and another one when a byte has changed.

    A host makes its ETag of a file's time and size. With one time for all, a page whose telephone number changed, and
    not its length, would have its old ETag, and an edge would go on serving the old number.
    """
    path.write_bytes(body)
    seconds_before = int.from_bytes(hashlib.sha256(body).digest()[:3], "big")  # up to 194 days before that day
    stamp = int(datetime.combine(day, time(), UTC).timestamp()) - seconds_before
    os.utime(path, (stamp, stamp))


def digests(folder: Path) -> dict[str, str]:
    """Return file -> SHA-256 of a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
