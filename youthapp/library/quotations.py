"""Sentences in quotation marks, to be said or shown to somebody (content/quotations.toml)."""

import re
from functools import cache

from .tables import Table, load


class _Quotations(Table, frozen=True, kw_only=True):
    english: tuple[str, ...]
    staff: tuple[str, ...]
    staff_beside: tuple[str, ...]
    asks: tuple[str, ...]
    laws: tuple[str, ...]


@cache
def _word_of(name: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that finds a word of one of the lists."""
    table: _Quotations = load("quotations", _Quotations)
    return re.compile(rf"\b(?:{'|'.join(getattr(table, name))})\b", flags)


def has_english(text: str) -> bool:
    """Whether a text has a word that no other language of ours has."""
    return bool(_word_of("english", re.IGNORECASE).search(text))


def names_staff(text: str) -> bool:
    """Whether a text names staff whom a sentence can be for."""
    return bool(_word_of("staff").search(text))


def names_staff_beside(text: str) -> bool:
    """Whether the words beside a quotation name staff: more words count there than inside of one."""
    return bool(_word_of("staff").search(text) or _word_of("staff_beside").search(text))


def asks(sentence: str) -> bool:
    """Whether a sentence asks for something, by how it begins."""
    return bool(_word_of("asks").match(sentence))


def is_law(name: str) -> bool:
    """Whether the name of a source is that of a law."""
    return bool(_word_of("laws").search(name))
