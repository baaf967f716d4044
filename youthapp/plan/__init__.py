"""The plan: a list that is the youth's own. The server prints its words; what is picked or written stays on the phone
(static/js/plan/)."""

from flask import Blueprint, Response, g, url_for

from ..i18n.languages import SOURCE, Language
from ..i18n.translator import translator
from ..library.passphrases import has_passphrases, passphrase_words
from ..library.schema import Moment, Step
from ..library.tables import tables
from ..web.permalinks import library, shows
from ..web.responses import json_file, page
from .sentences import sentences

blueprint = Blueprint("plan", __name__)


@blueprint.get("/<lang:lang>/plan")
def index() -> Response:
    """The plan: what is on the list, questions to pick from, moments to start from, and what keeps, prints and carries
    it.

    Each section shows its first choices; all of them stand on the section's own page, so that this one stays light
    however many there are.
    """
    translate = translator().translate
    return page(
        "plan/index.html",
        section="plan",
        moments=[translate(moment) for moment in library().of_kind("moments")],
        steps=[translate(step) for step in library().of_kind("plan") if not _is_apart(step)],
        lines=[translate(line) for line in map(library().get, tables().plan.lines) if library().shown(line)],
    )


def _is_apart(step: Step) -> bool:
    """Whether a section stands behind "More sections" and not on the plan's own page."""
    return step.in_head or step.id in tables().plan.more


@blueprint.get("/<lang:lang>/plan/more")
def more() -> Response:
    """The sections whose titles a shoulder should not read on the plan's own page; most are best kept in the head."""
    steps = [translator().translate(step) for step in library().of_kind("plan") if _is_apart(step)]
    return page("plan/more.html", section="plan", back=url_for("plan.index"), steps=steps)


@blueprint.get("/<lang:lang>/plan/backup")
def backup() -> Response:
    """Carrying the list: the code and the six words that open it, and the way back. Its own page, so that the plan does
    not carry the words."""
    language = _passphrase_language()
    return page(
        "plan/backup.html",
        section="plan",
        back=url_for("plan.index"),
        words=passphrase_words(language.tag),
        of=language,
    )


def _passphrase_language() -> Language:
    """Return the language whose words are drawn: the reader's, or English where theirs has no list."""
    return g.language if has_passphrases(g.language.tag) else SOURCE


@blueprint.get("/<lang:lang>/plan/pin")
def pin() -> Response:
    """What a PIN stops, and what it does not: told before one is set."""
    return page("plan/pin.html", section="plan", back=url_for("plan.index"))


@blueprint.get("/static/<release:release>/words-<lang:lang>.json")
def words(release: str) -> Response:
    """What the scripts say in a language."""
    return json_file(sentences())


@blueprint.get("/static/<release:release>/choices-<lang:lang>.json")
def choices(release: str) -> Response:
    """The words of every ready choice in the order of the plan, for a list whose picks stand on other pages than the
    open one."""
    translate = translator().translate
    steps = [translate(step) for step in library().of_kind("plan")]
    known = {step.id: {choice.id: choice.text for choice in step.choices} for step in steps}
    known["need"] = {need.id: need.title for need in map(translate, library().of_kind("needs"))}
    return json_file({"choices": known, "harmless": library().order["harmless_picks"]})


@blueprint.get("/static/<release:release>/passphrase-<lang:lang>.json")
def passphrase(release: str) -> Response:
    """The 1,024 words of a language in one text, for a PIN of words that the phone draws. One text and no list: the
    book has the same line from the backup's page already."""
    return json_file(" ".join(passphrase_words(_passphrase_language().tag)))


@shows("plan")
def step(record: Step) -> Response:
    """One section."""
    return page("plan/step.html", section="plan", back=url_for("plan.index"), step=translator().translate(record))


@shows("moments")
def moment(record: Moment) -> Response:
    """The sections that fit one moment."""
    translate = translator().translate
    return page(
        "plan/moment.html",
        section="plan",
        back=url_for("plan.index"),
        moment=translate(record),
        steps=[translate(library().get(step)) for step in record.steps],
    )
