"""The places that may be shown, looked up by county, town, kind and code. Made once at start."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec
from flask import current_app

from ..library.place_tables import counties
from ..library.rules import CODE_LETTERS
from .judge import slug
from .schema import KINDS, STATE, Place

PER_PAGE = 45
LARGE_COUNTY = PER_PAGE
"""With more places than this a county asks for the town first."""
_CODE_LENGTH = 7

DIGITS: dict[str, int] = {kind: number for number, kind in enumerate(KINDS, 1)}
"""Kind -> its number in an address: permanent, and silent about what it means."""


class CountyRow(NamedTuple):
    """A county on the first page of Near."""

    id: str
    name: str
    total: int
    """How many places it has, those of the whole state not among them."""


def code_of(place_id: str, attempt: int = 0) -> str:
    """Return the code in the address of a place: seven letters that spell nothing, always the same for an id.

    attempt: another code for the same id, for the rare case that two ids have the same one.
    """
    told = f"{place_id}\n{attempt}" if attempt else place_id
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big")
    letters = ""
    for _ in range(_CODE_LENGTH):
        number, rest = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[rest]
    return letters


def town_id(city: str) -> str:
    """Return the part of an address that stands for a town."""
    return slug(city)


class Directory:
    """Places by county (``CA`` is the whole state and is offered in every county), town, kind and code."""

    def __init__(self, places: Iterable[Place], today: date) -> None:
        """Take the places that a page may show on a day. A bed that nobody checked lately loses its address here."""
        shown = sorted(
            (place for place in places if place.listed and place.gone_on > today), key=lambda place: place.id
        )
        self.places = tuple(_without_old_address(place, today) for place in shown)
        self.by_county: dict[str, list[Place]] = {}
        for place in self.places:
            for county in place.counties:
                self.by_county.setdefault(county, []).append(place)
        self.by_code: dict[str, Place] = {}
        self._codes: dict[str, str] = {}
        for place in self.places:
            attempt = 0
            while (code := code_of(place.id, attempt)) in self.by_code:
                attempt += 1
            self.by_code[code], self._codes[place.id] = place, code

    def __bool__(self) -> bool:
        return bool(self.places)

    def __contains__(self, place_id: str) -> bool:
        """Whether a place of this id is on a page of Near."""
        return place_id in self._codes

    def code(self, place: Place) -> str:
        """Return the code in a place's address."""
        return self._codes[place.id]

    def counties(self) -> list[CountyRow]:
        """Return all counties of the state, by name."""
        return [CountyRow(key, county.name, len(self.by_county.get(key, ()))) for key, county in counties().items()]

    def is_large(self, county: str) -> bool:
        """Whether a county has so many places, in so many towns, that a reader picks the town first."""
        return len(self.by_county.get(county, ())) > LARGE_COUNTY and len(self.towns_in(county)) > 1

    def towns_in(self, county: str) -> dict[str, str]:
        """Return id -> name of the towns in which a county has places, by name."""
        towns = {town_id(place.city): place.city for place in self.by_county.get(county, ()) if place.city}
        return dict(sorted(towns.items(), key=lambda town: town[1].casefold()))

    def of_kind(self, county: str, kind: str, town: str = "") -> list[Place]:
        """Return the places of a kind that serve a county or one town of it, by town and name.

        Those that tell no town, and those of the whole state, come last and are offered in every town.
        """
        own = [place for place in self.by_county.get(county, ()) if kind in place.kinds]
        if town:
            own = [place for place in own if town_id(place.city) in (town, "")]
        state = [] if county == STATE else [place for place in self.by_county.get(STATE, ()) if kind in place.kinds]
        own.sort(key=lambda place: (not place.city, place.city.casefold(), place.name.casefold()))
        return own + sorted(state, key=lambda place: place.name.casefold())

    def kinds_in(self, county: str, town: str = "") -> dict[str, int]:
        """Return kind -> how many places of it serve a county or town, in the order of the kinds, without empty
        ones."""
        counts = {kind: len(self.of_kind(county, kind, town)) for kind in KINDS}
        return {kind: count for kind, count in counts.items() if count}

    def has(self, kind: str) -> bool:
        """Whether there is any place of a kind."""
        return any(kind in place.kinds for place in self.places)


def _without_old_address(place: Place, today: date) -> Place:
    if place.address and "bed" in place.kinds and place.stale_on <= today:
        return msgspec.structs.replace(place, address="", zip="")
    return place


def directory() -> Directory:
    """Return the app's directory of places; an empty one when the organisation keeps none."""
    found: Directory = current_app.extensions["places"]
    return found
