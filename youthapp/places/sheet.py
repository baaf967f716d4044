"""Our own sheet: CSV as spreadsheets write it, or .xlsx."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from .rows import COLUMNS, ImportFileError, LeftOut, Reading, Row

MOST_BYTES = 40_000_000
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_MARKUP = re.compile(r"<[a-z/!][^>]*>|&(?:[a-z]+|#\d+);", re.IGNORECASE)
_SUM = re.compile(r"[=+@-]|\t")


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252, with every line
    end as ``\\n``."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def table(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a CSV file; the delimiter is the one that parts its first line best. Raises ImportFileError
    when it is not CSV."""
    text = decode(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    csv.field_size_limit(1_000_000)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter)
    except csv.Error as error:
        raise ImportFileError(
            f"This is not a CSV file: {error}. Save the sheet as CSV (UTF-8) and try again."
        ) from None


def workbook(path: Path) -> Iterator[list[str]]:
    """Yield the rows of the first sheet of an .xlsx file as text. Raises ImportFileError when it cannot be opened."""
    import openpyxl  # takes 0.2 s to import, and only an import of a workbook needs it

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except Exception as error:
        raise ImportFileError(
            f"This workbook cannot be opened ({type(error).__name__}). Save the sheet as CSV and try again."
        ) from None
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    finally:
        book.close()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_ours(header: Iterable[str]) -> bool:
    """Whether a header is that of our sheet: it has the columns without which no row can be taken."""
    return {"name", "kinds", "county"} <= {name.strip().casefold() for name in header}


def read(table_rows: Iterable[list[str]]) -> Reading:
    """Return the rows of our sheet. A cell that a spreadsheet would run, markup or a person's e-mail keeps its row out.

    Raises ImportFileError when the header is not ours.
    """
    rows = iter(table_rows)
    header = [name.strip().casefold() for name in next(rows, [])]
    if not is_ours(header):
        raise ImportFileError(
            "The first line does not hold the columns name, kinds and county. "
            "Start from the template: `porchlight places template`."
        )
    if doubled := sorted({name for name in header if name and header.count(name) > 1}):
        raise ImportFileError(f"The column {doubled[0]} stands twice. Take one out.")
    reading = Reading()
    reading.remarks += [
        LeftOut(1, name, "is no column of ours, and is not read.", "The columns are those of the template.")
        for name in header
        if name and name not in COLUMNS
    ]
    for number, cells in enumerate(rows, 2):
        given = {name: value.strip() for name, value in zip(header, cells, strict=False) if name in COLUMNS}
        if not any(given.values()):
            continue
        if problems := [*_unsafe(number, given)]:
            reading.left_out += problems
        else:
            reading.rows.append(Row(number, given))
    return reading


def _unsafe(number: int, cells: dict[str, str]) -> Iterator[LeftOut]:
    for column, value in cells.items():
        if not value:
            continue
        if _SUM.match(value):
            yield LeftOut(
                number, column, f"begins with {value[0]!r}, which a spreadsheet reads as a sum.", "Write it without."
            )
        elif _MARKUP.search(value):
            yield LeftOut(number, column, "holds HTML.", "Write plain words.")
        elif _EMAIL.search(value):
            yield LeftOut(number, column, "holds an e-mail address.", "Leave it out: youth call, text or come in.")
        elif any(ord(letter) < 32 and letter not in "\n\t" for letter in value):
            yield LeftOut(number, column, "holds a hidden character.", "Type it again.")
