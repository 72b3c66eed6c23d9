"""Bytes to a table: which kind of file it is, and its raw cells put under their headings."""

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TypeVar

from icp.common.tabular.marks import tidy, unmark
from icp.common.tabular.table import (
    Cell,
    CellError,
    Deadline,
    Limits,
    OpenTable,
    Row,
    Table,
    TableError,
    column_letters,
    normalised,
    too_long,
)
from icp.common.words import plural, quoted

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"PK\x05\x06",
)
REMEDY = "Save it as Excel workbook (.xlsx) or as CSV UTF-8 (.csv), and send that"
DEFAULT_LIMITS = Limits()
# Rows after which whoever waits is told how far the reading has come.
TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell before its heading is known. ``problem`` and ``remedy`` when it could not be read."""

    text: str
    day: date | None = None
    problem: str = ""
    remedy: str = ""


T = TypeVar("T")
NumberedRows = Iterator[tuple[int, list[RawCell]]]


def read_table(
    data: bytes,
    filename: str,
    limits: Limits = DEFAULT_LIMITS,
    *,
    sheet: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Table:
    """The rows of a CSV or .xlsx file, all of them at once: see :func:`open_table`."""
    return open_table(data, filename, limits, sheet=sheet, progress=progress).whole()


def open_table(
    data: bytes,
    filename: str,
    limits: Limits = DEFAULT_LIMITS,
    *,
    sheet: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> OpenTable:
    """A CSV or .xlsx file, told apart by content, not by name, whose rows are read as they are asked for.

    ``sheet`` names the worksheet of an Excel file; the first one when not given. ``progress`` is told now and
    then how many rows were read. Cells that could not be
    read (a formula that was never calculated, #REF!) are in ``Table.problems``.

    Raises:
        TableError: the file is of another kind, damaged, locked or too large, takes too long, or has no
            headings in row 1.
    """
    # Only the last part is the user's own name for it.
    shown = quoted(PurePath(filename.replace("\\", "/")).name or "the file", 80)
    deadline = Deadline.of(limits, shown)
    if len(data) > limits.size:
        raise TableError(
            f"{shown} is larger than {limits.size // 1024 // 1024} MB. Remove what is not part of the table."
        )
    if not data.strip():
        raise TableError(f"{shown} is empty. Choose the file with the table in it.")
    if data.startswith(OLE):
        raise TableError(
            f"{shown} is an old Excel file (.xls) or protected by a password. "
            f"Remove the password, if there is one. {REMEDY}."
        )
    if data.startswith(NOT_TEXT):
        raise TableError(f"{shown} is not a CSV or Excel file. {REMEDY}.")
    if data.startswith(ZIP):
        from icp.common.tabular.xlsx import xlsx_rows

        name, rows = xlsx_rows(data, deadline, limits, sheet)
    else:
        from icp.common.tabular.delimited import csv_rows

        name, rows = "", csv_rows(data, deadline, limits)
    return _table(rows, name, limits, progress, deadline)


def _table(
    rows: NumberedRows,
    sheet: str,
    limits: Limits,
    progress: Callable[[int], None] | None,
    deadline: Deadline,
) -> OpenTable:
    """The first row's cells become the headings of the others."""
    number, first = next(rows, (0, []))
    headings = [tidy(unmark(cell.text)).strip() for cell in first]
    while headings and not headings[-1]:
        headings.pop()
    if number != 1 or not headings:
        raise TableError(
            "Row 1 is blank. Put the headings in row 1 and the first row of the table in row 2."
        )
    problems: list[CellError] = []
    read = _read(rows, headings, problems, limits, progress)
    columns = [heading for heading in headings if heading]
    return OpenTable(columns, read, problems, sheet, deadline)


def _read(
    rows: NumberedRows,
    headings: list[str],
    problems: list[CellError],
    limits: Limits,
    progress: Callable[[int], None] | None,
) -> Iterator[Row]:
    """The rows that are not blank, what is wrong with each told among the ``problems`` before it is given."""
    keys = [normalised(heading) for heading in headings]
    count = 0
    for number, cells in rows:
        row, bad = _row(number, cells, headings, keys, limits)
        problems += bad
        if row is None:
            continue
        if count == limits.rows:
            raise too_long(limits.rows)
        count += 1
        if progress and count % TOLD_EVERY == 0:
            progress(count)
        yield row


def _row(
    number: int,
    raw: list[RawCell],
    headings: list[str],
    keys: list[str],
    limits: Limits,
) -> tuple[Row | None, list[CellError]]:
    """The row's cells under their headings, and those that are wrong; no row when all are blank."""
    cells: dict[str, Cell] = {}
    problems: list[CellError] = []
    for index, found in enumerate(raw):
        # A mark stands in the raw text, so it is taken away before the text is made tidy.
        text = tidy(unmark(found.text)).strip()
        if not text and not found.problem:
            continue
        heading = headings[index] if index < len(headings) else ""
        cell = Cell(
            f"{column_letters(index)}{number}",
            number,
            heading or column_letters(index),
            text,
            found.day,
        )
        if found.problem:
            problems.append(cell.error(found.problem, found.remedy))
        elif not heading:
            problems.append(
                cell.error(
                    "it is under no heading",
                    "Give its column a heading in row 1, or clear it.",
                )
            )
        elif len(text) > limits.characters:
            problems.append(
                cell.error(f"it is longer than {limits.characters:,} characters", "Shorten it.")
            )
        # Of two columns with one heading the first is kept: the duplicate is reported with the headings.
        cells.setdefault(keys[index] if heading else f"\0{index}", cell)
    if not cells:
        return None, problems
    return Row(number, _with_blanks(number, cells, headings, keys)), problems


def _with_blanks(
    number: int, cells: dict[str, Cell], headings: list[str], keys: list[str]
) -> dict[str, Cell]:
    """Every heading has a cell, so that an error about a blank one can name it."""
    for index, (heading, key) in enumerate(zip(headings, keys, strict=True)):
        if heading and key not in cells:
            cells[key] = Cell(f"{column_letters(index)}{number}", number, heading, "")
    return cells


def trimmed(
    cells: Sequence[T], limits: Limits, is_blank: Callable[[T], bool] = operator.not_
) -> Sequence[T]:
    """The cells, without blank ones at the end. Asked of what the file itself has, before anything is made of it.

    Raises:
        TableError: something stands further right than the limit.
    """
    width = len(cells)
    while width and is_blank(cells[width - 1]):
        width -= 1
    if width > limits.columns:
        raise too_wide(limits)
    return cells[:width]


def too_wide(limits: Limits) -> TableError:
    """The refusal of a table with too many columns."""
    return TableError(
        f"The table has more than {plural(limits.columns, 'column')}. Remove those it does not need."
    )
