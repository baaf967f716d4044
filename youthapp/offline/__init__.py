"""Offline: the whole book of a language on the phone, for when there is no signal. Only when a youth asks for it."""

import json
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, g, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from ..paths import STATIC
from ..web.responses import cacheable, page
from . import book
from .draw_icons import ICONS

blueprint = Blueprint("offline", __name__)

_WORKER = STATIC / "js" / "offline" / "worker.js"
_WITHDRAW = STATIC / "js" / "offline" / "withdraw.js"


@blueprint.get("/<lang:lang>/pocket")
def index() -> Response:
    """What is kept, what it costs, who can see it and how to remove it; the offer stands here too."""
    return page("offline/index.html", section="about")


@blueprint.get("/<lang:lang>/no-signal")
def nothing() -> Response:
    """What the worker shows for a page that is not on the phone when there is no network: calls and texts still
    work."""
    return page("offline/nothing.html", section="talk")


@blueprint.get("/<lang:lang>/book")
def whole() -> Response:
    """The book of a language."""
    return _bound(True)


@blueprint.get("/<lang:lang>/book-core")
def core() -> Response:
    """The part that must be there: for Save-Data, or a phone that is full."""
    return _bound(False)


def _names() -> dict[str, str]:
    """The names to choose from, each with an icon (draw.py): as dull as what phones come with."""
    return {"notes": _("Notes"), "list": _("My list"), "pages": _("Pages")}


@blueprint.get("/<lang:lang>/install")
def choose() -> Response:
    """Before an icon goes on the home screen: what it shows, and under which name."""
    return page("offline/choose.html", section="about", names=_names())


@blueprint.get("/<lang:lang>/install/<name>")
def install(name: str) -> Response:
    """How to put the icon on the home screen. Only this page has a manifest: no browser offers to install while
    somebody reads."""
    if name not in ICONS:
        abort(404)
    return page(
        "offline/install.html", section="about", back=url_for("offline.choose"), icon_name=name, app_name=_names()[name]
    )


@blueprint.get("/<lang:lang>/install/<name>/manifest")
def manifest(name: str) -> Response:
    """The manifest of a name. Nothing in it says what the app is about."""
    if name not in ICONS:
        abort(404)
    release = current_app.config["RELEASE"]

    def picture(size: int, purpose: str) -> dict[str, str]:
        address = url_for("static_files.file", release=release, name=f"icons/{name}-{size}.png")
        return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}

    told = {
        "id": url_for("home.door"),
        "name": _names()[name],
        "short_name": _names()[name],
        "lang": g.language.tag,
        "dir": g.language.direction,
        "start_url": url_for("home.index"),
        "scope": url_for("home.door"),
        # Not "standalone": the phone's own way back and out stays on the screen, beside our exit.
        "display": "minimal-ui",
        "background_color": "#fffaf2",
        "theme_color": "#fffaf2",
        "icons": [picture(size, purpose) for size in (192, 512) for purpose in ("any", "maskable")],
        "shortcuts": [
            {"name": word, "url": url_for(endpoint)}
            for word, endpoint in ((_("Talk"), "talk.index"), (_("Plan"), "plan.index"), (_("Read"), "read.index"))
        ],
    }
    return cacheable(Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json"))


@blueprint.get("/<lang:lang>/needs-server")
def needs_server() -> Response:
    """What stands in an export where a page would need the server."""
    return page("offline/needs_server.html", section="cards", back=url_for("outreach.index"))


@blueprint.get("/release")
def release() -> Response:
    """Which release is served: what a phone with a book asks at each visit. About 40 bytes."""
    return cacheable(Response(json.dumps({"release": current_app.config["RELEASE"]}), mimetype="application/json"))


@blueprint.get("/sw.js")
def worker() -> Response:
    """The service worker, which no page registers before a youth asks to keep the book; or the one that removes itself
    and all it kept."""
    return cacheable(_script(_WORKER if current_app.config["SETTINGS"].offline else _WITHDRAW))


for view in (whole, core, needs_server, release, worker):
    setattr(view, book.NOT_KEPT, True)


def _bound(is_whole: bool) -> Response:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    addresses = book.pages if is_whole else book.core
    return cacheable(
        Response(book.bound(app, g.language.tag, addresses(app, g.language.tag), whole=is_whole), mimetype=book.KIND)
    )


def _script(path: Path) -> Response:
    response = Response(path.read_bytes())
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    return response


@blueprint.record_once
def offer(state: BlueprintSetupState) -> None:
    """Let the offer say what it costs."""
    app: Flask = state.app  # type: ignore[assignment]
    kb = {
        "book_kb": book.about_kb(app, whole=True),
        "core_kb": book.about_kb(app, whole=False),
        "book_mb": book.about_mb(app),
    }

    @app.context_processor
    def costs() -> dict[str, int]:
        return kb
