"""The press: prints each page once per release and language, and answers it before Flask's routing.

A page is a pure function of (release, language, path). So its bytes (plain, gzip, brotli), its headers and its ETag are made on the first
request and looked up after that. The key is the bare path: a query string, a method other than GET and HEAD, or a path nobody printed goes
to the app. What may be printed, the view says (``pages.printed``); the press passes the app a clean environ, so that nothing of one
reader's request can reach the bytes that the next one gets.

Measured (`make bench`): brotli at its best costs about 10 ms a page, so it happens once, while other paths go on being printed; a lookup
is under a microsecond. Nothing is printed before somebody asks for it, so that start does not grow with the library, and what a worker
keeps is bounded: when it is full, what was printed first is thrown away and printed again on demand.
"""

import contextvars
import gzip
import hashlib
import io
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import brotli

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApp = Callable[[Environ, StartResponse], Iterable[bytes]]

CACHEABLE = "youthapp.cacheable"
"""Environ key that the app sets to say: these bytes are the same for every reader."""

MAX_BYTES = 64 * 1024 * 1024
"""How much one worker keeps; when it is full, what was printed first goes first. A few hundred pages need a few megabytes."""

LARGE = 4 * 1024 * 1024
"""From this many bytes on, compression at its best would hold a first reader up for many seconds; brotli 9 is a tenth larger and fast."""

_REFUSED = re.compile(r"q=0(\.0*)?")
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml", "application/xml")


@dataclass(frozen=True)
class CachedResponse:
    """What the app answers to nobody in particular for one path: the same for every reader."""

    headers: list[tuple[str, str]]
    """Without those that hang on an encoding (Content-Length, ETag, Vary)."""
    body: bytes

    @property
    def kind(self) -> str:
        """The Content-Type."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


@dataclass(frozen=True)
class Sheet:
    """One printed page in one encoding: ready to send."""

    copy: CachedResponse
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    unchanged: list[tuple[str, str]]
    """Headers of the 304."""


class PageCache:
    """WSGI middleware that keeps printed pages."""

    def __init__(self, app: WSGIApp, most_bytes: int = MAX_BYTES) -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.sheets: dict[str, dict[str, Sheet]] = {}
        """Path -> encoding -> sheet."""
        self.kept_bytes = 0
        self._keeping = threading.Lock()
        self._printing: dict[str, threading.Lock] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is printed, print it, or hand the request to the app."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
            return self.app(environ, start_response)
        path = environ["PATH_INFO"]
        sheets = self.sheets.get(path) or self._print(path)
        if sheets is None:
            return self.app(environ, start_response)
        sheet = sheets.get(_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))) or sheets["identity"]
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if wanted and (sheet.etag in wanted or wanted.strip() == "*"):
            start_response("304 Not Modified", sheet.unchanged)
            return ()
        start_response("200 OK", sheet.headers)
        return (sheet.body,) if method == "GET" else ()

    def copy(self, path: str) -> CachedResponse | None:
        """Return the page of a path as every reader gets it, from what is printed if it is; None when it may not be printed.

        Keeps nothing: the book and the export ask for every page, and need no compressed one.
        """
        if sheets := self.sheets.get(path):
            return sheets["identity"].copy
        # A context of its own: this may be asked inside a request, whose language must not become the page's, nor the other way round.
        return contextvars.Context().run(self._ask, path)

    def _ask(self, path: str) -> CachedResponse | None:
        """Ask the app for a path as nobody in particular."""
        clean: Environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": None, "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        told: list[Any] = []

        def listen(status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
            told[:] = [status, headers]
            return lambda data: None

        answer = self.app(clean, listen)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        if not clean.get(CACHEABLE) or not told[0].startswith("200"):
            return None
        return CachedResponse([(name, value) for name, value in told[1] if name.lower() not in ("content-length", "etag", "vary")], body)

    def _print(self, path: str) -> dict[str, Sheet] | None:
        """Keep the page of a path in every encoding and return it. Return None when it may not be printed."""
        with self._keeping:
            mine = self._printing.setdefault(path, threading.Lock())
        with mine:
            if kept := self.sheets.get(path):
                return kept  # another reader asked at the same moment, and it was printed for them
            try:
                copy = self._ask(path)
                if copy is None:
                    return None
                mark = hashlib.sha256(copy.body + repr(copy.headers).encode()).hexdigest()[:16]
                bodies = encoded(copy)
                sheets = {encoding: _sheet(copy, body, encoding, f'"{mark}-{encoding}"', varies=len(bodies) > 1) for encoding, body in bodies.items()}
                with self._keeping:
                    self._keep(path, sheets)
                return sheets
            finally:
                self._printing.pop(path, None)

    def _keep(self, path: str, sheets: dict[str, Sheet]) -> None:
        size = sum(len(sheet.body) for sheet in sheets.values())
        while self.kept_bytes + size > self.most_bytes and self.sheets:
            oldest = self.sheets.pop(next(iter(self.sheets)))
            self.kept_bytes -= sum(len(sheet.body) for sheet in oldest.values())
        self.sheets[path] = sheets
        self.kept_bytes += size


def encoded(copy: CachedResponse) -> dict[str, bytes]:
    """Return the body of a copy in every encoding that is worth it: "identity" always, "gzip" and "br" for text. The same bytes each time."""
    bodies = {"identity": copy.body}
    if copy.kind.startswith(_COMPRESSIBLE):
        bodies["gzip"] = gzip.compress(copy.body, 9, mtime=0)
        # The window spans the whole of a book, so that a line that comes again on page 300 still costs nothing.
        bodies["br"] = brotli.compress(copy.body, mode=brotli.MODE_TEXT, quality=11 if len(copy.body) < LARGE else 9, lgwin=22 if len(copy.body) < LARGE else 24)
    return bodies


def _sheet(copy: CachedResponse, body: bytes, encoding: str, etag: str, *, varies: bool) -> Sheet:
    common = [*copy.headers, *([("Vary", "Accept-Encoding")] if varies else []), ("ETag", etag)]
    if encoding != "identity":
        common.append(("Content-Encoding", encoding))
    not_for_304 = ("content-type", "content-encoding")
    return Sheet(copy, [*common, ("Content-Length", str(len(body)))], body, etag, [pair for pair in common if pair[0].lower() not in not_for_304])


def _encoding(accepted: str) -> str:
    """Return the best encoding that an Accept-Encoding header takes: brotli, then gzip, then the plain bytes."""
    if "br" not in accepted and "gzip" not in accepted:
        return "identity"
    taken = set()
    for item in accepted.lower().split(","):
        name, _, quality = item.partition(";")
        if not _REFUSED.fullmatch(quality.strip()):
            taken.add(name.strip())
    return "br" if "br" in taken else "gzip" if "gzip" in taken else "identity"
