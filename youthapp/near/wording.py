"""What a page says of a place, in the reader's language: who it is for, whom they call, when it is open. Unknown is
said as "ask"."""

import json
from datetime import date

from babel.dates import format_date, get_day_names
from flask_babel import gettext as _
from flask_babel import ngettext

from ..places import hours
from ..places.schema import Place
from ..web.templating import language_name

ZONE = "America/Los_Angeles"


class PlaceWords:
    """Sentences about places, for templates."""

    def __init__(self, language: str, today: date) -> None:
        self.language, self.today = language, today

    @staticmethod
    def kind(kind: str) -> str:
        """Return the name of a kind."""
        return {
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
        }[kind]

    @staticmethod
    def kind_icon(kind: str) -> str:
        """Return the pictogram of a kind."""
        return {
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
        }[kind]

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
            if self.language == "en"
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
        return said

    @staticmethod
    def reports(place: Place) -> str:
        """Return whether staff have to report."""
        return {
            "yes": _("Staff have to report if someone under 18 is being hurt."),
            "no": _("They say they don't have to report."),
            "ask": _("You can ask first: what would make you call someone?"),
        }[place.reports]

    @staticmethod
    def id_needed(place: Place) -> str:
        """Return whether an ID is asked for."""
        return {"no": _("No ID"), "yes": _("They want an ID"), "ask": _("ID: ask")}[place.id_needed]

    @staticmethod
    def cost(place: Place) -> str:
        """Return what it costs."""
        return {
            "free": _("Free"),
            "sliding": _("You pay what you can"),
            "insurance": _("Insurance or Medi-Cal"),
            "ask": _("Cost: ask"),
        }[place.cost]

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
        """Return whether pets may come, empty when nobody knows."""
        return {"yes": _("Pets OK"), "no": _("No pets"), "ask": ""}[place.pets]

    def note(self, place: Place) -> str:
        """Return the organisation's own sentence in the reader's language; empty when there is none in it."""
        return place.note.get(self.language, "")

    def hours(self, text: str) -> str:
        """Return hours in words."""
        told = hours.read(text)
        if not told.known:
            return _("Hours: ask")
        if told.always:
            return _("Open any time, day or night")
        names = get_day_names("abbreviated", context="stand-alone", locale=self.language)
        parts = []
        for rule in told.rules:
            run = len(rule.days) > 2 and rule.days == tuple(range(rule.days[0], rule.days[-1] + 1))
            days = (
                f"{names[rule.days[0]]}–{names[rule.days[-1]]}" if run else ", ".join(names[day] for day in rule.days)
            )
            if rule.nth:
                days = _("%(nth)s. %(day)s of the month", nth=rule.nth, day=days)
            parts.append(
                f"{days} {', '.join(f'{self._clock(start)} – {self._clock(end)}' for start, end in rule.spans)}"
            )
        return "; ".join(parts)

    def _clock(self, minutes: int) -> str:
        hour, minute = minutes // 60 % 24, minutes % 60
        if minutes in (1440, 0):
            return _("midnight")
        return f"{(hour - 1) % 12 + 1}{f':{minute:02}' if minute else ''} {_('am') if hour < 12 else _('pm')}"

    @staticmethod
    def hours_data(text: str) -> str:
        """Return hours for the phone's clock (static/js/today.js): weekly spans, those of one week of the month, and
        days off."""
        told = hours.read(text)
        spans = [
            [day, start, end % 1440 if end > 1440 else end, rule.nth]
            for rule in told.rules
            for day in rule.days
            for start, end in rule.spans
        ]
        return json.dumps(
            {"always": told.always, "zone": ZONE, "open": spans, "off": list(told.off)}, separators=(",", ":")
        )

    def checked(self, place: Place) -> str:
        """Return when and how it was checked last."""
        day = format_date(place.checked_on, "long", locale=self.language)
        return {
            "rang": _("Checked %(day)s: we called.", day=day),
            "visited": _("Checked %(day)s: we were there.", day=day),
            "wrote": _("Checked %(day)s: they wrote to us.", day=day),
            "website": _("Read %(day)s on their website. Nobody called.", day=day),
        }[place.how_checked]

    def doubtful(self, place: Place) -> bool:
        """Whether a page says "call first" whatever the day is: it is paused, or gone from the list it came from."""
        return place.status == "paused" or place.vanished

    @staticmethod
    def count(number: int) -> str:
        """Return how many places there are."""
        return str(ngettext("%(num)s place", "%(num)s places", number))
