"""Languages: which there are, which one a request speaks, and what a record says in it.

The language stands in the path (``/es/…``), so that a link keeps its language and no page varies. Interface words go through Flask-Babel's
gettext; a record's words through the catalogue of its kind, with the record's id as context.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from babel.support import Translations
from flask import Flask, current_app, g, request, url_for
from flask_babel import Babel
from werkzeug.routing import BaseConverter

from ..library import schema
from ..library.library import Library
from ..library.schema import Record

TRANSLATIONS = Path(__file__).parent.parent.parent / "translations"

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Language:
    """A language the app speaks. ``direction`` is that of its writing."""

    code: str
    own_name: str
    direction: str = "ltr"


LANGUAGES = (Language("en", "English"), Language("es", "Español"))
SOURCE = LANGUAGES[0]
"""The language that records and templates are written in."""


class LanguageError(RuntimeError):
    """A catalogue is missing or behind the words; the message says what to run."""


@dataclass
class Translator:
    """Says records in one language. Translated records are kept, since a release never changes them."""

    language: Language
    library: Library
    catalogues: Mapping[str, Translations]
    ready: Mapping[str, Record] | None = None
    """Records already in this language, from the snapshot."""
    _translated: dict[str, Record] = field(default_factory=dict)

    def translate(self, record: R) -> R:
        """Return a record with its words in this language."""
        if self.language == SOURCE:
            return record
        if self.ready is not None:
            return self.ready[record.id]  # type: ignore[return-value]
        if record.id not in self._translated:
            if record.id in self.library.own:
                words = self._own_words(record)
                self._translated[record.id] = schema.translated(record, lambda text: words.get(text, text))
            else:
                catalogue = self.catalogues[self.library.kinds[record.id]]
                self._translated[record.id] = schema.translated(record, lambda text: catalogue.upgettext(record.id, text))
        return self._translated[record.id]  # type: ignore[return-value]

    def _own_words(self, record: Record) -> Mapping[str, str]:
        return self.library.own_words.get(self.language.code, {}).get(record.id, {})

    def missing(self) -> list[str]:
        """Return "kind/id: field" for every text without words in this language."""
        if self.language == SOURCE or self.ready is not None:
            return []
        gaps = []
        for record in self.library.records.values():
            kind = self.library.kinds[record.id]
            if record.id in self.library.own:
                words = self._own_words(record)
                gaps += [f"{kind}/{record.id}.{self.language.code}.toml: {path}" for path, text in schema.texts(record) if text not in words]
                continue
            known = self.catalogues[kind]._catalog if kind in self.catalogues else {}
            gaps += [f"{kind}/{record.id}: {path}" for path, text in schema.texts(record) if not known.get(f"{record.id}\x04{text}")]
        return gaps


def init_app(app: Flask, library: Library, languages: Iterable[Language], ready: Mapping[str, Mapping[str, Record]]) -> None:
    """Give the app its languages: the ``lang`` part of a path, ``g.language``, gettext, and one Translator each.

    ready: language -> records that are translated already, and proved whole (the snapshot).

    Raises LanguageError when a catalogue is missing, older than its words, or lacks a text.
    """
    by_code = {language.code: language for language in languages}

    class LanguageConverter(BaseConverter):
        """A path part that is one of our languages."""

        regex = "|".join(map(re.escape, by_code))

    app.url_map.converters["lang"] = LanguageConverter
    translators = {code: Translator(language, library, _catalogues(language, library), ready.get(code)) for code, language in by_code.items()}
    gaps = [f"{code}: {gap}" for code, translator in translators.items() for gap in translator.missing()]
    if gaps:
        more = f"\n  and {len(gaps) - 20} more" if len(gaps) > 20 else ""
        raise LanguageError(
            "Words without a translation, so the app does not start:\n  "
            + "\n  ".join(gaps[:20])
            + more
            + "\nRun `youthapp language update`, translate them in translations/, then `youthapp language compile`. The words of own records stand beside them."
        )
    app.extensions["translators"] = translators
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=lambda: g.language.code if "language" in g else SOURCE.code)

    @app.url_value_preprocessor
    def take_language(endpoint: str | None, values: dict[str, str] | None) -> None:
        # A wrong address has no values; its first part still tells the language.
        code = (values or {}).pop("lang", None) or request.path.split("/")[1]
        g.language = by_code.get(code) or preferred(by_code.values())

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, str]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.language.code

    @app.context_processor
    def words() -> dict[str, object]:
        others = [language for language in by_code.values() if language != g.language]

        def in_language(code: str) -> str:
            """The address of this page in another language; home when it is an error page (errors.py says so by ``g.lost``)."""
            if g.get("lost") or request.url_rule is None or not app.url_map.is_endpoint_expecting(request.url_rule.endpoint, "lang"):
                return url_for("home.index", lang=code)
            return url_for(request.url_rule.endpoint, **{**(request.view_args or {}), "lang": code})

        return {"language": g.language, "other_languages": others, "translate": translator().translate, "in_language": in_language}


def preferred(languages: Iterable[Language]) -> Language:
    """Return the language that the request's Accept-Language asks for, the source language when it asks for none of ours."""
    by_code = {language.code: language for language in languages}
    return by_code[request.accept_languages.best_match(by_code, default=SOURCE.code) or SOURCE.code]


def translator() -> Translator:
    """Return the Translator of the request's language."""
    found: Translator = current_app.extensions["translators"][g.language.code]
    return found


class Catalogues(Mapping[str, Translations]):
    """The catalogues of one language by domain, each read when a word of it is first needed."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files, self._read = files, dict[str, Translations]()

    def __getitem__(self, domain: str) -> Translations:
        if domain not in self._read:
            with self._files[domain].open("rb") as stream:
                self._read[domain] = Translations(stream, domain)
        return self._read[domain]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def translators(library: Library, languages: Iterable[Language]) -> dict[str, Translator]:
    """Return a Translator a language, without an app. Raises LanguageError as init_app does for a catalogue that is missing or old."""
    return {language.code: Translator(language, library, _catalogues(language, library)) for language in languages}


def _catalogues(language: Language, library: Library) -> Mapping[str, Translations]:
    if language == SOURCE:
        return {}
    folder = TRANSLATIONS / language.code / "LC_MESSAGES"
    files = {}
    for domain in ("messages", *sorted(set(library.kinds.values()))):
        words, compiled = folder / f"{domain}.po", folder / f"{domain}.mo"
        if not words.exists():
            raise LanguageError(f"There is no {words.relative_to(TRANSLATIONS.parent)}. Run `youthapp language update`.")
        if not compiled.exists() or compiled.stat().st_mtime < words.stat().st_mtime:
            raise LanguageError(f"{words.relative_to(TRANSLATIONS.parent)} is newer than what was compiled from it. Run `youthapp language compile` (or `make setup`).")
        files[domain] = compiled
    return Catalogues(files)
