"""Talk: the chooser (a reason, then the lines that fit it), each line's page, and the list of all."""

from flask import Blueprint, Response, current_app, g, url_for
from flask_babel import gettext as _

from ..i18n.translator import translator
from ..library.schema import Line, Reason
from ..library.tables import tables
from ..web.permalinks import library, shows
from ..web.responses import page
from ..web.speaks import fitting_lines
from ..web.templating import is_sure
from ..web.ways import Kind, Way, ways_of

blueprint = Blueprint("talk", __name__)

FIRST = 3
"""Lines on the first screen of Talk."""


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
    """Three lines for anything with their buttons, by text, chat or call; below them what it is about."""
    translate = translator().translate
    first = library().get(tables().talk.anything)
    assert isinstance(first, Reason)
    own = [line for key in current_app.config["SETTINGS"].lines if isinstance(line := library().get(key), Line)]
    lines = [translate(line) for line in own + [line for line in lines_of(first) if line not in own]]
    words: dict[Kind, tuple[str, str]] = {
        "text": (_("Text"), _("A text needs service, not only Wi-Fi.")),
        "chat": (_("Chat"), _("A chat works on Wi-Fi, with no credit.")),
        "call": (_("Call"), _("A call needs service. 911 needs no plan.")),
    }
    return page(
        "talk/index.html",
        section="talk",
        reasons=[translate(reason) for reason in library().of_kind("reasons") if reason.id != first.id],
        anything=translate(first),
        by_way=[(kind, word, truth, first_by(lines, kind, len(own))) for kind, (word, truth) in words.items()],
    )


def first_by(lines: list[Line], kind: Kind, own: int) -> list[tuple[Line, Way]]:
    """Return the three lines, each with its button, that stand first for a way to reach them.

    At most two of the organisation's own (the first ``own`` of lines) come before all others, by another way if they
    lack this one: the last place is for a line that answers at any hour. Then come those that answer day and night and
    that we are sure of, the reader's language first, and then the rest in the order of the list.
    """

    def later(line: Line) -> tuple[bool, bool]:
        channel = getattr(line, kind)
        is_open = channel.hours == "always" and channel.sure and is_sure(line)
        return not is_open, g.language.tag not in channel.languages

    by_kind = {line.id: way for line in lines for way in ways_of(line) if way.kind == kind and has_person(line, kind)}
    first = [(line, by_kind.get(line.id, ways_of(line)[0])) for line in lines[:own]]
    rest = [(line, by_kind[line.id]) for line in lines[own:] if line.id in by_kind]
    return [*first[: FIRST - 1], *sorted(rest, key=lambda pair: later(pair[0]))][:FIRST]


def has_person(line: Line, kind: Kind) -> bool:
    """Return whether a person answers: a form, a tool or a bot is no chat."""
    return kind != "chat" or (line.chat is not None and line.chat.what == "chat")


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
