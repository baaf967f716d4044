"""Pocket: the whole book of a language on the phone, for when there is no signal. Only when a youth asks for it."""

import json
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, g
from flask.blueprints import BlueprintSetupState

from ..pages import page, printed
from ..release import STATIC
from . import book

blueprint = Blueprint("pocket", __name__)

_WORKER = STATIC / "js" / "pocket" / "worker.js"
_WITHDRAW = STATIC / "js" / "pocket" / "withdraw.js"


@blueprint.get("/<lang:lang>/pocket")
def index() -> Response:
    """What is kept, what it costs, who can see it and how to remove it; the offer stands here too."""
    return page("pocket/index.html", section="about")


@blueprint.get("/<lang:lang>/no-signal")
def nothing() -> Response:
    """What the worker shows for a page that is not on the phone when there is no network: calls and texts still work."""
    return page("pocket/nothing.html", section="talk")


@blueprint.get("/<lang:lang>/book")
def whole() -> Response:
    """The book of a language."""
    return _bound(True)


@blueprint.get("/<lang:lang>/book-core")
def core() -> Response:
    """The part that must be there: for Save-Data, or a phone that is full."""
    return _bound(False)


@blueprint.get("/<lang:lang>/needs-server")
def needs_server() -> Response:
    """What stands in an export where a page would need the server."""
    return page("pocket/needs_server.html", section="about")


@blueprint.get("/release")
def release() -> Response:
    """Which release is served: what a phone with a book asks at each visit. About 40 bytes."""
    return printed(Response(json.dumps({"release": current_app.config["RELEASE"]}), mimetype="application/json"))


@blueprint.get("/sw.js")
def worker() -> Response:
    """The service worker, which no page registers before a youth asks to keep the book; or the one that removes itself and all it kept."""
    return printed(_script(_WORKER if current_app.config["SETTINGS"].pocket else _WITHDRAW))


for view in (whole, core, needs_server, release, worker):
    setattr(view, book.NOT_KEPT, True)


def _bound(is_whole: bool) -> Response:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    addresses = book.pages if is_whole else book.core
    return printed(Response(book.bound(app, g.language.code, addresses(app, g.language.code), whole=is_whole), mimetype=book.KIND))


def _script(path: Path) -> Response:
    response = Response(path.read_bytes())
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    return response


@blueprint.record_once
def offer(state: BlueprintSetupState) -> None:
    """Let the offer say what it costs."""
    app: Flask = state.app  # type: ignore[assignment]
    kb = {"book_kb": book.about_kb(app, whole=True), "core_kb": book.about_kb(app, whole=False), "book_mb": book.about_mb(app)}

    @app.context_processor
    def costs() -> dict[str, int]:
        return kb
