"""What templates call to show records: links to reach a line, hours in words, dates, checks of facts.

Languages come from the registry (i18n/languages.py) by the language of the request; dates, hours and names of
languages are CLDR's, through Babel.
"""

import json
import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any
from urllib.parse import quote

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from flask import Flask, current_app, g
from flask_babel import gettext as _
from markupsafe import Markup

from ..library import review
from ..library.schema import Channel, Confidence, Line, Opening, Record, TextMessage
from .icons import icon
from .permalinks import library

CHIP = 26
"""The most characters that a chip of facts shows: two lines in a third of a phone's width."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def tel(number: str) -> str:
    """Return the tel: link of a number in E.164 or of a three-digit number."""
    return f"tel:{number}"


def sms(text: TextMessage) -> str:
    """Return the sms: link with the line's word filled in. iPhone and Android both read ``?&body=``."""
    word = sms_word(text)
    return f"sms:{text.to}?&body={quote(word)}" if word else f"sms:{text.to}"


def sms_word(text: TextMessage) -> str:
    """Return the word to send in the reader's language, empty when any word will do."""
    return text.word_in(g.language.tag)


def hours_data(channel: Channel, sure: bool = True) -> str:
    """Return the hours for the phone's own clock (static/js/today.js): JSON of zone and [day, start, end] in minutes.

    sure: whether the line's facts are of high confidence. When they are not, the phone does not claim that the line is
    open now.
    """
    if not sure:
        return json.dumps({"always": False, "zone": channel.zone, "open": []}, separators=(",", ":"))
    spans = [[_DAYS.index(day), _minutes(each.start), _minutes(each.end)] for each in channel.open for day in each.days]
    return json.dumps({"always": channel.hours == "always", "zone": channel.zone, "open": spans}, separators=(",", ":"))


def hours_words(channel: Channel, sure: bool = True) -> str:
    """Return the hours in words: "Any time", "Mon–Fri 10 am – 6 pm (Pacific time)", or that we do not know them.

    sure: whether the line's facts are of high confidence. When they are not, day and night is said to be what a list
    says.
    """
    if channel.hours == "always":
        return str(_("Open any time, day or night") if sure else _("Listed as open day and night"))
    if channel.hours == "unknown" or not channel.open:
        return str(_("Hours not known. You can try."))
    zones = {
        "America/Los_Angeles": _("Pacific time"),
        "America/New_York": _("Eastern time"),
        "America/Chicago": _("Central time"),
    }
    return "; ".join(map(_opening_words, channel.open)) + f" ({zones.get(channel.zone, channel.zone)})"


def day(value: date) -> str:
    """Return a date in the reader's language."""
    return str(format_date(value, "long", locale=g.language.cldr))


def checked(record: Record) -> dict[str, Any]:
    """Return what a page says about the check of its record: the day, when it is due again, and how it was done.

    Whether it is overdue is for the phone to say (static/js/today.js): a page has the same bytes on every day.
    """
    kind = library().kinds[record.id]
    how = {
        "copies": _("Held against stored copies of public pages. Nobody opened them live."),
        "live": _("Held against public pages, opened live."),
        "rung": _("A person called or texted to check."),
    }[record.checked.how]
    return {"on": record.checked.on, "due": review.due_on(record, kind), "how": how}


def signed(record: Record) -> str:
    """Return the roles whose review holds for the words as they are now; empty when there is none."""
    names = {
        "clinician": _("doctor or nurse"),
        "lawyer": _("lawyer"),
        "youth board": _("youth board"),
        "native Spanish health editor": _("Spanish health editor"),
    }
    return ", ".join(names[role] for role in review.counting(library().get(record.id)))


def authorities(record: Record) -> list[str]:
    """Return whose statements a record rests on: publisher, title or section, year. Never a web address."""
    return library().authorities_of(record)


def num(number: str) -> Markup:
    """Return a number that never breaks over two lines and reads left to right in every language.

    A word in brackets after the number may wrap.
    """
    digits, bracket, word = number.partition(" (")
    return Markup('<bdi class="num">{}</bdi>{}').format(digits, bracket + word)


