"""WSGI cache: one response per path, rendered once and compressed in advance.

A page is a pure function of (release, language, path). Its bytes (plain, gzip, brotli), headers and ETag are made on
the first request and looked up after that. What makes this safe is a rule that holds by construction: **a view sees
nothing of a reader's request but its path.** Every GET and HEAD is rendered from an environ that holds no header, no
cookie, no host and no query of the reader, so nothing of one request can reach the bytes that the next one gets. The
few views that choose by the phone's language say so (``responses.reads_language``); they, an address that no view has,
and anything that is not a plain GET or HEAD see the real request, and their answers are never stored.

Measured (`make bench`): brotli at its best costs about 10 ms a page, so it happens once; a lookup is under a
microsecond. Nothing is rendered before somebody asks for it, so that start does not grow with the library. No lock is
held while the app renders: two readers who ask for the same new page at once both get it rendered, and one copy is
stored. What a worker keeps is bounded in bytes, and only addresses that exist are stored, so a flood of made-up
addresses grows nothing.
"""

import contextvars
import gzip
import hashlib
import io
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import brotli

from .padding import brotli_padded, gzip_padded

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApp = Callable[[Environ, StartResponse], Iterable[bytes]]

CACHEABLE = "youthapp.cacheable"
"""Environ key that the app sets to say: these bytes are the same for every reader (``responses.cacheable``)."""

MAX_BYTES = 64 * 1024 * 1024
"""How much one worker keeps; when it is full, the oldest entry is dropped first. A few hundred pages need a few
megabytes."""

BROTLI_QUALITY = 11

LARGE = 4 * 1024 * 1024
"""From this many bytes on, compression at its best would hold a first reader up for many seconds; brotli 9 is a tenth
larger and fast."""

MAX_ACCEPT_ENCODING = 256
"""Characters of an Accept-Encoding header that are read; browsers send under 40."""

_REFUSED = re.compile(r"q=0(\.0*)?")
_COMPRESSIBLE = (
    "text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml",
    "application/xml",
)  # fmt: skip
_SET_PER_ENCODING = ("content-length", "etag", "vary")
_NOT_IN_304 = ("content-type", "content-encoding", "content-length")


@dataclass(frozen=True)
class CachedResponse:
    """The user-independent response for a path."""

    headers: list[tuple[str, str]]
    """Without those that depend on an encoding (Content-Length, ETag, Vary)."""
    body: bytes

    @property
    def content_type(self) -> str:
        """The Content-Type header, empty when there is none."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


@dataclass(frozen=True)
class EncodedResponse:
    """A cached response in one encoding, ready to send."""

    response: CachedResponse
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    headers_of_304: list[tuple[str, str]]


@dataclass(frozen=True)
class Rendered:
    """What the app answered to a request that held nothing but a path."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    cacheable: bool

    def response(self) -> CachedResponse | None:
        """Return what may be stored of it; None when it is not the same for every reader, or no page."""
        if not self.cacheable or not self.status.startswith("200"):
            return None
        return CachedResponse(
            [(name, value) for name, value in self.headers if name.lower() not in _SET_PER_ENCODING], self.body
        )


