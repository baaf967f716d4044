"""Everything that is checked about the words beyond what a start needs: voice, mistakes, reading level, lengths, digits, both languages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..i18n.languages import LANGUAGES, Language, Reading
from ..library import schema
from ..library.library import Library, references
from ..library.schema import Line, Record
from . import numbers, readability, wording
from .readability import Level

SENTENCES = 3
"""Sentences in one paragraph. How hard a record may be, and how long a sentence, is in each language's entry (i18n/languages.py)."""

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


def level(record: Record, reading: Reading | None, easy: frozenset[str]) -> Level:
    """Return the reading level of a record's words, which are given in the language of ``reading`` already."""
    return readability.measure([text for _, text in schema.texts(record)], reading.formula if reading else None, easy)


def problems(
    library: Library,
    spoken: Mapping[str, Mapping[str, Record]],
    languages: Iterable[Language] = LANGUAGES,
) -> Iterator[Problem]:
    """Yield every problem of every record.

    spoken: language tag -> record id -> the record in that language.
    languages: the entries of those languages; each says how hard a record may be.
    """
    readings = {language.tag: language.reading for language in languages}
    for record_id, record in library.records.items():
        kind = library.kinds[record_id]
        where = f"{kind}/{record_id}"
        known = numbers.backed(library.facts[fact].says for fact in record.facts) | _numbers_of_lines(library, record)
        english = dict(schema.texts(record))
        for language, said in spoken.items():
            reading = readings[language]
            texts = dict(schema.texts(said[record_id]))
            for path, text in texts.items():
                for problem in wording.problems(text, language, kind in schema.YOUTH_KINDS):
                    yield Problem(where, language, f"{path}: {problem}: {text}")
            if kind not in _FREE_COUNTS:
                for path, number in numbers.unbacked(texts, known):
                    yield Problem(where, language, f"{path}: {number} stands in none of the facts or lines it names: {texts[path]}")
            for path, one, other in numbers.unequal(english, texts):
                yield Problem(where, language, f"{path}: the English has the numbers {one}, this has {other}")
            if kind in schema.YOUTH_KINDS:
                yield from (Problem(where, language, what) for what in _too_long(texts, reading))
                if reading:
                    yield from (Problem(where, language, what) for what in _too_hard(texts, reading, level(said[record_id], reading, library.easy)))


def _too_hard(texts: Mapping[str, str], reading: Reading, measured: Level) -> Iterator[str]:
    formula = readability.FORMULAS[reading.formula]
    if measured.score is not None and formula.too_hard(measured.score, reading.hardest):
        past = "over" if formula.higher_is_harder else "under"
        yield f"reads at {formula.name} {measured.score}, {past} {reading.hardest}. The hardest sentence: {_hardest(texts, reading)}"
    if reading.average_sentence and measured.words_per_sentence > reading.average_sentence:
        average = f"{measured.words_per_sentence:.1f} words in an average sentence"
        yield f"{average}, over {reading.average_sentence}. The longest: {_longest(texts)}"


def _too_long(texts: Mapping[str, str], reading: Reading | None) -> Iterator[str]:
    for path, text in texts.items():
        for sentence in readability.sentences(text):
            if reading and (count := len(readability.words(sentence))) > reading.longest_sentence:
                yield f"{path}: {count} words in one sentence: {sentence}"
        if len([part for part in _STOP.split(text) if part]) > SENTENCES:
            yield f"{path}: more than {SENTENCES} sentences: {text}"


def _sentences(texts: Mapping[str, str]) -> list[str]:
    return [sentence for text in texts.values() for sentence in readability.sentences(text)]


def _hardest(texts: Mapping[str, str], reading: Reading) -> str:
    formula = readability.FORMULAS[reading.formula]

    def hardness(sentence: str) -> float:
        score = readability.measure([sentence], reading.formula).score or 0.0
        return score if formula.higher_is_harder else -score

    return max((sentence for sentence in _sentences(texts) if len(readability.words(sentence)) > 3), key=hardness, default="")


def _longest(texts: Mapping[str, str]) -> str:
    return max(_sentences(texts), key=lambda sentence: len(readability.words(sentence)), default="")


def _numbers_of_lines(library: Library, record: Record) -> set[str]:
    """Numbers that a record may say because a line it names (or is) carries them: the ages it is for, and its own number."""
    lines = [other for target in [record.id, *(target for _, target in references(record))] if isinstance(other := library.records.get(target), Line)]
    return set(numbers.numbers(" ".join(f"{line.ages} {line.call.shown if line.call else ''}" for line in lines)))
