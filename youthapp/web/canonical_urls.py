"""One address for each page: an address with a query string, or with a slash too many or too few, redirects to the
canonical one.

A link that was shared through an app often carries a tracking tail (``?fbclid=…``); it must not stay in the address bar
or in a log.
"""

from urllib.parse import unquote

from flask import Flask, Response, redirect, request, url_for


def init_app(app: Flask) -> None:
    """Redirect every GET whose address is not canonical, always to a path of ours: a spoofed Host is never repeated."""
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False

    @app.before_request
    def to_canonical_url() -> Response | None:
        if request.url_rule is None or request.method not in ("GET", "HEAD"):
            return None
        canonical = url_for(request.endpoint, **(request.view_args or {}))  # type: ignore[arg-type]
        if request.path == unquote(canonical) and not request.query_string:
            return None
        return redirect(canonical, 301)  # type: ignore[return-value]
