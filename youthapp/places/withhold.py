"""Takes every street that may not be shown out of a whole file: an address withheld in one row is withheld in all of
them.

Maliciously publishing the place of a trafficking or domestic-violence shelter is a crime in California (Penal Code
273.7). Real exports repeat the street of a private row in rows that carry no flag.
"""

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from .rows import LeftOut, Row
from .schema import Place

_SHORT = {
    "street": "st",
    "avenue": "ave",
    "av": "ave",
    "boulevard": "blvd",
    "road": "rd",
    "drive": "dr",
    "lane": "ln",
    "court": "ct",
    "place": "pl",
    "highway": "hwy",
    "parkway": "pkwy",
    "terrace": "ter",
    "circle": "cir",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "suite": "ste",
    "unit": "ste",
    "apartment": "ste",
    "apt": "ste",
    "calle": "st",
    "avenida": "ave",
}
_SUITE = "ste"
_LITTLE = frozenset(_SHORT.values()) - {_SUITE} | {"the", "of", "and"}
"""Words that many streets have; what tells a street is its number and another word."""


def words_of(text: str) -> list[str]:
    """Return the words of an address in small letters, without accents and marks, with one spelling for each kind of
    street."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
    return [_SHORT.get(word, word) for word in re.findall(r"[a-z0-9]+", plain)]


def key_of(address: str) -> tuple[str, ...]:
    """Return what finds a street again however it is written: its number and the telling word of its name; empty when
    it is no street."""
    words = words_of(address)
    for index, word in enumerate(words):
        if word[0].isdigit() and (
            name := next(
                (other for other in words[index + 1 : index + 4] if other not in _LITTLE and other != _SUITE), ""
            )
        ):
            return (word, name)
    telling = [word for word in words if word not in _LITTLE]
    return tuple(telling[:3]) if len(telling) > 1 else ()


class Streets:
    """Streets that may not be shown, found again in any text in a time that does not grow with their number."""

    def __init__(self, keys: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for key in sorted(set(keys) - {()}):
            self._by_first.setdefault(key[0], []).append(key)

    def __len__(self) -> int:
        return sum(map(len, self._by_first.values()))

    def in_text(self, text: str) -> bool:
        """Whether a text holds one of them: the words of its key in their order, each at most three words after the
        one before."""
        words = words_of(text)
        return any(_follows(words, at, key) for at, word in enumerate(words) for key in self._by_first.get(word, ()))


def _follows(words: list[str], at: int, key: tuple[str, ...]) -> bool:
    for wanted in key[1:]:
        near = words[at + 1 : at + 4]
        if wanted not in near:
            return False
        at += 1 + near.index(wanted)
    return True


def streets_of(rows: Iterable[Row], shown: Iterable[Place], also: Iterable[str]) -> Streets:
    """Return all streets that may not be shown: of rows whose place keeps no address, and those the file itself hides.

    shown: the places made of these rows. also: streets that the reader of the file withheld.
    """
    open_ids = {key_of(place.address) for place in shown if place.address}
    held = {key_of(row.cells["address"]) for row in rows if row.cells.get("address")}
    hidden = {
        key_of(row.cells["address"])
        for row in rows
        if row.cells.get("address") and (row.secret or row.cells.get("show_address", "no").casefold() != "yes")
    }
    hidden |= {key_of(street) for street in also}
    return Streets(hidden | (held - open_ids))


def withhold(place: Place, row: int, streets: Streets) -> tuple[Place | None, list[LeftOut]]:
    """Return a place without what any of some streets would tell, and what was taken out (never the street itself).

    A place whose name or link holds one is not taken at all.
    """
    for column in ("name", "web"):
        if streets.in_text(getattr(place, column)):
            return None, [LeftOut(row, column, "holds a street that is withheld in this file.", "Write it without.")]
    told: list[LeftOut] = []
    changes: dict[str, object] = {}
    if place.address and streets.in_text(place.address):
        changes |= {"address": "", "zip": ""}
        told.append(LeftOut(row, "address", "is withheld: another row of this file hides the same street."))
    for field in ("area", "city"):
        if streets.in_text(getattr(place, field)):
            changes[field] = ""
            told.append(LeftOut(row, field, "holds a street that is withheld in this file."))
    if held := [language for language, note in place.note.items() if streets.in_text(note)]:
        changes["note"] = {}
        told.append(
            LeftOut(row, f"note_{held[0]}", "holds a street that is withheld in this file: the notes are left out.")
        )
    return msgspec.structs.replace(place, **changes) if changes else place, told


def stops(rows: Iterable[Row]) -> list[LeftOut]:
    """Return the rows of our own sheet that stop the import: a secret place with a street in its row or in its note."""
    found = []
    for row in rows:
        if row.foreign or row.cells.get("show_address", "").casefold() != "never":
            continue
        for column in ("address", "zip"):
            if row.cells.get(column):
                found.append(
                    LeftOut(
                        row.number,
                        column,
                        "is filled, and the place is secret (show_address = never).",
                        "Empty the cell and import again.",
                    )
                )
    return found
