"""TOML files, read with errors that name the file, the line and the fix, in one sentence each."""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

T = TypeVar("T")

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_STEP = re.compile(r"\[(\d+)\]|\[\.\.\.\]|\.([^.\[\]]+)")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>[^`]+)`(?: - at `\$(?P<path>[^`]*)`)?")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`(?: - at `\$(?P<path>[^`]*)`)?")
_CLOSED = re.compile(r"Invalid enum value (?P<value>.+?)(?: - at `\$(?P<path>[^`]*)`)?$")
_OURS = re.compile(r"(?P<name>[a-z_]+): (?P<what>.+\.)$")
_AT = re.compile(r" - at `\$(?P<path>[^`]*)`$")

_KINDS_OF_VALUE = {
    "str": "words between quotes", "int": "a whole number", "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table", "date": "a date such as 2026-11-23", "null": "nothing", "float": "a number",
    "datetime": "a date and time",
}  # fmt: skip


class FileError(ValueError):
    """A file cannot be used. The message is whole sentences and starts with the file's name, and its line where one is
    known."""


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that was read."""

    name: str
    """The name for messages, such as ``tips/lube.toml``."""
    text: str
    data: dict[str, Any]

    def line(self, path: str) -> int:
        """Return the line of a dotted path such as ``call.open.0.start``, of the nearest part of it that is there, or
        0."""
        places = _places(self.text)
        steps = path.split(".")
        while steps:
            name = ".".join(steps)
            if found := places.get(name) or places.get(f"{name}.0"):  # a [[table]] is its first item
                return found
            steps.pop()
        return 0

    def problem(self, path: str, what: str) -> str:
        """Return one problem as a sentence with file, line and field in front."""
        return located(self.name, self.line(path), f"{path}: {what}" if path else what)

    def where(self, path: str) -> str:
        """Return what messages call a place in the file: its name, the line and the path."""
        return located(self.name, self.line(path), path)

    def convert(
        self, kind: type[T], data: Any = None, at: str = "", dec_hook: Callable[[type, Any], Any] | None = None
    ) -> T:
        """Return the data (or a part of it, which stands at a path) as a msgspec type.

        Raises FileError, which names the file, the line, the field, what is wrong and what may stand there.
        """
        try:
            return msgspec.convert(self.data if data is None else data, type=kind, dec_hook=dec_hook)
        except msgspec.ValidationError as error:
            path, what = in_our_words(str(error), kind)
            whole = ".".join(part for part in (at, path) if part)
            raise FileError(self.problem(whole, what)) from None


def located(name: str, line: int, what: str) -> str:
    """Return a message with the file's name, and the line where one is known, in front."""
    return f"{name}, line {line}: {what}" if line else f"{name}: {what}"


def read(path: Path, name: str) -> TomlFile:
    """Return a TOML file.

    name: how messages call it. Raises FileError when it cannot be read, is not UTF-8, starts with a byte-order mark, or
    is not TOML.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileError(f"{name}: the file cannot be read ({error.strerror}).") from None
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise FileError(
            f'{name}, line 1: the file starts with a byte-order mark. Save it as "UTF-8", not as "UTF-8 with BOM" or '
            f'"Unicode".'
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileError(f'{name}, line {line}: a letter there is not UTF-8. Save the file as "UTF-8".') from None
    try:
        return TomlFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        what = re.sub(r"\s*\(at .*\)$", "", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise FileError(
            located(name, line, f"this is not TOML ({what}). Look at the quotes, brackets and commas there.")
        ) from None


def in_our_words(error: str, kind: Any) -> tuple[str, str]:
    """Return (dotted path, what is wrong and what may stand there) of a msgspec error."""
    if match := _UNKNOWN.match(error):
        fields = _fields_at(kind, match["path"] or "")
        return _dotted(match["path"], match["name"]), f"there is no such field{_instead(match['name'], fields)}"
    if match := _MISSING.match(error):
        return _dotted(match["path"]), f'the field "{match["name"]}" is missing.'
    if match := _CLOSED.match(error):
        path, choices = _dotted(match["path"]), _choices_at(kind, match["path"] or "")
        value = match["value"].strip("'")
        return path, f'"{value}" is none of the choices: {", ".join(choices)}.'
    found = _AT.search(error)
    what = _AT.sub("", error)
    if match := _OURS.match(what):  # a check of ours (values.py) has said it already, with the field in front
        return _dotted(found["path"] if found else "", match["name"]), match["what"]
    what = re.sub(r"`(\w+) \| null`", r"`\1`", what)  # an optional field
    for word, ours in _KINDS_OF_VALUE.items():
        what = re.sub(rf"`{word}`", ours, what)
    what = re.sub(r"^Expected ([^,]+), got (.+)$", r"write \1, not \2", what)
    return _dotted(found["path"] if found else ""), what if what.endswith(".") else f"{what}."


def _instead(name: str, fields: list[str]) -> str:
    near = difflib.get_close_matches(name, fields, 1, 0.65)
    if near:
        return f'. Did you mean "{near[0]}"?'
    return f". The fields here: {', '.join(fields)}." if fields else "."


def _dotted(path: str | None, name: str = "") -> str:
    steps = [index or step for index, step in _STEP.findall(path or "")]
    return ".".join(step for step in (*steps, name) if step)


def _fields_at(kind: Any, path: str) -> list[str]:
    found = _type_at(kind, path)
    return [field.encode_name for field in msgspec.structs.fields(found)] if _is_struct(found) else []


def _choices_at(kind: Any, path: str) -> list[str]:
    found = _type_at(kind, path)
    if get_origin(found) is Literal:
        return [str(value) for value in get_args(found)]
    return [str(member) for member in found] if isinstance(found, type) and issubclass(found, StrEnum) else []


def _type_at(found: Any, path: str) -> Any:
    """Return the type at a path such as ``.call.open[0]``, None where the path leaves what is known."""
    for step in _STEP.finditer(path):
        found, name = _not_none(found), step[2]
        if _is_struct(found) and name:
            found = next((field.type for field in msgspec.structs.fields(found) if field.encode_name == name), None)
        elif get_origin(found) in (tuple, list):
            found = get_args(found)[0]
        elif get_origin(found) in (dict, Mapping):
            found = get_args(found)[1]
        else:
            return None
    return _not_none(found)


def _is_struct(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, msgspec.Struct)


def _not_none(found: Any) -> Any:
    """Return the one type of an optional field beside None."""
    if get_origin(found) in (Union, UnionType):
        others = [other for other in get_args(found) if other is not type(None)]
        return others[0] if len(others) == 1 else None
    return found


def _places(text: str) -> dict[str, int]:
    """Return dotted path -> line for the tables and keys of a TOML text. Inline tables count as their key's line."""
    places: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if fence:
            fence = "" if fence in line else fence
            continue
        if match := _HEADER.match(line):
            table = _header(match[1], _plain(match[2]), counts)
            places.setdefault(table, number)
        elif match := _KEY.match(line):
            places.setdefault(".".join(part for part in (table, _plain(match[1])) if part), number)
            rest = line[match.end() :]
            fence = next((mark for mark in ('"""', "'''") if rest.count(mark) == 1), "")
    return places


def _header(brackets: str, name: str, counts: dict[str, int]) -> str:
    """Return the path of a table header; each ``[[table]]`` is the next item of its list, and a table under one belongs
    to the last."""
    steps = name.split(".")
    path = ""
    for index, step in enumerate(steps):
        path = f"{path}.{step}" if path else step
        if index == len(steps) - 1 and brackets == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}.{counts[path]}"
    return path


def _plain(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
