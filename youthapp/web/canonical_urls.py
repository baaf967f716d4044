"""One address a page: a query string nobody asked for, or a missing slash, is answered by a redirect to the clean address.

A link that was shared through an app often carries a tracking tail (``?fbclid=…``); it must not stay in the address bar or in a log.
"""

from urllib.parse import unquote

from flask import Flask, Response, redirect, request, url_for

TAKES_QUERY = "takes_query"
"""Attribute of a view that reads its query string (worker pages only)."""


def init_app(app: Flask) -> None:
    """Redirect what is not the clean address, always to a path of ours: a spoofed Host is never repeated."""
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False

    @app.before_request
    def clean_address() -> Response | None:
        if request.url_rule is None or request.method not in ("GET", "HEAD"):
            return None
        view = app.view_functions[request.endpoint]  # type: ignore[index]
        clean = url_for(request.endpoint, **(request.view_args or {}))  # type: ignore[arg-type]
        if request.path == unquote(clean) and (not request.query_string or getattr(view, TAKES_QUERY, False)):
            return None
        return redirect(clean, 301)  # type: ignore[return-value]
