"""Leaving: the blank page for when there is no signal, and Forget. The phone's part is in exit.js and forget.js.

Each language has a blank page and a way out of Forget of its own, so that both lead to that language's own exit.
``/quiet`` and ``/x`` without a language are named by pages that were open, or saved, before; they go on answering.
"""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for

from ..web.responses import cacheable, page
from ..web.same_origin import refuse_another_site

blueprint = Blueprint("leave", __name__)

# Measured (DECISIONS.md, "Leaving and moving"): these three leave nothing of Blobs, caches and the worker in the
# profile of Chromium, Firefox and WebKitGTK. "executionContexts" is left out: it would reload the page that is about
# to leave.
CLEAR = '"cache", "cookies", "storage"'


@blueprint.get("/<lang:lang>/quiet")
@blueprint.get("/quiet", endpoint="blank_before")
def blank() -> Response:
    """The exit's page when there is no signal and a saved book: blank but for the host it goes on to."""
    return cacheable(make_response(_blank(go_on=False)))


@blueprint.get("/<lang:lang>/forget", endpoint="forget")
def forget() -> Response:
    """What Forget removes and what it cannot, and the button."""
    return page("leave/forget.html", section="about", back=url_for("about.phone"))


@blueprint.post("/<lang:lang>/x")
@blueprint.post("/x", endpoint="clear_before")
def clear() -> Response:
    """Ask the browser to drop all that it holds for this site. Takes no body (413); answers 403 to another site's page.

    A link or a picture on another page must not be able to wipe a plan: hence a POST, and only from our own pages.
    """
    refuse_another_site(request)
    # 303: the browser would write the POST itself into its session file.
    answer = redirect(url_for("leave.gone"), 303)
    answer.headers["Clear-Site-Data"] = CLEAR
    return answer  # type: ignore[return-value]


@blueprint.get("/<lang:lang>/x")
@blueprint.get("/x", endpoint="gone_before")
def gone() -> Response:
    """Where the answer to Forget leads: blank, and on to the other site by itself, without script too."""
    return cacheable(make_response(_blank(go_on=True)))


def _blank(*, go_on: bool) -> str:
    away = current_app.config["SETTINGS"].exit_of(g.language)
    return render_template(
        "leave/blank.html", away=away, place=(urlsplit(away).hostname or "").removeprefix("www."), go_on=go_on
    )
