"""The snapshot: the library read and checked once at set-up, so that every worker's start does not have to.

`porchlight content compile` (part of `make setup`) writes one file: every record in every language, the hash of what
ships, and a key made of the size, path and time of each file that this came from. At start the key is compared; if
anything differs, or there is no snapshot, the app reads the files themselves. A wrong library gets no snapshot, so it
is refused as before.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from ..paths import INSTALLED, PACKAGE, shipped
from . import schema
from .facts import Fact
from .library import Library
from .schema import Record
from .tables import Source, Topic

FILE = PACKAGE / ".library"

SHIPPED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("youthapp", (".py", ".toml", ".html", ".txt", ".svg")), ("static", ()), ("translations", (".po",)),
)  # fmt: skip
"""Folders of what a release is made of, each with the endings that count; no ending means all. Hidden files never
ship."""


_ELSEWHERE = ("youthapp/static", "youthapp/translations") if INSTALLED else ()
"""Folders that a wheel has inside the package: they count under their names in the checkout, so that both are one
release."""


class _Stored(msgspec.Struct, frozen=True, kw_only=True):
    """The file. A record is stored as its own bytes, because its type depends on its kind."""

    key: str
    digest: str
    kinds: dict[str, str]
    records: dict[str, dict[str, msgspec.Raw]]
    """Language -> record id -> record; "" is the language that records are written in."""
    facts: list[Fact]
    sources: dict[str, Source]
    topics: dict[str, Topic]
    order: dict[str, tuple[str, ...]]
    easy: list[str]
    codes: dict[str, str]


@dataclass(frozen=True)
class Snapshot:
    """What was worked out at set-up."""

    digest: str
    library: Library
    translated: Mapping[str, Mapping[str, Record]]
    """Language -> its translated records: whole, or there would be no snapshot."""


def shipped_files(endings_too: tuple[str, ...] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """Yield (path from the root, stat) of every file that a release is made of, in a fixed order.

    endings_too: endings that count in addition.
    """
    for folder, endings in SHIPPED:
        wanted = endings and endings + endings_too
        found = [(path, stat) for path, stat in _walk(folder) if not wanted or path.endswith(wanted)]
        yield from sorted(found, key=lambda file: file[0])


def _walk(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(shipped(folder)) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__pycache__" or f"{folder}/{entry.name}" in _ELSEWHERE:
                continue
            if entry.is_dir():
                yield from _walk(f"{folder}/{entry.name}")
            else:
                yield f"{folder}/{entry.name}", entry.stat()


def key() -> str:
    """Return what must be unchanged for a snapshot to hold: path, size and time of every file, compiled catalogues
    included."""
    files = hashlib.sha256()
    for path, stat in shipped_files((".mo",)):
        files.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return files.hexdigest()


def digest() -> str:
    """Return the hash over the names and bytes of all that ships: the same for every copy of a release, on any machine
    and day."""
    files = hashlib.sha256()
    for path, _stat in shipped_files():
        files.update(path.encode() + b"\0" + hashlib.sha256(shipped(path).read_bytes()).digest())
    return files.hexdigest()


def read() -> Snapshot | None:
    """Return the snapshot, or None when there is none, it is damaged, or a file has changed since it was made."""
    try:
        stored = msgspec.msgpack.decode(FILE.read_bytes(), type=_Stored)
    except (OSError, msgspec.MsgspecError):
        return None
    if stored.key != key():
        return None
    decoders = {
        kind: msgspec.msgpack.Decoder(shape, dec_hook=schema.decode_text) for kind, shape in schema.KINDS.items()
    }
    records = {
        language: {
            record_id: decoders[stored.kinds[record_id]].decode(record) for record_id, record in of_language.items()
        }
        for language, of_language in stored.records.items()
    }
    library = Library(
        records=records.pop(""), kinds=stored.kinds, facts={fact.id: fact for fact in stored.facts},
        sources=stored.sources,
        topics=stored.topics, order=stored.order, easy=frozenset(stored.easy), codes=stored.codes,
    )  # fmt: skip
    return Snapshot(stored.digest, library, records)


def write(library: Library, translate: Mapping[str, Callable[[Record], Record]]) -> None:
    """Write the snapshot of a checked library.

    translate: language -> what gives a record in it; every word must be there, which is for the caller to have proved.
    """
    encode = msgspec.msgpack.Encoder(enc_hook=str).encode
    languages: dict[str, Callable[[Record], Record]] = {"": lambda record: record, **translate}
    records = {
        language: {record_id: msgspec.Raw(encode(in_language(record))) for record_id, record in library.records.items()}
        for language, in_language in languages.items()
    }
    stored = _Stored(
        key=key(), digest=digest(), kinds=dict(library.kinds), records=records, facts=list(library.facts.values()),
        sources=dict(library.sources), topics=dict(library.topics), order=dict(library.order),
        easy=sorted(library.easy),
        codes=dict(library.codes),
    )  # fmt: skip
    draft = FILE.with_suffix(".new")
    draft.write_bytes(encode(stored))
    draft.replace(FILE)  # a start that reads meanwhile sees the old file or the new one, never half of one