class PageCache:
    """WSGI middleware that renders each cacheable path once."""

    def __init__(
        self, app: WSGIApp, needs_request: Callable[[str], bool] = lambda path: False, max_bytes: int = MAX_BYTES
    ) -> None:
        """Wrap an app.

        needs_request: whether the answer to a path depends on more than the path (an unknown address, a view that reads
        the language). max_bytes: how many bytes of bodies to keep, in all encodings together.
        """
        self.app = app
        self.needs_request = needs_request
        self.max_bytes = max_bytes
        self.entries: dict[str, dict[str, EncodedResponse]] = {}
        """Path -> encoding -> response, oldest first."""
        self.stored_bytes = 0
        self._remembered: dict[str, CachedResponse | None] | None = None
        """What `get` rendered while `remembering` is open."""
        self._lock = threading.Lock()
        """Held only while `entries` and `stored_bytes` change together, never while the app renders or a body is
        compressed."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the cache, or render the path and store it if it may be stored, or hand the request to the
        app."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
            return self.app(environ, start_response)
        path = environ["PATH_INFO"]
        entry = self.entries.get(path)
        if entry is None:
            if self.needs_request(path):
                return self.app(environ, start_response)
            rendered = self.render(path)
            response = rendered.response()
            if response is None:
                start_response(rendered.status, rendered.headers)
                return [rendered.body] if method == "GET" else []
            entry = self.store(path, response)
        encoded = entry.get(best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))) or entry["identity"]
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if wanted and (encoded.etag in wanted or wanted.strip() == "*"):
            start_response("304 Not Modified", encoded.headers_of_304)
            return []
        start_response("200 OK", encoded.headers)
        return [encoded.body] if method == "GET" else []

    def get(self, path: str) -> CachedResponse | None:
        """Return the user-independent response for a path, stored or rendered now; None when there is none.

        Stores nothing: the book reads every page once, and needs no compressed one.
        """
        if entry := self.entries.get(path):
            return entry["identity"].response
        remembered = self._remembered
        if remembered is None:
            return None if self.needs_request(path) else self.render(path).response()
        if path not in remembered:
            remembered[path] = None if self.needs_request(path) else self.render(path).response()
        return remembered[path]

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Until the block ends, let `get` render each path once: for the export, whose books are made of the pages that
        it takes. Not bounded in bytes, so not for a server."""
        before = self._remembered
        self._remembered = {} if before is None else before
        try:
            yield
        finally:
            self._remembered = before

    def render(self, path: str) -> Rendered:
        """Ask the app for a path, with nothing of any reader in the request."""
        environ: Environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        # A context of its own: the book asks for pages inside a request, whose language must not become the page's, nor
        # the other way round.
        status, headers, body = contextvars.Context().run(_call, self.app, environ)
        return Rendered(status, headers, body, bool(environ.get(CACHEABLE)))

    def store(self, path: str, response: CachedResponse) -> dict[str, EncodedResponse]:
        """Keep a response in every encoding and return these; what another thread stored for the path meanwhile
        wins."""
        mark = hashlib.sha256(response.body + repr(response.headers).encode()).hexdigest()[:16]
        bodies = encode(response)
        entry = {
            name: _with_headers(response, body, name, f'"{mark}-{name}"', varies=len(bodies) > 1)
            for name, body in bodies.items()
        }
        size = _bytes_of(entry)
        with self._lock:
            if stored := self.entries.get(path):
                return stored
            while self.stored_bytes + size > self.max_bytes and self.entries:
                self.stored_bytes -= _bytes_of(self.entries.pop(next(iter(self.entries))))
            self.entries[path] = entry
            self.stored_bytes += size
        return entry


def _call(app: WSGIApp, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes]:
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
        started[:] = [status, headers]
        return lambda data: None

    chunks = app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return started[0], started[1], body


def _bytes_of(entry: dict[str, EncodedResponse]) -> int:
    return sum(len(encoded.body) for encoded in entry.values())


def compressible(content_type: str) -> bool:
    """Whether answers of a Content-Type are worth compressing."""
    return content_type.startswith(_COMPRESSIBLE)


def encode(response: CachedResponse) -> dict[str, bytes]:
    """Return a body in every encoding that is worth it: "identity" always, "gzip" and "br" for text. The same bytes
    each time.

    Pages are filled up, so that their lengths tell less (padding.py). Scripts, the search's words and books are not:
    which of them are fetched tells the section anyway, and filling them up would cost a first visit 1.5 KB.
    """
    bodies = {"identity": response.body}
    if compressible(response.content_type):
        if response.content_type.startswith("text/html"):
            return {**bodies, "gzip": gzip_padded(response.body), "br": brotli_padded(response.body, BROTLI_QUALITY)}
        bodies["gzip"] = gzip.compress(response.body, 9, mtime=0)
        # The window spans the whole of a book, so that a line that comes again on page 300 still costs nothing.
        quality, window = (min(9, BROTLI_QUALITY), 24) if len(response.body) >= LARGE else (BROTLI_QUALITY, 22)
        bodies["br"] = brotli.compress(response.body, mode=brotli.MODE_TEXT, quality=quality, lgwin=window)
    return bodies


def _with_headers(response: CachedResponse, body: bytes, encoding: str, etag: str, *, varies: bool) -> EncodedResponse:
    headers = [*response.headers, *([("Vary", "Accept-Encoding")] if varies else []), ("ETag", etag)]
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(body))))
    return EncodedResponse(
        response, headers, body, etag, [pair for pair in headers if pair[0].lower() not in _NOT_IN_304]
    )


def best_encoding(accepted: str) -> str:
    """Return the best encoding that an Accept-Encoding header takes: brotli, then gzip, then the plain bytes."""
    if "br" not in accepted and "gzip" not in accepted:
        return "identity"
    taken = set()
    for item in accepted[:MAX_ACCEPT_ENCODING].lower().split(","):
        name, _, quality = item.partition(";")
        if not _REFUSED.fullmatch(quality.strip()):
            taken.add(name.strip())
    return "br" if "br" in taken else "gzip" if "gzip" in taken else "identity"
