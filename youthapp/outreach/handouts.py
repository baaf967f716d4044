"""What can be handed on: every page a youth may read, its short address, and the few words that go with it."""

from flask import abort, current_app
from flask_babel import gettext as _

from ..i18n import languages, speaking
from ..i18n.languages import Language
from ..i18n.translator import translator
from ..library.schema import Line
from ..library.tables import tables
from ..web.permalinks import library

PLACES = ("home", "plan", "meeting", "talk")
"""Pages that are no record."""


def groups() -> dict[str, list[tuple[str, str]]]:
    """Return name of a group -> (code or word, title) of every page that can be handed on, in the reader's language."""
    names = {
        "now": _("Something just happened"), "needs": _("Needs"), "tips": _("Tips"), "rights": _("Rights"),
        "lines": _("People to reach"),
        "reasons": _("Reasons to reach out"), "moments": _("Places to start a plan"), "plan": _("Parts of the plan"),
        "limits": _("This phone"),
    }  # fmt: skip
    found = {_("Whole sections"): [(place, title_of(place)) for place in PLACES]}
    for kind in tables().outreach.hand_on:
        shown = [translator().translate(record) for record in library().of_kind(kind) if library().shown(record)]
        found[names[kind]] = sorted(
            ((record.code, str(record.title)) for record in shown), key=lambda pair: pair[1].casefold()
        )
    return found


def known(page: str) -> bool:
    """Whether a page can be handed on."""
    if page in PLACES:
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
    return address if page == "home" else f"{address}/{page}"


def code_text(page: str) -> str:
    """Return what the square code holds: the link in upper case, which needs fewer modules. Paths of ours are read in
    any case."""
    return link(page).upper()


def shown(page: str) -> str:
    """Return the link as it is printed: without the scheme, the code in capitals."""
    host = current_app.config["SETTINGS"].address.split("://", 1)[1]
    return host if page == "home" else f"{host}/{page.upper()}"


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
    """Return (line id, label) of the lines whose bare number may stand on a card: an organisation's own, then the
    counties'."""
    settings = current_app.config["SETTINGS"]
    lines: list[Line] = [line for line in library().of_kind("lines") if line.shown and line.call]
    wanted = [line for line in lines if line.id in settings.lines]
    counties = [line for line in lines if library().is_county_line(line) and line not in wanted]
    wanted += sorted(counties, key=lambda line: (line != library().county_line(settings.county), line.title))
    return [(line.id, f"{translator().translate(line).title}: {line.call.shown}") for line in wanted if line.call]
