"""Everything that is checked about the words beyond what a start needs: voice, mistakes, reading level, lengths,
digits, all languages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..i18n.languages import LANGUAGES, SOURCE, Language, Reading
from ..library import schema, tables
from ..library.drawings import Drawing
from ..library.drawings import words as drawing_words
from ..library.library import Library
from ..library.quotations import admissions, has_english
from ..library.schema import Card, Line, Record, references
from ..library.tables import Table
from . import glossary, never_say, numbers, readability, wording
from .readability import Level

SENTENCES = 3
"""Sentences in one paragraph. How hard a record may be, and how long a sentence, is in each language's entry
(i18n/languages.py)."""

_QUOTED = re.compile(r'[“"][^”"]*[”"]')
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


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


class _Contractions(Table, frozen=True, kw_only=True):
    long: str
    short: str


class _Table(Table, frozen=True, kw_only=True):
    first_step: Mapping[str, str]
    contractions: Mapping[str, _Contractions]


@cache
def _table() -> _Table:
    found: _Table = tables.load("check", _Table)
    return found


def level(record: Record, reading: Reading | None, easy: frozenset[str]) -> Level:
    """Return the reading level of a record's words, which are given in the language of ``reading`` already."""
    return readability.measure([text for _, text in schema.texts(record)], reading.formula if reading else None, easy)


def problems(
    library: Library, translated: Mapping[str, Mapping[str, Record]], languages: Iterable[Language] = LANGUAGES
) -> Iterator[Problem]:
    """Yield every problem and hint of every record.

    translated: language tag -> record id -> the record in that language.
    languages: the entries of those languages; each says how hard a record may be.
    """
    entries = [language for language in languages if language.tag in translated]
    for record_id, record in library.records.items():
        for language in entries:
            yield from _of_record(library, record, translated[language.tag][record_id], language)


def _of_record(library: Library, record: Record, translated: Record, language: Language) -> Iterator[Problem]:
    """Yield what is wrong with a record in one language. record: as it is written, in the source language."""
    kind = library.kinds[record.id]
    youth = kind in schema.YOUTH_KINDS
    where = f"{kind}/{record.id}"
    texts = {path: own_words(text, language) for path, text in schema.texts(translated)}

    def problem(what: str, *, hint: bool = False) -> Problem:
        return Problem(where, language.tag, what, hint)

    for path, text in texts.items():
        for breach in wording.problems(text, language.tag, youth, record.facts):
            yield problem(f"{path}: {breach}: {text}")
        for fact, phrase in never_say.breaches(library, record.facts, text) if language == SOURCE else ():
            yield problem(f'{path}: {fact} says never to say "{phrase}": {text}')
    yield from (problem(what) for what in glossary.problems(texts, language.tag) if youth)
    if youth:  # numbers on pages for workers are those of the studies they cite
        known = numbers.backed(library.facts[fact].says for fact in record.facts) | _numbers_of_lines(library, record)
        for path, number in numbers.unbacked(texts, known):
            yield problem(f"{path}: {number} is in none of the facts or lines it names: {texts[path]}")
    whole = {path for path, _one, _other in numbers.unequal(dict(schema.texts(record)), dict(schema.texts(translated)))}
    for path, one, other in numbers.unequal(dict(schema.texts(record)), texts):
        if path not in whole:  # the number is in the English that it quotes
            continue
        yield problem(f"{path}: the English has the numbers {one}, this has {other}")
    if youth:
        measured = level(translated, language.reading, library.easy)
        yield from (problem(what) for what in _too_long(texts, language.reading))
        yield from (problem(what) for what in _too_hard(texts, language.reading, measured))
        yield from (problem(what, hint=True) for what in _hints(texts, language, measured))
    if what := _first_step(translated, language):
        yield problem(what)
    if kind == "rights" and isinstance(record, schema.Card) and language == SOURCE:
        for said in admissions(record.short, (act.text for act in record.do)):
            yield problem(f'"Show it big" would hold up to police or staff what only a lawyer is told: {said}')
    if isinstance(record, schema.Card) and language == SOURCE:
        yield from (problem(what) for what in _unanswered(record))


def _unanswered(card: schema.Card) -> Iterator[str]:
    """Yield each group of a card's asks that names no sentence and does not say that there is none. Steps of the plan
    and the meeting card have none: they ask the reader."""
    for number, asks in enumerate(card.asks):
        if bool(asks.answer) == asks.unanswered:
            first = next((text for typed in asks.typed.values() for text in typed), "")
            yield (
                f'asks.{number} ("{first}"): name the sentence that answers (answer = "short"), or say that none does '
                "(unanswered = true), and not both."
            )


