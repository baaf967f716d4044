"""Ask: every question of the library on one page, A to Z, for a phone without script; the search itself runs on the phone."""

from flask import Blueprint, Response

from ..codes import library
from ..languages import speaker
from ..pages import page

blueprint = Blueprint("ask", __name__)

_KINDS = ("now", "tips", "rights", "needs", "doors")


@blueprint.get("/<lang:lang>/ask")
def index() -> Response:
    """All titles in the order of the alphabet."""
    say = speaker().say
    records = [say(record) for kind in _KINDS for record in library().of_kind(kind)]
    return page("ask/index.html", section="ask", records=sorted(records, key=lambda record: record.title.lstrip('¿“"').casefold()))
