"""No digit without a fact: every number in a text must stand in a fact or a line that its record names, in both
languages alike."""

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

NAMES_OF_LINES = frozenset({"911", "988", "211", "24/7"})
"""Digits that are names: the three numbers everybody dials, and "24/7"."""

_NAMES = re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, sorted(NAMES_OF_LINES)))})(?!\d)")

_CONVERTED = re.compile(
    r"(?P<values>(?:\d+ a )?\d+(?:\.\d+)?|media) (?P<unit>F|libras|pounds|pulgadas?)"
    r" \((?P<others>(?:\d+ a )?\d+(?:\.\d+)?) (?:°C|kg|cm)\)"
)
_UNITS: Mapping[str, Callable[[float], float]] = {
    "F": lambda fahrenheit: (fahrenheit - 32) / 1.8,
    "libras": lambda pounds: pounds * 0.45359237,
    "pounds": lambda pounds: pounds * 0.45359237,
    "pulgada": lambda inches: inches * 2.54,
    "pulgadas": lambda inches: inches * 2.54,
}
_ROUNDING = 0.6
"""How far a number in the reader's own unit may stand from the exact one: whole kilograms and centimeters, tenths of
a degree."""


def numbers(text: str) -> list[str]:
    """Return the numbers in a text in order, thousands commas and trailing zeros aside: "1,000" is "1000", "5.0" is
    "5".

    The same measure in the reader's unit, in brackets behind the first, is not a second number when it is right:
    "100.4 F (38 °C)", "2 a 3 pulgadas (5 a 8 cm)".
    """
    if not _NUMBER.search(text):  # most texts
        return []
    plain = _NAMES.sub(" ", _CONVERTED.sub(_unit_once, text))
    found = []
    for match in _NUMBER.findall(plain):
        value = re.sub(r",(?=\d{3}\b)", "", match).rstrip(".,")
        found.append(value.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", value) else value)
    return found


def _unit_once(match: re.Match[str]) -> str:
    first, others = _measures(match["values"]), _measures(match["others"])
    exact = [_UNITS[match["unit"]](value) for value in first]
    right = len(exact) == len(others) and all(
        abs(one - two) <= _ROUNDING for one, two in zip(exact, others, strict=True)
    )
    return match["values"] if right else match.group()


def _measures(text: str) -> list[float]:
    return [0.5 if value == "media" else float(value) for value in text.split(" a ")]


def backed(facts: Iterable[str]) -> set[str]:
    """Return the numbers that the published words of some facts back. Hours may be said as whole days, and the
    reverse."""
    known: set[str] = set()
    for says in facts:
        known.update(numbers(says))
        for match in re.finditer(r"(\d+)\s*(?:hours?|h\b)", says):
            days = Fraction(int(match.group(1)), 24)
            if days.denominator == 1:
                known.add(str(days))
        known.update(str(int(match) * 24) for match in re.findall(r"(\d+)\s*days?\b", says))
    return known


def unbacked(texts: Mapping[str, str], known: set[str]) -> list[tuple[str, str]]:
    """Return (path, number) for each number of some texts that nothing backs."""
    return [(path, number) for path, text in texts.items() for number in numbers(text) if number not in known]


def unequal(english: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, list[str], list[str]]]:
    """Return (path, English numbers, other numbers) for each text whose two languages do not carry the same numbers."""
    pairs = (
        (path, sorted(numbers(text)), sorted(numbers(other[path]))) for path, text in english.items() if path in other
    )
    return [(path, one, two) for path, one, two in pairs if one != two]
