"""Porchlight: a book of true, kind, short answers that a young person can open on a watched phone. See README.md."""

import difflib
import os
import sys
from collections.abc import Iterable
from importlib import import_module

from flask import Flask

from . import i18n
from .extensions import htmx
from .i18n.catalogues import LanguageError
from .i18n.languages import LANGUAGES, SOURCE, Language
from .library import snapshot
from .library.library import Library, LibraryError
from .library.schema import Line
from .library.toml_file import FileError
from .paths import CONTENT
from .places import directory, store, wording
from .places.store import PlacesError
from .settings import Settings, SettingsError
from .web import (
    canonical_urls,
    drawings,
    errors,
    icons,
    page_cache,
    permalinks,
    request_limits,
    responses,
    security_headers,
    sentences_to_show,
    speaks,
    static_files,
    templating,
    ways,
)
from .web.release import release_of

SLICES = (
    "home",
    "read",
    "talk",
    "need",
    "plan",
    "meeting",
    "calm",
    "ask",
    "when",
    "fits",
    "about",
    "leave",
    "offline",
    "outreach",
    "near",
)
"""What a youth or a worker can do: one folder each, named like its address."""

REFUSALS = (SettingsError, LibraryError, FileError, PlacesError, LanguageError)
"""The errors that say what somebody has to mend before the app starts. Their messages are whole sentences, so that a
traceback adds nothing."""


def create_app(
    settings: Settings | None = None, *, library: Library | None = None, languages: Iterable[Language] = LANGUAGES
) -> Flask:
    """Return the app, ready to serve. The order of the steps is the order to read the code in.

    Raises SettingsError, LibraryError, PlacesError or LanguageError, each with a sentence that says what to mend: what
    is wrong does not start.
    """
    settings = settings or Settings.from_environment(os.environ)
    # An organisation's own records are not in the snapshot: with them, everything is read from the files.
    stored = snapshot.read() if library is None and settings.records is None else None
    library = library or (
        stored.library if stored else Library.load(CONTENT, *((settings.records,) if settings.records else ()))
    )
    languages = tuple(languages)
    _refuse_what_does_not_fit(settings, library, {language.tag for language in languages})
    app = Flask(__name__, static_folder=None)
    kept = store.places(settings.records) if settings.records else ()
    places = app.extensions["places"] = directory.Directory((*kept, *settings.places), settings.today)
    digest = stored.digest if stored else snapshot.digest()
    app.config.update(SETTINGS=settings, RELEASE=release_of(settings, digest, places.places))
    app.extensions["library"] = library
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    errors.init_app(app)
    request_limits.init_app(app)
    i18n.init_app(app, library, languages, stored.translated if stored else {})
    canonical_urls.init_app(app)
    style_of = static_files.styles(*(["near"] if places else []))
    static_files.init_app(app, style_of)
    headers = security_headers.init_app(app, settings, style_of.values())
    htmx.init_app(app)
    templating.init_app(app)
    sentences_to_show.init_app(app)
    drawings.init_app(app)
    speaks.init_app(app)
    ways.init_app(app)
    wording.init_app(app)
    for name in SLICES:
        if name == "near" and not places:
            continue  # without places there is no such page, and nothing leads to one
        app.register_blueprint(import_module(f".{name}", __name__).blueprint)
    permalinks.init_app(app)
    # Outside of Flask, outermost last: what is asked goes through the limits, then the page cache, then Flask.
    cache = app.extensions["page_cache"] = page_cache.PageCache(app.wsgi_app, responses.needs_request(app))
    sorry = errors.broken_sentences(app, languages)
    app.wsgi_app = request_limits.RequestLimits(cache, app.wsgi_app, headers, settings.exits[SOURCE.tag], sorry)  # type: ignore[method-assign]
    return app


def app_or_exit() -> Flask:
    """Return the app for a server. Where it cannot start, print the sentence that says why and end the process with
    status 3."""
    try:
        return create_app()
    except REFUSALS as error:
        sys.stderr.write(f"Porchlight does not start. {error}\n")
        sys.stderr.flush()
        raise SystemExit(3) from None


def _refuse_what_does_not_fit(settings: Settings, library: Library, languages: set[str]) -> None:
    """Raise SettingsError or LibraryError when the settings name what the library does not have, or a record what no
    page can show."""
    counties = library.counties()
    if settings.county and settings.county not in counties:
        raise SettingsError(
            f'{settings.named("COUNTY")}: no line may be shown for the county "{settings.county}". Write one of '
            f"{', '.join(counties)}; leave it out; or add a line record of your own, "
            f"lines/own-cps-{settings.county}.toml."
        )
    for key in settings.lines:
        line = library.records.get(key)
        if not isinstance(line, Line) or not line.shown:
            near = difflib.get_close_matches(key, [line.id for line in library.of_kind("lines") if line.shown], 1, 0.6)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            raise SettingsError(
                f'{settings.named("LINES")}: "{key}" is no line that is shown. Write the id of a line record.{hint}'
            )
    for code, words in library.own_words.items():
        if code not in languages:
            key = next(iter(words))
            name = f"{library.kinds[key]}/{key}.{code}.toml"
            raise LibraryError(
                f'{name}: "{code}" is no language of this app. The languages: {", ".join(sorted(languages))}.'
            )
    _refuse_unknown_languages(library, languages)
    for key, record in library.records.items():
        if (icon := getattr(record, "icon", None)) and icon not in icons.ICONS:
            choices = ", ".join(sorted(icons.ICONS))
            raise LibraryError(f'{library.kinds[key]}/{key}.toml: icon: "{icon}" is none of the choices: {choices}.')


def _refuse_unknown_languages(library: Library, languages: set[str]) -> None:
    """Raise LibraryError when questions of an own record are in a language that the app does not have: nobody would
    find them."""
    for key in library.own:
        if unknown := sorted(set(library.get(key).asked_in) - languages):
            raise LibraryError(
                f'{library.kinds[key]}/{key}.toml: asks: "{unknown[0]}" is no language of this app. The languages: '
                f"{', '.join(sorted(languages))}."
            )
