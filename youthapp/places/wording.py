"""What a page says of a place, in the reader's language: who it is for, whom they call, when it is open. Unknown is
said as "ask"."""

import json
from datetime import date
from urllib.parse import quote

from babel.dates import format_date
from flask import Flask, current_app, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..i18n.languages import SOURCE
from ..i18n.translator import translator
from ..library.place_tables import counties, place_kinds
from ..settings import CARD_LINE, cut_for_card
from ..web.templating import clock_words, days_words, language_name
from . import hours as opening
from . import phones
from .directory import DIGITS, directory
from .schema import STATE, Place

ZONE = "America/Los_Angeles"


class PlaceWords:
    """Sentences about places, for templates."""

    def __init__(self, language: str, cldr: str) -> None:
        """language: the tag of the notes to show. cldr: the locale of dates and hours."""
        self.language, self.cldr = language, cldr

    @staticmethod
    def kind(kind: str) -> str:
        """Return the name of a kind."""
        words = {
            "bed": _("A bed"),
            "food": _("Food"),
            "wash": _("Shower or laundry"),
            "clinic": _("Clinic"),
            "hospital": _("Hospital with an exam team"),
            "drop-in": _("Place to hang out"),
            "legal": _("Lawyer"),
            "papers": _("ID and school"),
            "drugs": _("Help with drugs"),
            "talk": _("Someone to talk to"),
        }
        return str(words[kind])

    @staticmethod
    def kind_icon(kind: str) -> str:
        """Return the pictogram of a kind."""
        words = {
            "bed": "bed",
            "food": "bowl",
            "wash": "drop",
            "clinic": "clinic",
            "hospital": "clinic",
            "drop-in": "door",
            "legal": "scale",
            "papers": "paper",
            "drugs": "pill",
            "talk": "talk",
        }
        return str(words[kind])

    def who(self, place: Place) -> str:
        """Return who a place is for: ages as birthdays, then who else."""
        low, high = place.age_min, place.age_max
        if low is None and high is None:
            ages = _("Ages: ask.")
        elif (low or 0) == 0 and (high is None or high >= 99):
            ages = _("Any age.")
        elif high is None or high >= 99:
            ages = _("From age %(low)s.", low=low)
        elif not low:
            ages = _("Until your %(birthday)s birthday.", birthday=self._ordinal(high + 1))
        else:
            ages = _(
                "Ages %(low)s to %(high)s, until your %(birthday)s birthday.",
                low=low,
                high=high,
                birthday=self._ordinal(high + 1),
            )
        names = {
            "girls": _("girls"),
            "boys": _("boys"),
            "trans": _("trans youth"),
            "lgbtq": _("LGBTQ+ youth"),
            "native": _("Native youth"),
            "parents": _("parents with a baby"),
            "pregnant": _("pregnant youth"),
            "foster": _("foster youth"),
            "power": _("youth someone has power over"),
        }
        return (
            f"{ages} {_('Only for %(who)s.', who=', '.join(names[who] for who in place.only_for))}"
            if place.only_for
            else ages
        )

    def _ordinal(self, number: int) -> str:
        return (
            f"{number}{'th' if 10 <= number % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
            if self.language == SOURCE.tag
            else str(number)
        )

    @staticmethod
    def told(place: Place) -> str:
        """Return whom they call when the reader is under 18."""
        said = {
            "no": _("Under 18? They say they don't have to call a parent. You can ask again."),
            "within 24 hours": _("Under 18? They call a parent or another adult within 24 hours."),
            "within 72 hours": _("Under 18? They call a parent or another adult within 3 days."),
            "must agree first": _("Under 18? A parent has to agree first."),
            "ask": _("Under 18? You can ask first: do you call a parent, and when?"),
        }[place.tells_parent]
        if place.has_bed_for_minors and place.tells_parent in ("ask", "within 72 hours", "within 24 hours"):
            said += " " + _(
                "Many youth shelters must reach a parent or another adult within 3 days, "
                "unless that is bad for you. Ask first."
            )
        return str(said)

    @staticmethod
    def reports(place: Place) -> str:
        """Return whether staff have to report."""
        words = {
            "yes": _("Staff have to report if someone under 18 is being hurt."),
            "no": _("They say they don't have to report."),
            "ask": _("You can ask first: what would make you call someone?"),
        }
        return str(words[place.reports])

    @staticmethod
    def id_needed(place: Place) -> str:
        """Return whether an ID is asked for."""
        words = {"no": _("No ID"), "yes": _("They want an ID"), "ask": _("ID: ask")}
        return str(words[place.id_needed])

    @staticmethod
    def cost(place: Place) -> str:
        """Return what it costs."""
        words = {
            "free": _("Free"),
            "sliding": _("You pay what you can"),
            "insurance": _("Insurance or Medi-Cal"),
            "ask": _("Cost: ask"),
        }
        return str(words[place.cost])

    @staticmethod
    def how(place: Place) -> str:
        """Return how to come in."""
        names = {
            "walk in": _("Walk in"),
            "call first": _("Call first"),
            "appointment": _("By appointment"),
            "referral": _("Someone has to refer you"),
        }
        return ", ".join(names[how] for how in place.how) or _("How to come in: ask")

    @staticmethod
    def languages(place: Place) -> str:
        """Return the languages that are spoken."""
        return ", ".join(str(language_name(code)) for code in place.languages) or _("Languages: ask")

    @staticmethod
    def access(place: Place) -> str:
        """Return what makes it easier to come in."""
        names = {
            "step-free": _("no steps"),
            "lift": _("elevator"),
            "toilet": _("accessible toilet"),
            "quiet room": _("quiet room"),
            "asl": _("ASL"),
            "ask": _("access: ask"),
        }
        return ", ".join(names[item] for item in place.access)

    @staticmethod
    def pets(place: Place) -> str:
        """Return whether pets may come."""
        words = {"yes": _("Pets OK"), "no": _("No pets"), "ask": _("Pets: ask")}
        return str(words[place.pets])

    def note(self, place: Place) -> str:
        """Return the organisation's own sentence in the reader's language; empty when there is none in it."""
        return place.note.get(self.language, "")

    def hours(self, text: str) -> str:
        """Return hours in words, "ask" when they are not known: unknown never means closed."""
        told = opening.read(text)
        if not told.known:
            return str(_("Hours: ask"))
        off = [format_date(date.fromisoformat(day), "medium", locale=self.cldr) for day in told.off]
        closed = [_("closed %(days)s", days=", ".join(off))] if off else []
        if told.always:
            return "; ".join([_("It's open day and night"), *closed])
        return "; ".join([*map(self._rule, told.rules), *closed])

    def _rule(self, rule: opening.Rule) -> str:
        days = days_words(rule.days)
        if rule.nth:
            days = self._of_month(rule.nth, days)
        return f"{days} {', '.join(f'{clock_words(start)} – {clock_words(end)}' for start, end in rule.spans)}"

    @staticmethod
    def _of_month(nth: int, day: str) -> str:
        words = {
            1: _("First %(day)s of the month", day=day),
            2: _("Second %(day)s of the month", day=day),
            3: _("Third %(day)s of the month", day=day),
            4: _("Fourth %(day)s of the month", day=day),
            5: _("Fifth %(day)s of the month", day=day),
        }
        return str(words[nth])

    def hours_data(self, place: Place) -> str:
        """Return hours for the phone's clock (static/js/today.js): spans of a week as [day, start, end in minutes,
        which one of the month, 0 is each], and days off. None for a place that may be closed: then nothing says "open
        now".
        """
        told = opening.read("" if self.doubtful(place) else place.hours)
        spans = [
            [day, start, end - 1440 if end > 1440 else end, rule.nth]
            for rule in told.rules
            for day in rule.days
            for start, end in rule.spans
        ]
        data = {"always": told.always, "zone": ZONE, "open": spans, "off": list(told.off)}
        return json.dumps(data, separators=(",", ":"))

    def checked(self, place: Place) -> str:
        """Return when and how it was checked last."""
        if place.checked_on is None:
            return ""
        day = format_date(place.checked_on, "long", locale=self.cldr)
        words = {
            "rang": _("Checked %(day)s: we called.", day=day),
            "visited": _("Checked %(day)s: we were there.", day=day),
            "wrote": _("Checked %(day)s: they wrote to us.", day=day),
        }
        return str(words.get(place.how_checked) or _("Read %(day)s on their website. Nobody called.", day=day))

    @staticmethod
    def doubtful(place: Place) -> bool:
        """Whether a page says "call first" whatever the day is: it is paused, or gone from the list it came from."""
        return place.status == "paused" or place.vanished

    @staticmethod
    def count(number: int) -> str:
        """Return how many places there are."""
        return str(ngettext("%(num)s place", "%(num)s places", number))

    @staticmethod
    def wrong_message(place: Place) -> str:
        """Return a link to a message to the organisation that says which place is wrong; empty when it has no e-mail
        address. There is no form: whatever is written leaves from the reader's own e-mail, and the page says so."""
        contact = current_app.config["SETTINGS"].contact
        subject = _("A place on your list")
        body = _("This place: %(name)s (%(code)s). What is wrong:", name=place.name, code=directory().code(place))
        return f"mailto:{contact}?subject={quote(subject)}&body={quote(body)}" if contact else ""

    def card_lines(self, place: Place) -> list[str]:
        """Return what a printed card can say of a place: when and where in one line, or a line each where one is too
        short; cut after a word."""
        if place.words:
            words = self.in_words(place)
            parts = [words["hours"], words["where"]]
        else:
            where = "" if place.secret else place.address or place.area or place.city
            parts = [self.hours(place.hours) if place.hours else "", where]
        told = [part for part in parts if part] or [place.name]
        whole = ", ".join(told)
        return [whole] if len(whole) <= CARD_LINE else [cut_for_card(part) for part in told]

    def in_words(self, place: Place) -> dict[str, str]:
        """Return name, where, hours and about of a place that a settings file tells in words."""
        return place.words.get(self.language) or next(iter(place.words.values()))

    @staticmethod
    def phone(place: Place) -> str:
        """Return its number as people write it."""
        return phones.shown(place.phone, place.extension)

    @staticmethod
    def text(place: Place) -> str:
        """Return its number for texts as people write it."""
        return phones.shown(place.text)


