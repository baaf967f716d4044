"""Judges one row: a Place, or every reason why it is not one, each with what to write."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from typing import Any, get_args

from ..library.values import is_https
from . import hours, phones
from .rows import COLUMNS, LeftOut, Row
from .schema import (
    STATE,
    Access,
    Cost,
    How,
    HowChecked,
    Kind,
    Place,
    ShowAddress,
    Status,
    TellsParent,
    Who,
    YesNoAsk,
    county_id,
)

LONGEST_NOTE = 160
LONGEST_NAME = 80

NOTE_LANGUAGES = tuple(column.removeprefix("note_") for column in COLUMNS if column.startswith("note_"))
"""Languages in which the sheet has a column for a note."""

_KIND_WORDS = {
    "shelter": "bed",
    "housing": "bed",
    "shower": "wash",
    "laundry": "wash",
    "school": "papers",
    "id": "papers",
    "counseling": "talk",
    "dropin": "drop-in",
    "drop in": "drop-in",
    "naloxone": "drugs",
    "lawyer": "legal",
    "meal": "food",
    "meals": "food",
}
_LANGUAGES = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_NO_PLACE_NAME = re.compile(r"\d{3}[-. )]\s?\d{3}[-. ]?\d{4}|https?:|www\.|@", re.IGNORECASE)
_HANDLE = re.compile(
    r"\b(?:whats ?app|telegram|signal|snap(?:chat)?|insta(?:gram)?|ig|kik|cash ?app|dm me|text me|call me)\b",
    re.IGNORECASE,
)
_ASK_FOR = re.compile(r"\b(?:ask for|call|text) [A-Z][a-z]+\b")
_ONLY_GENDER = {"girls", "boys"}


Reader = Callable[[str, str, date], dict[str, Any]]
"""Reads one cell: (its text, the field of a Place, today) -> the values of that field, and of others that the cell
tells. Raises _Refused when the cell cannot be taken."""


class _Refused(Exception):
    """One cell cannot be taken."""

    def __init__(self, reason: str, write: str = "") -> None:
        super().__init__(reason)
        self.reason, self.write = reason, write


def judge(row: Row, today: date) -> tuple[Place | None, list[LeftOut]]:
    """Return the place that a row tells, or None and every reason why not.

    today: no check lies after it. The address is kept only where it may be shown; withhold.py looks at the whole file
    afterwards.
    """
    problems: list[LeftOut] = []
    values: dict[str, Any] = {}
    for column, (field, read) in _READERS.items():
        try:
            values |= read(row.cells.get(column, ""), field, today)
        except _Refused as refused:
            problems.append(LeftOut(row.number, column, refused.reason, refused.write))
    values["note"] = {
        language: values.pop(f"note_{language}") for language in NOTE_LANGUAGES if values.get(f"note_{language}")
    }
    problems = [problem for problem in problems if row.cells.get(problem.column)] + [*_missing(row)]
    if not problems:
        problems += _contradictions(row, values)
    if problems:
        return None, problems
    values["id"] = values["id"] or slug(f"{values['name']} {values['city']}")
    if row.secret:
        values["show_address"] = "never"
    if row.foreign:
        values["note"] = {}
    if not may_show_address(values["show_address"], values["kinds"], values["agreed"]):
        values["address"] = values["zip"] = ""
    values = {field: value for field, value in values.items() if not field.startswith("note_")}
    return Place(**values), []


def may_show_address(show_address: str, kinds: Collection[str], agreed: bool) -> bool:
    """Whether an address may be kept and shown: the place said yes, and agreed where it has beds. Every other address
    is dropped."""
    return show_address == "yes" and (agreed or "bed" not in kinds)


def slug(text: str) -> str:
    """Return an id made of a text: small letters, digits and hyphens."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def _missing(row: Row) -> Iterator[LeftOut]:
    for column in ("name", "kinds", "county", "checked_on", "how_checked"):
        if not row.cells.get(column):
            yield LeftOut(row.number, column, "is empty.", "It must be filled: see the template.")
    if not any(row.cells.get(column) for column in ("phone", "text", "web")):
        yield LeftOut(
            row.number, "phone", "is empty, and so are text and web.", "Write at least one way to reach the place."
        )


