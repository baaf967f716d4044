"""When did it happen: what still works after so many days, from the clocks of the records. The whole table without
script; with it, one tap on a day shows what counts on that day. Nothing is typed, kept or sent."""

from dataclasses import dataclass

from flask import Blueprint, Response

from ..i18n.translator import translator
from ..library.schema import Clock, Text, answer
from ..library.tables import Said, clock_at, tables
from ..web.permalinks import library
from ..web.responses import page

blueprint = Blueprint("when", __name__)

_DAY = 24
"""Hours of a day."""


@dataclass(frozen=True)
class Row:
    """A row of the table: a clock, or one sentence, with the days (as in when.toml) on which its parts stand."""

    record: str
    clock: Clock | None
    text: Text | None
    open: str = ""
    """Days on which it can still be done, separated by spaces; with nothing here the row stands on every day."""
    late: str = ""
    """Days on which what to do after it stands: from the limit on, since a day has many hours."""


@blueprint.get("/<lang:lang>/when")
def index() -> Response:
    """The days to tap, and the table."""
    found = tables().when
    return page(
        "when/index.html",
        section="when",
        days=[(day.days, translator().in_language(day.text)) for day in found.day],
        rows=[_row(said) for said in found.row],
        later=[_row(said, timed=False) for said in found.later],
    )


def _row(said: Said, *, timed: bool = True) -> Row:
    record = translator().translate(library().get(said.record))
    clock = clock_at(record, said.path)
    text = None if clock else answer(record, said.path)
    if not timed or clock is None or clock.hours is None:
        return Row(said.leads_to, clock, text)
    limit = clock.hours / _DAY
    days = [day.days for day in tables().when.day]
    return Row(
        said.leads_to,
        clock,
        text,
        open=" ".join(str(day) for day in days if day <= limit),
        late=" ".join(str(day) for day in days if day >= limit or day == days[-1]),
    )
