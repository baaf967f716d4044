"""Words that give the app away: no name, address, place, footer or printed line may hold one
(content/betraying.toml)."""

import re
import unicodedata
from functools import cache

from . import tables
from .tables import Table


class _Betraying(Table, frozen=True, kw_only=True):
    words: tuple[str, ...]
    joined: tuple[str, ...]


@cache
def _pattern() -> re.Pattern[str]:
    table: _Betraying = tables.load("betraying", _Betraying)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(table.words)})(?![^\W_])")


@cache
def _joined() -> re.Pattern[str]:
    table: _Betraying = tables.load("betraying", _Betraying)
    return re.compile("|".join(table.joined))


def betrays_joined(text: str) -> str:
    """Return what a name or a host spells inside of a word ("stopsextrafficking"), or between dots ("s.e.x."); empty
    when it spells nothing."""
    for word in text.lower().split():
        for spelt in (word, re.sub(r"[._*]", "", word) if re.search(r"(?:\b\w[._*]){2}", word) else ""):
            if match := _joined().search(spelt):
                return match.group()
    return ""


def betrays(text: str) -> str:
    """Return the word of a text that would tell what this app is about, as it is written there; empty when there is
    none."""
    # One letter without its accent for one letter with it, so that the places of both texts agree.
    plain = "".join(unicodedata.normalize("NFD", letter)[0] for letter in text).lower()
    match = _pattern().search(plain)
    return text[match.start() : match.end()] if match else ""
