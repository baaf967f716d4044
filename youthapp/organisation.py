"""An organisation's own settings file: its public name, county, lines, drop-in places and footer in one TOML file outside the code.

name = "Night Kitchen"                      # 1 to 24 characters; it must say nothing of what the app is about
address = "https://nightkitchen.example"
county = "los-angeles"
contact = "hello@nightkitchen.example"
records = "records"                         # a folder beside this file, laid out like youthapp/content/
lines = ["night-kitchen-line"]              # ids of lines to show first: ours, or own records
[exit]
en = "https://…"                            # where the exit goes; left out, ours
[footer]
en = "Run by Night Kitchen."                # words only, no logo
es = "Lo lleva Night Kitchen."
[[places]]
en = { name = "…", where = "…", hours = "…", about = "…" }
es = { name = "…", where = "…", hours = "…", about = "…" }
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .i18n.languages import LANGUAGES, Language, by_tag

_PLACE = ("name", "where", "hours", "about")
_PLAIN = {"name": "NAME", "address": "ADDRESS", "county": "COUNTY", "contact": "CONTACT", "records": "RECORDS"}
_LONGEST = 160


class SettingsError(ValueError):
    """A setting has a wrong value; the message names the setting, the value and what to write instead."""


@dataclass(frozen=True)
class Place:
    """A drop-in place: language -> name, where, hours, about."""

    words: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Organisation:
    """What a settings file says."""

    plain: Mapping[str, str] = field(default_factory=dict)
    """Settings that are variables too, by the variable's name without our prefix."""
    footer: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def read(name: str, languages: Iterable[Language] = LANGUAGES) -> Organisation:
    """Return what the settings file at a path says.

    languages: those of the app; words are in each of them, an exit may be in any.

    Raises SettingsError with a sentence when there is no such file, when it is not TOML, or when something in it is wrong or unknown.
    """
    path = Path(name)
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise SettingsError(f'PORCHLIGHT_FILE is "{name}", and no file can be read there. Write the path of your settings file.') from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not TOML: {error}. See the example in the README.") from None
    if unknown := sorted(set(told) - {*_PLAIN, "exit", "footer", "lines", "places"}):
        raise SettingsError(f'{path.name}: "{unknown[0]}" is not a setting. The settings are: {", ".join([*_PLAIN, "exit", "footer", "lines", "places"])}.')
    plain = {variable: _text(path, key, told[key]) for key, variable in _PLAIN.items() if key in told}
    if "RECORDS" in plain:
        plain["RECORDS"] = str(path.resolve().parent / plain["RECORDS"])
    known = by_tag(languages)
    tags = tuple(known)
    exits = _table(path, "exit", told.get("exit", {}), tags)
    plain |= {known[tag].setting: _text(path, f"exit.{tag}", value) for tag, value in exits.items()}
    footer = _in_each(path, "footer", told["footer"], tags) if "footer" in told else {}
    lines = told.get("lines", [])
    if not isinstance(lines, list) or not all(isinstance(line, str) and re.fullmatch(r"[a-z0-9-]+", line) for line in lines):
        raise SettingsError(f'{path.name}: lines is not a list of ids. Write lines = ["my-line"], with the id of a line record.')
    places = told.get("places", [])
    if not isinstance(places, list):
        raise SettingsError(f"{path.name}: places is not a list. Write [[places]] once for each place.")
    return Organisation(plain, MappingProxyType(footer), tuple(lines), tuple(_place(path, index, place, tags) for index, place in enumerate(places)))


def folder(name: str) -> Path:
    """Return the folder of own records. Raises SettingsError when it is not there."""
    path = Path(name)
    if not path.is_dir():
        raise SettingsError(f'The folder of own records is "{name}", and there is none. Make it, with a folder in it for each kind of record (tips, lines, pairs …).')
    return path


def _place(path: Path, index: int, told: Any, tags: tuple[str, ...]) -> Place:
    where = f"places.{index}"
    tables = _table(path, where, told, tags)
    if missing := [tag for tag in tags if tag not in tables]:
        raise SettingsError(f'{path.name}: {where} has no "{missing[0]}". A place needs its words in every language: {", ".join(tags)}.')
    words = {}
    for language in tags:
        table = _table(path, f"{where}.{language}", tables[language], _PLACE)
        if missing := [key for key in _PLACE if key not in table]:
            raise SettingsError(
                f'{path.name}: {where}.{language} has no "{missing[0]}". Write name, where, hours and about (what it asks of who comes in, or what it has to report).'
            )
        words[language] = MappingProxyType({key: _text(path, f"{where}.{language}.{key}", table[key]) for key in _PLACE})
    return Place(MappingProxyType(words))


def _in_each(path: Path, name: str, told: Any, tags: tuple[str, ...]) -> dict[str, str]:
    table = _table(path, name, told, tags)
    if missing := [tag for tag in tags if tag not in table]:
        raise SettingsError(f'{path.name}: {name} has no "{missing[0]}". Write it in every language: {", ".join(tags)}.')
    return {tag: _text(path, f"{name}.{tag}", table[tag]) for tag in tags}


def _table(path: Path, name: str, told: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(told, dict) or set(told) - set(keys):
        raise SettingsError(f"{path.name}: {name} is not a table of {', '.join(keys)}. See the example in the README.")
    return told


def _text(path: Path, name: str, told: Any) -> str:
    if not isinstance(told, str) or not 1 <= len(told.strip()) <= _LONGEST or not told.isprintable() or re.search(r"[<>]", told):
        raise SettingsError(f"{path.name}: {name} is not a line of plain words. Write 1 to {_LONGEST} characters, with no markup and no line break.")
    return told.strip()
