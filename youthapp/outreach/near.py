"""What workers hand on of the organisation's places: a county's list as a folded sheet and as cards, and the link of
one place. Only there when there are places."""

from urllib.parse import quote

from flask import Flask, Response, abort, current_app, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from ..i18n import languages, speaking
from ..library.betraying import betrays
from ..places.directory import PER_PAGE, directory
from ..places.schema import KINDS, Place
from ..places.wording import county_name
from ..web.responses import page
from . import render

PER_SHEET = 10
"""Cards of the size of a business card on one letter sheet."""


def index() -> Response:
    """The counties that have places, each with its sheet and its cards."""
    rows = [row for row in directory().counties() if row.total]
    return page("outreach/near.html", section="cards", back=url_for("outreach.index"), counties=rows)


def sheet(county: str, number: int = 1) -> Response:
    """A county's places by kind, to print, fold and carry; 50 places a page."""
    shown, pages = _part(county, number)
    groups = {kind: [place for place in shown if place.kinds[0] == kind] for kind in KINDS}
    return page(
        "outreach/near_sheet.html",
        section="cards",
        back=url_for("outreach.near"),
        county=county,
        county_name=county_name(county),
        groups={kind: places for kind, places in groups.items() if places},
        number=number,
        addresses=_addresses("outreach.near_sheet", county, pages),
    )


def cards(county: str, number: int = 1) -> Response:
    """A county's places as cards, ten on a letter sheet. A card names nothing but the place, and not even that when its
    name would tell what it is about."""
    shown, pages = _part(county, number)
    return page(
        "outreach/near_cards.html",
        section="cards",
        back=url_for("outreach.near"),
        county_name=county_name(county),
        cards=[("" if betrays(place.name) else place.name, place) for place in shown],
        per_sheet=PER_SHEET,
        host=current_app.config["SETTINGS"].host,
        number=number,
        addresses=_addresses("outreach.near_cards", county, pages),
    )


def link(code: str) -> Response:
    """One place's link, ready to send: the same for everyone, every time."""
    place = directory().by_code.get(code)
    if place is None:
        abort(404)
    settings = current_app.config["SETTINGS"]
    told = []
    for language in languages():
        path = f"/{language.tag}/near/p/{code}"
        link = f"{settings.address}{path}"
        with speaking(language):
            text = _("Thought you could use this: %(link)s", link=link)
        picture = render.svg_code(link, f"{settings.host}{path}")
        told.append((language, link, text, f"sms:?&body={quote(text)}", picture))
    return page("outreach/near_link.html", section="cards", back=url_for("outreach.near"), place=place, links=told)


def _part(county: str, number: int) -> tuple[list[Place], int]:
    """Return the places of one page, by kind and town, and how many pages there are. 404 when there is no such page."""
    found = directory().by_county.get(county, [])
    by_kind = sorted(
        found, key=lambda place: (KINDS.index(place.kinds[0]), place.city.casefold(), place.name.casefold())
    )
    pages = -(-len(by_kind) // PER_PAGE)
    if not 1 <= number <= pages:
        abort(404)
    return by_kind[(number - 1) * PER_PAGE : number * PER_PAGE], pages


def _addresses(endpoint: str, county: str, pages: int) -> list[str]:
    first = url_for(endpoint, county=county)
    return [first, *(url_for(endpoint, county=county, number=number) for number in range(2, pages + 1))]


def add_pages(state: BlueprintSetupState) -> None:
    """Add these pages to an app that has places."""
    app: Flask = state.app  # type: ignore[assignment]
    if not app.extensions["places"]:
        return
    state.add_url_rule("/<lang:lang>/cards/near", "near", index)
    for endpoint, word, view in (("near_sheet", "sheet", sheet), ("near_cards", "cards", cards)):
        state.add_url_rule(f"/<lang:lang>/cards/near/<county>/{word}", endpoint, view)
        state.add_url_rule(f"/<lang:lang>/cards/near/<county>/{word}/<int(min=2, max=200):number>", endpoint, view)
    state.add_url_rule("/<lang:lang>/cards/near/p/<code>", "near_link", link)
