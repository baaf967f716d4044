"""Permanent addresses: ``/en/<code>`` is a record's page, ``/<code>`` (in any case) its short form for paper. A slice
says which kinds it shows."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, redirect, url_for
from werkzeug.routing import BaseConverter

from ..i18n.translator import translator
from ..library.library import Library
from .responses import reads_language, redirect_by_language


class CodeConverter(BaseConverter):
    """A path part that may be a code, in any case."""

    regex = "[A-Za-z0-9]{3,4}"


SECTIONS = {"talk": "talk.index", "plan": "plan.index", "meeting": "meeting.index", "cards": "outreach.index"}
"""Words that are short addresses too: ``/plan`` in any case is the plan in the phone's language. Each has a vowel, so
that none can be a code (codes have none). They are printed on paper, as codes are, so none is ever removed."""


SECTION_CODES = {"wnt": "plan", "ptw": "meeting", "kkr": "talk"}
"""Code -> section word, for paper: a word on a card says more to whoever finds it than a code does. No record may have
one of these codes, and none is ever removed."""


class SectionConverter(BaseConverter):
    """A path part that is one of the section words or their codes, in any case."""

    regex = f"(?i:{'|'.join((*SECTIONS, *SECTION_CODES))})"
    weight = 50  # before CodeConverter (100), which takes "plan" and "talk" too


View = Callable[[Any], Response]

blueprint = Blueprint("permalinks", __name__)
_views: dict[str, View] = {}


def shows(*kinds: str) -> Callable[[View], View]:
    """Decorate the view of a slice that shows one record of these kinds."""

    def register(view: View) -> View:
        _views.update(dict.fromkeys(kinds, view))
        return view

    return register


def library() -> Library:
    """Return the app's library."""
    found: Library = current_app.extensions["library"]
    return found


@blueprint.get("/<lang:lang>/<code:code>", endpoint="record")
def record_page(code: str) -> Response:
    """The page of the record with this code; 404 when there is none, or when it is not shown to readers."""
    record = library().by_code(code)
    if record is None or not library().shown(record) or library().kinds[record.id] not in _views:
        abort(404)
    if code != record.code:
        return redirect(url_for("permalinks.record", code=record.code), 301)  # type: ignore[return-value]
    return _views[library().kinds[record.id]](record)


@blueprint.get("/<code:code>", endpoint="short")
@reads_language
def short_address(code: str) -> Response:
    """Redirect the short address on paper to the page in the language that the phone asks for."""
    record = library().by_code(code)
    if record is None or not library().shown(record):
        abort(404)
    return redirect_by_language(url_for("permalinks.record", code=record.code))


@blueprint.get("/<section:word>", endpoint="section")
@reads_language
def short_section(word: str) -> Response:
    """Redirect the short address of a whole section likewise."""
    return redirect_by_language(url_for(SECTIONS[SECTION_CODES.get(word.lower(), word.lower())]))


def init_app(app: Flask) -> None:
    """Register the blueprint and let templates link to records: ``record_url(id)`` and ``record(id)`` in the reader's
    language."""
    app.url_map.converters.update(code=CodeConverter, section=SectionConverter)
    app.register_blueprint(blueprint)

    @app.context_processor
    def links() -> dict[str, object]:
        def translated(record_id: str) -> Any:
            return translator().translate(library().get(record_id))

        def record_url(record_id: str) -> str:
            return url_for("permalinks.record", code=library().get(record_id).code)

        return {"record": translated, "record_url": record_url, "kind_of": library().kinds.__getitem__}
