"""What a request may be. The outermost WSGI layer: it refuses what could hold a worker up before anything reads it.

- A Host header that is not a host name gets 400: Werkzeug would fail on it outside of Flask, where none of our error
  pages is made.
- An Accept-Language header is cut to a length that no browser exceeds: parsing one of 27,000 items takes a tenth of a
  second.
- A body is read only by a view that takes a form (``takes_form``), and never on a worker's last free thread: a body
  arrives as slowly as its sender likes, and only a server in front could stop that. While ``FORMS_AT_ONCE`` requests
  with a body are at work, the next one gets 503, and the thread that is left goes on serving readers.
- Whatever fails outside of Flask is logged as type and line (errors.py) and answered with a short page that has our
  headers and an exit.
"""

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any, TypeVar

from flask import Flask, abort, request

from ..i18n.languages import SOURCE
from .errors import log_exception
from .page_cache import Environ, StartResponse, WSGIApp

THREADS = 3
"""Threads of a worker that answer requests (serve.py)."""

FORMS_AT_ONCE = THREADS - 1

MOST_BODY_BYTES = 16 * 1024
"""The card maker's form is under 1 KB; a line of 200 emoji, percent-encoded, is 2.4 KB."""

MOST_LANGUAGE_CHARACTERS = 256
"""Browsers send under 100; what is behind the last comma within this length is not read."""

TAKES_FORM = "takes_form"
"""Attribute of a view that reads a form; see takes_form()."""

REFUSED = "youthapp.refused"
"""Environ key with the status of a request that is refused before its view is called."""

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]{{2,45}}\])(?::[0-9]{{1,5}})?")
_MOST_HOST_CHARACTERS = 253 + len(":65535")

View = TypeVar("View", bound=Callable[..., Any])


def takes_form(view: View) -> View:
    """Decorate a POST view that reads a form. A body for any other view is answered 413, and is not read."""
    setattr(view, TAKES_FORM, True)
    return view


class RequestLimits:
    """WSGI middleware around the page cache."""

    def __init__(
        self, app: WSGIApp, uncached: WSGIApp, headers: Mapping[str, str], exit_address: str, sorry: Mapping[str, str]
    ) -> None:
        """Wrap the page cache.

        uncached: the app itself, which makes the page of a refused request. headers: those of every answer.
        exit_address: where Exit leads. sorry: language tag -> the sentence of the page for when nothing else renders.
        """
        self.app = app
        self.uncached = uncached
        self.forms = threading.BoundedSemaphore(FORMS_AT_ONCE)
        self._broken_headers = [
            *headers.items(),
            ("Cache-Control", "no-store"),
            ("Content-Type", "text/html; charset=utf-8"),
        ]
        self._broken_page = (
            f'<!DOCTYPE html><html lang="{SOURCE.tag}"><meta name="viewport" '
            f'content="width=device-width"><title>Error</title>'
            f'<p><a data-exit href="{escape(exit_address)}" rel="noreferrer nofollow">Exit</a></p>'
            f"{''.join(f'<p lang={chr(34)}{tag}{chr(34)}>{escape(text)}</p>' for tag, text in sorry.items())}"
            '<p><a href="tel:988">988</a></p></html>'
        ).encode()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Refuse, or pass on."""
        try:
            return self._answer(environ, start_response)
        except Exception as error:
            # The server would write the traceback to its log, and answer without our headers.
            log_exception(error)
            start_response(
                "500 Internal Server Error", [*self._broken_headers, ("Content-Length", str(len(self._broken_page)))]
            )
            return [self._broken_page]

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST")
        if host and not (len(host) <= _MOST_HOST_CHARACTERS and _HOST.fullmatch(host)):
            environ |= {"HTTP_HOST": "localhost", REFUSED: 400}
            return self.uncached(environ, start_response)
        languages = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        if len(languages) > MOST_LANGUAGE_CHARACTERS:
            environ["HTTP_ACCEPT_LANGUAGE"] = languages[:MOST_LANGUAGE_CHARACTERS].rpartition(",")[0]
        if not _has_body(environ):
            return self.app(environ, start_response)
        if not self.forms.acquire(blocking=False):
            environ[REFUSED] = 503
            return self.uncached(environ, start_response)
        try:
            return self.app(environ, start_response)
        finally:
            self.forms.release()


def _has_body(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in environ


def init_app(app: Flask) -> None:
    """Let Flask answer what RequestLimits refused, and refuse a body where no form is. To be registered before any
    other check of a request."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY_BYTES

    @app.before_request
    def refuse() -> None:
        if status := request.environ.get(REFUSED):
            abort(status)
        if (
            request.endpoint
            and _has_body(request.environ)
            and not getattr(app.view_functions[request.endpoint], TAKES_FORM, False)
        ):
            abort(413)