def of_drawings(library: Library, drawings: Iterable[Drawing]) -> Iterator[Problem]:
    """Yield what is wrong with the words of drawings (drawings.toml), in each language: the rules of wording, words of
    the glossary, and digits that none of its facts has."""
    for drawing in drawings:
        known = numbers.backed(library.facts[fact].says for fact in drawing.facts if fact in library.facts)
        for path, said in drawing_words(drawing):
            for tag, text in said.items():
                what = [f"{breach}: {text}" for breach in wording.problems(text, tag, True, drawing.facts)]
                what += glossary.problems_of_sentences([text], tag)
                what += [
                    f"{number} is in none of its facts: {text}" for _p, number in numbers.unbacked({path: text}, known)
                ]
                yield from (Problem(f"drawings/{drawing.id}", tag, f"{path}: {one}") for one in what)


def interface(sentences: Iterable[str], language: Language) -> Iterator[Problem]:
    """Yield what is wrong with the sentences of the interface in one language."""
    own = (own_words(sentence, language) for sentence in sentences)
    yield from (Problem("messages", language.tag, what) for what in glossary.problems_of_sentences(own, language.tag))


def own_words(text: str, language: Language) -> str:
    """Return a translated text without the English that it quotes, to be shown or said to staff and police as it is."""
    return (
        text
        if language == SOURCE
        else _QUOTED.sub(lambda match: "" if has_english(match.group()) else match.group(), text)
    )


def _too_hard(texts: Mapping[str, str], reading: Reading | None, measured: Level) -> Iterator[str]:
    if reading is None or measured.score is None:
        return
    formula = readability.FORMULAS[reading.formula]
    if formula.too_hard(measured.score, reading.hardest):
        past = "over" if formula.higher_is_harder else "under"
        yield (
            f"reads at {formula.name} {measured.score}, {past} {reading.hardest}. The hardest sentence: "
            f"{_hardest(texts, reading)}"
        )
    if reading.average_sentence and measured.words_per_sentence > reading.average_sentence:
        average = f"{measured.words_per_sentence:.1f} words in an average sentence"
        yield f"{average}, over {reading.average_sentence}. The longest: {_longest(texts)}"


def _too_long(texts: Mapping[str, str], reading: Reading | None) -> Iterator[str]:
    for path, text in texts.items():
        for sentence in readability.sentences(text):
            if reading and (count := len(readability.words(sentence))) > reading.longest_sentence:
                yield f"{path}: {count} words in one sentence: {sentence}"
        if len([part for part in _SENTENCE_END.split(text) if part]) > SENTENCES:
            yield f"{path}: more than {SENTENCES} sentences: {text}"


def _hints(texts: Mapping[str, str], language: Language, measured: Level) -> Iterator[str]:
    reading = language.reading
    if reading and reading.easiest is not None and measured.score is not None and measured.words:
        formula = readability.FORMULAS[reading.formula]
        if formula.too_hard(reading.easiest, measured.score):
            yield (
                f"reads at {formula.name} {measured.score}, easier than {reading.easiest}: chopped sentences read "
                f"badly. Join some."
            )
    if contractions := _table().contractions.get(language.tag):
        whole = " ".join(texts.values())
        long = re.findall(contractions.long, whole, re.IGNORECASE)
        short = re.findall(contractions.short, whole, re.IGNORECASE)
        if len(long) > len(short):
            found = ", ".join(dict.fromkeys(long))
            yield (
                f"{len(long)} long forms and {len(short)} short ones: write the short ones, as a person says them "
                f"({found})"
            )


def _first_step(record: Record, language: Language) -> str:
    """Return what is wrong with the first step of an urgent card: it has hands or a call. Empty when it is right."""
    if not isinstance(record, Card) or not record.urgent:
        return ""
    if not record.do:
        return "do: an urgent record has no step. Write first what hands can do, or whom to call."
    first, pattern = record.do[0], _table().first_step.get(language.tag)
    if first.line or pattern is None or re.search(pattern, first.text, re.IGNORECASE):
        return ""
    return f"do.0.text: the first step of an urgent record is something to do with hands, or a call: {first.text}"


def _sentences(texts: Mapping[str, str]) -> list[str]:
    return [sentence for text in texts.values() for sentence in readability.sentences(text)]


def _hardest(texts: Mapping[str, str], reading: Reading) -> str:
    formula = readability.FORMULAS[reading.formula]

    def hardness(sentence: str) -> float:
        score = readability.measure([sentence], reading.formula).score or 0.0
        return score if formula.higher_is_harder else -score

    long = [sentence for sentence in _sentences(texts) if len(readability.words(sentence)) > 3]
    return max(long, key=hardness, default="")


def _longest(texts: Mapping[str, str]) -> str:
    return max(_sentences(texts), key=lambda sentence: len(readability.words(sentence)), default="")


def _numbers_of_lines(library: Library, record: Record) -> set[str]:
    """Numbers that a record may say because a line it names (or is) carries them: the ages it is for, and its own
    number."""
    targets = [record.id, *(target for _, target in references(record))]
    lines = [other for target in targets if isinstance(other := library.records.get(target), Line)]
    return set(numbers.numbers(" ".join(f"{line.ages} {line.call.shown if line.call else ''}" for line in lines)))
