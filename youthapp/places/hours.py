"""Opening hours: a small part of OpenStreetMap's opening_hours grammar, and the ways in which people write the same.

Canonical form: rules parted by ``;``, each ``DAYS HH:MM-HH:MM[,HH:MM-HH:MM]`` with days such as ``Mo-Fr``, ``Tu,Th``
or ``Sa[1]`` (the first Saturday of a month), or a date with ``off``. ``24/7`` is always; ``unknown`` is an answer. A
span whose end is earlier than its start runs past midnight. Times are Pacific time.
"""

import re
from functools import lru_cache
from typing import NamedTuple

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALWAYS, UNKNOWN = "24/7", "unknown"

_DAY_WORDS = {
    **dict.fromkeys(("mo", "mon", "monday", "m"), 0),
    **dict.fromkeys(("tu", "tue", "tues", "tuesday", "t"), 1),
    **dict.fromkeys(("we", "wed", "weds", "wednesday", "w"), 2),
    **dict.fromkeys(("th", "thu", "thur", "thurs", "thursday", "r"), 3),
    **dict.fromkeys(("fr", "fri", "friday", "f"), 4),
    **dict.fromkeys(("sa", "sat", "saturday"), 5),
    **dict.fromkeys(("su", "sun", "sunday"), 6),
}
_GROUPS = {"daily": "mo-su", "every day": "mo-su", "weekdays": "mo-fr", "weekends": "sa-su", "7 days a week": "mo-su"}
_TIME = r"(?:\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?\s?m\.?|[ap]\b)?|noon|midnight)"
_SPAN = re.compile(rf"({_TIME})\s*(?:-|–|—|to|until|till)\s*({_TIME})", re.IGNORECASE)
_DATE_OFF = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(?:off|closed)", re.IGNORECASE)
_DAY = re.compile(r"([a-z]+)\.?(?:\[(\d)\])?", re.IGNORECASE)


class HoursError(ValueError):
    """These hours cannot be read for sure; the message says what to write."""


class Rule(NamedTuple):
    """On some days (0 is Monday), in minutes from midnight; an end past 1,440 is on the next day. ``nth``: which one
    of the month, 0 is each."""

    days: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    nth: int = 0


class Hours(NamedTuple):
    """What is known: nothing, always, or rules and days off (ISO dates)."""

    known: bool
    always: bool = False
    rules: tuple[Rule, ...] = ()
    off: tuple[str, ...] = ()

    def canonical(self) -> str:
        """Return the one way in which these hours are written down."""
        if not self.known:
            return UNKNOWN
        if self.always:
            return "; ".join([ALWAYS, *(f"{day} off" for day in self.off)])
        parts = [
            f"{_days_text(rule.days)}{f'[{rule.nth}]' if rule.nth else ''} "
            + ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in rule.spans)
            for rule in self.rules
        ]
        return "; ".join([*parts, *(f"{day} off" for day in self.off)])


_HINT = 'Write it like "Mo-Fr 09:00-17:00; Sa[1] 10:00-12:00", "24/7" or "unknown".'


@lru_cache(4096)
def read(text: str) -> Hours:
    """Return the hours that a text tells. Raises HoursError when a part of it is not understood: nothing is guessed."""
    plain = " ".join(text.replace("\\n", ";").split()).strip(" ;.")
    if plain.casefold() in ("", "unknown", "ask", "varies", "call", "call for hours"):
        return Hours(known=False)
    rules: list[Rule] = []
    off: list[str] = []
    always = False
    for part in (part.strip() for part in plain.split(";")):
        if not part:
            continue
        if match := _DATE_OFF.fullmatch(part):
            off.append(match.group(1))
        elif re.fullmatch(
            r"(?:24/7|24 ?hours?(?:[, ]+(?:daily|7 days(?: a week)?|every day))?|open 24 hours|always)",
            part,
            re.IGNORECASE,
        ):
            always = True
        else:
            rules += _rules(part)
    if always and rules:
        raise HoursError(f"says both 24/7 and other hours. {_HINT}")
    if not always and not rules:
        raise HoursError(f"tells no hours. {_HINT}")
    return Hours(True, always, tuple(rules), tuple(off))


