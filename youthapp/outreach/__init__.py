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
from ..library.schema import Need, Note, Pair, Record, Stage, Swap
from ..library.tables import tables
from ..places.wording import words as place_words
from ..settings import CARD_LINE
from ..web.errors import error_page, words_for
from ..web.every_page import needs_server
from ..web.permalinks import SECTIONS, library, shows
from ..web.request_limits import takes_form
from ..web.responses import page
from ..web.same_origin import refuse_another_site
from . import finding, handouts, layout, near, render
from .formats import MOST_PAGES
from .forms import CardForm

blueprint = Blueprint("outreach", __name__)
blueprint.record(near.add_pages)

F = TypeVar("F", bound=Callable[..., Any])

# A sheet is drawn in pure Python, and by default the interpreter changes threads only every 5 ms; ten times as often
# serves more readers while sheets are made (tests/bench_outreach.py).
sys.setswitchinterval(0.0005)

_making_a_file = threading.Semaphore(1)
"""Each worker makes one PDF or picture at a time: a sender of many requests leaves the interpreter to readers."""


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
    """Say what went wrong: for the script that swaps parts of the maker above the sheet, which stays with what is
    chosen in it; else as a whole page that leads back to the maker."""
    code = error.code or 500
    if code < 400:
        return error.get_response()  # type: ignore[return-value]
    if request.endpoint in ("outreach.piece", "outreach.pages") and htmx:
        title, text = words_for(code)
        answer = make_response(render_template("outreach/refused_part.html", title=title, text=text), code)
        answer.headers |= {"HX-Retarget": "#sheet", "HX-Reswap": "afterbegin"}
        return answer
    return error_page(error, section="cards", back=url_for("outreach.maker"))


