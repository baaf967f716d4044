"""One import: read a file, judge its rows, withhold streets, compare with what is kept. Nothing is written here but
by ``apply``."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from . import foreign, sheet, store
from .judge import judge
from .rows import ImportFileError, LeftOut, Reading, Row
from .schema import FIELDS, Place
from .withhold import stops, streets_of, withhold

Kept = dict[str, tuple[Place, dict[str, str]]]
"""Place id -> the place, and field -> mark of the value that the last import wrote (store.py)."""

WATCHED = ("phone", "extension", "text", "address", "web")
"""A new value of one of these, like a new place, needs a second person: a false "free bed" row is the worst attack."""

_NOT_COMPARED = ("id", "words", "source", "checked_by", "second", "vanished")


@dataclass
class Change:
    """What differs from what is kept, for one place."""

    id: str
    name: str
    fields: dict[str, tuple[Any, Any]]
    """Field -> what is kept, what the file says."""
    by_hand: tuple[str, ...] = ()
    """Fields that were changed by hand since the last import, and stay so."""
    new: bool = False

    @property
    def needs_second(self) -> bool:
        """Whether a second person must have looked at it."""
        return self.new or bool(set(self.fields) & set(WATCHED))


@dataclass
class Import:
    """How a file was understood, and what it would change."""

    file: str
    read: int
    taken: dict[str, Place]
    left_out: list[LeftOut]
    remarks: list[LeftOut]
    withheld: int
    """How many streets of the file are kept back."""
    changes: list[Change] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def need_second(self) -> list[Change]:
        """Changes that a second person must have looked at."""
        return [change for change in self.changes if change.needs_second]

    def as_json(self) -> dict[str, Any]:
        """Return the whole for machines. No street that is withheld is in it."""
        return {
            "file": self.file,
            "read": self.read,
            "taken": len(self.taken),
            "unchanged": self.unchanged,
            "streets_withheld": self.withheld,
            "left_out": [vars(problem) for problem in self.left_out],
            "remarks": [vars(remark) for remark in self.remarks],
            "new": [change.id for change in self.changes if change.new],
            "changed": [
                {"id": change.id, "fields": sorted(change.fields), "by_hand": list(change.by_hand)}
                for change in self.changes
                if not change.new
            ],
            "vanished": self.vanished,
            "need_second": [change.id for change in self.need_second],
        }


def understand(path: Path, today: date, kept: Kept, unchecked: Mapping[str, str] | None = None) -> Import:
    """Return how a file is understood and what it would change.

    unchecked: ``checked_on`` and ``how_checked`` for rows of other people's files that tell no day of a check (a day
    of change is none).
    Raises ImportFileError when the file as a whole cannot be taken.
    """
    reading = read(path, today)
    if unchecked:
        reading.rows = [
            dataclasses.replace(row, cells={**row.cells, **unchecked})
            if row.foreign and not row.cells.get("checked_on")
            else row
            for row in reading.rows
        ]
    if stopping := stops(reading.rows):
        raise ImportFileError(
            "A secret place still holds its street, so nothing of this file is taken:\n  "
            + "\n  ".join(map(str, stopping))
        )
    places, left_out, remarks, withheld = _judged(reading, path.name, today)
    result = Import(
        path.name,
        len(reading.rows) + len({problem.row for problem in reading.left_out}),
        places,
        left_out,
        remarks,
        withheld,
    )
    _compare(result, kept)
    return result


def read(path: Path, today: date) -> Reading:
    """Return the rows of a file of any form that we know. Raises ImportFileError."""
    try:
        size = path.stat().st_size
    except OSError:
        raise ImportFileError(f"There is no file {path}.") from None
    if size > sheet.MOST_BYTES:
        raise ImportFileError(
            f"The file has {size // 1_000_000} MB; at most {sheet.MOST_BYTES // 1_000_000} MB are read. "
            "Cut it by county or by kind."
        )
    if path.suffix.casefold() == ".xlsx":
        return sheet.read(sheet.workbook(path))
    if path.suffix.casefold() in (".zip", ".json"):
        return foreign.read(path, today)
    rows = sheet.table(path.read_bytes())
    header = next(rows, [])
    if sheet.is_ours(header):
        return sheet.read(chain([header], rows))
    return foreign.read_table(header, rows, today)


def _judged(reading: Reading, source: str, today: date) -> tuple[dict[str, Place], list[LeftOut], list[LeftOut], int]:
    """Return places by id, what was left out, remarks, and how many streets are withheld."""
    left_out, remarks = list(reading.left_out), list(reading.remarks)
    judged: list[tuple[Row, Place]] = []
    for row in reading.rows:
        place, problems = judge(row, today)
        left_out += problems
        if place:
            judged.append((row, msgspec.structs.replace(place, source=source)))
    streets = streets_of(reading.rows, [place for _row, place in judged], reading.withheld)
    found: dict[str, Place] = {}
    for row, place in judged:
        bare, told = withhold(place, row.number, streets)
        if bare is None:
            left_out += told
        elif bare.id in found:
            left_out.append(
                LeftOut(
                    row.number, "id", f'is "{bare.id}", as that of another row.', "Give each place an id of its own."
                )
            )
        else:
            remarks += told
            found[bare.id] = bare
    return found, left_out, remarks, len(streets)


def _compare(result: Import, kept: Kept) -> None:
    for name, place in sorted(result.taken.items()):
        if name not in kept:
            result.changes.append(Change(name, place.name, {}, new=True))
            continue
        old, marks = kept[name]
        fields: dict[str, tuple[Any, Any]] = {}
        by_hand = []
        for field_name in FIELDS:
            if field_name in _NOT_COMPARED:
                continue
            here, there = getattr(old, field_name), getattr(place, field_name)
            if field_name in marks and store.mark(here) != marks[field_name]:
                if store.mark(there) != marks[field_name] and there != here:
                    by_hand.append(field_name)
            elif here != there:
                fields[field_name] = (here, there)
        if fields or by_hand or old.vanished:
            result.changes.append(Change(name, place.name, fields, tuple(by_hand)))
        else:
            result.unchanged += 1
    result.vanished = sorted(
        name
        for name, (place, _marks) in kept.items()
        if place.source == result.file and name not in result.taken and not place.vanished
    )


def apply(result: Import, kept: Kept, checked_by: str, second: str) -> Kept:
    """Return what is kept after an import: new places, changed fields, edits by hand as they are, vanished places
    marked.

    Raises ImportFileError when something new has no second person behind it: then nothing is written.
    """
    if needing := result.need_second:
        if not checked_by or not second:
            names = ", ".join(change.id for change in needing[:10]) + (" …" if len(needing) > 10 else "")
            raise ImportFileError(
                f"{len(needing)} places are new, or have a new phone or address: {names}. "
                "Two people look at those: --checked-by NAME --second NAME."
            )
        if checked_by.casefold() == second.casefold():
            raise ImportFileError("--checked-by and --second name the same person. Two people look at a new place.")
    after: Kept = {name: (place, dict(marks)) for name, (place, marks) in kept.items()}
    for change in result.changes:
        place = result.taken[change.id]
        signed = {"checked_by": checked_by or place.checked_by, "second": second} if change.needs_second else {}
        if change.new:
            fresh = msgspec.structs.replace(place, **signed)
        else:
            old = kept[change.id][0]
            updates = {name: new for name, (_old, new) in change.fields.items()}
            fresh = msgspec.structs.replace(old, **updates, **signed, vanished=False, source=place.source)
        after[change.id] = (fresh, _marks(place))
    for name in result.vanished:
        place, marks = after[name]
        after[name] = (msgspec.structs.replace(place, vanished=True), marks)
    return after


def _marks(place: Place) -> dict[str, str]:
    return {name: store.mark(getattr(place, name)) for name in FIELDS if name not in _NOT_COMPARED}


def differences(change: Change, kept: Kept) -> list[str]:
    """Return a line for each field that a change would alter, for people."""
    lines = [f"{name}: {_shown(old)} -> {_shown(new)}" for name, (old, new) in change.fields.items()]
    lines += [f"{name}: stays {_shown(getattr(kept[change.id][0], name))} (changed by hand)" for name in change.by_hand]
    return lines


def _shown(value: Any) -> str:
    if value in ("", (), None):
        return "(not known)"
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
