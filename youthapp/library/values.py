"""Values that must be right before a reader depends on them: numbers to dial, hours, zones, addresses, days.

Each function with a ``field`` raises ValueError with "field: what is wrong. What to write." The types of schema.py call them when a
record is read, so that msgspec can say where in the file the value is.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_E164 = re.compile(r"\+(?:1[2-9]\d{2}[2-9]\d{6}|[2-9]\d{7,14})")
"""A number with its country; in North America (+1) neither area code nor exchange begins with 0 or 1."""
_SHORT = re.compile(r"[2-9]11|988")
_SHORT_TEXT = re.compile(r"911|988|\d{5,6}")
_PREMIUM = re.compile(r"\+1(?:900|\d{3}976)")
"""Numbers whose owner sets the price of a call: area code 900, and exchange 976 in California."""
_VANITY = re.compile(r"^(?P<digits>[\d\s().+-]+?)(?:\s*\((?P<word>[A-Z][A-Z\s-]*)\))?$")
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_FIRST_YEAR = 2020
"""No record is older; a year before it is a slip of the finger."""
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"'\\]")


def clock(field: str, value: str, *, midnight: bool = False) -> None:
    """Refuse a time that is not HH:MM on the 24-hour clock. midnight: 24:00 is right too, as an end."""
    if not (_CLOCK.fullmatch(value) or (midnight and value == "24:00")):
        raise ValueError(
            f'{field}: "{value}" is no time. Write hours and minutes from 00:00 to '
            f'{"24:00" if midnight else "23:59"}, such as "15:00" for 3 pm.'
        )


@cache
def _known_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (KeyError, OSError, ValueError):  # not in the database (a KeyError); empty, or no name of a file
        return False
    return True


def zone(field: str, value: str) -> None:
    """Refuse a time zone that the tz database does not have."""
    if not _known_zone(value):
        raise ValueError(
            f'{field}: "{value}" is no time zone. All of California is "America/Los_Angeles"; others are '
            f'"America/Chicago" or "America/New_York".'
        )


def number(field: str, value: str) -> None:
    """Refuse a number that a phone cannot dial: E.164, or three digits such as 988."""
    if not (_E164.fullmatch(value) or _SHORT.fullmatch(value)):
        raise ValueError(
            f'{field}: "{value}" is no number that a phone can dial. Write + and the country first, such as '
            f'"+12135550123", or three digits such as "988".'
        )
    if _PREMIUM.match(value):
        raise ValueError(f'{field}: "{value}" is a number that charges whoever calls it. Write one that does not.')


def text_number(field: str, value: str) -> None:
    """Refuse a number that a phone cannot text: E.164, or a short code of three, five or six digits."""
    if not (_E164.fullmatch(value) or _SHORT_TEXT.fullmatch(value)):
        raise ValueError(
            f'{field}: "{value}" is no number that a phone can text. Write + and the country first, such as '
            f'"+12135550123", or a short code such as "741741".'
        )


def same_number(field: str, shown: str, dialled: str) -> None:
    """Refuse a printed number that is not the number behind the button, and a word in brackets that spells another
    one."""
    match = _VANITY.match(shown.strip())
    digits = re.sub(r"\D", "", match["digits"]) if match else ""
    if not match or digits not in _written(dialled):
        raise ValueError(
            f'{field}: "{shown}" is not the number {dialled}. The button dials one and shows the other: write the '
            f'same number, such as "213-555-0123".'
        )
    word = re.sub(r"[\s-]", "", match["word"] or "").translate(_KEYPAD)
    if word and not digits.endswith(word[:7]):
        raise ValueError(
            f'{field}: the word "{match["word"]}" spells {word} on a phone, and {dialled} does not end so. Correct it '
            f"or leave it out."
        )


def _written(dialled: str) -> tuple[str, ...]:
    """The ways in which the digits of a number may be printed: as dialled, and without the 1 of North America."""
    digits = dialled.lstrip("+")
    return (digits, digits[1:]) if dialled.startswith("+1") else (digits,)


def shown_number(number: str) -> str:
    """Return a number as people write it: "+18007862929" is "800-786-2929"; a short code stays as it is."""
    american = number.startswith("+1") and len(number) == 12
    return f"{number[2:5]}-{number[5:8]}-{number[8:]}" if american else number


def is_https(value: str) -> bool:
    """Whether a value is a whole https address, without a login, a blank or a quote in it."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    good = parts.scheme == "https" and bool(parts.hostname) and "." in (parts.hostname or "") and not parts.username
    return good and not _NOT_IN_ADDRESS.search(value) and port != 0


def https(field: str, value: str) -> None:
    """Refuse anything but a whole https address: a page of ours must never lead to ``javascript:`` or to an unsealed
    page."""
    if not is_https(value):
        raise ValueError(
            f'{field}: "{value[:80]}" is no address we may link to. Write a whole one that starts with https://, such '
            f'as "https://example.org/chat".'
        )


def language(field: str, value: str) -> None:
    """Refuse what is no language tag of two or three small letters."""
    if not _LANGUAGE.fullmatch(value):
        raise ValueError(
            f'{field}: "{value}" is no language. Write its tag of two or three small letters, such as "en", "es" or '
            f'"ase" (American Sign Language).'
        )


def ages(field: str, value: str) -> None:
    """Refuse ages that are neither a range such as 13-24 nor an open one such as 18+; empty means any age."""
    found = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2})|\+)", value) if value else None
    if value and (found is None or (found[2] and int(found[1]) >= int(found[2]))):
        raise ValueError(
            f'{field}: "{value}" is no range of ages. Write "13-24" or "18+", the lower age first, or leave it out.'
        )


def checked(field: str, value: date) -> None:
    """Refuse a day of checking that has not come yet, or is older than the app."""
    not_future(field, value)
    if value.year < _FIRST_YEAR:
        raise ValueError(f"{field}: {value.isoformat()} is before {_FIRST_YEAR}. Look at the year.")


def not_future(field: str, value: date) -> None:
    """Refuse a day that has not come yet anywhere on earth (UTC+14)."""
    if value > (datetime.now(UTC) + timedelta(hours=14)).date():
        raise ValueError(f"{field}: {value.isoformat()} has not come yet. Write the day on which it was done.")
