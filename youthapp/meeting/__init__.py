"""The team-meeting card: what the youth wishes for their team meeting, in pieces. Nothing is sent; it is theirs to show or read out."""

from flask import Blueprint, Response, url_for

from ..i18n.translator import translator
from ..library.schema import Step
from ..web.permalinks import library, shows
from ..web.responses import page

blueprint = Blueprint("meeting", __name__)

ORDER = ("meet-want", "meet-not-want", "meet-how", "meet-say", "meet-not-talk", "meet-signal", "meet-after")
"""People first, then how, then words: the order in which a worker asks. A piece that is not named here comes at the end."""


@blueprint.get("/<lang:lang>/meeting")
def index() -> Response:
    """All pieces of the card."""
    places = {piece: place for place, piece in enumerate(ORDER)}
    pieces = sorted(library().of_kind("meeting"), key=lambda piece: places.get(piece.id, len(places)))
    return page("meeting/index.html", section="meeting", pieces=[translator().translate(piece) for piece in pieces])


@shows("meeting")
def piece(record: Step) -> Response:
    """One piece."""
    return page("plan/step.html", section="meeting", back=url_for("meeting.index"), step=translator().translate(record))
