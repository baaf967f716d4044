"""Published codes: what is on paper somewhere. A code on the list never disappears and never means another record.

Ours are listed in content/published.toml, an organisation's in the published.toml of its own folder.
"""

from pathlib import Path

from ..paths import CONTENT
from . import toml_file
from .library import Library

FILE = CONTENT / "published.toml"
_HEAD = """# Codes that are on paper: `porchlight content publish` adds those of new records at the end. Never take a line out and never change one:
# a card with that code may be in a pocket. A record that goes leaves its code to the record that took its place.
"""


class PublishedError(ValueError):
    """A published code is lost or means another record; the message says which."""


def codes(file: Path = FILE) -> dict[str, str]:
    """Return code -> record id of all that is published, in the order of publishing."""
    return toml_file.read(file, file.name).convert(dict[str, str]) if file.is_file() else {}


def problems(library: Library, file: Path = FILE) -> list[str]:
    """Return what is wrong: published codes that lead nowhere, or to another record than was published."""
    found = []
    for code, record_id in codes(file).items():
        record = library.by_code(code)
        if record is None:
            found.append(
                f"{code} is on paper for {record_id!r}, and no record wears it any more. Give the code back, or to "
                f"the record that took its place."
            )
        elif record.id != record_id:
            found.append(
                f"{code} is on paper for {record_id!r}, and now means {record.id!r}. If that record took the other's "
                f"place, say so in {file.name}."
            )
    return found


def unlisted(library: Library) -> list[str]:
    """Return the ids of an organisation's own records whose codes are not on its list yet."""
    return sorted(record_id for record_id in library.own if library.get(record_id).code not in library.own_codes)


def add(library: Library, file: Path = FILE, *, own: bool = False) -> dict[str, str]:
    """Append the codes of records that are not on the list yet, and return them.

    own: only an organisation's records, which have a list of their own; else only ours. Raises PublishedError when the
    list is broken already.
    """
    if wrong := problems(library, file):
        raise PublishedError("\n".join(wrong))
    known = codes(file)
    records = [record for record_id, record in library.records.items() if (record_id in library.own) == own]
    new = {record.code: record.id for record in records if record.code not in known}
    text = file.read_text("utf-8") if file.is_file() else _HEAD
    file.write_text(text + "".join(f'{code} = "{record_id}"\n' for code, record_id in new.items()), "utf-8")
    return new
