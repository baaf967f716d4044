"""Near: places of the organisation's own list, by county, kind and town. It asks for nothing: the reader picks, and
nothing is kept.

Without places there is no such page, and no link to one. Addresses are dull: a kind is a digit and a place a short
code, so that a glance at
the address bar tells nothing.
"""

from flask import Blueprint, Response, abort, current_app, url_for

from ..i18n.translator import translator
from ..places.schema import STATE, Place, counties
from ..web.permalinks import library
from ..web.responses import page
from .directory import DIGITS, PER_PAGE, Directory, town_id
from .wording import PlaceWords

blueprint = Blueprint("near", __name__)

LINES: dict[str, tuple[str, ...]] = {
    "bed": ("nrs", "two-one-one"),
    "food": ("two-one-one",),
    "wash": ("two-one-one",),
    "clinic": ("planned-parenthood", "two-one-one"),
    "hospital": ("rainn", "emergency-911"),
    "drop-in": ("nrs", "two-one-one"),
    "legal": ("two-one-one",),
    "papers": ("two-one-one",),
    "drugs": ("samhsa", "two-one-one"),
    "talk": ("crisis-text-line", "lifeline-988"),
}
"""Kind -> lines that stand beside its places: a list is never the only way."""


def directory() -> Directory:
    """Return the app's directory of places; an empty one when the organisation keeps none."""
    found: Directory = current_app.extensions["places"]
    return found


def _words() -> PlaceWords:
    return PlaceWords(translator().language.code, current_app.config["SETTINGS"].today)


@blueprint.get("/<lang:lang>/near")
def index() -> Response:
    """The counties that have places, and what works from anywhere."""
    found = directory()
    if not found:
        abort(404)
    return page(
        "near/index.html",
        section="near",
        counties=found.counties(),
        lines=_lines("talk"),
        state=STATE in found.by_county,
    )


@blueprint.get("/<lang:lang>/near/<county>")
def county(county: str) -> Response:
    """What there is in a county, by kind."""
    found = directory()
    if county not in found.by_county:
        abort(404)
    kinds = [(DIGITS[kind], kind, count) for kind, count in found.kinds_in(county).items()]
    name = counties().get(county, {"name": ""})["name"]
    return page(
        "near/county.html",
        section="near",
        back=url_for("near.index"),
        county=county,
        name=name,
        kinds=kinds,
        words=_words(),
    )


@blueprint.get("/<lang:lang>/near/<county>/<int(min=1, max=10):kind>")
@blueprint.get("/<lang:lang>/near/<county>/<int(min=1, max=10):kind>/<int(min=2, max=200):number>")
def kind(county: str, kind: int, number: int = 1) -> Response:
    """Places of one kind in a county, 50 a page."""
    return _listed(county, kind, "", number)


@blueprint.get("/<lang:lang>/near/<county>/<int(min=1, max=10):kind>/in/<town>")
@blueprint.get("/<lang:lang>/near/<county>/<int(min=1, max=10):kind>/in/<town>/<int(min=2, max=200):number>")
def town(county: str, kind: int, town: str, number: int = 1) -> Response:
    """Places of one kind in one town of a county."""
    return _listed(county, kind, town, number)


@blueprint.get("/<lang:lang>/near/p/<code>")
def place(code: str) -> Response:
    """One place, for a link that a worker hands on."""
    found = directory().by_code.get(code)
    if found is None:
        abort(404)
    where = found.counties[0]
    back = url_for("near.kind", county=where, kind=DIGITS[found.kinds[0]])
    return page("near/place.html", section="near", back=back, place=found, words=_words(), lines=_lines(found.kinds[0]))


def _listed(county: str, digit: int, town: str, number: int) -> Response:
    found = directory()
    name = next(kind for kind, its in DIGITS.items() if its == digit)
    all_places = found.of_kind(county, name)
    towns = sorted({place.city for place in all_places if place.city}, key=str.casefold)
    shown = [place for place in all_places if not town or town_id(place.city) == town]
    pages = -(-len(shown) // PER_PAGE)
    if not shown or number > pages:
        abort(404)
    return page(
        "near/kind.html",
        section="near",
        back=url_for("near.county", county=county),
        county=county,
        kind=name,
        digit=digit,
        town=town,
        towns=[(town_id(city), city) for city in towns] if len(all_places) > PER_PAGE and len(towns) > 1 else [],
        number=number,
        pages=pages,
        places=shown[(number - 1) * PER_PAGE : number * PER_PAGE],
        total=len(shown),
        words=_words(),
        lines=_lines(name),
        county_name=counties().get(county, {"name": ""})["name"],
    )


def _lines(kind: str) -> list[object]:
    wanted = [*current_app.config["SETTINGS"].lines, *LINES[kind]]
    lines = [library().get(line) for line in dict.fromkeys(wanted) if line in library().records]
    return [translator().translate(line) for line in lines if library().shown(line)]


@blueprint.app_context_processor
def offers() -> dict[str, object]:
    """Let any page lead to places of a kind, when there are some: ``near_url(kind)``, None when there are none."""

    def near_url(kind: str = "") -> str | None:
        found = directory()
        return url_for("near.index") if found and (not kind or found.has(kind)) else None

    return {"near_url": near_url, "place_kind_digit": DIGITS.__getitem__}


def own_places(first: int) -> list[Place]:
    """Return the first few places of the list, those with a person to talk to before the rest."""
    return sorted(
        directory().places,
        key=lambda place: ("talk" not in place.kinds and "drop-in" not in place.kinds, place.name.casefold()),
    )[:first]
