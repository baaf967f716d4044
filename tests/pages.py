"""Every page there is, found from the app itself: the fixed addresses and one page for each record that is shown."""

from flask import Flask

from youthapp.i18n.languages import LANGUAGES as REGISTRY
from youthapp.offline.draw_icons import ICONS

LANGUAGES = tuple(language.tag for language in REGISTRY)

NO_FRAME = ("leave.blank", "leave.gone")
"""Endpoints whose page has no word of ours on it."""

WHOLE_PAGE_SIZE = 2000
"""No whole page is shorter than this; a piece or an empty answer is."""


def fixed_paths(app: Flask, language: str) -> list[str]:
    """Return the pages of a language whose address takes nothing but the language."""
    pages = (
        rule for rule in app.url_map.iter_rules() if not getattr(app.view_functions[rule.endpoint], "not_kept", False)
    )
    rules = (
        rule
        for rule in pages
        if rule.arguments == {"lang"} and "GET" in (rule.methods or ()) and rule.endpoint not in NO_FRAME
    )
    # The names of the icon to choose from are part of the address, and are no record.
    return sorted(
        [
            *(rule.rule.replace("<lang:lang>", language) for rule in rules),
            *(f"/{language}/install/{name}" for name in ICONS),
        ]
    )


def record_paths(app: Flask, language: str) -> list[str]:
    """Return the pages of the records that are shown and that some slice shows."""
    from youthapp.web import permalinks

    library = app.extensions["library"]
    return [
        f"/{language}/{record.code}"
        for key, record in library.records.items()
        if library.shown(record) and library.kinds[key] in permalinks._views
    ]


def handed_paths(app: Flask, language: str) -> list[str]:
    """Return the link and card-maker pages of what can be handed on: one each, alike but for the code."""
    from youthapp.outreach import handouts

    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        handed = [code for group in handouts.groups().values() for code, _title in group]
    return [f"/{language}/cards/{kind}/{code}" for kind in ("link", "maker") for code in handed]


def booklet_paths(app: Flask, language: str) -> list[str]:
    """Return the booklets to print, one for each need."""
    return [f"/{language}/cards/booklet/{need.code}" for need in app.extensions["library"].of_kind("needs")]


def all_paths(app: Flask, language: str) -> list[str]:
    """Return every page of a language."""
    return [*fixed_paths(app, language), *record_paths(app, language), *booklet_paths(app, language)]


def error_paths(language: str) -> list[tuple[str, str, int]]:
    """Return (method, path, status) of requests that end on an error page."""
    return [
        ("GET", f"/{language}/zzz", 404),
        ("GET", "/fr/", 404),
        ("POST", f"/{language}/", 405),
        ("GET", f"/{language}/" + "x" * 3000, 404),
    ]
