"""Reading: guides for when something just happened, tips by shelf, rights, and what cannot be hidden."""

from flask import Blueprint, Response, url_for

from ..i18n.translator import translator
from ..library.schema import Card, Note, Record, Shelf
from ..library.tables import tables
from ..web.permalinks import library, shows
from ..web.responses import page
from ..web.speaks import fitting_lines

blueprint = Blueprint("read", __name__)

EMERGENCY = "emergency-911"
"""The line that is first only where hands and minutes count."""

_LISTS = {"now": "read.now", "rights": "read.rights", "read": "read.index"}
"""Section of a card -> endpoint of the page with all cards of it."""


@blueprint.get("/<lang:lang>/now")
def now() -> Response:
    """Something just happened: every guide, in bands; an organisation's own stand below them."""
    translate = translator().translate
    guides = {card.id: translate(card) for card in library().of_kind("now")}
    bands = [(band, [guides.pop(key) for key in band.guides if key in guides]) for band in tables().bands.bands]
    return page("read/now.html", section="now", bands=bands, own_guides=list(guides.values()))


@blueprint.get("/<lang:lang>/read")
def index() -> Response:
    """All shelves, with the titles of their cards folded in."""
    return page("read/index.html", section="read", shelves=[_with_cards(each) for each in library().of_kind("shelves")])


@blueprint.get("/<lang:lang>/body")
def body() -> Response:
    """My body: the shelves about it, with the titles of their cards folded in."""
    wanted = tables().bands.body_shelves
    shelves = [_with_cards(each) for each in library().of_kind("shelves") if each.id in wanted]
    return page("read/body.html", section="read", back=url_for("home.index"), shelves=shelves)


@blueprint.get("/<lang:lang>/rights")
def rights() -> Response:
    """All rights, in groups; an organisation's own stand below them."""
    translate = translator().translate
    cards = {card.id: translate(card) for card in library().of_kind("rights")}
    groups = [(group, [cards.pop(key) for key in group.rights if key in cards]) for group in tables().bands.rights]
    return page("read/rights.html", section="rights", groups=groups, own_rights=list(cards.values()))


@shows("tips", "now", "rights")
def card(record: Card) -> Response:
    """One card."""
    kind = library().kinds[record.id]
    shelf = library().shelf_of(record)
    section = kind if kind in ("now", "rights") else "read"
    above = url_for("permalinks.record", code=shelf.code) if shelf and section == "read" else url_for(_LISTS[section])
    primary = _primary(record, kind)
    named = {*record.lines, *(act.line for act in record.do)}
    return page(
        "read/card.html",
        section=section,
        back=above,
        card=translator().translate(record),
        primary=translator().translate(primary) if primary else None,
        minutes_count=primary is not None and primary.id == EMERGENCY,
        names_911=EMERGENCY in named,
        other_lines=[
            translator().translate(library().get(key))
            for key in fitting_lines(record)
            if key != EMERGENCY and (primary is None or key != primary.id)
        ],
    )


def _primary(card: Card, kind: str) -> Record | None:
    """Return the record that the page's one big button leads to. A guide that names none has the first of its lines
    that is not 911, or else 911; other cards then have none."""
    if card.primary:
        return library().get(card.primary)
    if kind != "now":
        return None
    return library().get(next((key for key in fitting_lines(card) if key != EMERGENCY), EMERGENCY))


def _with_cards(record: Record) -> tuple[Record, list[Card]]:
    """Return a shelf and the cards that are on it, in the reader's language."""
    assert isinstance(record, Shelf)
    translate = translator().translate
    return translate(record), [translate(card) for card in library().on_shelf(record)]


@shows("shelves")
def shelf(record: Shelf) -> Response:
    """One shelf and its cards."""
    found, cards = _with_cards(record)
    return page("read/shelf.html", section="read", back=url_for("read.index"), shelf=found, cards=cards)


@shows("limits")
def limit(record: Note) -> Response:
    """One thing that cannot be hidden."""
    return page("read/note.html", section="about", back=url_for("about.phone"), note=translator().translate(record))
