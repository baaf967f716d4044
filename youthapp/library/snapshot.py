"""The snapshot: what takes long to work out from the files, worked out once at set-up and used at start while no file has changed.

Reading and checking 364 records takes 0.2 s; a library a hundred times as large would take 10 s and more, in every worker, at every start.
So `youthapp content compile` (part of `make setup`) reads and checks everything once and writes one file: every record in every language,
the hash of what ships, and the size, path and time of each file that this came from. At start those are compared; if anything differs, or
there is no snapshot, the app reads the files themselves. A wrong library gets no snapshot, so it is refused as before.

The file is mapped, not read: a record is decoded when a page needs it, and a bounded number of them is kept.
"""

import hashlib
import mmap
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from . import schema
from .library import Fact, Library
from .schema import Record

PACKAGE = Path(__file__).parent.parent
ROOT = PACKAGE.parent
FILE = PACKAGE / ".library"

SHIPPED: tuple[tuple[str, tuple[str, ...]], ...] = (("youthapp", (".py", ".toml", ".html", ".txt", ".svg")), ("static", ()), ("translations", (".po",)))
"""Folder and endings of what a release is made of; no ending means all."""

MOST_RECORDS = 4096
"""Decoded records that one worker keeps; today's library fits whole."""

_START = b"library 1\n"


def shipped_files(endings_too: tuple[str, ...] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """Yield (path from the root, stat) of every file that a release is made of, in a fixed order; of files with these endings too."""
    for folder, endings in SHIPPED:
        wanted = endings and endings + endings_too
        yield from sorted(((path, stat) for path, stat in _walk(folder) if not wanted or path.endswith(wanted)), key=lambda found: found[0])


def _walk(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    # os.scandir, because pathlib takes three times as long over the 36,000 files of a library a hundred times as large.
    with os.scandir(ROOT / folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _walk(f"{folder}/{entry.name}")
            elif entry.name != FILE.name:
                yield f"{folder}/{entry.name}", entry.stat()


def key() -> str:
    """Return what must be unchanged for a snapshot to hold: path, size and time of every file, compiled catalogues included."""
    told = hashlib.sha256()
    for path, stat in shipped_files((".mo",)):
        told.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return told.hexdigest()


def digest() -> str:
    """Return the hash over the bytes of all that ships."""
    told = hashlib.sha256()
    for path, _stat in shipped_files():
        told.update(path.encode() + b"\0" + hashlib.sha256((ROOT / path).read_bytes()).digest())
    return told.hexdigest()


_DECODERS = {kind: msgspec.msgpack.Decoder(shape, dec_hook=schema.decode_text) for kind, shape in schema.KINDS.items()}


class Records(Mapping[str, Record]):
    """Records by id, decoded from the snapshot when asked for."""

    def __init__(self, kinds: Mapping[str, str], places: Mapping[str, list[int]], bytes_: Any) -> None:
        self._kinds, self._places, self._bytes = kinds, places, bytes_
        self._kept: dict[str, Record] = {}

    def __getitem__(self, record_id: str) -> Record:
        kept = self._kept.get(record_id)
        if kept is None:
            start, end = self._places[record_id]
            kept = _DECODERS[self._kinds[record_id]].decode(self._bytes[start:end])
            if len(self._kept) >= MOST_RECORDS:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[record_id] = kept
        return kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Snapshot:
    """What was worked out at set-up."""

    def __init__(self, told: dict[str, Any], bytes_: Any) -> None:
        self.digest: str = told["digest"]
        kinds = told["kinds"]
        translated = {language: Records(kinds, places, bytes_) for language, places in told["places"].items()}
        self.library = Library(
            records=translated.pop(""),
            kinds=kinds,
            facts={fact["id"]: msgspec.convert(fact, Fact) for fact in told["facts"]},
            sources=told["sources"],
            topics=told["topics"],
            order=told["order"],
            easy=frozenset(told["easy"]),
            codes=told["codes"],
        )
        self.translated: Mapping[str, Mapping[str, Record]] = translated
        """Language -> its translated records: whole, or there would be no snapshot."""


def read() -> Snapshot | None:
    """Return the snapshot, or None when there is none or a file has changed since it was made."""
    try:
        with FILE.open("rb") as stream:
            bytes_ = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    if bytes_[: len(_START)] != _START:
        return None
    size = int.from_bytes(bytes_[-8:], "big")
    if not 0 < size < len(bytes_):
        return None
    told = msgspec.msgpack.decode(bytes_[-8 - size : -8])
    return Snapshot(told, bytes_) if told["key"] == key() else None


def write(library: Library, say: Mapping[str, Callable[[Record], Record]]) -> None:
    """Write the snapshot of a checked library.

    say: language -> what says a record in it; every word must be there, which is for the caller to have proved.
    """
    encoder = msgspec.msgpack.Encoder(enc_hook=str)
    places: dict[str, dict[str, list[int]]] = {}
    at = len(_START)
    draft = FILE.with_suffix(".new")
    with draft.open("wb") as stream:
        stream.write(_START)
        for language, speak in {"": lambda record: record, **say}.items():
            places[language] = {}
            for record_id, record in library.records.items():
                size = stream.write(encoder.encode(speak(record)))
                places[language][record_id] = [at, at + size]
                at += size
        told = {
            "key": key(), "digest": digest(), "kinds": library.kinds, "places": places, "codes": {record.code: record_id for record_id, record in library.records.items()},
            "facts": list(library.facts.values()),
            "sources": library.sources, "topics": library.topics, "order": library.order, "easy": sorted(library.easy),
        }  # fmt: skip
        index = encoder.encode(told)
        stream.write(index + len(index).to_bytes(8, "big"))
    draft.replace(FILE)  # a start that reads meanwhile sees the old file or the new one, never half of one
