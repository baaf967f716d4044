"""Porchlight: a book of true, kind, short answers that a young person can open on a watched phone. See README.md."""

import os
from collections.abc import Iterable

from flask import Flask

from . import i18n
from .extensions import htmx
from .i18n.languages import LANGUAGES, SOURCE, Language
from .library import snapshot
from .library.library import CONTENT, Library
from .library.schema import Line
from .settings import Settings, SettingsError
from .web import (
    canonical_urls,
    errors,
    page_cache,
    permalinks,
    request_limits,
    responses,
    security_headers,
    static_files,
    templating,
    ways,
)
from .web.release import release_of

SLICES = ("home", "read", "talk", "need", "plan", "meeting", "ask", "about", "leave", "offline", "outreach")
"""What a youth or a worker can do: one folder each, named like its address."""


def create_app(settings: Settings | None = None, *, library: Library | None = None, languages: Iterable[Language] = LANGUAGES) -> Flask:
    """Return the app, ready to serve. The order of the steps is the order to read the code in.

    Raises SettingsError, LibraryError or LanguageError, each with a sentence that says what to mend: what is wrong does not start.
    """
    settings = settings or Settings.from_environment(os.environ)
    # An organisation's own records are not in the snapshot: with them, everything is read from the files.
    stored = snapshot.read() if library is None and settings.records is None else None
    library = library or (stored.library if stored else Library.load(CONTENT, *((settings.records,) if settings.records else ())))
    _refuse_unknown_county(settings, library)
    for line in settings.lines:
        if not isinstance(record := library.records.get(line), Line) or not record.shown:
            raise SettingsError(f'lines names "{line}", and no line with that id is shown. Write the id of a line record.')
    app = Flask(__name__, static_folder=None)
    app.config.update(SETTINGS=settings, RELEASE=release_of(settings, stored.digest if stored else snapshot.digest()))
    app.extensions["library"] = library
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    errors.init_app(app)
    request_limits.init_app(app)
    i18n.init_app(app, library, languages, stored.translated if stored else {})
    canonical_urls.init_app(app)
    static_files.init_app(app)
    headers = security_headers.init_app(app, settings, static_files.styles().values())
    htmx.init_app(app)
    templating.init_app(app)
    ways.init_app(app)
    for name in SLICES:
        slice_ = __import__(f"{__name__}.{name}", fromlist=["blueprint"])
        app.register_blueprint(slice_.blueprint)
    permalinks.init_app(app)
    from .cli import groups

    for group in groups:
        app.cli.add_command(group)
    # Outside of Flask, outermost last: what is asked goes through the limits, then the page cache, then Flask.
    cache = app.extensions["page_cache"] = page_cache.PageCache(app.wsgi_app, responses.needs_request(app))
    sorry = errors.broken_sentences(app, languages)
    app.wsgi_app = request_limits.RequestLimits(cache, app.wsgi_app, headers, settings.exits[SOURCE.tag], sorry)  # type: ignore[method-assign]
    return app


def _refuse_unknown_county(settings: Settings, library: Library) -> None:
    if not settings.county:
        return
    known = sorted(line.id.removeprefix("cps-") for line in library.of_kind("lines") if line.id.startswith("cps-") and line.shown)
    if settings.county not in known:
        raise SettingsError(f'PORCHLIGHT_COUNTY is "{settings.county}". We have a line we may show for: {", ".join(known)}. Write one of these, or leave it out.')
