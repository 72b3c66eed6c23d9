"""Rows to CSV and Excel: the one guarded writer of every download."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from icp.common.batches import in_batches
from icp.common.tabular.marks import mark, tidy

CHUNK = 200
EXCEL_ROWS = 1_048_576
EXCEL_CHARACTERS = 32_767
NARROWEST, WIDEST = 8, 60
CUT = "… (cut: a cell holds no more)"

NUMBER = int | float | Decimal
# Rows below the last one that still offer the lists and may be written in.
SPARE_ROWS = 500
LONGEST_LIST = 255
# What somebody may do in a sheet that guards some of its columns.
ALLOWED = dict.fromkeys(
    (
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_rows",
        "delete_rows",
        "sort",
        "autofilter",
    ),
    True,
)


@dataclass(frozen=True)
class SheetForm:
    """A sheet that somebody fills in: columns by their headings, and what to know on a second sheet.

    ``locked`` columns cannot be typed in without unprotecting the sheet, which takes no password;
    ``choices`` are offered as lists. Nobody may rely on either: the reader checks everything again.
    """

    hidden: Collection[str] = ()
    locked: Collection[str] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    instructions: Sequence[str] = ()


@dataclass(frozen=True)
class Sheet:
    """Another sheet of a workbook: its name, headings and rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """CSV in UTF-8 with a byte order mark, as Excel expects, a few hundred rows at a time.

    Dates are ISO, true and false are yes and no, ``None`` is blank, numbers are plain, text is guarded.
    """
    # A heading with a delimiter in it is quoted, so that the headings tell which delimiter it is.
    quoting = (
        csv.QUOTE_ALL if any(set(name) & set(";\t") for name in columns) else csv.QUOTE_MINIMAL
    )
    yield b"\xef\xbb\xbf" + _lines([[_text(name) for name in columns]], quoting)
    for chunk in in_batches(rows, CHUNK):
        yield _lines(([_csv_value(value) for value in row] for row in chunk), csv.QUOTE_MINIMAL)


def _lines(rows: Iterable[list[str]], quoting: Any) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def _text(value: Any) -> str:
    return mark(tidy(str(value)))


def _csv_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, NUMBER):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return _text(value)


def write_xlsx(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str = "Table",
    title: str = "",
    created: datetime | None = None,
    form: SheetForm | None = None,
    second: Sheet | None = None,
) -> bytes:
    """An Excel workbook of one sheet: a heading row that stays in sight, filters, real dates and numbers.

    With ``form`` it is a sheet to fill in, and a second one says how. With ``second`` it has that one besides.

    ``title`` and ``created`` go into the document's properties; with ``created`` given, the same rows give the
    same bytes.

    Raises:
        ValueError: more rows than a sheet holds.
    """
    written = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(written, options | {"strings_to_numbers": False}) as workbook:
        workbook.set_properties({"title": tidy(title)} | ({"created": created} if created else {}))
        _fill(workbook, _sheet_name(sheet), columns, rows, form)
        if second:
            _fill(workbook, _sheet_name(second.name), second.columns, second.rows, None)
    return written.getvalue()


def _fill(
    workbook: Any,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    form: SheetForm | None,
) -> None:
    page = workbook.add_worksheet(name)
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    open_cells, locked_cells = _formats(workbook, locked=False), _formats(workbook, locked=True)
    guarded = set(form.locked) if form else set(columns)
    formats = [locked_cells if column in guarded else open_cells for column in columns]
    # The filter's button takes three characters.
    widths = [len(column) + 3 for column in columns]
    for index, column in enumerate(columns):
        page.write_string(0, index, _text(column), heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        if last >= EXCEL_ROWS:
            raise ValueError(f"An Excel sheet holds {EXCEL_ROWS - 1:,} rows. Take CSV instead.")
        for index, value in enumerate(row):
            within = formats[index] if index < len(formats) else locked_cells
            if form and value in (None, "") and within is open_cells:
                page.write_blank(last, index, None, within["text"])
            width = _write(page, last, index, value, within)
            if index < len(widths):
                widths[index] = max(widths[index], width)
    for index, width in enumerate(widths):
        column_format = formats[index]["text"] if form else None
        hidden = {"hidden": True} if form and columns[index] in form.hidden else {}
        page.set_column(index, index, min(max(width + 1, NARROWEST), WIDEST), column_format, hidden)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    if columns:
        page.autofilter(0, 0, last, len(columns) - 1)
    if form:
        _guard(workbook, page, columns, last, form)


def _formats(workbook: Any, *, locked: bool) -> dict[str, Any]:
    common = {"valign": "top"} | ({} if locked else {"locked": False})
    return {
        "text": workbook.add_format(common | {"text_wrap": True}),
        "date": workbook.add_format(common | {"num_format": "d mmm yyyy", "align": "left"}),
        "moment": workbook.add_format(common | {"num_format": "d mmm yyyy hh:mm", "align": "left"}),
        "number": workbook.add_format(common),
    }


def _guard(workbook: Any, page: Any, columns: Sequence[str], last: int, form: SheetForm) -> None:
    """Lists of what may stand in a column, locked columns, and the sheet that says how."""
    page.protect("", ALLOWED)
    for column, allowed in form.choices.items():
        index = columns.index(column)
        listed = [_text(one) for one in allowed]
        if listed and sum(len(one) + 1 for one in listed) <= LONGEST_LIST:
            rule = {"validate": "list", "source": listed, "error_type": "warning"}
            page.data_validation(1, index, last + SPARE_ROWS, index, rule)
    if form.instructions:
        how = workbook.add_worksheet("How to fill it in")
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        how.set_column(0, 0, 90)
        for number, sentence in enumerate(form.instructions):
            how.write_string(number, 0, _text(sentence), wrapped)


def _write(page: Any, row: int, index: int, value: Any, formats: dict[str, Any]) -> int:
    """Write one cell; returns how many characters wide it shows."""
    if value is None:
        return 0
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, datetime):
        # Excel knows no time zones: the time is written as it reads.
        page.write_datetime(row, index, value.replace(tzinfo=None), formats["moment"])
        return 18
    if isinstance(value, date):
        page.write_datetime(row, index, value, formats["date"])
        return 12
    if isinstance(value, NUMBER):
        page.write_number(row, index, value, formats["number"])
        return len(str(value))
    text = _text(value)
    if len(text) > EXCEL_CHARACTERS:
        # Excel would refuse the whole file, and the library would drop the cell without a word.
        text = text[: EXCEL_CHARACTERS - len(CUT)] + CUT
    if text:
        page.write_string(row, index, text, formats["text"])
    return max((len(line) for line in text.split("\n")), default=0)


def _sheet_name(name: str) -> str:
    """Excel takes 31 characters, and not these."""
    return re.sub(r"[\[\]:*?/\\]", " ", tidy(name)).strip(" '")[:31].strip(" '") or "Table"
