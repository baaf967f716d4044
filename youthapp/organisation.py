"""An organisation's own settings file: its public name, county, lines, drop-in places and footer in one TOML file
outside the code.

name = "Night Kitchen"                      # 1 to 24 characters; it must say nothing of what the app is about
address = "https://nightkitchen.example"
county = "los-angeles"
contact = "hello@nightkitchen.example"
records = "records"                         # a folder beside this file, laid out like youthapp/content/
lines = ["own-night-kitchen-line"]          # ids of lines to show first: ours, or own records
[exit]
en = "https://…"                            # where the exit goes; left out, ours
[footer]
en = "Run by Night Kitchen."                # words only, no logo
es = "Lo lleva Night Kitchen."
[[places]]                                  # in words, for Talk and for a card …
en = { name = "…", where = "…", hours = "…", about = "…" }
es = { name = "…", where = "…", hours = "…", about = "…" }
[[places]]                                  # … or with the columns of the sheet of places: then Near has it too
name = "…"
kinds = "drop-in; food"
county = "Fresno"
phone = "559-555-0110"
checked_on = 2026-11-03
how_checked = "rang"
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from .i18n.languages import LANGUAGES, SOURCE, Language, by_tag
from .library import toml_file
from .library.betraying import betrays
from .library.toml_file import FileError, TomlFile
from .places.judge import judge, slug
from .places.rows import COLUMNS, Row
from .places.schema import STATE, Place
from .places.withhold import stops

_PLAIN = {"name": "NAME", "address": "ADDRESS", "county": "COUNTY", "contact": "CONTACT", "records": "RECORDS"}
_LONGEST = 160
_NUMBER = re.compile(r"(?:\d[-. ()]*){7,}|https?:|www\.", re.IGNORECASE)


class SettingsError(ValueError):
    """A setting has a wrong value; the message names the setting, the value and what to write instead."""


class _PlaceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A drop-in place in one language. ``about``: what it asks of who comes in, or what it has to report."""

    name: str
    where: str
    hours: str
    about: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings file as it is written."""

    name: str | None = None
    address: str | None = None
    county: str | None = None
    contact: str | None = None
    records: str | None = None
    lines: tuple[str, ...] = ()
    exit: dict[str, str] = {}
    footer: dict[str, str] = {}
    places: tuple[dict[str, Any], ...] = ()
    """In words by language (_PlaceWords), or with the columns of the sheet of places."""


@dataclass(frozen=True)
class Organisation:
    """What a settings file says."""

    plain: Mapping[str, str] = field(default_factory=dict)
    """Settings that are variables too, by the variable's name without our prefix."""
    where: Mapping[str, str] = field(default_factory=dict)
    """The same names -> file, line and key, for messages."""
    footer: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def read(name: str, languages: Iterable[Language] = LANGUAGES) -> Organisation:
    """Return what the settings file at a path says.

    languages: those of the app; words are in each of them, an exit may be in any.
    Raises SettingsError with one sentence, file and line in front, when there is no such file or something in it is
    wrong or unknown.
    """
    path = Path(name)
    if not path.is_file():
        raise SettingsError(
            f'PORCHLIGHT_FILE is "{name}", and no file can be read there. Write the path of your settings file.'
        )
    try:
        file = toml_file.read(path, path.name)
        given = file.convert(_File)
    except FileError as error:
        raise SettingsError(str(error)) from None
    plain = {
        variable: _words(file, key, value)
        for key, variable in _PLAIN.items()
        if (value := getattr(given, key)) is not None
    }
    if "RECORDS" in plain:
        plain["RECORDS"] = str(path.resolve().parent / plain["RECORDS"])
    where = {variable: file.where(key) for key, variable in _PLAIN.items()}
    known = by_tag(languages)
    for tag, address in given.exit.items():
        _known(file, f"exit.{tag}", tag, known)
        plain[known[tag].setting] = address
        where[known[tag].setting] = file.where(f"exit.{tag}")
    for index, line in enumerate(given.lines):
        if not re.fullmatch(r"[a-z0-9-]+", line):
            raise SettingsError(
                file.problem(
                    "lines",
                    f'"{line}" (number {index + 1}) is no id. Write lines = ["own-my-line"], with the id of a line '
                    f"record.",
                )
            )
        if line in given.lines[:index]:
            raise SettingsError(file.problem("lines", f'"{line}" is named twice. Name it once.'))
    if given.lines:
        where["LINES"] = file.where("lines")
    return Organisation(
        plain, where, MappingProxyType(_footer(file, given, known)), given.lines, _places(file, given, known)
    )


