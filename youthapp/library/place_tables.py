"""The tables about places: California's counties (counties.toml), and what belongs to each kind of place
(place_kinds.toml)."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from .schema import Line
from .tables import Table, load

if TYPE_CHECKING:
    from .library import Library

SECRET, NONE = "secret", "none"
"""What a code or a name can mean beside a kind: a place that must never be told, and nothing of ours."""


class County(Table, frozen=True, kw_only=True):
    """A county of California."""

    name: str
    fips: str
    """Code of the U.S. Census."""
    towns: tuple[str, ...]
    zip3: tuple[str, ...]
    """First three digits of its ZIP codes; several counties can share one."""
    two_one_one: str
    """Whether 211 answered there in November 2019."""


class Counties(Table, frozen=True, kw_only=True):
    """counties.toml."""

    county: Mapping[str, County]


class PlaceKinds(Table, frozen=True, kw_only=True):
    """place_kinds.toml. Its comments say what each part is for."""

    codes: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    """Kind, ``secret`` or ``none`` -> codes and names of other people's taxonomies that mean it."""
    offered: Mapping[str, tuple[str, ...]]
    """Id of a guide, need, card or reason -> the kinds of places that fit it, the most fitting first."""
    lines: Mapping[str, tuple[str, ...]]
    """Kind -> ids of the lines that stand beside its places. It has every kind."""
    asked: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Language tag -> kind, "near" or "county" -> how a reader asks for it."""
    short: Mapping[str, tuple[str, ...]]
    """Id of a county -> its short names."""


@cache
def counties() -> Mapping[str, County]:
    """Return county id -> county, in the order of the alphabet. Raises FileError."""
    table: Counties = load("counties", Counties)
    return table.county


@cache
def place_kinds() -> PlaceKinds:
    """Return place_kinds.toml, read once. Raises FileError."""
    table: PlaceKinds = load("place_kinds", PlaceKinds)
    return table


def problems(library: "Library", table: PlaceKinds) -> Iterator[str]:
    """Yield every id in place_kinds.toml that no record or county has, and every kind that has no lines."""
    for kind in sorted({kind for kinds in table.offered.values() for kind in kinds} | {*table.codes, *table.names}):
        if kind not in (*table.lines, SECRET, NONE):
            yield f'place_kinds.toml: "{kind}" has no lines. Add them under [lines], or take the kind out.'
    for key in table.offered:
        if key not in library.records:
            yield f'place_kinds.toml: offered: there is no record "{key}".'
    for kind, ids in table.lines.items():
        for key in ids:
            if not isinstance(library.records.get(key), Line):
                yield f'place_kinds.toml: lines.{kind}: there is no line "{key}".'
    for key in table.short:
        if key not in counties():
            yield f'place_kinds.toml: short: there is no county "{key}" in counties.toml.'
