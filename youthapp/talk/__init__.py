"""Talk: the chooser (a reason, then the lines that fit it), each line's page, and the list of all."""

from flask import Blueprint, Response, current_app, url_for

from ..i18n.translator import translator
from ..library.library import Library
from ..library.schema import Line, Reason
from ..web.permalinks import library, shows
from ..web.responses import page

blueprint = Blueprint("talk", __name__)

ANYTHING = "talk-anything"
"""The reason whose lines stand on the first page: open at any hour, for anything."""

_COUNTY_PREFIX = "cps-"
_CHILD_PROTECTION_REASONS = ("talk-home", "talk-foster", "talk-step-in")


def county_line(records: Library, county: str) -> Line | None:
    """Return the child-protection line of a county, None when we have none that may be shown."""
    line = records.records.get(f"{_COUNTY_PREFIX}{county}")
    return line if isinstance(line, Line) and line.shown else None


def lines_of(reason: Reason) -> list[Line]:
    """Return the lines behind a reason, best first; behind a reason that child protection fits, the organisation's county line too.

    One of them is open at any hour, whatever the clock says: tests/library/test_library.py holds every reason to it.
    """
    found = [library().get(line) for line in reason.lines]
    if reason.id in _CHILD_PROTECTION_REASONS and (own := county_line(library(), current_app.config["SETTINGS"].county)):
        found.append(own)
    return found  # type: ignore[return-value]


@blueprint.get("/<lang:lang>/talk")
def index() -> Response:
    """The chooser, and the lines for anything at once: two taps from home to a button."""
    translate = translator().translate
    anything = lines_of(library().get(ANYTHING))  # type: ignore[arg-type]
    own = [library().get(line) for line in current_app.config["SETTINGS"].lines]
    rest = [line for line in anything if line not in own]
    reasons = [translate(reason) for reason in library().of_kind("reasons") if reason.id != ANYTHING]
    return page("talk/index.html", section="talk", reasons=reasons, own_lines=[translate(line) for line in own], lines=[translate(line) for line in rest])


@blueprint.get("/<lang:lang>/talk/all")
def everyone() -> Response:
    """Every line we show, by name; the counties' child-protection lines after the rest."""
    translate = translator().translate
    lines = sorted((translate(line) for line in library().of_kind("lines") if line.shown), key=lambda line: line.title.casefold())
    counties = [line for line in lines if line.id.startswith(_COUNTY_PREFIX)]
    return page("talk/all.html", section="talk", back=url_for("talk.index"), lines=[line for line in lines if line not in counties], counties=counties)


@shows("reasons")
def reason(record: Reason) -> Response:
    """The lines that fit one reason."""
    translate = translator().translate
    return page("talk/reason.html", section="talk", back=url_for("talk.index"), reason=translate(record), lines=[translate(line) for line in lines_of(record)])


@shows("lines")
def line(record: Line) -> Response:
    """One line with all that is known before reaching out."""
    return page("talk/line.html", section="talk", back=url_for("talk.index"), line=translator().translate(record))
