"""The snapshot: the precompiled library, used at start as long as no source file has changed.

Reading and checking 364 records takes 0.2 s; a library a hundred times as large would take 10 s and more, in every worker, at every start.
So `porchlight content compile` (part of `make setup`) reads and checks everything once and writes one file: every record in every language,
the hash of what ships, and the path, size and time of each source file. At start these are compared; if anything differs, or if there is
no snapshot, the app reads the sources. A library with an error gets no snapshot, so it is refused at start as before.

The file is mapped into memory, not read: a record is decoded when a page needs it, and a bounded number of them is kept.
"""

import hashlib
import mmap
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from ..paths import INSTALLED, PACKAGE, shipped
from . import schema
from .library import Fact, Library
from .schema import Record

FILE = PACKAGE / ".library"

SHIPPED: tuple[tuple[str, tuple[str, ...]], ...] = (("youthapp", (".py", ".toml", ".html", ".txt", ".svg")), ("static", ()), ("translations", (".po",)))
"""Folders of what a release is made of, each with the endings that count; no ending means all. Hidden files never ship."""

MOST_RECORDS = 4096
"""Decoded records that one worker keeps; today's library fits whole."""

_ELSEWHERE = ("youthapp/static", "youthapp/translations") if INSTALLED else ()
"""Folders that a wheel has inside the package: they count under their names in the checkout, so that both are one release."""

_START = b"library 1\n"


def shipped_files(endings_too: tuple[str, ...] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """Yield (path from the root, stat) of every file that a release is made of, in a fixed order.

    endings_too: endings that count in addition.
    """
    for folder, endings in SHIPPED:
        wanted = endings and endings + endings_too
        yield from sorted(((path, stat) for path, stat in _walk(folder) if not wanted or path.endswith(wanted)), key=lambda found: found[0])


def _walk(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    # os.scandir, because pathlib takes three times as long over the 36,000 files of a library a hundred times as large.
    with os.scandir(shipped(folder)) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__pycache__" or f"{folder}/{entry.name}" in _ELSEWHERE:
                continue
            if entry.is_dir():
                yield from _walk(f"{folder}/{entry.name}")
            else:
                yield f"{folder}/{entry.name}", entry.stat()


def key() -> str:
    """Return a hash of what must be unchanged for a snapshot to be valid: path, size and time of every file, compiled catalogues included."""
    seen = hashlib.sha256()
    for path, stat in shipped_files((".mo",)):
        seen.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def digest() -> str:
    """Return the hash over the names and bytes of all that ships: the same for every copy of a release, on any machine and day."""
    seen = hashlib.sha256()
    for path, _stat in shipped_files():
        seen.update(path.encode() + b"\0" + hashlib.sha256(shipped(path).read_bytes()).digest())
    return seen.hexdigest()


_DECODERS = {kind: msgspec.msgpack.Decoder(shape, dec_hook=schema.decode_text) for kind, shape in schema.KINDS.items()}


class Records(Mapping[str, Record]):
    """Records by id, decoded from the snapshot when they are asked for."""

    def __init__(self, kinds: Mapping[str, str], offsets: Mapping[str, list[int]], buffer: Any) -> None:
        """Wrap a buffer. kinds: record id -> kind. offsets: record id -> where it starts and ends, in bytes."""
        self._kinds, self._offsets, self._buffer = kinds, offsets, buffer
        self._decoded: dict[str, Record] = {}

    def __getitem__(self, record_id: str) -> Record:
        record = self._decoded.get(record_id)
        if record is None:
            start, end = self._offsets[record_id]
            record = _DECODERS[self._kinds[record_id]].decode(self._buffer[start:end])
            if len(self._decoded) >= MOST_RECORDS:
                self._decoded.pop(next(iter(self._decoded)), None)
            self._decoded[record_id] = record
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


class Snapshot:
    """The library and its translations, as they were compiled."""

    def __init__(self, index: dict[str, Any], buffer: Any) -> None:
        """Wrap what write() wrote. index: the decoded last part of the file. buffer: the whole file."""
        self.digest: str = index["digest"]
        kinds = index["kinds"]
        translated = {language: Records(kinds, offsets, buffer) for language, offsets in index["places"].items()}
        self.library = Library(
            records=translated.pop(""),
            kinds=kinds,
            facts={fact["id"]: msgspec.convert(fact, Fact) for fact in index["facts"]},
            sources=index["sources"],
            topics=index["topics"],
            order=index["order"],
            easy=frozenset(index["easy"]),
            codes=index["codes"],
        )
        self.translated: Mapping[str, Mapping[str, Record]] = translated
        """Language -> record id -> translated record, complete for every language."""


def read() -> Snapshot | None:
    """Return the snapshot, or None when there is none or a file has changed since it was made."""
    try:
        with FILE.open("rb") as stream:
            buffer = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    if buffer[: len(_START)] != _START:
        return None
    size = int.from_bytes(buffer[-8:], "big")
    if not 0 < size < len(buffer):
        return None
    index = msgspec.msgpack.decode(buffer[-8 - size : -8])
    return Snapshot(index, buffer) if index["key"] == key() else None


def write(library: Library, translate: Mapping[str, Callable[[Record], Record]]) -> None:
    """Write the snapshot of a checked library.

    translate: language -> function that translates a record into it. The caller has proved that every word is there.
    """
    encoder = msgspec.msgpack.Encoder(enc_hook=str)
    offsets: dict[str, dict[str, list[int]]] = {}
    start = len(_START)
    draft = FILE.with_suffix(".new")
    with draft.open("wb") as stream:
        stream.write(_START)
        for language, translated in {"": lambda record: record, **translate}.items():
            offsets[language] = {}
            for record_id, record in library.records.items():
                size = stream.write(encoder.encode(translated(record)))
                offsets[language][record_id] = [start, start + size]
                start += size
        index = encoder.encode({
            "key": key(), "digest": digest(), "kinds": library.kinds, "places": offsets,
            "codes": {record.code: record_id for record_id, record in library.records.items()},
            "facts": list(library.facts.values()), "sources": library.sources, "topics": library.topics, "order": library.order,
            "easy": sorted(library.easy),
        })  # fmt: skip
        stream.write(index + len(index).to_bytes(8, "big"))
    draft.replace(FILE)  # a start that reads meanwhile sees the old file or the new one, never half of one
