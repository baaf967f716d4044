"""One word for one thing: the terms of content/glossary.toml, looked for in every text of their language.

A term refuses other forms of its word, and a word that readers may not know is explained once in each record that says
it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..library import tables, toml_file
from ..library.tables import Table


class _Entry(Table, frozen=True, kw_only=True):
    idea: str
    language: str
    use: str
    refused: tuple[str, ...]
    bad: str
    unless: str = ""
    word: str = ""
    gloss: str = ""
    unglossed: str = ""


class _Glossary(Table, frozen=True, kw_only=True):
    term: tuple[_Entry, ...]


@dataclass(frozen=True)
class Term:
    """One idea and its word in one language. The fields are those of glossary.toml."""

    idea: str
    language: str
    use: str
    refused: re.Pattern[str]
    unless: re.Pattern[str] | None
    word: re.Pattern[str] | None
    gloss: re.Pattern[str] | None
    bad: str
    unglossed: str

    def refused_in(self, text: str) -> str:
        """Return the refused form that a text has, empty when it has none."""
        match = self.refused.search(text)
        return match.group() if match and not (self.unless and self.unless.search(text)) else ""

    def unexplained_in(self, texts: Iterable[str]) -> str:
        """Return the word that the texts of one record say and never explain, empty when they explain it or do not say
        it."""
        if self.word is None or self.gloss is None:
            return ""
        said = list(texts)
        if any(self.gloss.search(text) for text in said):
            return ""
        return next((match.group() for text in said if (match := self.word.search(text))), "")


@cache
def terms(language: str) -> tuple[Term, ...]:
    """Return the terms of a language in the order of the file. Raises FileError when a pattern cannot be read."""
    table: _Glossary = tables.load("glossary", _Glossary)
    return tuple(_term(entry, index) for index, entry in enumerate(table.term) if entry.language == language)


def problems(texts: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield what is wrong with the words of one record: its paths with its texts in one language, English quotations
    taken out."""
    for term in terms(language):
        for path, text in texts.items():
            if form := term.refused_in(text):
                yield f'{path}: for "{term.idea}" write "{term.use}", not "{form}": {text}'
        if word := term.unexplained_in(texts.values()):
            yield f'"{word}" is not explained once: write "{term.use}"'


def problems_of_sentences(sentences: Iterable[str], language: str) -> Iterator[str]:
    """Yield the refused forms in sentences of the interface, which belong to no record and explain no word."""
    for sentence in sentences:
        for term in terms(language):
            if form := term.refused_in(sentence):
                yield f'for "{term.idea}" write "{term.use}", not "{form}": {sentence}'


def _term(entry: _Entry, index: int) -> Term:
    try:
        return Term(
            entry.idea, entry.language, entry.use, re.compile("|".join(entry.refused), re.IGNORECASE),
            _compiled(entry.unless, re.IGNORECASE),
            _compiled(entry.word), _compiled(entry.gloss), entry.bad, entry.unglossed,
        )  # fmt: skip
    except re.error as error:
        raise toml_file.FileError(
            f'glossary.toml: term.{index} ("{entry.idea}"): not a regular expression: {error}.'
        ) from None


def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str] | None:
    return re.compile(pattern, flags) if pattern else None
