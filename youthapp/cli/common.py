"""What several commands need: the library of the settings, and its records in every language."""

import os

from ..i18n.languages import LANGUAGES, SOURCE
from ..i18n.translator import draft_translators
from ..library.library import Library
from ..library.schema import Record
from ..paths import CONTENT
from ..settings import Settings

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
"""The languages that have catalogues."""


def settings() -> Settings:
    """Return the settings of the environment. Raises SettingsError, which ends the command with its sentence."""
    return Settings.from_environment(os.environ)


def library() -> Library:
    """Return our library, with an organisation's own records when the settings name a folder. Raises SettingsError or
    LibraryError."""
    own = settings().records
    return Library.load(CONTENT, *((own,) if own else ()))


def drafts(records: Library) -> dict[str, dict[str, Record]]:
    """Return tag -> id -> record, translated by the .po files as they are now; a text without a translation stays
    English."""
    found = draft_translators(records, LANGUAGES)
    return {
        tag: {key: draft.translate(record) for key, record in records.records.items()} for tag, draft in found.items()
    }