def chip_words(text: str) -> tuple[str, str]:
    """Return what a chip shows of a text, and what unfolds: its first sentence where that is short, else nothing."""
    first = re.split(r"(?<=[.!?])\s+", text, maxsplit=1)
    if len(first[0]) > CHIP:
        return "", text
    return first[0], first[1] if len(first) > 1 else ""


def report_words(line: Line) -> str:
    """Return what a line must report, in one or two words, for the chip before its buttons."""
    words = {
        "yes": _("Must report? Yes"),
        "likely": _("Must report? Most likely"),
        "sometimes": _("Must report? Sometimes"),
        "no": _("Must report? No"),
        "ask": _("Must report? Ask first"),
    }
    return str(words[line.before.report])


def channels_with_hours(line: Line) -> list[tuple[str, Channel]]:
    """Return (name in the reader's language, channel) of the channels whose hours a line's page gives: a call or text
    always, the others when their hours are known."""
    named = ((_("Call"), line.call), (_("Text"), line.text), (_("Online"), line.chat), (_("Videophone"), line.video))
    always = (line.call, line.text)
    return [(name, channel) for name, channel in named if channel and (channel.hours != "unknown" or channel in always)]


def main_channel(line: Line) -> Channel:
    """Return the channel whose hours a list shows for a line: its phone, else its texts, its page or its videophone."""
    return line.channels[0]


def is_sure(line: Line) -> bool:
    """Return whether the line's facts are of high confidence; a page says so where they are not."""
    return line.confidence is Confidence.HIGH


def language_name(tag: str) -> str:
    """Return the name of a language in the reader's language; its own name, or else its tag, when CLDR has none."""
    if tag == "ase":
        return str(_("American Sign Language"))
    known = current_app.extensions["languages"].get(tag)
    name = Locale.parse(g.language.cldr).languages.get(tag.replace("-", "_"))
    return name or (known.own_name if known else tag)


def icon_of(record: Record) -> str:
    """Return the name of a record's icon: its own, else that of its shelf."""
    shelf = library().shelf_of(record)
    return getattr(record, "icon", "") or (shelf.icon if shelf else "paper")


def _opening_words(opening: Opening) -> str:
    """Return one line of opening hours: days, then from when to when."""
    days = days_words([_DAYS.index(day) for day in opening.days])
    return f"{days} {clock_words(_minutes(opening.start))} – {clock_words(_minutes(opening.end))}"


def days_words(days: Sequence[int]) -> str:
    """Return weekdays (0 is Monday, in their order) in the reader's language: "Every day", "Mon–Fri", "Mon, Wed"."""
    names = get_day_names("abbreviated", context="stand-alone", locale=g.language.cldr)
    if len(days) == 7:
        return str(_("Every day"))
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{names[days[0]]}–{names[days[-1]]}"
    return ", ".join(names[day] for day in days)


def clock_words(minutes: int) -> str:
    """Return a time of day in the reader's language. minutes: from midnight; past 1,440 it is on the next day."""
    return str(format_time(time(minutes // 60 % 24, minutes % 60), "short", locale=g.language.cldr))


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


FUNCTIONS = (
    tel, sms, hours_data, hours_words, day, checked, signed, authorities, num, chip_words, report_words,
    channels_with_hours, main_channel, is_sure, icon, icon_of,
)  # fmt: skip
"""What every template may call, by the function's own name."""


def init_app(app: Flask) -> None:
    """Give templates these functions, the filter ``language_word``, the settings, the release and the exit's
    address."""
    app.jinja_env.globals.update({function.__name__: function for function in FUNCTIONS})
    app.jinja_env.filters["language_word"] = language_name
    app.jinja_env.tests["line"] = lambda value: isinstance(value, Line)
    settings = app.config["SETTINGS"]
    app.jinja_env.globals.update(settings=settings, release=app.config["RELEASE"])

    @app.context_processor
    def frame() -> dict[str, object]:
        return {"exit_address": settings.exit_of(g.language)}
