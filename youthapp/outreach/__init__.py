"""For the people who hand it on: the card maker, the link maker, what to say instead, the team meeting. Nothing here
asks who you are.

The maker takes its form as a POST for one reason: a worker's name or a drop-in's hours must not be in an address, which
browsers keep in their history and servers in their logs. The answer is made from the form alone; there is no cookie, no
session, and nothing is stored.
"""

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from wtforms import Field

from ..extensions import htmx
from ..i18n.languages import SOURCE
from ..i18n.translator import translator
from ..library.schema import Note, Pair, Record, Stage, Swap
from ..library.tables import tables
from ..web.errors import error_page, words_for
from ..web.every_page import needs_server
from ..web.permalinks import SECTIONS, library, shows
from ..web.request_limits import takes_form
from ..web.responses import page
from ..web.same_origin import refuse_another_site
from . import handouts, layout, render
from .formats import FORMATS, MOST_PAGES
from .forms import LONGEST_NOTE, CardForm

blueprint = Blueprint("outreach", __name__)

F = TypeVar("F", bound=Callable[..., Any])

# A sheet is drawn in pure Python, and by default the interpreter changes threads only every 5 ms; ten times as often
# serves more readers
# while sheets are made (tests/bench_outreach.py).
sys.setswitchinterval(0.0005)

_making_a_file = threading.Semaphore(1)
"""One PDF or picture at a time in each worker, so that whoever asks for many leaves the interpreter to readers."""


def _one_at_a_time(view: F) -> F:
    """Decorate a view that makes a file: it answers 503 while this worker makes another one."""

    @wraps(view)
    def limited(*given: Any, **named: Any) -> Any:
        if not _making_a_file.acquire(blocking=False):
            abort(503)
        try:
            return view(*given, **named)
        finally:
            _making_a_file.release()

    return limited  # type: ignore[return-value]


@blueprint.before_request
def gate() -> None:
    """Refuse a form that another site sends: there is nothing to steal here, but its readers' browsers must not keep
    our workers busy."""
    if request.method == "POST":
        refuse_another_site(request)


@blueprint.errorhandler(HTTPException)
def refused(error: HTTPException) -> Response | tuple[str, int]:
    """Say what went wrong: for the script that swaps the sheet in the place of the sheet, else as a whole page that
    leads back to the maker."""
    code = error.code or 500
    if code < 400:
        return error.get_response()  # type: ignore[return-value]
    if request.endpoint == "outreach.piece" and htmx:
        title, text = words_for(code)
        return render_template("outreach/refused_part.html", title=title, text=text), code
    return error_page(error, section="cards", back=url_for("outreach.maker"))


@blueprint.get("/<lang:lang>/cards")
def index() -> Response:
    """The worker's page: what is here."""
    notes = [
        translator().translate(note)
        for note in library().of_kind("notes")
        if note.id not in tables().outreach.meeting_notes
    ]
    return page("outreach/index.html", section="cards", back=url_for("about.index"), notes=notes)


@blueprint.get("/<lang:lang>/cards/maker")
@blueprint.get("/<lang:lang>/cards/maker/<chosen>")
@needs_server
def maker(chosen: str = "home") -> Response:
    """The card maker, with a page chosen when the address names one."""
    if not handouts.known(chosen):
        abort(404)
    form = CardForm(formdata=None, page=chosen).fill()
    return page("outreach/maker.html", section="cards", back=url_for("outreach.index"), **_shown(form))


@blueprint.post("/<lang:lang>/cards/sheet")
@takes_form
def sheet() -> tuple[str, int]:
    """The card maker again as a whole page, with the sheet: for phones without script."""
    form, status = _asked()
    return render_template(
        "outreach/maker.html", section="cards", back=url_for("outreach.index"), **_shown(form)
    ), status


@blueprint.post("/<lang:lang>/cards/piece")
@takes_form
def piece() -> tuple[str, int]:
    """The sheet alone, for the script that swaps it in. No page lives at this address."""
    if not htmx:
        abort(400)
    form, status = _asked()
    return render_template("outreach/sheet_part.html", **_shown(form)), status


@blueprint.post("/<lang:lang>/cards/print")
@takes_form
def print_page() -> tuple[str, int] | Response:
    """The sheets alone, in their real size, for the browser's own print: it has every script and every emoji that the
    phone has."""
    form, status = _asked()
    if status != 200 or form.format.data == "screen":
        return render_template(
            "outreach/maker.html", section="cards", back=url_for("outreach.index"), **_shown(form)
        ), status
    made = layout.sheet(form.order())
    drawn = [render.svg_sheet(made, "", exact=True, drawn=number > 0) for number in range(int(form.pages.data or 1))]
    return render_template(
        "outreach/print.html",
        section="cards",
        back=url_for("outreach.maker", chosen=form.page.data),
        sheets=drawn,
        paper=made.paper,
    ), 200


