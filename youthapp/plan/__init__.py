"""The plan: a list that is the youth's own. The server prints its words; what is picked or written stays on the phone."""

from flask import Blueprint, Response, url_for

from ..codes import library, shows
from ..content.records import Moment, Step
from ..languages import speaker
from ..pages import page

blueprint = Blueprint("plan", __name__)


@blueprint.get("/<lang:lang>/plan")
def index() -> Response:
    """The whole plan: moments to start from, and every section with its ready choices."""
    say = speaker().say
    return page("plan/index.html", section="plan", moments=[say(moment) for moment in library().of_kind("moments")], steps=[say(step) for step in library().of_kind("plan")])


@shows("plan")
def step(record: Step) -> Response:
    """One section."""
    return page("plan/step.html", section="plan", back=url_for("plan.index"), step=speaker().say(record))


@shows("moments")
def moment(record: Moment) -> Response:
    """The sections that fit one moment."""
    say = speaker().say
    return page("plan/moment.html", section="plan", back=url_for("plan.index"), moment=say(record), steps=[say(library().get(step)) for step in record.steps])
