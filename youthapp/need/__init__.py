"""Needs: what the reader needs, in their words, and safer ways to get it today, this week and later."""

from flask import Blueprint, Response, url_for

from ..i18n.translator import translator
from ..library.schema import Need
from ..web.permalinks import library, shows
from ..web.responses import page

blueprint = Blueprint("need", __name__)


@blueprint.get("/<lang:lang>/need")
def index() -> Response:
    """All needs as tiles."""
    return page(
        "need/index.html", section="need", needs=[translator().translate(need) for need in library().of_kind("needs")]
    )


@shows("needs")
def need(record: Need) -> Response:
    """One need."""
    return page("need/need.html", section="need", back=url_for("need.index"), need=translator().translate(record))
