"""How a slice answers: a whole page in one frame, and marks that say for whom and for how long an answer is the
same."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException

from .page_cache import CACHEABLE

View = TypeVar("View", bound=Callable[..., Any])

READS_LANGUAGE = "reads_language"
"""Attribute of a GET view that reads the phone's language; see reads_language()."""


def page(template: str, *, section: str, back: str = "", **context: object) -> Response:
    """Return a whole page that is the same for every reader, so that it can be cached.

    section: the neutral word of the title and the bar (templates/components/sections.html); never the topic.
    back: where the page's own Back leads without script, the page above this one; home when empty.
    """
    response = current_app.make_response(render_template(template, section=section, back=back, **context))
    return cacheable(response)


def cacheable(response: Response) -> Response:
    """Mark an answer as the same for every reader of its path, and return it. Never use it where a header or the clock
    decides."""
    request.environ[CACHEABLE] = True
    # The phone keeps nothing (security_headers.py); the edge may, since everyone gets the same bytes.
    response.headers["CDN-Cache-Control"] = "public, max-age=300"
    return response


def immutable(response: Response) -> Response:
    """Mark an answer under the release's own address as the same for ever, and return it. Only the edge may keep it,
    not the phone.

    A script on the phone's disk would tell which part of the app was opened, so browsers still get no-store.
    """
    cacheable(response).headers["CDN-Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def json_file(value: object) -> Response:
    """Return data that scripts fetch under the release's own address, as JSON without spaces."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return immutable(Response(text, mimetype="application/json"))


def reads_language(view: View) -> View:
    """Decorate a GET view whose answer depends on Accept-Language. Every other GET view sees only its path
    (page_cache.py)."""
    setattr(view, READS_LANGUAGE, True)
    return view


def redirect_by_language(target: str) -> Response:
    """Return a redirect whose target is in the language that the phone asks for; its view is marked reads_language."""
    answer = redirect(target, 302)
    answer.headers["Vary"] = "Accept-Language"
    return answer  # type: ignore[return-value]


def needs_request(app: Flask) -> Callable[[str], bool]:
    """Return a function that says whether the answer to a GET depends on more than its path.

    It does for a view that reads the language, and for an address that no view has: its error page is in the phone's
    language. The function takes a path as WSGI gives it (bytes as Latin-1).
    """
    routes = app.url_map.bind("localhost")

    def depends(path: str) -> bool:
        try:
            endpoint, _arguments = routes.match(path.encode("latin-1").decode("utf-8", "replace"), "GET")
        except HTTPException:  # not found, wrong method, or a redirect
            return True
        return getattr(app.view_functions[endpoint], READS_LANGUAGE, False)

    return depends
