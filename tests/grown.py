"""A copy of the whole project with a library many times as large, for measuring how cost grows. The words repeat; ids
and codes do not."""

import gettext
import os
import re
import shutil
import struct
from pathlib import Path

from youthapp.i18n.languages import LANGUAGES, SOURCE
from youthapp.library.rules import CODE_LETTERS
from youthapp.library.schema import KINDS

ROOT = Path(__file__).parent.parent


def grow(target: Path, times: int) -> Path:
    """Write a project with `times` as many records into a folder and return it; 1 gives a plain copy."""
    for name in ("youthapp", "static", "translations", "wsgi.py"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", ".library"))
        else:
            shutil.copy2(source, target / name)
    content = target / "youthapp" / "content"
    number = 0
    for kind in KINDS:
        for path in sorted((content / kind).glob("*.toml")):
            text = path.read_text("utf-8")
            for copy in range(1, times):
                grown = re.sub(r'^id = "([^"]+)"', rf'id = "\1-{copy}"', text, count=1, flags=re.M)
                grown = re.sub(r'^code = "[^"]+"', f'code = "{_code(number)}"', grown, count=1, flags=re.M)
                (path.parent / f"{path.stem}-{copy}.toml").write_text(grown, "utf-8")
                number += 1
    for language in LANGUAGES:
        if language != SOURCE and times > 1:
            for path in (target / "translations" / language.tag / "LC_MESSAGES").glob("*.mo"):
                if path.stem != "messages":
                    _grow_catalogue(path, times)
    return target


def _code(number: int) -> str:
    size = len(CODE_LETTERS)
    return "".join(CODE_LETTERS[number // size**place % size] for place in (3, 2, 1, 0))


def _grow_catalogue(path: Path, times: int) -> None:
    with path.open("rb") as stream:
        known: dict[str, str] = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
    grown = dict(known)
    for key, words in known.items():
        context, _, text = key.partition("\x04") if isinstance(key, str) else ("", "", "")
        if text:
            grown.update({f"{context}-{copy}\x04{text}": words for copy in range(1, times)})
    pairs = sorted((key.encode(), words.encode()) for key, words in grown.items() if isinstance(key, str))
    keys, words_at = bytearray(), bytearray()
    places = []
    for name, told in pairs:
        places.append((len(name), len(keys), len(told), len(words_at)))
        keys += name + b"\0"
        words_at += told + b"\0"
    start = 7 * 4 + 16 * len(pairs)
    table = b"".join(struct.pack("<2I", length, start + at) for length, at, _, _ in places)
    table += b"".join(struct.pack("<2I", length, start + len(keys) + at) for _, _, length, at in places)
    path.write_bytes(
        struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28 + 16 * len(pairs))
        + table
        + bytes(keys)
        + bytes(words_at)
    )
    os.utime(path)
