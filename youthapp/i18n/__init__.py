"""Languages in the app: the ``lang`` part of an address, ``g.language``, gettext, and a Translator for each.

The language is the first part of the path (``/es/talk``), so that a link keeps its language and a page depends on
nothing that the phone sends. Only an address without a language (``/``, a code on paper) asks the phone's
Accept-Language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from babel.support import NullTranslations
from flask import Flask, current_app, g, request, url_for
from flask_babel import Babel, Domain
from werkzeug.routing import BaseConverter

from ..library.library import Library
from ..library.schema import Record
from .catalogues import LanguageError
from .languages import SOURCE, Language, by_tag
from .translator import Translator, translators

_MOST_GAPS = 20
"""Missing texts that the message of a refused start names."""


class _Interface(Domain):  # type: ignore[misc]
    """Flask-Babel's gettext over the catalogue of ``g.language``; Flask-Babel itself would look it up by CLDR
    locale."""

    def get_translations(self) -> NullTranslations:
        """Return the words of the language in use; outside a request, the source language's."""
        if not g or "language" not in g:
            return NullTranslations()
        found: Translator = current_app.extensions["translators"][g.language.tag]
        return found.interface


def init_app(
    app: Flask,
    library: Library,
    languages: Iterable[Language],
    ready: Mapping[str, Mapping[str, Record]],
) -> None:
    """Give the app its languages; the first is where a phone lands that asks for none of them.

    ready: tag -> id -> record translated already, and proved whole (the snapshot).
    Raises LanguageError when a catalogue is missing, older than its words, or lacks a text.
    """
    tags = by_tag(languages)
    app.extensions["languages"] = tags
    app.extensions["translators"] = translators(library, tags.values(), ready)
    _refuse_gaps(app.extensions["translators"])

    class LanguageConverter(BaseConverter):
        """A part of a path that is the tag of one of our languages."""

        regex = "|".join(map(re.escape, tags))

    app.url_map.converters["lang"] = LanguageConverter
    Babel(
        app, locale_selector=lambda: g.language.cldr if "language" in g else SOURCE.cldr
    ).domain_instance = _Interface()

    @app.url_value_preprocessor
    def take_language(endpoint: str | None, values: dict[str, str] | None) -> None:
        # An address that matches nothing has no values; its first part may still be a language.
        tag = (values or {}).pop("lang", None) or request.path.split("/")[1]
        g.language = tags.get(tag) or preferred()

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, str]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.language.tag

    @app.context_processor
    def language_words() -> dict[str, object]:
        """For templates: ``language``, ``other_languages``, ``in_language(tag)``, ``translate(record)`` and
        ``language_styles``, the styles that a page needs for its language alone.
        """
        others = [language for language in tags.values() if language != g.language]
        return {
            "language": g.language,
            "other_languages": others,
            "in_language": in_language,
            "translate": app.extensions["translators"][g.language.tag].translate,
            "language_styles": ["languages"] * (len(others) > 1) + ["rtl"] * (g.language.direction == "rtl"),
        }


def languages() -> list[Language]:
    """Return the languages of the app, the source language first."""
    return list(current_app.extensions["languages"].values())


def preferred() -> Language:
    """Return the language that Accept-Language asks for; the source language when it asks for none of ours."""
    tags: dict[str, Language] = current_app.extensions["languages"]
    return tags[request.accept_languages.best_match(tags, default=SOURCE.tag) or SOURCE.tag]


def in_language(tag: str) -> str:
    """Return the address of this page in another language; of home for an error page (``g.lost``)."""
    rule = request.url_rule
    if g.get("lost") or rule is None or not current_app.url_map.is_endpoint_expecting(rule.endpoint, "lang"):
        return url_for("home.index", lang=tag)
    return url_for(rule.endpoint, **{**(request.view_args or {}), "lang": tag})


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Within the block, ``g.language`` and gettext are of this language: for a page that says one thing in several."""
    before = g.language
    g.language = language
    try:
        yield
    finally:
        g.language = before


def _refuse_gaps(found: Mapping[str, Translator]) -> None:
    gaps = [f"{tag}: {gap}" for tag, translator in found.items() for gap in translator.missing()]
    if not gaps:
        return
    more = f"\n  and {len(gaps) - _MOST_GAPS} more" if len(gaps) > _MOST_GAPS else ""
    raise LanguageError(
        "Words without a translation, so the app does not start:\n  "
        + "\n  ".join(gaps[:_MOST_GAPS])
        + more
        + "".join(sorted({_where_to_write(gap) for gap in gaps}))
    )


def _where_to_write(gap: str) -> str:
    """Return what to do about a missing text: an organisation's words are in a file of their own."""
    if ".toml: " in gap:
        return '\nWrite each into the file that is named, which you may have to make: a line such as title = "…".'
    return "\nRun `porchlight language update`, translate them in translations/, then `porchlight language compile`."
