"""How a slice shows a page: one function, so that every page has the same frame, a neutral title, and can be printed once."""

from flask import Response, current_app, render_template, request

from .page_cache import CACHEABLE


def page(template: str, *, section: str, back: str = "", **context: object) -> Response:
    """Return a whole page that is the same for every reader, to be printed by the press.

    section: the dull word the title and the bar wear (see templates/components/sections.html); never the topic.
    back: where the own Back leads without script: the page above this one; home when empty.
    """
    response = current_app.make_response(render_template(template, section=section, back=back, **context))
    return cacheable(response)


def immutable(response: Response) -> Response:
    """Mark an answer under the release's own address as the same for ever, and return it: the edge may keep it, the phone's disk does not.

    A script on its disk would tell which part of the app was opened.
    """
    cacheable(response).headers["CDN-Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def cacheable(response: Response) -> Response:
    """Mark an answer as the same for every reader of its path, and return it. Never use it where a header or the clock decides."""
    request.environ[CACHEABLE] = True
    # The phone keeps nothing (headers.py); the edge may, since everyone gets the same bytes.
    response.headers["CDN-Cache-Control"] = "public, max-age=300"
    return response
