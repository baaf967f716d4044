"""Everything that is checked about the words beyond what a start needs: voice, mistakes, reading level, lengths, digits, both languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..library import schema, tables
from ..library.library import Library
from ..library.schema import Card, Line, Record, references
from ..library.tables import Table
from . import never_say, numbers, readability, wording
from .readability import Level

_STOP = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where, in which language, and what."""

    where: str
    language: str
    what: str
    hint: bool = False
    """Worth a look, and no reason to fail."""

    def __str__(self) -> str:
        return f"{self.where} [{self.language}] {self.what}"


class Limits(Table, frozen=True, kw_only=True):
    """How hard a text of one language may be (reading.toml). ``hardest`` and ``easiest`` are scores of the language's formula."""

    hardest: float
    easiest: float
    longest_sentence: int
    """Words in one sentence."""
    paragraph: int
    """Sentences in one paragraph."""
    average_sentence: float = 0
    """Words in an average sentence of a record; 0: not looked at."""


class _Contractions(Table, frozen=True, kw_only=True):
    long: str
    short: str


class _Table(Table, frozen=True, kw_only=True):
    first_step: Mapping[str, str]
    contractions: _Contractions


@cache
def _table() -> _Table:
    found: _Table = tables.load("check", _Table)
    return found


@cache
def limits() -> Mapping[str, Limits]:
    """Return language -> its limits (reading.toml)."""
    found: Mapping[str, Limits] = tables.load("reading", dict[str, Limits])
    return found


def level(record: Record, language: str, easy: frozenset[str]) -> Level:
    """Return the reading level of a record's words, which are given in that language already."""
    return readability.measure([text for _, text in schema.texts(record)], language, easy)


def problems(library: Library, spoken: Mapping[str, Mapping[str, Record]]) -> Iterator[Problem]:
    """Yield every problem and hint of every record. spoken: language -> record id -> the record in that language."""
    for record_id, record in library.records.items():
        for language, translated in spoken.items():
            yield from _of_record(library, record, translated[record_id], language)


def _of_record(library: Library, record: Record, translated: Record, language: str) -> Iterator[Problem]:
    """Yield what is wrong with a record in one language. record: as it is written, in English."""
    kind = library.kinds[record.id]
    youth = kind in schema.YOUTH_KINDS
    where, texts = f"{kind}/{record.id}", dict(schema.texts(translated))

    def problem(what: str, *, hint: bool = False) -> Problem:
        return Problem(where, language, what, hint)

    for path, text in texts.items():
        for breach in wording.problems(text, language, youth, record.facts):
            yield problem(f"{path}: {breach}: {text}")
        for fact, phrase in never_say.breaches(library, record.facts, text) if language == "en" else ():
            yield problem(f'{path}: {fact} says never to say "{phrase}": {text}')
    if youth:  # numbers on pages for workers are those of the studies they cite
        known = numbers.backed(library.facts[fact].says for fact in record.facts) | _numbers_of_lines(library, record)
        for path, number in numbers.unbacked(texts, known):
            yield problem(f"{path}: {number} stands in none of the facts or lines it names: {texts[path]}")
    for path, one, other in numbers.unequal(dict(schema.texts(record)), texts):
        yield problem(f"{path}: the English has the numbers {one}, this has {other}")
    if youth:
        yield from (problem(what) for what in _too_hard(language, texts, level(translated, language, library.easy)))
        yield from (problem(what, hint=True) for what in _hints(language, texts, level(translated, language, library.easy)))
    if what := _first_step(translated, language):
        yield problem(what)


def _too_hard(language: str, texts: Mapping[str, str], measured: Level) -> Iterator[str]:
    limit = limits().get(language)
    if limit is None:
        return
    if _harder(language, measured.score, limit.hardest):
        yield f"reads at {measured.score}, harder than {limit.hardest}. The hardest sentence: {_hardest(texts, language)}"
    if limit.average_sentence and measured.words_per_sentence > limit.average_sentence:
        yield f"{measured.words_per_sentence:.1f} words in an average sentence, over {limit.average_sentence}. The longest: {_longest(texts)}"
    for path, text in texts.items():
        for sentence in readability.sentences(text):
            if (count := len(readability.words(sentence))) > limit.longest_sentence:
                yield f"{path}: {count} words in one sentence: {sentence}"
        if len([part for part in _STOP.split(text) if part]) > limit.paragraph:
            yield f"{path}: more than {limit.paragraph} sentences: {text}"


def _hints(language: str, texts: Mapping[str, str], measured: Level) -> Iterator[str]:
    limit = limits().get(language)
    if limit and measured.words and _harder(language, limit.easiest, measured.score):
        yield f"reads at {measured.score}, easier than {limit.easiest}: chopped sentences read badly. Join some."
    if language == "en":
        whole = " ".join(texts.values())
        long = re.findall(_table().contractions.long, whole, re.IGNORECASE)
        short = re.findall(_table().contractions.short, whole, re.IGNORECASE)
        if len(long) > len(short):
            yield f'{len(long)} long forms and {len(short)} short ones: say "don\'t", "it\'s" as a person does ({", ".join(dict.fromkeys(long))})'


def _harder(language: str, one: float, other: float) -> bool:
    """Whether one score of a language is harder than another: an English grade rises with hardness, INFLESZ falls."""
    return one > other if language == "en" else one < other


def _first_step(record: Record, language: str) -> str:
    """Return what is wrong with the first step of an urgent card: it has hands or a call. Empty when it is right."""
    if not isinstance(record, Card) or not record.urgent:
        return ""
    if not record.do:
        return "do: an urgent record has no step. Write first what hands can do, or whom to call."
    first, pattern = record.do[0], _table().first_step.get(language)
    if first.line or pattern is None or re.search(pattern, first.text, re.IGNORECASE):
        return ""
    return f"do.0.text: the first step of an urgent record is something to do with hands, or a call: {first.text}"


def _sentences(texts: Mapping[str, str]) -> list[str]:
    return [sentence for text in texts.values() for sentence in readability.sentences(text)]


def _hardest(texts: Mapping[str, str], language: str) -> str:
    sign = 1 if language == "en" else -1
    long = [sentence for sentence in _sentences(texts) if len(readability.words(sentence)) > 3]
    return max(long, key=lambda sentence: sign * readability.measure([sentence], language).score, default="")


def _longest(texts: Mapping[str, str]) -> str:
    return max(_sentences(texts), key=lambda sentence: len(readability.words(sentence)), default="")


def _numbers_of_lines(library: Library, record: Record) -> set[str]:
    """Numbers that a record may say because a line it names (or is) carries them: the ages it is for, and its own number."""
    targets = [record.id, *(target for _, target in references(record))]
    lines = [other for target in targets if isinstance(other := library.records.get(target), Line)]
    return set(numbers.numbers(" ".join(f"{line.ages} {line.call.shown if line.call else ''}" for line in lines)))
