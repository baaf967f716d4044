"""A place: one row of the sheet, typed and frozen."""

from datetime import date, timedelta
from typing import Literal, get_args

import msgspec

from ..library.place_tables import counties

Kind = Literal["bed", "food", "wash", "clinic", "hospital", "drop-in", "legal", "papers", "drugs", "talk"]
How = Literal["walk in", "call first", "appointment", "referral"]
Who = Literal["girls", "boys", "trans", "lgbtq", "native", "parents", "pregnant", "foster", "power"]
Access = Literal["step-free", "lift", "toilet", "quiet room", "asl", "ask"]
ShowAddress = Literal["no", "yes", "never"]
YesNoAsk = Literal["no", "yes", "ask"]
Cost = Literal["free", "sliding", "insurance", "ask"]
TellsParent = Literal["no", "within 24 hours", "within 72 hours", "must agree first", "ask"]
HowChecked = Literal["rang", "visited", "wrote", "website"]
Status = Literal["open", "paused", "closed"]

KINDS: tuple[str, ...] = get_args(Kind)
STATE = "CA"
"""Stands for all counties in ``counties``."""

SELL_BY = {"bed": 90}
OTHER_SELL_BY = 180
OFF_THE_LIST = 365
"""Days after a check: from the first two on a page says "call first" (90 for beds, 180 for the rest), after the last
the place is not shown."""

BY_A_PERSON = ("rang", "visited", "wrote")


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One place. An empty field means "not known" and is said so on its page; ``docs/places.md`` explains each
    column."""

    id: str
    name: str
    kinds: tuple[Kind, ...]
    counties: tuple[str, ...]
    """Ids of counties, or ``CA`` alone."""
    city: str = ""
    show_address: ShowAddress = "no"
    address: str = ""
    """Empty unless it may be shown: nothing else is ever stored."""
    zip: str = ""
    area: str = ""
    phone: str = ""
    """E.164."""
    extension: str = ""
    text: str = ""
    """E.164 or a short code."""
    web: str = ""
    hours: str = ""
    """Canonical form of hours.py; empty or ``unknown`` is not known."""
    intake: str = ""
    how: tuple[How, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    only_for: tuple[Who, ...] = ()
    id_needed: YesNoAsk = "ask"
    cost: Cost = "ask"
    tells_parent: TellsParent = "ask"
    reports: YesNoAsk = "ask"
    languages: tuple[str, ...] = ()
    access: tuple[Access, ...] = ()
    pets: YesNoAsk = "ask"
    note: dict[str, str] = {}
    """Language tag -> one fact of at most 160 letters."""
    checked_on: date | None = None
    """Known for every place of a list; None only for one that a settings file tells in words."""
    how_checked: HowChecked | Literal[""] = ""
    checked_by: str = ""
    """Initials, for the organisation; on no page and in no public file."""
    second: str = ""
    """The second person who looked at a new row, phone or address; as ``checked_by``, never shown."""
    agreed: bool = False
    status: Status = "open"
    show_until: date | None = None
    source: str = ""
    """Name of the file that it was imported from; empty for a place written by hand."""
    vanished: bool = False
    """Whether a later import of that file no longer had it: shown as "may be closed, call first"."""

    words: dict[str, dict[str, str]] = {}
    """Language tag -> name, where, hours and about, for a place that a settings file tells in words. It has no phone
    and no day of a check, so Talk and the card maker show it and Near does not."""

    @property
    def stale_on(self) -> date:
        """The day from which a page says "not checked lately, call first"."""
        if self.checked_on is None:
            return date.max
        return self.checked_on + timedelta(days=min(SELL_BY.get(kind, OTHER_SELL_BY) for kind in self.kinds))

    @property
    def gone_on(self) -> date:
        """The first day on which it is not shown any more."""
        aged = self.checked_on + timedelta(days=OFF_THE_LIST) if self.checked_on else date.max
        return min(aged, self.show_until + timedelta(days=1)) if self.show_until else aged

    @property
    def listed(self) -> bool:
        """Whether it may be shown at all, whatever the day is."""
        return self.status != "closed" and not self.words

    @property
    def secret(self) -> bool:
        """Whether its place must never be told (California Penal Code 273.7)."""
        return self.show_address == "never"

    @property
    def has_bed_for_minors(self) -> bool:
        """Whether it has beds that somebody under 18 may sleep in, as far as is known."""
        return "bed" in self.kinds and (self.age_min is None or self.age_min < 18)


FIELDS: tuple[str, ...] = Place.__struct_fields__


def county_id(text: str) -> str | None:
    """Return the id of the county that a text names ("Los Angeles County", "los-angeles"), None when there is none."""
    plain = text.strip().casefold().removesuffix("county").strip().replace(" ", "-").replace(".", "")
    return plain if plain in counties() else None
