"""Talk: the chooser (a reason, then the lines that fit it), each line's page, and the list of all."""

from flask import Blueprint, Response, current_app, url_for

from ..i18n.translator import translator
from ..library.schema import Line, Reason
from ..library.tables import tables
from ..web.permalinks import library, shows
from ..web.responses import page
from ..web.speaks import fitting_lines

blueprint = Blueprint("talk", __name__)


def lines_of(reason: Reason) -> list[Line]:
    """Return the lines behind a reason, best first; behind those that talk.toml names, the child-protection line of the
    set county too.

    One of them is open at any hour, whatever the clock says: tests/library/test_library.py holds every reason to it.
    """
    found = [line for key in fitting_lines(reason) if isinstance(line := library().get(key), Line)]
    if reason.id in tables().talk.county_reasons and (
        own := library().county_line(current_app.config["SETTINGS"].county)
    ):
        found.append(own)
    return found


@blueprint.get("/<lang:lang>/talk")
def index() -> Response:
    """The chooser, and the lines for anything at once: two taps from home to a button."""
    translate = translator().translate
    first = tables().talk.anything
    own = [library().get(line) for line in current_app.config["SETTINGS"].lines]
    reasons = library().of_kind("reasons")
    rest = [line for reason in reasons if reason.id == first for line in lines_of(reason) if line not in own]
    reasons = [translate(reason) for reason in reasons if reason.id != first]
    return page(
        "talk/index.html",
        section="talk",
        reasons=reasons,
        own_lines=[translate(line) for line in own],
        lines=[translate(line) for line in rest],
    )


@blueprint.get("/<lang:lang>/talk/all")
def everyone() -> Response:
    """Every line we show, by name; the counties' child-protection lines after the rest."""
    translate = translator().translate
    lines = sorted(
        (translate(line) for line in library().of_kind("lines") if line.shown), key=lambda line: line.title.casefold()
    )
    counties = [line for line in lines if library().is_county_line(line)]
    return page(
        "talk/all.html",
        section="talk",
        back=url_for("talk.index"),
        lines=[line for line in lines if line not in counties],
        counties=counties,
    )


@shows("reasons")
def reason(record: Reason) -> Response:
    """The lines that fit one reason."""
    translate = translator().translate
    return page(
        "talk/reason.html",
        section="talk",
        back=url_for("talk.index"),
        reason=translate(record),
        lines=[translate(line) for line in lines_of(record)],
    )


@shows("lines")
def line(record: Line) -> Response:
    """One line with all that is known before reaching out."""
    return page("talk/line.html", section="talk", back=url_for("talk.index"), line=translator().translate(record))
