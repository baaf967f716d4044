"""Rows: what a reader of any file format hands on, and what is said of a row that stays out."""

from dataclasses import dataclass, field

from ..i18n.languages import LANGUAGES

COLUMNS: tuple[str, ...] = (
    "id",
    "name",
    "kinds",
    "county",
    "city",
    "show_address",
    "address",
    "zip",
    "area",
    "phone",
    "text",
    "web",
    "hours",
    "intake",
    "how",
    "age_min",
    "age_max",
    "for",
    "id_needed",
    "cost",
    "tells_parent",
    "reports",
    "languages",
    "access",
    "pets",
    *(f"note_{language.tag}" for language in LANGUAGES),
    "checked_on",
    "how_checked",
    "checked_by",
    "agreed",
    "status",
    "show_until",
)
"""The columns of the sheet, in its order."""


@dataclass(frozen=True)
class Row:
    """One row in our columns. ``number`` is where it stands in its file, for messages (the header of a sheet is 1)."""

    number: int
    cells: dict[str, str]
    secret: bool = False
    """Whether its kind in the file it came from is one whose place is never told."""
    foreign: bool = False
    """Whether it came from somebody else's file: then its free text was not read by a person and is dropped."""


@dataclass(frozen=True)
class LeftOut:
    """A row, or a cell of it, that is not taken: where, why, and what to write instead."""

    row: int
    column: str
    reason: str
    write: str = ""

    def __str__(self) -> str:
        return f"row {self.row}, {self.column or 'the row'}: {self.reason}" + (f" {self.write}" if self.write else "")


@dataclass
class Reading:
    """What a file holds."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[LeftOut] = field(default_factory=list)
    """What is told and changes nothing: a column we do not know."""
    withheld: list[str] = field(default_factory=list)
    """Streets that the file itself holds and that may not be shown: for withhold.py, never printed."""


class ImportFileError(ValueError):
    """The file as a whole cannot be taken; the message says why and what to do."""
