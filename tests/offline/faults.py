"""A site on loopback that can fail in the ways a bad network does: for the browser tests of the pocket."""

import dataclasses
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest import mock

import msgspec

from youthapp import create_app
from youthapp.library.library import Library
from youthapp.settings import Settings
from youthapp.web import page_cache


class Site:
    """An app behind a small server. Change the attributes while a browser looks at it."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.cut: float | None = None
        """Where in the body of a book the connection breaks: 0.3 = after 30 %."""
        self.portal = False
        """Whether a Wi-Fi's login page answers every address."""
        self.damage = False
        """Whether one byte of every book is changed on its way."""
        self.hold: threading.Event | None = None
        """When set: a book waits for this in its middle."""
        self.asked: list[str] = []
        self.url = ""
        self._server: ThreadingHTTPServer | None = None

    def start(self, port: int = 0) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                site.answer(self)

            do_HEAD = do_POST = do_GET

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Die: no connection is taken any more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def restart(self) -> None:
        self.start(int(self.url.rsplit(":", 1)[1]))

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        self.asked.append(path)
        handler.close_connection = True
        if self.portal:
            body = b"<!DOCTYPE html><title>Cafe Wi-Fi</title><h1>Log in to the cafe</h1>"
            self._send(handler, "200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))], body)
            return
        told: list[Any] = []
        environ = {
            "REQUEST_METHOD": handler.command, "SCRIPT_NAME": "", "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": path.partition("?")[2],
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": handler.headers.get("Host", ""), "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": None, "wsgi.multithread": True,
            "wsgi.multiprocess": False, "wsgi.run_once": False,
            "HTTP_ACCEPT_LANGUAGE": handler.headers.get("Accept-Language", ""),
        }  # fmt: skip
        body = b"".join(self.app(environ, lambda status, headers, _=None: told.extend((status, headers))))
        if "/book" in path and self.damage:
            body = body[:5000] + bytes([body[5000] ^ 1]) + body[5001:]
        if "/book" in path and (self.cut is not None or self.hold):
            end = int(len(body) * (0.5 if self.cut is None else self.cut))
            self._send(handler, told[0], told[1], body[:end])
            if self.hold:
                self.hold.wait(10)
                with suppress(ConnectionError):
                    handler.wfile.write(body[end:])
            return
        self._send(handler, told[0], told[1], body)

    def _send(self, handler: BaseHTTPRequestHandler, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        handler.send_response(int(status.split()[0]))
        for name, value in [*headers, ("Connection", "close")]:
            handler.send_header(name, value)
        handler.end_headers()
        with suppress(ConnectionError):
            handler.wfile.write(body)
            handler.wfile.flush()


def release(number: str = "") -> Any:
    """Return an app; with a number, one of a later release in which a line's phone number has changed to it."""
    if not number:
        return create_app(Settings())
    library = Library.load()
    line: Any = library.get("lifeline-988")
    changed = msgspec.structs.replace(line, call=msgspec.structs.replace(line.call, number=number, shown=number))
    return create_app(Settings(contact="later@example.org"), library=_with(library, changed))


def _with(library: Library, record: Any) -> Library:
    return dataclasses.replace(library, records={**library.records, record.id: record})


@contextmanager
def running(app: Any) -> Iterator[Site]:
    """Serve an app until the end of the block; plain, since compressing a book would be most of a test's time."""
    site = Site(app)
    with mock.patch.object(page_cache, "encode", lambda copy: {"identity": copy.body}):
        site.start()
        try:
            yield site
        finally:
            site.stop()
