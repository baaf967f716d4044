"""The one translation of a record: the same for pages, the snapshot and the editorial commands.

The words of a record are in the catalogue of its kind, with the record's id as context; those of an organisation's own
record stand in a file beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from babel.support import NullTranslations
from flask import current_app, g

from ..library import schema
from ..library.library import Library
from ..library.schema import Record
from . import catalogues
from .catalogues import RecordWords
from .languages import SOURCE, Language

R = TypeVar("R", bound=Record)


@dataclass
class Translator:
    """Translates records into one language and keeps what it translated, since a release never changes a record."""

    language: Language
    library: Library
    words: Mapping[str, RecordWords]
    """Kind of record -> its translated texts."""
    interface: NullTranslations = field(default_factory=NullTranslations)
    """The words of templates and scripts."""
    ready: Mapping[str, Record] | None = None
    """Id -> record in this language, from the snapshot: none is missing a word."""
    _translated: dict[str, Record] = field(default_factory=dict)

    def translate(self, record: R) -> R:
        """Return a record with its texts in this language; a text without a translation stays in the source
        language."""
        if self.language == SOURCE:
            return record
        if self.ready is not None:
            return self.ready[record.id]  # type: ignore[return-value]
        if record.id not in self._translated:
            self._translated[record.id] = schema.translated(record, lambda text: self._find(record, text) or text)
        return self._translated[record.id]  # type: ignore[return-value]

    def in_language(self, words: Mapping[str, str]) -> str:
        """Return the words of an editorial table (language tag -> words) in this language, or in the source language
        where this one has none yet."""
        return words.get(self.language.tag) or words[SOURCE.tag]

    def missing(self) -> list[str]:
        """Return "kind/id: field" for every text that has no translation; "kind/id.es.toml: field" for own records."""
        if self.language == SOURCE or self.ready is not None:
            return []
        gaps = []
        for record in self.library.records.values():
            place = f"{self.library.kinds[record.id]}/{record.id}"
            place += f".{self.language.tag}.toml" if record.id in self.library.own else ""
            gaps += [f"{place}: {path}" for path, text in schema.texts(record) if not self._find(record, text)]
        return gaps

    def _find(self, record: Record, text: str) -> str | None:
        if record.id in self.library.own:
            return self.library.own_words.get(self.language.tag, {}).get(record.id, {}).get(text)
        kind = self.library.kinds[record.id]
        return self.words[kind].find(record.id, text) if kind in self.words else None


def translators(
    library: Library,
    languages: Iterable[Language],
    ready: Mapping[str, Mapping[str, Record]] | None = None,
) -> dict[str, Translator]:
    """Return a Translator for each language, by tag, with the compiled catalogues that the app uses.

    ready: tag -> id -> record, from the snapshot.
    Raises LanguageError when a catalogue is missing or older than its words.
    """
    found = {}
    for language in languages:
        words = catalogues.compiled(language, library)
        found[language.tag] = Translator(language, library, words, words.interface, (ready or {}).get(language.tag))
    return found


def draft_translators(library: Library, languages: Iterable[Language]) -> dict[str, Translator]:
    """Return a Translator for each language, by tag, over the .po files as they are, compiled or not."""
    return {
        language.tag: Translator(language, library, catalogues.written(language, library)) for language in languages
    }


def translator() -> Translator:
    """Return the Translator of the request's language."""
    found: Translator = current_app.extensions["translators"][g.language.tag]
    return found
