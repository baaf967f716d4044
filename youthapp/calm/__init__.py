"""Calm: a lamp to breathe with, then five things to notice. No sound, no script, nothing kept."""

from flask import Blueprint, Response

from ..web.responses import page

blueprint = Blueprint("calm", __name__)


@blueprint.get("/<lang:lang>/calm")
def index() -> Response:
    """The lamp, the five things, and where to go from there. Signs and steps are those of the card on panic."""
    return page("calm/index.html", section="calm")
