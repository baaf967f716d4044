"""When a check is due, and whose review still counts."""

from collections.abc import Callable
from datetime import date, timedelta

from . import schema
from .schema import Record
from .tables import tables


def roles() -> tuple[str, ...]:
    """Return who can sign a record (review.toml)."""
    return tables().review.roles


def due_on(record: Record, kind: str) -> date:
    """Return the day by which a record's facts must be held against their sources again (days and 1 January:
    review.toml)."""
    table = tables().review
    due = record.checked.on + timedelta(days=table.days.get(kind, table.other_days))
    if kind in table.new_year:
        due = min(due, date(record.checked.on.year + 1, 1, 1))
    return due


def overdue(record: Record, kind: str, today: date) -> bool:
    """Whether the check of a record is late on a day."""
    return today > due_on(record, kind)


def counting(record: Record, say: Callable[[str], str] = str) -> list[str]:
    """Return the roles whose review holds for the words as they are now."""
    now = schema.seal(record, say)
    return [review.role for review in record.reviews if review.seal == now]
