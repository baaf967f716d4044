"""The press: prints each page once per release and language, and answers it before Flask's routing.

A page is a pure function of (release, language, path). So its bytes (plain, gzip, brotli), its headers and its ETag are made on the first
request and looked up after that. The key is the bare path: a query string, a method other than GET and HEAD, or a path nobody printed goes
to the app. What may be printed, the view says (``pages.printed``); the press passes the app a clean environ, so that nothing of one
reader's request can reach the bytes that the next one gets.

Measured (`make bench`): brotli at its best costs about 10 ms a page, so it happens once; a lookup is under a microsecond.
"""

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

PRINTED = "youthapp.printed"
"""Environ key that the app sets to say: these bytes are the same for every reader."""

MOST_BYTES = 64 * 1024 * 1024
"""How much one worker keeps; when it is full, what was printed first goes first. A few hundred pages need a few megabytes."""

_REFUSED = re.compile(r"q=0(\.0*)?")
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml", "application/xml")


@dataclass(frozen=True)
class Sheet:
    """One printed page in one encoding: ready to send."""

    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    unchanged: list[tuple[str, str]]
    """Headers of the 304."""


class Press:
    """WSGI middleware that keeps printed pages."""

    def __init__(self, app: WSGIApp, most_bytes: int = MOST_BYTES) -> None:
        self.app = app
        self.most_bytes = most_bytes
        self.sheets: dict[str, dict[str, Sheet]] = {}
        """Path -> encoding -> sheet."""
        self.kept_bytes = 0
        self._printing = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is printed, print it, or hand the request to the app."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
            return self.app(environ, start_response)
        path = environ["PATH_INFO"]
        sheets = self.sheets.get(path) or self._print(path, environ)
        if sheets is None:
            return self.app(environ, start_response)
        sheet = sheets.get(_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))) or sheets["identity"]
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if wanted and (sheet.etag in wanted or wanted.strip() == "*"):
            start_response("304 Not Modified", sheet.unchanged)
            return ()
        start_response("200 OK", sheet.headers)
        return (sheet.body,) if method == "GET" else ()

    def _print(self, path: str, environ: Environ) -> dict[str, Sheet] | None:
        """Ask the app for the page as nobody in particular, and keep it in every encoding. Return None when it may not be printed."""
        clean: Environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": environ.get("wsgi.errors"), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
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
        if not clean.get(PRINTED) or not told[0].startswith("200"):
            return None
        headers = [(name, value) for name, value in told[1] if name.lower() not in ("content-length", "etag", "vary")]
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        with self._printing:
            if path in self.sheets:
                return self.sheets[path]
            bodies = {"identity": body}
            if kind.startswith(_COMPRESSIBLE):
                bodies["gzip"] = gzip.compress(body, 9, mtime=0)
                bodies["br"] = brotli.compress(body, mode=brotli.MODE_TEXT, quality=11)
            mark = hashlib.sha256(body + repr(headers).encode()).hexdigest()[:16]
            sheets = {encoding: _sheet(headers, coded, encoding, f'"{mark}-{encoding}"') for encoding, coded in bodies.items()}
            self._keep(path, sheets)
            return sheets

    def _keep(self, path: str, sheets: dict[str, Sheet]) -> None:
        size = sum(len(sheet.body) for sheet in sheets.values())
        while self.kept_bytes + size > self.most_bytes and self.sheets:
            oldest = self.sheets.pop(next(iter(self.sheets)))
            self.kept_bytes -= sum(len(sheet.body) for sheet in oldest.values())
        self.sheets[path] = sheets
        self.kept_bytes += size


def _sheet(headers: list[tuple[str, str]], body: bytes, encoding: str, etag: str) -> Sheet:
    common = [*headers, ("Vary", "Accept-Encoding"), ("ETag", etag)]
    if encoding != "identity":
        common.append(("Content-Encoding", encoding))
    not_for_304 = ("content-type", "content-encoding")
    return Sheet([*common, ("Content-Length", str(len(body)))], body, etag, [pair for pair in common if pair[0].lower() not in not_for_304])


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
