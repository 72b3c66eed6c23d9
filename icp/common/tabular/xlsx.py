"""Excel workbooks: what is in the archive is checked before it is opened, then one sheet is read."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from icp.common.tabular.reading import REMEDY, RawCell, trimmed
from icp.common.tabular.table import Deadline, Limits, TableError
from icp.common.words import quoted

# The row's number from 1, and the column's from 0.
Place = tuple[int, int]
Cells = Sequence[Any]

EXCEL_ROWS = 1_048_576
# How many times as many cells as a whole table may have are looked through for those that hold something.
PADDING = 2
# How Excel writes a character that XML cannot hold; 005F is the underscore that escapes such a text itself.
ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff]|007[Ff])_")
SHEETS = "xl/worksheets/"
# A sheet is looked through in pieces of so many bytes; what is looked for is no longer than the other.
PIECE, LONGEST_TAG = 1024 * 1024, 64
ROW_ENDS = b"row>"
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
TOO_LARGE = "{} is too large inside. Copy the table alone into a new workbook, or divide it into several files, and send that."

# It warns of charts and the like, which no table needs.
warnings.filterwarnings("ignore", module="openpyxl")

# Entities in a workbook's XML (the "billion laughs") are refused by defusedxml, which openpyxl uses when it is there.
if not openpyxl.DEFUSEDXML:
    raise ImportError(
        "defusedxml must be installed, and OPENPYXL_DEFUSEDXML must not be switched off."
    )


def xlsx_rows(
    data: bytes, deadline: Deadline, limits: Limits, sheet: str | None
) -> tuple[str, Iterator[tuple[int, list[RawCell]]]]:
    """The sheet's name, and its rows that are not blank with their numbers.

    Raises:
        TableError: not a workbook, damaged, locked, too large inside, too slow, or without that sheet.
    """
    has_formulas = check_archive(data, deadline, limits)
    workbook = _opened(data, deadline, data_only=True)
    name = _sheet_name(workbook, deadline.shown, sheet)
    formulas = _formulas(data, deadline, name, limits) if has_formulas else set()
    return name, _rows(workbook[name], deadline, limits, formulas)


def check_archive(data: bytes, deadline: Deadline, limits: Limits) -> bool:
    """Whether any sheet holds a formula. Reads no more than ``limits.unpacked`` bytes.

    The archive's own directory is to be trusted for this: reading stops at the size it declares.

    Raises:
        TableError: not a workbook, damaged, locked or too large inside.
    """
    shown = deadline.shown
    with readable(deadline), zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > limits.members:
            raise TableError(TOO_LARGE.format(shown))
        sheets = [one for one in members if one.filename.startswith(SHEETS)]
        inside, streamed = _size(members), _size(sheets)
        if inside > max(limits.unpacked, limits.sheets) or inside - streamed > limits.unpacked:
            raise TableError(TOO_LARGE.format(shown))
        if any(member.flag_bits & 1 for member in members):
            raise TableError(f"{shown} is protected by a password. Remove it. {REMEDY}.")
        names = {member.filename for member in members}
        if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
            raise TableError(f"{shown} is not a CSV or Excel file. {REMEDY}.")
        # Each is looked through, whatever the ones before it hold.
        found = [_has_formula(archive, one.filename, deadline, limits) for one in sheets]
        return any(found)


def _size(members: Sequence[zipfile.ZipInfo]) -> int:
    return sum(member.file_size for member in members)


def _has_formula(archive: zipfile.ZipFile, name: str, deadline: Deadline, limits: Limits) -> bool:
    """Whether a sheet has one. It is looked through piece by piece, and refused where one row alone is too large:
    openpyxl holds a whole row.
    """
    found, before, row = False, b"", 0
    with archive.open(name) as sheet:
        while piece := sheet.read(PIECE):
            deadline.check()
            found = found or FORMULA.search(before + piece) is not None
            last = piece.rfind(ROW_ENDS)
            row = len(piece) - last if last >= 0 else row + len(piece)
            if row > limits.unpacked:
                raise TableError(TOO_LARGE.format(deadline.shown))
            before = piece[-LONGEST_TAG:]
    return found


@contextmanager
def readable(deadline: Deadline) -> Iterator[None]:
    """Whatever goes wrong in a broken or hostile file is one sentence to its owner.

    Raises:
        TableError: the one raised inside, that it takes too long, or that the file is damaged.
    """
    try:
        yield
    except TableError:
        raise
    except Exception:
        # openpyxl makes errors of its own of ours.
        deadline.check()
        raise TableError(
            f"{deadline.shown} is damaged and cannot be read. Open it in Excel. {REMEDY}."
        ) from None


class _InTime(io.BytesIO):
    """The file's bytes, as long as there is time: to openpyxl a row of any width is one step."""

    def __init__(self, data: bytes, deadline: Deadline) -> None:
        super().__init__(data)
        self.deadline = deadline

    def read(self, size: int | None = -1, /) -> bytes:
        self.deadline.check()
        return super().read(size)


