"""The places that may be shown, looked up by county, kind and code. Made once at start; 5,000 places are a few
megabytes."""

import hashlib
from collections.abc import Iterable
from datetime import date

from ..library.library import CODE_LETTERS
from ..places.judge import slug
from ..places.schema import KINDS, STATE, Place, counties

PER_PAGE = 50

DIGITS: dict[str, int] = {kind: number for number, kind in enumerate(KINDS, 1)}
"""Kind -> its number in an address: permanent, and silent about what it means."""


def code_of(place_id: str) -> str:
    """Return the code in the address of a place: five letters that spell nothing, always the same for an id."""
    number = int.from_bytes(hashlib.sha256(place_id.encode()).digest()[:8], "big")
    letters = ""
    for _ in range(5):
        number, rest = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[rest]
    return letters


def town_id(city: str) -> str:
    """Return the part of an address that stands for a town."""
    return slug(city)


class Directory:
    """Places by county (``CA`` is the whole state and stands in every county), kind and code."""

    def __init__(self, places: Iterable[Place], today: date) -> None:
        """Take the places that a page may show on a day; an address that has grown too old for a bed is left out of
        it."""
        self.places = tuple(place for place in places if place.listed and place.gone_on > today)
        self.by_county: dict[str, list[Place]] = {}
        for place in self.places:
            for county in place.counties:
                self.by_county.setdefault(county, []).append(place)
        self.by_code = {code_of(place.id): place for place in self.places}

    def __bool__(self) -> bool:
        return bool(self.places)

    def counties(self) -> list[tuple[str, str, int]]:
        """Return (id, name, how many places) of the counties that have any of their own, by name."""
        found = [
            (county, counties()[county]["name"], len(places))
            for county, places in self.by_county.items()
            if county != STATE
        ]
        return sorted(found, key=lambda row: row[1])

    def of_kind(self, county: str, kind: str) -> list[Place]:
        """Return the places of a kind that serve a county, by town and name; those of the whole state come last."""
        own = sorted(
            (place for place in self.by_county.get(county, ()) if kind in place.kinds),
            key=lambda place: (place.city.casefold(), place.name.casefold()),
        )
        state = [] if county == STATE else [place for place in self.by_county.get(STATE, ()) if kind in place.kinds]
        return own + sorted(state, key=lambda place: place.name.casefold())

    def kinds_in(self, county: str) -> dict[str, int]:
        """Return kind -> how many places of it serve a county, in the order of the kinds, without empty ones."""
        counts = {kind: len(self.of_kind(county, kind)) for kind in KINDS}
        return {kind: count for kind, count in counts.items() if count}

    def has(self, kind: str) -> bool:
        """Whether there is any place of a kind."""
        return any(kind in place.kinds for place in self.places)
