"""In which languages a line answers, way by way, in one line of words before its buttons, and the order of lines that
follows from it.

What is unknown is said as unknown: a reader in danger must not find out by being misunderstood.
"""

from itertools import groupby

from babel import Locale
from flask import Flask, current_app, g
from flask_babel import gettext as _

from ..i18n.languages import SOURCE
from ..library.schema import Call, Channel, Chat, Line, Record, TextMessage, Video
from ..library.tables import tables
from .permalinks import library
from .templating import language_name


def speaks(line: Line, online: bool = True, kind: str = "", brief: bool = False) -> str:
    """Return in which languages a line answers, as sentences for the reader: "Spanish: call (press 2). Only English:
    text."

    The reader's language comes first. Where there is only one language, no way is named.

    online: False on the pocket plan, which has no ways that need internet, and room for the shortest words only.
    kind: one way ("text") alone. brief: without the languages of interpreters, which the line's own page tells: a step,
    and the space above a page's one big button, have no room for them.
    """
    mine = g.language.tag
    shown = (
        [getattr(line, kind)] if kind else [way for way in line.channels if online or not isinstance(way, Chat | Video)]
    )
    ways = [way for way in shown if way.languages != ("ase",)]
    every_way = bool(ways) and mine == SOURCE.tag and all(mine in way.languages for way in ways)
    told = _beside_mine(ways, mine) if every_way else _mine_first(ways, mine)
    told.append(
        _sentence(
            _("More languages if you ask for an interpreter: %(ways)s."),
            "",
            [way for way in ways if way.interpreted and online and not brief],
        )
    )
    told.append(_sentence(_("%(language)s: %(ways)s."), "ase", [way for way in shown if "ase" in way.languages]))
    return " ".join(filter(None, told))


def _beside_mine(ways: list[Channel], mine: str) -> list[str]:
    """Return sentences for a line that answers in the reader's language on every way: which others it answers in, and
    where."""
    told = []
    for tag in current_app.extensions["languages"]:
        if tag != mine:
            told.append(_sentence(_("%(language)s: %(ways)s."), tag, [way for way in ways if tag in way.languages]))
            told.append(
                _sentence(_("%(language)s not known: %(ways)s."), tag, [way for way in ways if tag in way.unknown])
            )
    first = _("%(language)s.") if any(told) or any(way.interpreted for way in ways) else _("Only %(language)s.")
    return [first % {"language": _name(mine)}, *told]


def _mine_first(ways: list[Channel], mine: str) -> list[str]:
    """Return sentences for a line that answers in the reader's language on some ways, or on none."""
    return [
        _sentence(_("%(language)s: %(ways)s."), mine, [way for way in ways if mine in way.languages]),
        _sentence(_("%(language)s not known: %(ways)s."), mine, [way for way in ways if mine in way.unknown]),
        _only([way for way in ways if mine not in (*way.languages, *way.unknown)], len(ways)),
    ]


def _sentence(text: str, tag: str, ways: list[Channel]) -> str:
    """Return a sentence about some ways, empty when there are none."""
    if not ways:
        return ""
    return text % {"language": _name(tag) if tag else "", "ways": ", ".join(_way(way, tag) for way in ways)}


def _only(ways: list[Channel], count: int) -> str:
    """Return what the reader's language is not answered on: "Only English: text."; "Only English." when it is every
    way."""
    languages = dict.fromkeys(tag for way in ways for tag in way.languages)
    if not languages:
        return ""
    names = ", ".join(language_name(tag) for tag in languages)
    if len(ways) == count:
        return str(_("Only %(language)s.")) % {"language": names}
    return str(_("Only %(language)s: %(ways)s.")) % {
        "language": names,
        "ways": ", ".join(_way(way, "") for way in ways),
    }


def _way(way: Channel, tag: str) -> str:
    """Return the name of a way, with how to reach a language on it: the key to press, what to say in English, the word
    to send."""
    if isinstance(way, Call):
        if key := way.press.get(tag):
            return str(_("call (press %(key)s)")) % {"key": key}
        if tag in ("", SOURCE.tag):
            return str(_("call"))
        english = Locale.parse(SOURCE.cldr).languages.get(tag, tag)
        return str(_("call (say “%(language)s, please”)")) % {"language": english}
    if isinstance(way, TextMessage):
        word = way.words.get(tag)
        return str(_("text (send %(word)s)")) % {"word": word} if word else str(_("text"))
    if isinstance(way, Chat):
        return str(_("chat") if way.what == "chat" else _("web page"))
    return str(_("videophone"))


def _name(tag: str) -> str:
    """Return the name of a language as a sentence begins with it."""
    name = language_name(tag)
    return name[:1].upper() + name[1:]


def answers(line: Line, tag: str) -> bool:
    """Return whether a person answers in a language on one way at least."""
    return any(tag in way.languages for way in line.channels)


def fitting_lines(record: Record) -> list[str]:
    """Return the ids of a record's lines, best first for this reader.

    The record's own order holds, but among neighbours that fit it equally (that share the same of its topics) those
    that answer in the reader's language come first; a line that talk.toml lists as not raised never gains by that. The
    organisation's own lines come before them where they fit (``_own_lines``).
    """
    ids: tuple[str, ...] = getattr(record, "lines", ())
    topics = set(record.topics)

    def fit(key: str) -> object:
        return key if key in tables().talk.not_raised else topics & set(library().get(key).topics)

    def silent(key: str) -> bool:
        line = library().get(key)
        return isinstance(line, Line) and not answers(line, g.language.tag)

    found = [key for _fit, run in groupby(ids, key=fit) for key in sorted(run, key=silent)]
    own = [key for key in _own_lines(record) if key not in found]
    # In a danger the line that was chosen for it stays first: an own line may be closed.
    guide = library().kinds[record.id] == "now" or getattr(record, "urgent", False)
    first = len(found[:2] if "emergency-911" in found[:1] else found[:1]) if guide else 0
    return [*found[:first], *own, *found[first:]]


def _own_lines(record: Record) -> list[str]:
    """Return the ids of the settings' lines that fit a record: those that share a topic with it that says more than
    that somebody can be reached."""
    topics = set(record.topics) - {"hotline-connect"}
    anything = record.id == tables().talk.anything
    lines: tuple[str, ...] = current_app.config["SETTINGS"].lines
    return [key for key in lines if anything or topics & set(library().get(key).topics)]


def init_app(app: Flask) -> None:
    """Give templates ``speaks(line)`` and ``fitting_lines(record)``."""
    app.jinja_env.globals.update(speaks=speaks, fitting_lines=fitting_lines)
