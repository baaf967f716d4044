"""Near: places of the organisation's own list, by county, town and kind. It asks for nothing: the reader picks, and
nothing is kept.

Without places there is no such page, and no link to one (the factory leaves this slice out). Addresses are dull: a kind
is a digit and a place a short code, so that a glance at the address bar tells nothing.
"""

from typing import Any

from flask import Blueprint, Response, abort, current_app, url_for

from ..i18n.translator import translator
from ..library.place_tables import County, counties, place_kinds
from ..library.schema import Line, Record
from ..places.directory import DIGITS, PER_PAGE, directory
from ..places.schema import KINDS, STATE
from ..places.wording import county_name
from ..places.wording import words as place_words
from ..web.permalinks import library
from ..web.responses import json_file, page

blueprint = Blueprint("near", __name__)


@blueprint.get("/<lang:lang>/near")
def index() -> Response:
    """All counties, those with places first, and what works from anywhere."""
    found = directory()
    return page(
        "near/index.html",
        section="near",
        counties=[row for row in found.counties() if row.total],
        others=[row for row in found.counties() if not row.total],
        state=STATE in found.by_county,
        lines=_lines("talk"),
    )


@blueprint.get("/<lang:lang>/near/towns")
def towns() -> Response:
    """Every town that we know, with its county: for a reader who knows the town and not the county."""
    rows = [(town, key, county.name) for key, county in counties().items() for town in county.towns]
    rows.sort(key=lambda row: (row[0].casefold(), row[2]))
    letters: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        letters.setdefault(row[0][0], []).append(row)
    return page("near/towns.html", section="near", back=url_for("near.index"), letters=letters)


@blueprint.get("/static/<release:release>/near-<lang:lang>.json")
def words(release: str) -> Response:
    """What the phone needs to find places by what is typed into Ask: counties, towns and kinds. No place is named, so
    it stays a few kilobytes however long the list grows, and the same file goes to everyone: a file for each county
    would tell the server where the reader is."""
    found, asked = directory(), place_kinds().asked.get(translator().language.tag, {})
    data = {
        "near": asked.get("near", ()),
        "county": asked.get("county", ()),
        "kinds": [
            {"digit": DIGITS[kind], "name": place_words().kind(kind), "words": asked.get(kind, ())}
            for kind in KINDS
            if found.has(kind)
        ],
        "counties": [_county_words(key, each) for key, each in counties().items() if key in found.by_county],
    }
    return json_file(data)


def _county_words(key: str, county: County) -> dict[str, Any]:
    """Return a county for the phone: its names, the digits of its kinds, and its towns; a town of a large county with
    the digits of its own kinds."""
    found = directory()
    own = found.towns_in(key)
    large = found.is_large(key)
    towns = [
        [own[town], town, [DIGITS[kind] for kind in found.kinds_in(key, town)]] if large else [own[town]]
        for town in own
    ]
    others = [[town] for town in county.towns if town not in own.values()]
    return {
        "id": key,
        "names": [county.name, *place_kinds().short.get(key, ())],
        "kinds": [DIGITS[kind] for kind in found.kinds_in(key)],
        "towns": towns + others,
    }


@blueprint.get("/<lang:lang>/near/k/<int(min=1, max=10):kind>")
def anywhere(kind: int) -> Response:
    """The counties that have places of one kind: where a guide or a need leads to."""
    found, name = directory(), _kind(kind)
    rows = [row for row in found.counties() if name in found.kinds_in(row.id) and row.total]
    if not found.has(name):
        abort(404)
    state = found.of_kind(STATE, name)
    return page(
        "near/anywhere.html",
        section="near",
        back=url_for("near.index"),
        kind=name,
        digit=kind,
        counties=[(row, _county_of_kind(row.id, kind)) for row in rows],
        state=bool(state),
        lines=_lines(name),
    )


@blueprint.get("/<lang:lang>/near/p/<code>")
def place(code: str) -> Response:
    """One place, for a link that a worker hands on."""
    found = directory().by_code.get(code)
    if found is None:
        abort(404)
    back = url_for("near.kind", county=found.counties[0], kind=DIGITS[found.kinds[0]])
    return page("near/place.html", section="near", back=back, place=found, lines=_lines(found.kinds[0]))


