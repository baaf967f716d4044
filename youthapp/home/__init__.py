"""Home: needs first, in the reader's words. Also the door at ``/``, and a health check for whoever runs the server."""

from flask import Blueprint, Response, current_app, url_for

from ..i18n.languages import SOURCE
from ..web.page_cache import PageCache
from ..web.responses import page, reads_language, redirect_by_language

blueprint = Blueprint("home", __name__)


@blueprint.get("/<lang:lang>/")
def index() -> Response:
    """The first page."""
    return page("home/index.html", section="home")


@blueprint.get("/")
@reads_language
def door() -> Response:
    """Redirect to home in the language that the phone asks for."""
    return redirect_by_language(url_for("home.index"))


@blueprint.get("/healthz")
def healthz() -> Response:
    """Render home in the source language, not from the cache, and say whether this worker can serve: 200 or 503, as
    plain text."""
    cache: PageCache = current_app.extensions["page_cache"]
    serves = cache.render(url_for("home.index", lang=SOURCE.tag)).status.startswith("200")
    return Response("ok\n" if serves else "home does not render\n", 200 if serves else 503, mimetype="text/plain")
