"""When a check is due, and whose review still counts."""

from collections.abc import Callable
from datetime import date, timedelta

from . import schema
from .schema import Record

INTERVALS: dict[str, int] = {"lines": 90, "now": 365, "tips": 365, "rights": 182, "limits": 365, "needs": 365}
"""Days between checks by kind: lines every 90 days (helpline research, 2026-11-23), law 6 months, clinical 12 months; the rest 24 months
(practice research, section 7)."""

_OTHERS = 730

ROLES = ("clinician", "lawyer", "youth board", "native Spanish health editor")


def due_on(record: Record, kind: str) -> date:
    """Return the day by which a record's facts must be held against their sources again.

    A right is also due on each 1 January, when California's new laws start.
    """
    due = record.checked.on + timedelta(days=INTERVALS.get(kind, _OTHERS))
    if kind == "rights":
        due = min(due, date(record.checked.on.year + 1, 1, 1))
    return due


def overdue(record: Record, kind: str, today: date) -> bool:
    """Whether the check of a record is late on a day."""
    return today > due_on(record, kind)


def counting(record: Record, say: Callable[[str], str] = str) -> list[str]:
    """Return the roles whose review holds for the words as they stand now."""
    now = schema.seal(record, say)
    return [review.role for review in record.reviews if review.seal == now]