@blueprint.get("/<lang:lang>/near/<county>")
def county(county: str) -> Response:
    """What a county has, by kind; its towns first when it is large. A county without places says what works there."""
    found = directory()
    if county not in counties() and county not in found.by_county:
        abort(404)
    by_town = found.is_large(county)
    own = library().county_line(county)
    return page(
        "near/county.html",
        section="near",
        back=url_for("near.index"),
        county=county,
        county_name=county_name(county),
        town="",
        towns=found.towns_in(county) if by_town else {},
        known_towns=counties()[county].towns if county in counties() else (),
        kinds=_kinds(county, "") if county in found.by_county else [],
        lines=_lines("talk"),
        own_line=translator().translate(own) if own else None,
        count=len(found.by_county.get(county, ())),
    )


@blueprint.get("/<lang:lang>/near/<county>/in/<town>")
def town(county: str, town: str) -> Response:
    """What a town of a large county has, by kind."""
    found = directory()
    name = found.towns_in(county).get(town) if found.is_large(county) else None
    if name is None:
        abort(404)
    return page(
        "near/county.html",
        section="near",
        back=url_for("near.county", county=county),
        county=county,
        county_name=f"{name}, {county_name(county)}",
        town=town,
        towns={},
        known_towns=[],
        kinds=_kinds(county, town),
        lines=_lines("talk"),
        own_line=None,
        count=0,
    )


@blueprint.get("/<lang:lang>/near/<county>/<int(min=1, max=10):kind>")
@blueprint.get("/<lang:lang>/near/<county>/<int(min=1, max=10):kind>/<int(min=2, max=200):number>")
def kind(county: str, kind: int, number: int = 1) -> Response:
    """Places of one kind in a county, ``PER_PAGE`` a page."""
    return _listed(county, kind, "", number)


@blueprint.get("/<lang:lang>/near/<county>/in/<town>/<int(min=1, max=10):kind>")
@blueprint.get("/<lang:lang>/near/<county>/in/<town>/<int(min=1, max=10):kind>/<int(min=2, max=200):number>")
def town_kind(county: str, town: str, kind: int, number: int = 1) -> Response:
    """Places of one kind in one town of a county, ``PER_PAGE`` a page."""
    if town not in directory().towns_in(county):
        abort(404)
    return _listed(county, kind, town, number)


def _listed(county: str, digit: int, town: str, number: int) -> Response:
    name = _kind(digit)
    shown = directory().of_kind(county, name, town)
    pages = -(-len(shown) // PER_PAGE)
    if county not in directory().by_county or not shown or number > pages:
        abort(404)
    addresses = [_address(county, digit, town, each) for each in range(1, pages + 1)]
    back = url_for("near.town", county=county, town=town) if town else url_for("near.county", county=county)
    return page(
        "near/kind.html",
        section="near",
        back=back,
        county=county,
        where=directory().towns_in(county)[town] if town else county_name(county),
        kind=name,
        number=number,
        addresses=addresses,
        places=shown[(number - 1) * PER_PAGE : number * PER_PAGE],
        total=len(shown),
        lines=_lines(name),
    )


def _address(county: str, digit: int, town: str, number: int) -> str:
    """Return the address of one page of a list."""
    values: dict[str, Any] = {"county": county, "kind": digit}
    if number > 1:
        values["number"] = number
    return url_for("near.town_kind", town=town, **values) if town else url_for("near.kind", **values)


def _kind(digit: int) -> str:
    return next(kind for kind, its in DIGITS.items() if its == digit)


def _kinds(county: str, town: str) -> list[tuple[str, int, str]]:
    """Return (kind, how many places, address of their page) of a county or town."""
    found = directory().kinds_in(county, town)
    return [(kind, count, _address(county, DIGITS[kind], town, 1)) for kind, count in found.items()]


def _county_of_kind(county: str, digit: int) -> str:
    if directory().is_large(county):
        return url_for("near.county", county=county)
    return url_for("near.kind", county=county, kind=digit)


def _lines(kind: str) -> list[Record]:
    """Return the lines that are beside the places of a kind: the organisation's own, then those of place_kinds.toml. A
    list is never the only way."""
    wanted = dict.fromkeys([*current_app.config["SETTINGS"].lines, *place_kinds().lines[kind]])
    records = [library().records.get(key) for key in wanted]
    return [translator().translate(line) for line in records if isinstance(line, Line) and line.shown]
