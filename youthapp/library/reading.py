"""Reading the folders of records: ours, then an organisation's own. Every problem is a sentence with its file and line
in front."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..paths import CONTENT
from . import schema, tables, toml_file
from .facts import Fact
from .schema import Record
from .toml_file import FileError, TomlFile

OWN = "own-"
"""How every id of an organisation starts (records, facts, sources), so that no later release of ours takes one."""

PLACES = "places"
"""The folder of an organisation's list of places, which is no record and is read by places/store.py."""

OWN_TABLES = ("facts.toml", "sources.toml", "published.toml")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_WORDS = re.compile(r"(?:\d[-. ()]*){7,}|(?<![\d,])\d{5,6}(?![\d,])|https?:|www\.|[<>]|&\w+;")
_HINTS = re.compile(r"[\d:<>&]|www")
"""What each of these has somewhere. Few sentences have it, and to look for it is quick: a start reads thousands."""


def not_words(text: str) -> re.Match[str] | None:
    """Return the first seven digits or more in a row (with the usual separators), bare short code, link, or markup of a
    text: these stand in line records only."""
    return _NOT_WORDS.search(text) if _HINTS.search(text) else None


def found_in(match: re.Match[str]) -> str:
    """Return the words that a pattern found, without the marks around them."""
    return match.group().strip(" .-()")


def unseen(text: str) -> str:
    """Return what is wrong with a text that holds a mark that cannot be seen, such as a line break or one that turns
    the direction of writing; empty when there is none."""
    if text.isprintable():
        return ""
    mark = next(letter for letter in text if not letter.isprintable())
    return f"a mark that cannot be seen is in it (U+{ord(mark):04X}). Write the sentence again by hand."


@dataclass
class Found:
    """What was read, and what is wrong with it."""

    records: dict[str, Record] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    files: dict[str, TomlFile] = field(default_factory=dict)
    """Record id -> the file it was read from, for messages."""
    facts: dict[str, Fact] = field(default_factory=dict)
    sources: dict[str, tables.Source] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    own_words: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """Language -> record id -> English text -> translated text."""
    own_codes: dict[str, str] = field(default_factory=dict)
    """Code -> record id of what an organisation has on paper."""
    published: TomlFile | None = None
    """The file that ``own_codes`` was read from, for messages."""
    unread: set[str] = field(default_factory=set)
    """Ids of records, facts and sources that stand in a file but could not be read: naming them is no second
    mistake."""
    problems: list[str] = field(default_factory=list)


def read_folders(folders: Iterable[Path]) -> Found:
    """Return all that stands in some folders laid out like ``content/``. Nothing is raised: what is wrong is in
    ``problems``."""
    found = Found()
    for folder in folders:
        if folder == CONTENT:
            for path in sorted((folder / "facts").glob("*.toml")):
                _entries(found, path, f"facts/{path.name}", Fact, found.facts)
            _entries(found, folder / "sources.toml", "sources.toml", tables.Source, found.sources)
        else:
            found.problems += strangers(folder)
            _own_tables(found, folder)
        for kind in schema.KINDS:
            for path in sorted((folder / kind).glob("*.toml")):
                if folder == CONTENT or "." not in path.stem:  # x.es.toml holds the Spanish words of x.toml
                    _record(found, path, kind, own=folder != CONTENT)
    return found


