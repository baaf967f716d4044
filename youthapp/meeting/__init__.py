"""The team-meeting card: what the youth wishes for their team meeting, in pieces. Nothing is sent; it is theirs to show
or read out."""

from flask import Blueprint, Response, url_for

from ..i18n.translator import translator
from ..library.schema import Step
from ..web.permalinks import library, shows
from ..web.responses import page

blueprint = Blueprint("meeting", __name__)


@blueprint.get("/<lang:lang>/meeting")
def index() -> Response:
    """All pieces of the card."""
    pieces = [translator().translate(piece) for piece in library().of_kind("meeting")]
    return page("meeting/index.html", section="meeting", pieces=pieces)


@shows("meeting")
def piece(record: Step) -> Response:
    """One piece."""
    return page("plan/step.html", section="meeting", back=url_for("meeting.index"), step=translator().translate(record))