def _rules(part: str) -> list[Rule]:
    """Return the rules of one part: days and spans in either order. A comma may part days, spans, or whole rules."""
    spans = list(_SPAN.finditer(part))
    if not spans:
        raise HoursError(f'has "{part[:40]}", which is no time. {_HINT}')
    rest = _SPAN.sub(" ", part)
    before_each = [part[(spans[index - 1].end() if index else 0) : span.start()] for index, span in enumerate(spans)]
    after = part[spans[-1].end() :]
    if sum(bool(_DAY.search(gap)) for gap in before_each) > 1:
        # "Mo 9-5, Tu 10-6": each span has days of its own; a span without any belongs to the days before it.
        rules: list[Rule] = []
        for gap, span in zip(before_each, spans, strict=True):
            days, nth = _days(gap) if _DAY.search(gap) else (rules[-1].days, rules[-1].nth)
            rules.append(Rule(days, (_span(span),), nth))
        if _DAY.search(after):
            raise HoursError(f'has "{after.strip()[:40]}" after its times. {_HINT}')
        return rules
    days, nth = _days(rest)
    return [Rule(days, tuple(_span(span) for span in spans), nth)]


def _days(text: str) -> tuple[tuple[int, ...], int]:
    plain = re.sub(r"\b(?:and|open|on|from|&)\b", ",", text.casefold()).replace("&", ",").strip(" ,:")
    plain = _GROUPS.get(plain, plain)
    found: list[int] = []
    nth = 0
    for item in re.split(r"\s*[,/]\s*|\s+(?=[a-z])", re.sub(r"\s*(?:-|–|to|through|thru)\s*", "-", plain)):
        if not item:
            continue
        ends = [_DAY.fullmatch(end) for end in item.split("-")]
        if not all(ends) or len(ends) > 2 or any(end.group(1) not in _DAY_WORDS for end in ends if end):
            raise HoursError(f'has "{item[:20]}", which is no day. {_HINT}')
        numbers = [_DAY_WORDS[end.group(1)] for end in ends if end]
        nths = [int(end.group(2)) for end in ends if end and end.group(2)]
        if any(not 1 <= number <= 5 for number in nths) or (nths and len(ends) > 1):
            raise HoursError(f'has "{item[:20]}", which is no day. {_HINT}')
        nth = nths[0] if nths else nth
        found += numbers if len(numbers) == 1 else _run(*numbers)
    if not found:
        raise HoursError(f"has times without days. {_HINT}")
    return tuple(sorted(dict.fromkeys(found))), nth


def _run(first: int, last: int) -> list[int]:
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]


def _span(match: re.Match[str]) -> tuple[int, int]:
    start_text, end_text = match.group(1), match.group(2)
    end = _minutes(end_text, "")
    # "9-5pm", "10-2pm": a bare start takes the half of the day that puts it before the end.
    start = _minutes(start_text, _half(end_text) if not _half(start_text) and ":" not in start_text else "")
    if not _half(start_text) and _half(end_text) and start >= end and start >= 720:
        start -= 720
    if start == end:
        raise HoursError(f'has "{match.group(0)}", which begins when it ends. Write 24/7 for always.')
    return start, end if end > start else end + 1440


def _half(text: str) -> str:
    match = re.search(r"([ap])\.?\s?m?\.?$", text.strip(), re.IGNORECASE)
    return match.group(1).lower() if match and text.strip()[0].isdigit() else ""


def _minutes(text: str, half: str) -> int:
    plain = text.strip().casefold()
    if plain in ("noon", "midnight"):
        return 720 if plain == "noon" else 1440
    match = re.match(r"(\d{1,2})(?:[:.](\d{2}))?", plain)
    assert match
    hour, minute = int(match.group(1)), int(match.group(2) or 0)
    half = _half(plain) or half
    if half and not 1 <= hour <= 12:
        raise HoursError(f'has "{text}", which is no time. {_HINT}')
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif match.group(2) is None:
        raise HoursError(f'has "{text}" without am or pm. {_HINT}')
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise HoursError(f'has "{text}", which is no time. {_HINT}')
    return hour * 60 + minute


def _clock(minutes: int) -> str:
    minutes = minutes if minutes == 1440 else minutes % 1440
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _days_text(days: tuple[int, ...]) -> str:
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
    return ",".join(DAYS[day] for day in days)
