"""The team-meeting card: what the youth wishes for their team meeting, in pieces. Nothing is sent; it is theirs to show or read out."""

from flask import Blueprint, Response, url_for

from ..codes import library, shows
from ..content.records import Step
from ..languages import speaker
from ..pages import page

blueprint = Blueprint("meeting", __name__)


@blueprint.get("/<lang:lang>/meeting")
def index() -> Response:
    """All pieces of the card."""
    return page("meeting/index.html", section="meeting", pieces=[speaker().say(piece) for piece in library().of_kind("meeting")])


@shows("meeting")
def piece(record: Step) -> Response:
    """One piece."""
    return page("plan/step.html", section="meeting", back=url_for("meeting.index"), step=speaker().say(record))