def _contradictions(row: Row, values: dict[str, Any]) -> Iterator[LeftOut]:
    low, high = values["age_min"], values["age_max"]
    if low is not None and high is not None and low > high:
        yield LeftOut(
            row.number, "age_max", f"is {high}, under age_min, which is {low}.", "Write the youngest in age_min."
        )
    for_minors = "bed" in values["kinds"] and (low is None or low < 18)
    if for_minors and values["tells_parent"] == "no" and not any(values["note"].values()):
        yield LeftOut(
            row.number,
            "tells_parent",
            "says no for a bed that takes people under 18.",
            "Say in a note on what law or rule that rests, or write ask.",
        )
    gendered = _ONLY_GENDER & set(values["only_for"])
    if for_minors and gendered and not (values["web"] or values["agreed"]):
        yield LeftOut(
            row.number,
            "for",
            "asks for one gender and under 18 for a bed, with no organisation behind it.",
            "Write the organisation's web page, or agreed = yes once a person of ours has been there.",
        )
    told_to_show = values["address"] and values["show_address"] == "yes"
    if told_to_show and not may_show_address("yes", values["kinds"], values["agreed"]):
        yield LeftOut(
            row.number,
            "agreed",
            "is not yes, and a bed's address would be shown.",
            "Ask the place, then write yes; or show_address = no.",
        )


def _text(longest: int) -> Reader:
    def read(value: str, field: str, _today: date) -> dict[str, Any]:
        value = " ".join(value.split())
        if len(value) > longest:
            raise _Refused(f"has {len(value)} letters.", f"Write at most {longest}.")
        return {field: value}

    return read


def _name(value: str, field: str, today: date) -> dict[str, Any]:
    told = _text(LONGEST_NAME)(value, field, today)
    if _NO_PLACE_NAME.search(value) or _HANDLE.search(value) or _ASK_FOR.search(value):
        raise _Refused("holds a number, a link or a way to reach a person.", "Write what is on the door.")
    return told


def _id(value: str, field: str, _today: date) -> dict[str, Any]:
    if value and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
        raise _Refused(
            f'is "{value[:40]}".', "Write small letters, digits and hyphens, such as lantern-house, or leave it empty."
        )
    return {field: value}


def _several(allowed: tuple[str, ...], also: dict[str, str]) -> Reader:
    def read(value: str, field: str, _today: date) -> dict[str, Any]:
        found = []
        for item in (item.strip().casefold() for item in re.split(r"[;,]", value) if item.strip()):
            item = also.get(item, item)
            if item not in allowed:
                raise _Refused(f'has "{item[:30]}".', f"Write one or more of: {'; '.join(allowed)}.")
            found.append(item)
        return {field: tuple(dict.fromkeys(found))}

    return read


def _one(allowed: tuple[str, ...], default: str) -> Reader:
    def read(value: str, field: str, _today: date) -> dict[str, Any]:
        if (plain := value.casefold() or default) not in allowed:
            raise _Refused(f'is "{value[:30]}".', f"Write one of: {'; '.join(allowed)}.")
        return {field: plain}

    return read


def _counties(value: str, field: str, _today: date) -> dict[str, Any]:
    found = []
    for item in (item.strip() for item in value.split(";") if item.strip()):
        if item.upper() == STATE or item.casefold() == "california":
            found.append(STATE)
        elif county := county_id(item):
            found.append(county)
        else:
            raise _Refused(
                f'has "{item[:30]}", which is no county of California.',
                "Write its name, such as Los Angeles, or CA for the whole state.",
            )
    return {field: (STATE,) if STATE in found else tuple(dict.fromkeys(found))}


def _phone(value: str, field: str, _today: date) -> dict[str, Any]:
    if not value:
        return {field: "", "extension": ""}
    try:
        number, extension = phones.read(value)
    except phones.PhoneError as error:
        raise _Refused(*str(error).split(". ", 1)) from None
    return {field: number, "extension": extension}


def _text_number(value: str, field: str, _today: date) -> dict[str, Any]:
    try:
        return {field: phones.read_text_number(value) if value else ""}
    except phones.PhoneError as error:
        raise _Refused(*str(error).split(". ", 1)) from None


def _web(value: str, field: str, _today: date) -> dict[str, Any]:
    if value and not is_https(value):
        raise _Refused(f'is "{value[:60]}".', "Write a whole address that starts with https://")
    return {field: value}


