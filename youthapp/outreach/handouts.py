"""What can be handed on: every page a youth may read, its short address, and the few words that go with it."""

from flask import abort, current_app
from flask_babel import gettext as _

from ..i18n import languages, speaking
from ..i18n.languages import Language
from ..i18n.translator import translator
from ..library.betraying import betrays
from ..library.schema import Line, Record
from ..library.tables import asked_as, tables
from ..web.permalinks import SECTION_CODES, library
from . import finding

WHOLE_SECTIONS = ("home", "plan", "meeting", "talk")
"""Pages that are no record."""

_CODE_OF = {word: code for code, word in SECTION_CODES.items()}


def groups() -> dict[str, list[tuple[str, str]]]:
    """Return name of a group -> (code or word, title) of every page that can be handed on, in the reader's language.
    First the whole sections, then the organisation's own pages."""
    names = {
        "now": _("Something just happened"), "needs": _("Needs"), "tips": _("Tips"), "rights": _("Rights"),
        "lines": _("People to reach"),
        "reasons": _("Reasons to reach out"), "moments": _("Places to start a plan"), "plan": _("Parts of the plan"),
        "limits": _("This phone"),
    }  # fmt: skip
    found = {_("Whole sections"): [(word, title_of(word)) for word in WHOLE_SECTIONS]}
    own = [translator().translate(record) for record in handed_records() if record.id in library().own]
    if own:
        found[_("Our own pages")] = [(record.code, str(record.title)) for record in own]
    for kind in tables().outreach.hand_on:
        shown = [
            translator().translate(record)
            for record in library().of_kind(kind)
            if library().shown(record) and record.id not in library().own
        ]
        found[names[kind]] = sorted(
            ((record.code, str(record.title)) for record in shown), key=lambda pair: pair[1].casefold()
        )
    return found


def handed_records() -> list[Record]:
    """Return the records whose pages can be handed on, in the order of their kinds."""
    kinds = tables().outreach.hand_on
    return [record for kind in kinds for record in library().of_kind(kind) if library().shown(record)]


def words() -> dict[str, str]:
    """Return code -> the words by which a page is asked for in the reader's language (finding.py)."""
    language = translator().language.tag
    return {record.code: " ".join(finding.words_of(record, language)) for record in handed_records()}


def found(typed: str) -> dict[str, list[tuple[str, str]]]:
    """Return the groups with those pages only that have most of the words that were typed: in their title, or in how
    they are asked for. In a group those come first that are most often asked for in these very words."""
    language = translator().language.tag
    asked, every = words(), groups()
    titles = {code: title for pages in every.values() for code, title in pages}
    rows = {code: f"{asked_as(title)} {asked.get(code, '')}" for code, title in titles.items()}
    in_these_words = dict.fromkeys(rows, 0) | {
        record.code: sum(asked_as(" ".join(record.questions(language))).count(word) for word in asked_as(typed).split())
        for record in handed_records()
    }
    best = sorted(finding.best(typed, rows), key=lambda code: -in_these_words[code])
    order = {code: place for place, code in enumerate(best)}
    narrowed = {name: [page for page in pages if page[0] in order] for name, pages in every.items()}
    return {name: sorted(pages, key=lambda page: order[page[0]]) for name, pages in narrowed.items() if pages}


def tells(page: str) -> bool:
    """Whether a page tells over a shoulder what it is about, as soon as it opens: unless it is one of the sections that
    say nothing, or all its topics are harmless (outreach.toml) and its first lines have no word that gives it away."""
    record = None if page in WHOLE_SECTIONS else library().by_code(page)
    if record is None:
        return False
    first = f"{record.title} {getattr(record, 'short', '')} {getattr(record, 'gives', '')}"
    return not record.topics or not set(record.topics) <= set(tables().outreach.harmless_topics) or bool(betrays(first))


def known(page: str) -> bool:
    """Whether a page can be handed on."""
    if page in WHOLE_SECTIONS:
        return True
    record = library().by_code(page)
    return (
        record is not None
        and record.code == page
        and library().kinds[record.id] in tables().outreach.hand_on
        and library().shown(record)
    )


def title_of(page: str) -> str:
    """Return the title of a page that can be handed on, in the reader's language. 404 when there is none."""
    words = {
        "home": _("Home: the first page"),
        "plan": _("The whole plan"),
        "meeting": _("My team meeting"),
        "talk": _("Talk to someone"),
    }
    if page in words:
        return str(words[page])
    if not known(page):
        abort(404)
    record = library().by_code(page)
    return str(translator().translate(record).title) if record else ""


def link(page: str) -> str:
    """Return the one link of a page: always the same, with nothing in it but the page's code."""
    address: str = current_app.config["SETTINGS"].address
    return address if page == "home" else f"{address}/{_CODE_OF.get(page, page)}"


def code_text(page: str) -> str:
    """Return what the square code holds: the link in upper case, which needs fewer modules. Paths of ours are read in
    any case."""
    return link(page).upper()


def shown(page: str) -> str:
    """Return the link as it is printed: without the scheme, the code in capitals."""
    host: str = current_app.config["SETTINGS"].host
    return host if page == "home" else f"{host}/{_CODE_OF.get(page, page).upper()}"


def messages(page: str) -> list[tuple[Language, str]]:
    """Return (language, message) for a page: a friendly line that names nothing, and the link."""
    found = []
    for language in languages():
        with speaking(language):
            found.append((language, _("Thought you could use this: %(link)s", link=link(page))))
    return found


def phrases(language: Language) -> dict[str, str]:
    """Return the words that a card may say, in one language. A closed list: each one passes when it is found in a
    pocket."""
    with speaking(language):
        return {
            "use": _("Thought you could use this."),
            "later": _("For later."),
            "know": _("Good to know."),
            "friend": _("Pass it on to a friend."),
        }


def numbers() -> list[tuple[str, str]]:
    """Return (line id, label) of the lines whose bare number may stand on a card: an organisation's own, then those of
    outreach.toml.

    A child-protection line is never among them: a friend who calls the number never hears that a call makes a record.
    """
    wanted = [*current_app.config["SETTINGS"].lines, *tables().outreach.card_lines]
    lines = [line for key in dict.fromkeys(wanted) if isinstance(line := library().get(key), Line) and line.shown]
    return [
        (line.id, f"{translator().translate(line).title}: {line.call.shown}")
        for line in lines
        if line.call and not library().is_county_line(line)
    ]