def _opened(data: bytes, deadline: Deadline, *, data_only: bool) -> Any:
    with readable(deadline):
        return openpyxl.load_workbook(
            _InTime(data, deadline), read_only=True, data_only=data_only, keep_links=False
        )


def _sheet_name(workbook: Any, shown: str, wanted: str | None) -> str:
    names = [str(sheet.title) for sheet in workbook.worksheets]
    if not names:
        raise TableError(f"{shown} has no worksheet. {REMEDY}.")
    if wanted is None:
        return names[0]
    for name in names:
        if name.casefold() == wanted.casefold():
            return name
    there = ", ".join(quoted(name) for name in names[:10])
    raise TableError(f"{shown} has no sheet {quoted(wanted)}. Its sheets are {there}.")


def _rows(
    sheet: Any, deadline: Deadline, limits: Limits, formulas: set[Place]
) -> Iterator[tuple[int, list[RawCell]]]:
    last_formula: dict[int, int] = {}
    for number, index in formulas:
        last_formula[number] = max(index, last_formula.get(number, 0))
    for number, cells in _raw_rows(sheet, deadline, limits):
        with readable(deadline):
            there = _without_padding(cells, limits, at_least=last_formula.get(number, -1) + 1)
            raw = [
                _cell(cell, has_formula=(number, index) in formulas)
                for index, cell in enumerate(there)
            ]
            kept = trimmed(raw, limits, lambda cell: not cell.text and not cell.problem)
        if kept:
            yield number, list(kept)


def _without_padding(cells: Cells, limits: Limits, *, at_least: int) -> Cells:
    """The row's cells up to the last that holds something, but at least so many: their formulas have no result."""
    return [
        *cells[:at_least],
        *trimmed(cells[at_least:], limits, lambda cell: cell.value in (None, "")),
    ]


def _raw_rows(sheet: Any, deadline: Deadline, limits: Limits) -> Iterator[tuple[int, Cells]]:
    """openpyxl's rows, numbered; its own errors as ours. The size that the sheet declares is not believed.

    It fills a row up with blank cells to its last one, so a small file may hold thousands of millions: they are
    counted.
    """
    sheet.reset_dimensions()
    # Without a greatest column, openpyxl pads nothing: rows that are not there cost next to nothing.
    rows = sheet.iter_rows(min_row=1, max_row=EXCEL_ROWS)
    left = PADDING * limits.rows * limits.columns
    with readable(deadline):
        for number, cells in enumerate(rows, start=1):
            deadline.check()
            left -= len(cells)
            if left < 0:
                raise TableError(TOO_LARGE.format(deadline.shown))
            if cells:
                yield number, cells


def _formulas(data: bytes, deadline: Deadline, name: str, limits: Limits) -> set[Place]:
    """Where formulas stand."""
    sheet = _opened(data, deadline, data_only=False)[name]
    return {
        (number, index)
        for number, cells in _raw_rows(sheet, deadline, limits)
        for index, cell in enumerate(cells)
        if cell.data_type == "f"
    }


def _cell(cell: Any, *, has_formula: bool) -> RawCell:
    value = cell.value
    # A result that is an empty text is a result, and has another type.
    if value is None and has_formula and cell.data_type == "n":
        return RawCell(
            "",
            problem="its formula has no saved result",
            remedy="Open the file in Excel and save it, or write the value in place of the formula.",
        )
    if value is None:
        return RawCell("")
    if cell.data_type == "e":
        return RawCell(
            str(value),
            problem="it is an error in the spreadsheet",
            remedy="Correct it there.",
        )
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return RawCell(value.isoformat(), value)
    if isinstance(value, bool):
        return RawCell("yes" if value else "no")
    if isinstance(value, int | float):
        return RawCell(_number(value, str(cell.number_format or "")))
    return RawCell(ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)))


def _number(value: float, number_format: str) -> str:
    """As Excel shows it: at most 15 digits, no .0, and 0.5 in a cell of per cent is 50%."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    per_cent = "%" in number_format
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    text = f"{exact * 100 if per_cent else exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%" if per_cent else text