@blueprint.post("/<lang:lang>/cards/pdf")
@takes_form
@_one_at_a_time
def pdf() -> tuple[str, int] | Response:
    """The sheets as a PDF; one at a time in each worker."""
    form, status = _asked()
    if status != 200 or not _fonts_have(form):
        return render_template(
            "outreach/maker.html", section="cards", back=url_for("outreach.index"), **_shown(form)
        ), 422
    return _file(render.pdf(layout.sheet(form.order()), int(form.pages.data or 1)), "application/pdf", "outreach.pdf")


@blueprint.post("/<lang:lang>/cards/png", endpoint="png", defaults={"kind": "png"})
@blueprint.post("/<lang:lang>/cards/svg", endpoint="svg", defaults={"kind": "svg"})
@takes_form
@_one_at_a_time
def picture(kind: str) -> tuple[str, int] | Response:
    """One card as a picture for a message or a screen."""
    form, status = _asked()
    if status != 200 or (kind == "png" and not _fonts_have(form)):
        return render_template(
            "outreach/maker.html", section="cards", back=url_for("outreach.index"), **_shown(form)
        ), 422
    card = layout.one_card(replace(form.order(), format=FORMATS["screen"], rule=False))
    if kind == "svg":
        return _file(render.svg_card(card, "", alone=True).encode(), "image/svg+xml", "picture.svg")
    return _file(render.png(card), "image/png", "picture.png")


@blueprint.get("/<lang:lang>/cards/<any(sheet, piece, print, pdf, png, svg):made>")
def nothing_kept(made: str) -> Response:
    """Redirect whoever opens a sheet's address again (from the history, a saved link) to the maker: the sheet was never
    kept."""
    return redirect(url_for("outreach.maker"), 302)  # type: ignore[return-value]


@blueprint.get("/<lang:lang>/cards/link")
def links() -> Response:
    """Every page that can be handed on, to find by its words."""
    return page("outreach/links.html", section="cards", back=url_for("outreach.index"), groups=handouts.groups())


@blueprint.get("/<lang:lang>/cards/link/<chosen>")
def link(chosen: str) -> Response:
    """One page's link, ready to send: the same for everyone, every time."""
    title = handouts.title_of(chosen)
    messages = [(language, text, f"sms:?&body={quote(text)}") for language, text in handouts.messages(chosen)]
    previews = translator().translate(library().get("note-link-previews"))
    code = render.svg_card(
        layout.Drawing(100, 100, (layout.Code(0, 0, 100, layout.code_for(handouts.code_text(chosen), "m")),)),
        handouts.shown(chosen),
    )
    sections = {"home": "home.index", **SECTIONS}
    opens = url_for(sections[chosen]) if chosen in sections else url_for("permalinks.record", code=chosen)
    return page(
        "outreach/link.html",
        section="cards",
        back=url_for("outreach.links"),
        chosen=chosen,
        title=title,
        opens=opens,
        link=handouts.link(chosen),
        shown=handouts.shown(chosen),
        messages=messages,
        previews=previews,
        picture=code,
    )


@blueprint.get("/<lang:lang>/cards/say")
def say() -> Response:
    """What to say instead: the pairs by situation, the words, the stages."""
    return page("outreach/say.html", section="cards", back=url_for("outreach.index"), **_pairs())


@blueprint.get("/<lang:lang>/cards/fold")
def fold() -> Response:
    """The pairs on one sheet of letter paper, both sides, to fold and carry."""
    return page("outreach/fold.html", section="cards", back=url_for("outreach.say"), **_pairs())


@blueprint.get("/<lang:lang>/cards/team")
def team() -> Response:
    """For the person who runs a youth's team meeting."""
    notes = [translator().translate(library().get(note)) for note in tables().outreach.meeting_notes]
    return page("outreach/team.html", section="cards", back=url_for("outreach.index"), notes=notes)


@blueprint.get("/<lang:lang>/cards/facts")
def facts() -> Response:
    """What our facts rest on, for workers and funders: every fact that a page rests on, in the order of the ids."""
    found: dict[str, list[Record]] = {}
    for record in library().records.values():
        for key in record.facts if library().shown(record) else ():
            found.setdefault(key, []).append(record)
    rows = [(library().facts[key], found[key]) for key in sorted(found)]
    return page(
        "outreach/facts.html",
        section="cards",
        back=url_for("outreach.index"),
        facts=rows,
        source_language=SOURCE,
        sureness=_sureness,
        waits_for=_waits_for,
    )


