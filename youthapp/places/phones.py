"""Telephone numbers as lists of places write them, in the one form that is stored: E.164, with the extension apart."""

import re
from typing import NamedTuple

from ..library.values import shown_number

_EXTENSION = re.compile(r"[\s,;(]*(?:ext(?:ension|\.)?|x|#)\s*\.?\s*(\d{1,6})\)?\s*$", re.IGNORECASE)
_ALLOWED = re.compile(r"[\d\s().+/-]+")


class Phone(NamedTuple):
    """A number and its extension (empty when there is none)."""

    number: str
    extension: str = ""


class PhoneError(ValueError):
    """This is no number that a youth could dial; the message says what to write."""


def read(text: str) -> Phone:
    """Return the number that a text holds, such as ``916-555-0101`` or ``(530) 555-0130 ext. 4``.

    Raises PhoneError when it is none, several, or one that costs money (area code 900).
    """
    text = text.strip()
    extension = ""
    if match := _EXTENSION.search(text):
        text, extension = text[: match.start()], match.group(1)
    digits = re.sub(r"\D", "", text)
    if not _ALLOWED.fullmatch(text) or not digits:
        raise PhoneError("is not a number. Write one number with area code, such as 916-555-0101; no letters.")
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    if len(digits) > 10:
        raise PhoneError("holds more than one number. Write one; a number for texts goes into its own column.")
    # North American Numbering Plan: neither the area code nor the exchange begins with 0 or 1.
    if len(digits) != 10 or digits[0] in "01" or digits[3] in "01":
        raise PhoneError("is not a whole number. Write it with its area code, such as 916-555-0101.")
    if digits.startswith("900") or digits[3:6] == "976":
        raise PhoneError("costs the caller money. Leave it out.")
    return Phone(f"+1{digits}", extension)


def read_text_number(text: str) -> str:
    """Return a number that takes texts: E.164, or a short code of 5 or 6 digits. Raises PhoneError."""
    plain = re.sub(r"[\s-]", "", text.strip())
    return plain if re.fullmatch(r"\d{5,6}", plain) else read(text).number


def shown(number: str, extension: str = "") -> str:
    """Return a number as people write it: ``916-555-0101 ext. 4``; a short code stays as it is."""
    return f"{shown_number(number)} ext. {extension}" if extension else shown_number(number)