def _hours(value: str, field: str, _today: date) -> dict[str, Any]:
    try:
        return {field: hours.read(value).canonical() if value else ""}
    except hours.HoursError as error:
        raise _Refused(str(error)) from None


def _age(value: str, field: str, _today: date) -> dict[str, Any]:
    if not value:
        return {field: None}
    if not re.fullmatch(r"\d{1,2}", value):
        raise _Refused(f'is "{value[:20]}".', "Write one number from 0 to 99, or leave it empty.")
    return {field: int(value)}


def _languages(value: str, field: str, _today: date) -> dict[str, Any]:
    found = [item.strip() for item in re.split(r"[;,]", value) if item.strip()]
    if wrong := [item for item in found if not _LANGUAGES.fullmatch(item)]:
        raise _Refused(f'has "{wrong[0][:20]}".', "Write codes, such as en; es; vi; ase.")
    return {field: tuple(dict.fromkeys(found))}


def _zip(value: str, field: str, _today: date) -> dict[str, Any]:
    if value and not re.fullmatch(r"\d{5}(?:-\d{4})?", value):
        raise _Refused(f'is "{value[:20]}".', "Write 5 digits.")
    return {field: value}


def _note(language: str) -> Reader:
    def read(value: str, _field: str, today: date) -> dict[str, Any]:
        told: str = _text(LONGEST_NOTE)(value, "note", today)["note"]
        if _NO_PLACE_NAME.search(told) or _HANDLE.search(told):
            raise _Refused("holds a number, a link or a way to reach a person.", "These have columns of their own.")
        return {f"note_{language}": told}

    return read


def _day(*, must: bool) -> Reader:
    def read(value: str, field: str, today: date) -> dict[str, Any]:
        if not value:
            return {field: None}
        for form in ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"):
            try:
                found = datetime.strptime(value, form).date()
            except ValueError:
                continue
            if must and found > today:
                raise _Refused(
                    f"is {found.isoformat()}, which is still to come.", "Write the day on which somebody checked it."
                )
            return {field: found}
        raise _Refused(f'is "{value[:20]}".', "Write a day such as 2026-11-25.")

    return read


def _yes(value: str, field: str, today: date) -> dict[str, Any]:
    return {field: _one(("yes", "no"), "no")(value, field, today)[field] == "yes"}


_YES_NO_ASK = get_args(YesNoAsk)
_READERS: dict[str, tuple[str, Reader]] = {
    "id": ("id", _id),
    "name": ("name", _name),
    "kinds": ("kinds", _several(get_args(Kind), _KIND_WORDS)),
    "county": ("counties", _counties),
    "city": ("city", _text(40)),
    "show_address": ("show_address", _one(get_args(ShowAddress), "no")),
    "address": ("address", _text(120)),
    "zip": ("zip", _zip),
    "area": ("area", _text(60)),
    "phone": ("phone", _phone),
    "text": ("text", _text_number),
    "web": ("web", _web),
    "hours": ("hours", _hours),
    "intake": ("intake", _hours),
    "how": ("how", _several(get_args(How), {"walk-in": "walk in"})),
    "age_min": ("age_min", _age),
    "age_max": ("age_max", _age),
    "for": ("only_for", _several(get_args(Who), {})),
    "id_needed": ("id_needed", _one(_YES_NO_ASK, "ask")),
    "cost": ("cost", _one(get_args(Cost), "ask")),
    "tells_parent": ("tells_parent", _one(get_args(TellsParent), "ask")),
    "reports": ("reports", _one(_YES_NO_ASK, "ask")),
    "languages": ("languages", _languages),
    "access": ("access", _several(get_args(Access), {})),
    "pets": ("pets", _one(_YES_NO_ASK, "ask")),
    **{f"note_{language}": ("note", _note(language)) for language in NOTE_LANGUAGES},
    "checked_on": ("checked_on", _day(must=True)),
    "how_checked": ("how_checked", _one(get_args(HowChecked), "")),
    "checked_by": ("checked_by", _text(12)),
    "agreed": ("agreed", _yes),
    "status": ("status", _one(get_args(Status), "open")),
    "show_until": ("show_until", _day(must=False)),
}
"""Column -> the field that it fills, and its reader."""