def folder(name: str, where: str) -> Path:
    """Return the folder of own records. Raises SettingsError when it is not there. where: what messages call the
    setting."""
    path = Path(name)
    if not path.is_dir():
        raise SettingsError(
            f'{where} names the folder "{name}", and there is none. Make it, with a folder in it for each kind of '
            f"record (tips, lines, pairs …)."
        )
    return path


def _footer(file: TomlFile, given: _File, known: Collection[str]) -> dict[str, str]:
    if not given.footer:
        return {}
    _every_language(file, "footer", given.footer, known)
    footer = {language: _words(file, f"footer.{language}", words) for language, words in given.footer.items()}
    for language, words in footer.items():
        _neutral(file, f"footer.{language}", words)
        _no_number(file, f"footer.{language}", words)
    return footer


def _places(file: TomlFile, given: _File, known: Collection[str]) -> tuple[Place, ...]:
    """Return the places of a settings file as the one record of a place (places/schema.py)."""
    found = [
        _place_of_columns(file, index, told)
        if set(told) & set(COLUMNS)
        else _place_in_words(file, index, told, known, given.county or STATE)
        for index, told in enumerate(given.places)
    ]
    names = [place.id for place in found]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise SettingsError(
                file.problem(f"places.{index}", f'"{name}" is here twice. Give each a name of its own.')
            )
    return tuple(found)


def _place_in_words(file: TomlFile, index: int, told: dict[str, Any], known: Collection[str], county: str) -> Place:
    _every_language(file, f"places.{index}", told, known)
    words = {}
    for language, place in file.convert(dict[str, _PlaceWords], told, f"places.{index}").items():
        table = {
            key: _words(file, f"places.{index}.{language}.{key}", value)
            for key, value in msgspec.structs.asdict(place).items()
        }
        for key in ("name", "where", "hours"):  # these can be printed on a card
            _neutral(file, f"places.{index}.{language}.{key}", table[key])
        for key in ("name", "hours", "about"):
            _no_number(file, f"places.{index}.{language}.{key}", table[key])
        words[language] = table
    name = words[SOURCE.tag]["name"] if SOURCE.tag in words else next(iter(words.values()))["name"]
    return Place(id=slug(name), name=name, kinds=("drop-in",), counties=(county,), words=words)


def _place_of_columns(file: TomlFile, index: int, told: dict[str, Any]) -> Place:
    """Return a place that is written with the columns of the sheet, judged like a row of it. Raises SettingsError."""
    if unknown := sorted(set(told) - set(COLUMNS)):
        raise SettingsError(
            file.problem(f"places.{index}.{unknown[0]}", f"there is no such column. The columns: {', '.join(COLUMNS)}.")
        )
    row = Row(index, {column: _cell(value) for column, value in told.items()})
    place, problems = judge(row, date.today())
    problems = [*stops([row]), *problems]
    if place is None or problems:
        problem = problems[0]
        what = " ".join(part if part.endswith(".") else f"{part}." for part in (problem.reason, problem.write) if part)
        raise SettingsError(file.problem(f"places.{index}.{problem.column}".rstrip("."), what))
    return place


def _cell(value: Any) -> str:
    """Return a value as the sheet has it: true is yes, a list is parted by semicolons."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _every_language(file: TomlFile, name: str, given: Mapping[str, object], known: Collection[str]) -> None:
    for tag in given:
        _known(file, f"{name}.{tag}", tag, known)
    if missing := [tag for tag in known if tag not in given]:
        raise SettingsError(
            file.problem(name, f'"{missing[0]}" is missing. Write it in every language: {", ".join(known)}.')
        )


def _known(file: TomlFile, path: str, tag: str, known: Collection[str]) -> None:
    if tag not in known:
        raise SettingsError(
            file.problem(path, f'"{tag}" is no language of this app. The languages: {", ".join(known)}.')
        )


def _words(file: TomlFile, name: str, words: str) -> str:
    if not 1 <= len(words.strip()) <= _LONGEST or not words.isprintable() or re.search(r"[<>]", words):
        raise SettingsError(
            file.problem(
                name,
                f"this is not a line of plain words. Write 1 to {_LONGEST} characters, with no markup and no line "
                f"break.",
            )
        )
    return words.strip()


def _neutral(file: TomlFile, name: str, words: str) -> None:
    """Refuse words that are on every page or on a card and tell what the app is about."""
    if word := betrays(words):
        raise SettingsError(
            file.problem(name, f'"{word}" would tell whoever sees it what this app is about. Choose other words.')
        )


def _no_number(file: TomlFile, name: str, words: str) -> None:
    """Refuse a number or a link among words: nobody checks it there, and no button says what a call does."""
    if match := _NUMBER.search(words):
        raise SettingsError(
            file.problem(
                name,
                f'"{match.group().strip()}" in a sentence. A number or a link stands in a line record '
                f"(lines/own-….toml), which says who answers and what they report.",
            )
        )
