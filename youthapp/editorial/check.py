"""Everything that is checked about the words beyond what a start needs: voice, mistakes, reading level, lengths, digits, both languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..library import schema
from ..library.library import Library, references
from ..library.schema import Line, Record
from . import numbers, readability, wording
from .readability import Level

GRADE = 5.0
"""The hardest English allowed: Flesch-Kincaid grade of a whole record."""
INFLESZ = 65.0
"""The hardest Spanish allowed: 65 is where "bastante fácil" begins."""
LONGEST = {"en": 20, "es": 24}
"""Words in the longest sentence. Spanish says the same in about a fifth more words."""
AVERAGE = 12.0
"""Words in an average English sentence of a record."""
SENTENCES = 3
"""Sentences in one paragraph."""

_FREE_COUNTS = frozenset({"pairs", "swaps", "stages", "notes"})
"""Kinds for workers, whose numbers are those of the studies they cite."""

_STOP = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where, in which language, and what."""

    where: str
    language: str
    what: str

    def __str__(self) -> str:
        return f"{self.where} [{self.language}] {self.what}"


def level(record: Record, language: str, easy: frozenset[str]) -> Level:
    """Return the reading level of a record's words, which are given in that language already."""
    return readability.measure([text for _, text in schema.texts(record)], language, easy)


def problems(library: Library, spoken: dict[str, dict[str, Record]]) -> Iterator[Problem]:
    """Yield every problem of every record.

    spoken: language -> record id -> the record in that language.
    """
    for record_id, record in library.records.items():
        kind = library.kinds[record_id]
        where = f"{kind}/{record_id}"
        known = numbers.backed(library.facts[fact].says for fact in record.facts) | _numbers_of_lines(library, record)
        english = dict(schema.texts(record))
        for language, said in spoken.items():
            texts = dict(schema.texts(said[record_id]))
            for path, text in texts.items():
                for problem in wording.problems(text, language, kind in schema.YOUTH_KINDS):  # type: ignore[arg-type]
                    yield Problem(where, language, f"{path}: {problem}: {text}")
            if kind not in _FREE_COUNTS:
                for path, number in numbers.unbacked(texts, known):
                    yield Problem(where, language, f"{path}: {number} stands in none of the facts or lines it names: {texts[path]}")
            for path, one, other in numbers.unequal(english, texts):
                yield Problem(where, language, f"{path}: the English has the numbers {one}, this has {other}")
            if kind in schema.YOUTH_KINDS:
                yield from _too_hard(where, language, texts, level(said[record_id], language, library.easy))


def _too_hard(where: str, language: str, texts: Mapping[str, str], measured: Level) -> Iterator[Problem]:
    if language == "en" and measured.score > GRADE:
        yield Problem(where, language, f"reads at grade {measured.score}, over {GRADE}. The hardest sentence: {_hardest(texts, language)}")
    if language == "en" and measured.words_per_sentence > AVERAGE:
        yield Problem(where, language, f"{measured.words_per_sentence:.1f} words in an average sentence, over {AVERAGE}. The longest: {_longest(texts)}")
    if language == "es" and measured.score < INFLESZ:
        yield Problem(where, language, f"reads at INFLESZ {measured.score}, under {INFLESZ}. The hardest sentence: {_hardest(texts, language)}")
    for path, text in texts.items():
        for sentence in readability.sentences(text):
            if (count := len(readability.words(sentence))) > LONGEST.get(language, 24):
                yield Problem(where, language, f"{path}: {count} words in one sentence: {sentence}")
        if len([part for part in _STOP.split(text) if part]) > SENTENCES:
            yield Problem(where, language, f"{path}: more than {SENTENCES} sentences: {text}")


def _sentences(texts: Mapping[str, str]) -> list[str]:
    return [sentence for text in texts.values() for sentence in readability.sentences(text)]


def _hardest(texts: Mapping[str, str], language: str) -> str:
    sign = 1 if language == "en" else -1
    return max((s for s in _sentences(texts) if len(readability.words(s)) > 3), key=lambda s: sign * readability.measure([s], language).score, default="")


def _longest(texts: Mapping[str, str]) -> str:
    return max(_sentences(texts), key=lambda sentence: len(readability.words(sentence)), default="")


def _numbers_of_lines(library: Library, record: Record) -> set[str]:
    """Numbers that a record may say because a line it names (or is) carries them: the ages it is for, and its own number."""
    lines = [other for target in [record.id, *(target for _, target in references(record))] if isinstance(other := library.records.get(target), Line)]
    return set(numbers.numbers(" ".join(f"{line.ages} {line.call.shown if line.call else ''}" for line in lines)))
