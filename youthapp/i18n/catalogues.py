"""Loading a language's catalogues: compiled ones for the app, the .po files for the editorial commands.

There is one catalogue (a "domain") for the interface, ``messages``, and one for each kind of record.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from ..library.library import Library
from ..paths import INSTALLED
from .languages import SOURCE, Language

INTERFACE = "messages"


class LanguageError(RuntimeError):
    """A catalogue is missing, behind the words, or lacks a text; the message says what to run."""


class RecordWords(Protocol):
    """The translated texts of one kind of record."""

    def find(self, record_id: str, text: str) -> str | None:
        """Return the translation of a record's text, None when there is none."""


class Compiled:
    """A .mo file, read when a word of it is first needed."""

    def __init__(self, path: Path, domain: str) -> None:
        self._path, self._domain = path, domain
        self._read: Translations | None = None

    @property
    def translations(self) -> Translations:
        """The file's messages in the form that gettext and Flask-Babel use."""
        if self._read is None:
            with self._path.open("rb") as stream:
                self._read = Translations(stream, self._domain)
        return self._read

    def find(self, record_id: str, text: str) -> str | None:
        """Return the translation of a record's text, None when there is none."""
        found = self.translations._catalog.get(f"{record_id}\x04{text}")
        return found or None


class Written:
    """A .po file as it is now, compiled or not; fuzzy entries count as missing."""

    def __init__(self, catalogue: Catalog) -> None:
        self._catalogue = catalogue

    def find(self, record_id: str, text: str) -> str | None:
        """Return the translation of a record's text, None when there is none."""
        message = self._catalogue.get(text, record_id)
        return str(message.string) if message is not None and message.string and not message.fuzzy else None


class Catalogues(Mapping[str, Compiled]):
    """The compiled catalogues of one language by domain; empty for the source language."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._compiled = {domain: Compiled(path, domain) for domain, path in files.items()}

    @property
    def interface(self) -> NullTranslations:
        """The words of templates and scripts; for the source language, what returns each word as it is."""
        return self._compiled[INTERFACE].translations if INTERFACE in self._compiled else NullTranslations()

    def __getitem__(self, domain: str) -> Compiled:
        return self._compiled[domain]

    def __iter__(self) -> Iterator[str]:
        return iter(self._compiled)

    def __len__(self) -> int:
        return len(self._compiled)


def domains(library: Library) -> list[str]:
    """Return the names of all catalogues that a language has: the interface, then the kinds of records."""
    return [INTERFACE, *sorted(set(library.kinds.values()))]


def compiled(language: Language, library: Library) -> Catalogues:
    """Return a language's catalogues as `porchlight language compile` wrote them.

    Raises LanguageError when one is missing or older than its .po file.
    """
    if language == SOURCE:
        return Catalogues({})
    files = {}
    for domain in domains(library):
        words, made = language.catalogues / f"{domain}.po", language.catalogues / f"{domain}.mo"
        name = f"translations/{language.tag}/LC_MESSAGES/{domain}.po"
        if not words.exists():
            raise LanguageError(f"There is no {name}. Run `porchlight language update`.")
        # In a wheel both were made together, and the times are those of the installation.
        if not made.exists() or (made.stat().st_mtime < words.stat().st_mtime and not INSTALLED):
            run = "Run `porchlight language compile` (or `make setup`)."
            raise LanguageError(f"{name} is newer than what was compiled from it. {run}")
        files[domain] = made
    return Catalogues(files)


def written(language: Language, library: Library) -> dict[str, Written]:
    """Return the catalogues of a language's records as the .po files are now; empty ones where there is no file."""
    if language == SOURCE:
        return {}
    return {kind: Written(read(language, kind)) for kind in domains(library) if kind != INTERFACE}


def read(language: Language, domain: str) -> Catalog:
    """Return the .po file of a language and domain; an empty catalogue when there is no file yet."""
    path, locale = language.catalogues / f"{domain}.po", _locale(language)
    if not path.exists():
        return Catalog(locale=locale, domain=domain, project="Porchlight", charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=locale, domain=domain)


def _locale(language: Language) -> Locale:
    """Return the locale for the head of a .po file: the tag's, or that of its dates if CLDR lacks the tag."""
    try:
        return Locale.parse(language.tag, sep="-")
    except UnknownLocaleError:
        return Locale.parse(language.cldr)
