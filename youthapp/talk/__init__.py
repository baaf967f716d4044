"""Talk: the chooser (a reason, then the lines that fit it), each line's page, and the list of all."""

from flask import Blueprint, Response, current_app, url_for

from ..codes import library, shows
from ..content.library import Library
from ..content.records import Door, Line
from ..languages import speaker
from ..pages import page

blueprint = Blueprint("talk", __name__)

ANYTHING = "talk-anything"
"""The door whose lines stand on the first page: open at any hour, for anything."""

_COUNTY_PREFIX = "cps-"
_CHILD_PROTECTION_DOORS = ("talk-home", "talk-foster")


def county_line(records: Library, county: str) -> Line | None:
    """Return the child-protection line of a county, None when we have none that may be shown."""
    line = records.records.get(f"{_COUNTY_PREFIX}{county}")
    return line if isinstance(line, Line) and line.shown else None


def lines_of(door: Door) -> list[Line]:
    """Return the lines behind a door, best first; behind a home or foster-care door the organisation's county line too.

    One of them is open at any hour, whatever the clock says: tests/content/test_library.py holds every door to it.
    """
    found = [library().get(line) for line in door.lines]
    if door.id in _CHILD_PROTECTION_DOORS and (own := county_line(library(), current_app.config["SETTINGS"].county)):
        found.append(own)
    return found  # type: ignore[return-value]


@blueprint.get("/<lang:lang>/talk")
def index() -> Response:
    """The chooser, and the lines for anything at once: two taps from home to a button."""
    say = speaker().say
    anything = lines_of(library().get(ANYTHING))  # type: ignore[arg-type]
    own = [library().get(line) for line in current_app.config["SETTINGS"].lines]
    rest = [line for line in anything if line not in own]
    doors = [say(door) for door in library().of_kind("doors") if door.id != ANYTHING]
    return page("talk/index.html", section="talk", doors=doors, own_lines=[say(line) for line in own], lines=[say(line) for line in rest])


@blueprint.get("/<lang:lang>/talk/all")
def everyone() -> Response:
    """Every line we show, by name; the counties' child-protection lines after the rest."""
    say = speaker().say
    lines = sorted((say(line) for line in library().of_kind("lines") if line.shown), key=lambda line: line.title.casefold())
    counties = [line for line in lines if line.id.startswith(_COUNTY_PREFIX)]
    return page("talk/all.html", section="talk", back=url_for("talk.index"), lines=[line for line in lines if line not in counties], counties=counties)


@shows("doors")
def door(record: Door) -> Response:
    """The lines that fit one reason."""
    say = speaker().say
    return page("talk/door.html", section="talk", back=url_for("talk.index"), door=say(record), lines=[say(line) for line in lines_of(record)])


@shows("lines")
def line(record: Line) -> Response:
    """One line with all that is known before reaching out."""
    return page("talk/line.html", section="talk", back=url_for("talk.index"), line=speaker().say(record))