@shows("pairs")
def pair(record: Pair) -> Response:
    """One pair."""
    return page(
        "outreach/pair.html", section="cards", back=url_for("outreach.say"), pair=translator().translate(record)
    )


@shows("swaps", "stages")
def word(record: Swap | Stage) -> Response:
    """One word to swap, or one stage and the voice that fits it."""
    return page(
        "outreach/word.html",
        section="cards",
        back=url_for("outreach.say"),
        word=translator().translate(record),
        stage=isinstance(record, Stage),
    )


@shows("notes")
def note(record: Note) -> Response:
    """One page for workers."""
    back = url_for("outreach.team") if record.id in tables().outreach.meeting_notes else url_for("outreach.index")
    return page("outreach/note.html", section="cards", back=back, note=translator().translate(record))


@blueprint.context_processor
def helpers() -> dict[str, object]:
    """What the worker pages' templates need beside the records."""
    return {
        "wrong": _wrong,
        "sources_named": _sources_named,
        "fold_address": lambda: f"{handouts.shown('cards')}",
        "own_places": lambda: current_app.config["SETTINGS"].places_in(translator().language.tag),
    }


def _sureness(confidence: str) -> str:
    """Return in the reader's words how sure we are of a fact."""
    words = {
        "high": _("Sure: an official text, a study, or the body itself."),
        "medium": _("Fairly sure: a good page that tells it, or several that agree."),
        "standard": _("Taught in every current manual; no single page was read."),
        "derived": _("Drawn from other facts of ours."),
    }  # fmt: skip
    return str(words[confidence])


def _waits_for(role: str) -> str:
    """Return in the reader's words who has not signed a fact yet."""
    words = {
        "clinician": _("Not yet signed by a clinician."),
        "lawyer": _("Not yet signed by a lawyer."),
        "survivor board": _("Not yet read by a survivor board."),
    }
    return str(words.get(role, ""))


def _wrong(field: Field) -> dict[str, str]:
    """Return the attributes that tie a field to its hint, and to what is wrong with it."""
    return {
        "aria_describedby": f"card-{field.name}-hint" + (f" card-{field.name}-wrong" if field.errors else ""),
        **({"aria_invalid": "true"} if field.errors else {}),
    }


def _sources_named(situations: dict[str, list[Record]], *others: list[Record]) -> list[tuple[str, str]]:
    """Return (key, citation) of all that these records rest on, each once, in the order of the keys."""
    told = [record for group in (*situations.values(), *others) for record in group]
    named = {key: library().sources[key].authority for record in told for key in record.sources}
    named |= {fact: "; ".join(library().facts[fact].authority) for record in told for fact in record.facts}
    return sorted(named.items())


def _asked() -> tuple[CardForm, int]:
    """Return the form that was sent, checked, and the status of the answer: 200 or 422."""
    form = CardForm(request.form).fill()
    form.issued = f"{date.today():%Y-%m}"
    if not form.validate():
        return form, 422
    if layout.note_too_small(form.order()):
        form.note.errors = [
            *form.note.errors,
            _("That is too long for this size of card. Shorten it, or choose a bigger card."),
        ]
        return form, 422
    return form, 200


def _shown(form: CardForm) -> dict[str, object]:
    """Return what the maker's templates need: the form, and the sheet when the form is right."""
    context: dict[str, object] = {
        "form": form,
        "picture": "",
        "one": "",
        "several": 0,
        "pages": 1,
        "longest": LONGEST_NOTE,
        "most": MOST_PAGES,
        "only_here": False,
        "screen": form.format.data == "screen",
    }
    if not form.errors:
        order = form.order()
        made = layout.sheet(order)
        context |= {
            "picture": render.svg_sheet(made, ""),
            "one": render.svg_card(made.card, ""),
            "several": len(made.spots),
            "only_here": not _fonts_have(form),
            "pages": int(form.pages.data or 1),
        }
    return context


def _fonts_have(form: CardForm) -> bool:
    """Whether the fonts of PDF and PNG have every letter of the card's words and of the worker's line; when not, the
    form says so."""
    order = form.order()
    return all(map(layout.printable_in_pdf, (*order.words, order.note)))


def _file(content: bytes, kind: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pairs() -> dict[str, object]:
    """Return what the pages of pairs show: group -> its pairs (outreach.toml, an organisation's own at the end), the
    words, the stages."""
    translate, records = translator().translate, library()
    found = {group.name: [translate(records.get(key)) for key in group.pairs] for group in tables().outreach.situations}
    if own := [translate(record) for record in records.of_kind("pairs") if record.id in records.own]:
        found["own"] = own
    return {
        "situations": found,
        "swaps": [translate(swap) for swap in records.of_kind("swaps")],
        "stages": [translate(stage) for stage in records.of_kind("stages")],
    }