def strangers(folder: Path) -> Iterator[str]:
    """Yield what is in an organisation's folder and would be read by nobody: a misnamed folder, a file with another
    ending."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.suffix == ".md":
            continue
        if path.is_dir() and path.name == PLACES:
            continue
        if path.is_dir() and path.name in schema.KINDS:
            yield from _strangers_of_kind(path)
        elif path.name not in OWN_TABLES:
            known = [*schema.KINDS, PLACES, *OWN_TABLES]
            near = difflib.get_close_matches(path.name.removesuffix(".txt"), known, 1, 0.6)
            instead = f'Did you mean "{near[0]}"?' if near else f"Known here: {', '.join(known)}."
            yield f"{path.name}: nothing of this name is read, so what is in it would be missing. {instead}"


def _strangers_of_kind(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        where = f"{folder.name}/{path.name}"
        if path.name.startswith(".") or path.suffix == ".md":
            continue
        if path.is_dir():
            yield f"{where}: a folder in a folder of records is not read. Put its files into {folder.name}/."
        elif path.suffix != ".toml":
            wanted = f"{path.name.split('.toml')[0]}.toml" if ".toml" in path.name else f"{path.stem}.toml"
            yield f'{where}: a record\'s file ends in ".toml", so this one is not read. Name it "{wanted}".'
        elif "." in path.stem and not (folder / f"{path.stem.split('.')[0]}.toml").is_file():
            yield f'{where}: there is no record "{path.stem.split(".")[0]}.toml" beside it whose words these could be.'


def _record(found: Found, path: Path, kind: str, *, own: bool) -> None:
    """Read one record into ``found``."""
    name = f"{kind}/{path.name}"
    try:
        file = toml_file.read(path, name)
        record = schema.read(file, schema.KINDS[kind])
    except FileError as error:
        found.problems.append(str(error))
        found.unread.add(path.stem)
        return
    if problem := _wrong_id(found, record, path, own=own):
        found.problems.append(file.problem("id", problem))
        found.unread.add(path.stem)
        if record.id in found.records:
            return
    found.records[record.id], found.kinds[record.id], found.files[record.id] = record, kind, file
    if not own:
        return
    found.own.add(record.id)
    if len(record.code) != 4:
        found.problems.append(
            file.problem(
                "code",
                f'"{record.code}" is not a code of your own. Yours have 4 characters, ours 3: `porchlight content '
                f"code --own` gives a free one.",
            )
        )
    for other in sorted(path.parent.glob(f"{path.stem}.*.toml")):
        language = other.stem.split(".", 1)[1]
        found.own_words.setdefault(language, {})[record.id] = _words(found, other, f"{kind}/{other.name}", record)


def _wrong_id(found: Found, record: Record, path: Path, *, own: bool) -> str:
    """Return what is wrong with a record's id, empty when it is right."""
    if record.id in found.records:
        return f'"{record.id}" is already in {found.kinds[record.id]}/. Give this record an id of its own.'
    if own and not record.id.startswith(OWN):
        return (
            f'"{record.id}" does not start with {OWN}, so a later release of ours could take it. Name it '
            f'"{OWN}{record.id}": here, in the names of its '
            "files, and wherever it is named. Its code stays, and with it every card on paper."
        )
    if record.id != path.stem or not _ID.fullmatch(record.id):
        return (
            f'"{record.id}" is not the file\'s name. Name the file {record.id}.toml, or change the id (small '
            f"letters, digits and hyphens)."
        )
    return ""


def _words(found: Found, path: Path, name: str, record: Record) -> dict[str, str]:
    """Return English -> translated words of an own record from the file beside it."""
    try:
        file = toml_file.read(path, name)
    except FileError as error:
        found.problems.append(str(error))
        return {}
    english = {key: str(text) for key, text in schema.texts(record)}
    good: dict[str, str] = {}
    for key, words in file.data.items():
        if key not in english:
            near = difflib.get_close_matches(key, english, 1, 0.5)
            instead = f'Did you mean "{near[0]}"?' if near else f"Its texts: {', '.join(english)}."
            problem = f"the record has no text there. {instead}"
        elif not isinstance(words, str) or not words.strip():
            problem = "write words between quotes."
        elif match := not_words(words):
            problem = (
                f'"{found_in(match)}" in a sentence. Numbers, links and markup stand in a line record: point to '
                f'it with line = "…".'
            )
        elif hidden := unseen(words):
            problem = hidden
        else:
            good[english[key]] = words
            continue
        found.problems.append(file.problem(key, problem))
    for key in english:
        if key not in file.data:
            quoted = f'"{key}"' if "." in key else key
            found.problems.append(
                f'{name}: there are no words for "{key}". Add a line {quoted} = "…" with the words in that language.'
            )
    return good


def _own_tables(found: Found, folder: Path) -> None:
    if (folder / "facts.toml").is_file():
        _entries(found, folder / "facts.toml", "facts.toml", Fact, found.facts, own=True)
    if (folder / "sources.toml").is_file():
        _entries(found, folder / "sources.toml", "sources.toml", tables.Source, found.sources, own=True)
    if (folder / "published.toml").is_file():
        try:
            file = toml_file.read(folder / "published.toml", "published.toml")
            found.own_codes, found.published = file.convert(dict[str, str]), file
        except FileError as error:
            found.problems.append(str(error))


def _entries(found: Found, path: Path, name: str, kind: type[Any], into: dict[str, Any], *, own: bool = False) -> None:
    """Read a file of one table an entry into a mapping; an id that is taken, or does not say that it is an
    organisation's own, is refused."""
    try:
        file = toml_file.read(path, name)
    except FileError as error:
        found.problems.append(str(error))
        return
    for key, table in file.data.items():
        found.unread.add(key)
        if key in into:
            found.problems.append(
                file.problem(
                    key,
                    f"this id is taken already. Give the entry an id of its "
                    f"own{f', such as {OWN}{key}' if own else ''}.",
                )
            )
        elif own and not key.lower().startswith(OWN):
            found.problems.append(
                file.problem(
                    key,
                    f"the id does not start with {OWN}, so a later release of ours could take it. Name it "
                    f'"{OWN}{key}", here and where it is named.',
                )
            )
        elif not isinstance(table, dict):
            found.problems.append(file.problem(key, f"write a table: a line [{key}], and its fields below it."))
        else:
            try:
                into[key] = file.convert(kind, {"id": key, **table} if kind is Fact else table, key)
                found.unread.discard(key)
            except FileError as error:
                found.problems.append(str(error))
