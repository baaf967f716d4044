"""Home: needs first, in the reader's words. Also the door at ``/`` and the sign of life for whoever runs the server."""

from flask import Blueprint, Response, redirect, url_for

from ..web.responses import page

blueprint = Blueprint("home", __name__)


@blueprint.get("/<lang:lang>/")
def index() -> Response:
    """The first page."""
    return page("home/index.html", section="home")


@blueprint.get("/")
def door() -> Response:
    """To home in the language that the phone asks for."""
    answer = redirect(url_for("home.index"), 302)
    answer.headers["Vary"] = "Accept-Language"
    return answer  # type: ignore[return-value]


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that this worker serves: for balancers and for `make run`."""
    return Response("ok\n", mimetype="text/plain")
