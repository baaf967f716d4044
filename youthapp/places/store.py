"""Where places are kept: one TOML file each in ``places/`` of the organisation's folder, written whole or not at
all."""

import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from .judge import may_show_address
from .schema import FIELDS, Place

FOLDER = "places"
_KEPT = ".places"
"""All places in one file that msgspec reads at once, with the sizes and times of the files that it was made of."""

_IMPORTED = "imported"
"""Table of a place's file: field -> mark of the value that the last import wrote, so that an edit by hand is seen and
kept."""


class PlacesError(ValueError):
    """The places of an organisation cannot be used; the message names the file and says what to mend."""


def mark(value: object) -> str:
    """Return a short mark of a field's value."""
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:8]


def text_of(place: Place, imported: Mapping[str, str]) -> str:
    """Return the file of a place: its fields in a fixed order, empty ones left out, then the marks of what was
    imported."""
    lines = []
    for name in FIELDS:
        value = getattr(place, name)
        if name in ("note", "words") or value in ("", (), None) or (value is False):
            continue
        lines.append(f"{name} = {_toml(value)}")
    if place.note:
        lines += ["", "[note]", *(f"{language} = {_toml(text)}" for language, text in sorted(place.note.items()))]
    if imported:
        lines += [
            "",
            "# What the last import wrote; a field that was changed by hand since is kept as it is here.",
            f"[{_IMPORTED}]",
        ]
        lines += [f'{name} = "{imported[name]}"' for name in FIELDS if name in imported]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_file(path: Path) -> tuple[Place, dict[str, str]]:
    """Return the place of a file and the marks of its import. Raises PlacesError with one sentence."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlacesError(f"{FOLDER}/{path.name} is not TOML: {error}.") from None
    imported = data.pop(_IMPORTED, {})
    try:
        place = msgspec.convert(data, Place)
    except msgspec.ValidationError as error:
        raise PlacesError(f"{FOLDER}/{path.name}: {error}.") from None
    if place.checked_on is None or not place.how_checked:
        raise PlacesError(
            f"{FOLDER}/{path.name}: checked_on and how_checked are missing. Write the day and how (rang, visited, "
            "wrote, website)."
        )
    if place.id != path.stem:
        raise PlacesError(f'{FOLDER}/{path.name}: id is "{place.id}". Name the file {place.id}.toml, or change the id.')
    if place.address and not may_show_address(place.show_address, place.kinds, place.agreed):
        raise PlacesError(
            f'{FOLDER}/{path.name}: address is filled, and show_address is "{place.show_address}" (a bed also '
            "needs agreed). Take the address out."
        )
    return place, imported


def load(folder: Path) -> dict[str, tuple[Place, dict[str, str]]]:
    """Return id -> place and marks of all places in an organisation's folder. Raises PlacesError."""
    return {path.stem: read_file(path) for path in sorted((folder / FOLDER).glob("*.toml"))}


def places(folder: Path) -> tuple[Place, ...]:
    """Return the places of an organisation's folder, from the one file beside them while it is as new as they are.
    Raises PlacesError."""
    kept = folder / FOLDER / _KEPT
    key = _key_of(folder / FOLDER)
    try:
        told = msgspec.msgpack.decode(kept.read_bytes(), type=tuple[str, tuple[Place, ...]])
        if told[0] == key:
            return told[1]
    except (OSError, msgspec.MsgspecError):
        pass
    return tuple(place for place, _marks in load(folder).values())


def write(folder: Path, kept: Mapping[str, tuple[Place, Mapping[str, str]]]) -> None:
    """Write all places of an organisation: the whole folder anew beside the old one, then in its stead, so that no
    half of it is ever read."""
    target, draft, old = folder / FOLDER, folder / f".{FOLDER}.new", folder / f".{FOLDER}.old"
    recover(folder)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, (place, imported) in sorted(kept.items()):
        _write(draft / f"{name}.toml", text_of(place, imported).encode())
    (draft / _KEPT).write_bytes(
        msgspec.msgpack.encode((_key_of(draft), tuple(place for _name, (place, _marks) in sorted(kept.items()))))
    )
    if target.exists():
        target.replace(old)
    draft.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    """Write a new file in three calls of the system: a buffered file takes twice as long, and there are thousands."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        if os.write(file, data) != len(data):
            raise OSError(f"There is no room to write {path.name}.")
    finally:
        os.close(file)


def recover(folder: Path) -> None:
    """Put the old folder back when a write ended between its two moves."""
    target, old = folder / FOLDER, folder / f".{FOLDER}.old"
    if old.exists() and not target.exists():
        old.replace(target)


def _key_of(folder: Path) -> str:
    """Return a hash over the names, sizes and times of the files of a folder of places; empty when there is none."""
    if not folder.is_dir():
        return ""
    stats = ((path.name, path.stat()) for path in sorted(folder.glob("*.toml")))
    lines = (f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}" for name, stat in stats)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
