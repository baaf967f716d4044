"""The ways to reach a line as buttons, decided once: for pages (templates/components/lines.html) and for the answers of
the search."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from flask import Flask, g
from flask_babel import gettext as _
from markupsafe import Markup

from ..library.schema import Chat, Line
from ..library.values import shown_number
from .templating import num, sms, sms_word, tel

Kind = Literal["call", "text", "chat", "video"]
_ICONS: dict[Kind, str] = {"call": "call", "text": "text", "chat": "talk", "video": "hand"}


@dataclass(frozen=True)
class Way:
    """One button of a line. ``label`` is Markup where its number is."""

    kind: Kind
    link: str = ""
    label: str = ""

    @property
    def icon(self) -> str:
        """The name of its pictogram."""
        return _ICONS[self.kind]

    @property
    def elsewhere(self) -> bool:
        """Whether it opens another site, which must not learn where the reader came from."""
        return self.kind == "chat"

    @property
    def needs_internet(self) -> bool:
        """Whether it is useless without a signal for data. A videophone calls over the internet."""
        return self.kind in ("chat", "video")


def blank_ways() -> list[Way]:
    """Return one way of each kind without a link, with a name in place of its label: the search on the phone puts in
    its own."""
    return [
        Way("call", label=_("Call")),
        Way("text", label=_("Text")),
        Way("chat", label=_("Online")),
        Way("video", label=_("Videophone")),
    ]


def ways_of(line: Line, number: Callable[[str], str] = num, text_first: bool = False) -> list[Way]:
    """Return the buttons of a line in their order, in the reader's language; a text number that is not sure comes last.

    number: marks a number in a label; as Markup, the rest of the label is escaped.
    text_first: begin with the text, where its number is sure: it is the quietest way. 911 is always a call first.
    """
    ways = []
    if line.call:
        ways.append(Way("call", tel(line.call.number), _filled(_("Call %(number)s"), number=number(line.call.shown))))
    if line.text:
        shown, word = number(shown_number(line.text.to)), sms_word(line.text)
        label = (
            _filled(_("Text %(word)s to %(number)s"), word=word, number=shown)
            if word
            else _filled(_("Text %(number)s"), number=shown)
        )
        ways.append(Way("text", sms(line.text), label))
    if line.chat:
        ways.append(Way("chat", line.chat.url_in(g.language.tag), _chat_label(line.chat)))
    if line.video:
        ways.append(
            Way("video", tel(line.video.number), _filled(_("Videophone %(number)s"), number=number(line.video.shown)))
        )
    if line.text and not line.text.sure:
        ways.sort(key=lambda way: way.kind == "text")
    elif text_first and line.id != "emergency-911":
        ways.sort(key=lambda way: way.kind != "text")
    return ways


def _filled(text: str, **parts: str) -> str:
    return Markup(text) % parts if isinstance(parts["number"], Markup) else text % parts


def _chat_label(chat: Chat) -> str:
    labels = {
        "chat": _("Chat online"),
        "form": _("Write online"),
        "tool": _("Open the tool"),
        "bot": _("Chat with a bot"),
        "finder": _("Find a place"),
    }
    return str(labels[chat.what])


def init_app(app: Flask) -> None:
    """Give templates ``ways_of(line)`` and ``blank_ways()``."""
    app.jinja_env.globals.update(ways_of=ways_of, blank_ways=blank_ways)