@blueprint.get("/<lang:lang>/cards")
def index() -> Response:
    """The worker's page: what is here."""
    notes = [
        translator().translate(note)
        for note in library().of_kind("notes")
        if note.id not in (*tables().outreach.meeting_notes, *tables().outreach.training_notes[:1])
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
    return _maker_again(form), status


@blueprint.post("/<lang:lang>/cards/piece")
@takes_form
def piece() -> tuple[str, int]:
    """The sheet alone, for the script that swaps it in. No page lives at this address."""
    if not htmx:
        abort(400)
    form, status = _asked()
    return render_template("outreach/sheet_part.html", **_shown(form)), status


@blueprint.post("/<lang:lang>/cards/pages")
@takes_form
def pages() -> str:
    """The list of pages alone, narrowed to what was looked for, for the script that swaps it in."""
    if not htmx:
        abort(400)
    return render_template("outreach/pages_part.html", form=CardForm(request.form).fill())


@blueprint.post("/<lang:lang>/cards/print")
@takes_form
def print_page() -> tuple[str, int] | Response:
    """The sheets alone, in their real size, for the browser's own print: it has every script and every emoji that the
    phone has."""
    form, status = _asked()
    if status == 200 and form.format.data == "screen":
        form.format.errors = [_("A picture for a phone is not printed. Save it as PNG, or choose another size.")]
        status = 422
    if status != 200:
        return _maker_again(form), status
    made, copies = form.sheets(), int(form.pages.data or 1)
    drawn = [
        render.svg_sheet(sheet, "", exact=True, name=f"sheet{number}-", drawn=copy > 0)
        for number, sheet in enumerate(made)
        for copy in range(copies)
    ]
    return render_template(
        "outreach/print.html",
        section="cards",
        back=url_for("outreach.maker", chosen=form.page.data),
        sheets=drawn,
        paper=made[0].paper,
    ), 200


@blueprint.post("/<lang:lang>/cards/pdf")
@takes_form
@_one_at_a_time
def pdf() -> tuple[str, int] | Response:
    """The sheets as a PDF; one at a time in each worker."""
    form, status = _asked()
    if status != 200 or not _fonts_have(form):
        return _maker_again(form), 422
    return _file(render.pdf(form.sheets(), int(form.pages.data or 1)), "application/pdf", form.file_name("pdf"))


@blueprint.post("/<lang:lang>/cards/png", endpoint="png", defaults={"kind": "png"})
@blueprint.post("/<lang:lang>/cards/svg", endpoint="svg", defaults={"kind": "svg"})
@takes_form
@_one_at_a_time
def picture(kind: str) -> tuple[str, int] | Response:
    """One card as a picture, for a message, a screen or a shop that prints."""
    form, status = _asked()
    if status != 200 or (kind == "png" and not _fonts_have(form)):
        return _maker_again(form), 422
    order = form.order()
    card = layout.one_card(replace(order, rule=order.rule and order.format.key != "screen"))
    if kind == "svg":
        return _file(render.svg_card(card, "", alone=True).encode(), "image/svg+xml", form.file_name("svg"))
    return _file(render.png(card), "image/png", form.file_name("png"))


@blueprint.get("/<lang:lang>/cards/<any(sheet, piece, pages, print, pdf, png, svg):made>")
def nothing_kept(made: str) -> Response:
    """Redirect whoever opens a sheet's address again (from the history, a saved link) to the maker: the sheet was never
    kept."""
    return redirect(url_for("outreach.maker"), 302)  # type: ignore[return-value]


@blueprint.get("/<lang:lang>/cards/link")
def links() -> Response:
    """Every page that can be handed on, to find by its words."""
    return page(
        "outreach/links.html",
        section="cards",
        back=url_for("outreach.index"),
        groups=handouts.groups(),
        asked=handouts.words(),
        alike=finding.alike(),
    )


@blueprint.get("/<lang:lang>/cards/link/<chosen>")
def link(chosen: str) -> Response:
    """One page's link, ready to send: the same for everyone, every time."""
    title = handouts.title_of(chosen)
    messages = [(language, text, f"sms:?&body={quote(text)}") for language, text in handouts.messages(chosen)]
    previews = translator().translate(library().get("note-link-previews"))
    sections = {"home": "home.index", **SECTIONS}
    opens = url_for(sections[chosen]) if chosen in sections else url_for("permalinks.record", code=chosen)
    return page(
        "outreach/link.html",
        section="cards",
        back=url_for("outreach.links"),
        chosen=chosen,
        title=title,
        tells=handouts.tells(chosen),
        opens=opens,
        link=handouts.link(chosen),
        shown=handouts.shown(chosen),
        messages=messages,
        previews=previews,
        picture=render.svg_code(handouts.code_text(chosen), handouts.shown(chosen)),
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


@blueprint.get("/<lang:lang>/cards/form")
def meeting_form() -> Response:
    """A sheet to write on for who runs a team meeting."""
    return page("outreach/form.html", section="cards", back=url_for("outreach.team"))


@blueprint.get("/<lang:lang>/cards/train")
def train() -> Response:
    """Two pages to train a colleague in ten minutes: what to do in each, and the sentences to practise."""
    first, *notes = [translator().translate(library().get(note)) for note in tables().outreach.training_notes]
    pairs = [translator().translate(library().get(key)) for key in tables().outreach.training_pairs]
    return page(
        "outreach/train.html", section="cards", back=url_for("outreach.index"), first=first, notes=notes, pairs=pairs
    )


@blueprint.get("/<lang:lang>/cards/booklet")
def booklets() -> Response:
    """The needs of which there is a booklet for a pocket: all."""
    needs = [translator().translate(need) for need in library().of_kind("needs")]
    return page("outreach/booklets.html", section="cards", back=url_for("outreach.index"), needs=needs)


@blueprint.get("/<lang:lang>/cards/booklet/<code>")
def one_booklet(code: str) -> Response:
    """One need on one letter sheet, printed on one side, folded three times and cut once: eight small pages."""
    need = library().by_code(code)
    if not isinstance(need, Need) or need.code != code:
        abort(404)
    return page(
        "outreach/booklet.html",
        section="cards",
        back=url_for("outreach.booklets"),
        need=translator().translate(need),
        phrase=handouts.phrases(translator().language)["know"],
        picture=render.svg_code(handouts.code_text(code), ""),
        shown=handouts.shown(code),
    )


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
        "title_of": handouts.title_of,
        "lines_of_places": _lines_of_places,
        "fold_address": lambda: handouts.shown("cards"),
    }


def _lines_of_places() -> list[str]:
    """Return the lines of words that a card can say of the organisation's places, each once (PlaceWords.card_lines)."""
    words, places = place_words(), current_app.config["SETTINGS"].places
    return list(dict.fromkeys(line for place in places for line in words.card_lines(place)))


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
    """Return (key, citation) of the practice sources of these records, each once, in the order of the keys.

    What stands behind their facts is on the page of facts, which the list leads to.
    """
    told = [record for group in (*situations.values(), *others) for record in group]
    return sorted({key: library().sources[key].authority for record in told for key in record.sources}.items())


def _asked() -> tuple[CardForm, int]:
    """Return the form that was sent, checked, and the status of the answer: 200 or 422."""
    form = CardForm(request.form)
    form.issued = f"{date.today():%Y-%m}"
    if "add" in request.form:
        form.keep_and_go_on()
    form.fill()
    if not form.validate():
        return form, 422
    if layout.note_too_small(form.order()):
        form.note.errors = [
            *form.note.errors,
            _("That is too long for this size of card. Shorten it, or choose a bigger card."),
        ]
        return form, 422
    return form, 200


def _maker_again(form: CardForm) -> str:
    """Return the maker's whole page with what was sent: the sheet, or what is wrong beside its field."""
    return render_template("outreach/maker.html", section="cards", back=url_for("outreach.index"), **_shown(form))


def _shown(form: CardForm) -> dict[str, object]:
    """Return what the maker's templates need: the form, and the sheet when the form is right."""
    context: dict[str, object] = {
        "form": form,
        "picture": [],
        "opens": [],
        "one": "",
        "several": 0,
        "pages": 1,
        "longest": CARD_LINE,
        "most": MOST_PAGES,
        "only_here": False,
        "screen": form.format.data == "screen",
    }
    if not form.errors:
        made = form.sheets()
        context |= {
            "picture": [render.svg_sheet(sheet, "", name=f"sheet{number}-") for number, sheet in enumerate(made)],
            "one": render.svg_card(layout.one_card(form.order()), ""),
            "several": len(made[0].spots),
            "only_here": not _fonts_have(form),
            "pages": len(made) * int(form.pages.data or 1),
            "opens": [_opening(page) for page in form.together],
        }
    return context


def _opening(page: str) -> dict[str, object]:
    """Return what whoever scans a code gets: the page's code, its title and whether it tells over a shoulder."""
    return {
        "page": page,
        "shown": handouts.shown(page),
        "title": handouts.title_of(page),
        "tells": handouts.tells(page),
    }


def _fonts_have(form: CardForm) -> bool:
    """Whether the fonts of PDF and PNG have every letter of the card's words and of the worker's line; when not, the
    form says so."""
    order = form.order()
    return all(map(layout.printable_in_pdf, (*order.words, *order.notes)))


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
    language = translator().language.tag
    around = [records.get(key) for key in tables().outreach.around]
    return {
        "situations": found,
        "around": [translate(note) for note in around],
        "asked": {
            record.id: " ".join(finding.words_of(record, language)) for record in (*records.of_kind("pairs"), *around)
        },
        "alike": finding.alike(),
        "swaps": [translate(swap) for swap in records.of_kind("swaps")],
        "stages": [translate(stage) for stage in records.of_kind("stages")],
    }