def words() -> PlaceWords:
    """Return the sentences in the language of the request."""
    return PlaceWords(translator().language.tag, g.language.cldr)


def near_url(kind: str = "") -> str:
    """Return where places of a kind are, empty when there are none: in the county of the settings, else the counties
    that have any. Without a kind: the first page of Near."""
    found = directory()
    if not found or (kind and not found.has(kind)):
        return ""
    county = current_app.config["SETTINGS"].county
    if not kind:
        return url_for("near.index")
    if kind in found.kinds_in(county) and county in found.by_county and not found.is_large(county):
        return url_for("near.kind", county=county, kind=DIGITS[kind])
    return url_for("near.anywhere", kind=DIGITS[kind])


def county_name(county: str) -> str:
    """Return the name of a county; of the whole state (``CA``) in the reader's language."""
    return counties()[county].name if county in counties() else str(_("All of California"))


def kinds_for(record_id: str) -> list[str]:
    """Return the kinds of places that fit a guide, need or reason and that there are (content/place_kinds.toml)."""
    return [kind for kind in place_kinds().offered.get(record_id, ()) if directory().has(kind)]


def tags() -> list[str]:
    """Return the tags of the app's languages but for the source language, which nearly every place speaks."""
    return [tag for tag in current_app.extensions["languages"] if tag != SOURCE.tag]


def init_app(app: Flask) -> None:
    """Let templates speak of places, and any page lead to the kinds that fit its record."""
    app.jinja_env.globals.update(
        place_words=words,
        near_url=near_url,
        place_kinds_for=kinds_for,
        place_tags=tags,
        place_code=lambda place: directory().code(place),
        place_is_listed=lambda place: place.id in directory(),
        whole_state=STATE,
    )
