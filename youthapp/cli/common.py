"""What several commands need: the library of the settings, and its records in every language."""

import os
from collections.abc import Mapping

import click
from babel.messages.catalog import Catalog

from ..editorial import catalogues
from ..i18n.translator import LANGUAGES, SOURCE
from ..library import schema
from ..library.library import CONTENT, Library, LibraryError
from ..library.schema import Record
from ..settings import Settings, SettingsError


def settings() -> Settings:
    """Return the settings of the environment; a wrong one ends the command with its sentence."""
    try:
        return Settings.from_environment(os.environ)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def library() -> Library:
    """Return our library, with an organisation's own records when the settings name a folder; a wrong one ends the command."""
    own = settings().records
    try:
        return Library.load(CONTENT, *((own,) if own else ()))
    except LibraryError as error:
        raise click.ClickException(str(error)) from None


def in_every_language(records: Library) -> dict[str, dict[str, Record]]:
    """Return language -> id -> record, from the .po files as they are now; a missing word stays English."""
    spoken: dict[str, dict[str, Record]] = {SOURCE.code: dict(records.records)}
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        by_kind = {kind: catalogues.load(language.code, kind) for kind in set(records.kinds.values())}
        own = records.own_words.get(language.code, {})
        spoken[language.code] = {
            key: _with_words(record, own.get(key, {})) if key in records.own else _with_catalogue(record, by_kind[records.kinds[key]]) for key, record in records.records.items()
        }
    return spoken


def _with_catalogue(record: Record, catalogue: Catalog) -> Record:
    def say(text: str) -> str:
        message = catalogue.get(text, record.id)
        return str(message.string) if message is not None and message.string else text

    return schema.translated(record, say)


def _with_words(record: Record, words: Mapping[str, str]) -> Record:
    return schema.translated(record, lambda text: words.get(text, text))
