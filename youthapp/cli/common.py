"""What several commands need: the library of the settings, and its records in every language."""

import os

import click

from ..i18n.languages import LANGUAGES, SOURCE
from ..i18n.translator import draft_translators
from ..library.library import CONTENT, Library, LibraryError
from ..library.schema import Record
from ..settings import Settings, SettingsError

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
"""The languages that have catalogues."""


def settings() -> Settings:
    """Return the settings of the environment; a wrong one ends the command with its sentence."""
    try:
        return Settings.from_environment(os.environ)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def library() -> Library:
    """Return our library, with an organisation's own records when the settings name a folder; a wrong one ends the
    command."""
    own = settings().records
    try:
        return Library.load(CONTENT, *((own,) if own else ()))
    except LibraryError as error:
        raise click.ClickException(str(error)) from None


def drafts(records: Library) -> dict[str, dict[str, Record]]:
    """Return tag -> id -> record, translated by the .po files as they are now; a text without a translation stays
    English."""
    found = draft_translators(records, LANGUAGES)
    return {
        tag: {key: draft.translate(record) for key, record in records.records.items()} for tag, draft in found.items()
    }
