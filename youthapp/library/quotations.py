"""Sentences in quotation marks, to be said or shown to somebody (content/quotations.toml)."""

import re
from collections.abc import Iterable
from functools import cache

from .tables import Table, load

QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")

_WORDS = 3
"""A quotation of fewer words is a name or a term, and not a sentence to say."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


_OWN = re.compile(r"\b(?:I|me|my|My|we|We|us)\b")


class _Quotations(Table, frozen=True, kw_only=True):
    english: tuple[str, ...]
    staff: tuple[str, ...]
    staff_beside: tuple[str, ...]
    asks: tuple[str, ...]
    laws: tuple[str, ...]
    deeds: tuple[str, ...]
    held_up: tuple[str, ...]
    admits: tuple[str, ...]
    for_a_lawyer: tuple[str, ...]


@cache
def _word_of(name: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that finds a word of one of the lists."""
    table: _Quotations = load("quotations", _Quotations)
    return re.compile(rf"\b(?:{'|'.join(getattr(table, name))})\b", flags)


def sentences(text: str) -> list[str]:
    """Return the quotations of a text that are sentences to say."""
    return [quoted for quoted in QUOTED.findall(text) if len(quoted.split()) >= _WORDS]


def admissions(short: str, steps: Iterable[str]) -> list[str]:
    """Return what a right would hold up in big letters, to police or staff, that says what its reader did.

    short: the right's short answer. steps: the texts of its steps, of which only the quotations are held up. What says
    "I", "me" or "my" there asks something, or begins as one of ``held_up`` does: what a youth says in a stop can be
    used (LW-06), so the rest is told to a lawyer alone (LW-45).
    """
    said = [sentence for step in steps for quoted in sentences(step) for sentence in _SENTENCE_END.split(quoted)]
    own = [sentence for sentence in said if _OWN.search(sentence) and not sentence.endswith("?")]
    found = [sentence for sentence in own if not _word_of("held_up").match(sentence)]
    return found + [text for text in (short, *said) if _word_of("admits", re.IGNORECASE).search(text)]


def is_for_a_lawyer(right: str) -> bool:
    """Whether what a right answers is for a lawyer alone, so that only its sentences are held up. right: its id."""
    table: _Quotations = load("quotations", _Quotations)
    return right in table.for_a_lawyer


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


def names_a_deed(name: str) -> bool:
    """Whether the name of a law says what a reader may have done, such as running away."""
    return bool(_word_of("deeds").search(name))
