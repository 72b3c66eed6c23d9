"""The finance report as an Excel workbook: figures in pounds, variances and totals as live formulas that foot."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell  # type: ignore[import-untyped]

from finance.exporters.content import SIDE_FIGURES
from finance.exporters.printed import (
    BRIDGE,
    COLUMNS,
    OF_RISK,
    SECTION_WORDS,
    TITLES,
    amount,
    without_words,
)
from finance.exporters.workbook_charts import add_charts
from finance.exposure_lines import PLURALS
from finance.models.exposure import OF_PARTNER
from icp.common.tabular.marks import mark, tidy

# A formula for a column that follows from others, by their places in COLUMNS.
FOLLOWS = {
    "ytd_variance": ("ytd_budget", "ytd_actual"),
    "forecast_variance": ("annual_budget", "forecast_outturn"),
}
NOT_KNOWN = "not known"
NAMES = [name for name, _ in COLUMNS]
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def workbook(content: Mapping[str, Any]) -> bytes:
    """A sheet for each view, and for charts, risks, exposure, savings and the words; the same content gives the same
    figures.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        book.set_properties({"title": f"Finance report, {content['name']}, {content['place']}"})
        formats = {
            "bold": book.add_format({"bold": True, "text_wrap": True}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "money": book.add_format({"num_format": "#,##0;[Red](#,##0);0"}),
            "total": book.add_format(
                {"num_format": "#,##0;[Red](#,##0);0", "bold": True, "top": 1}
            ),
        }
        for name, title in TITLES.items():
            _view(
                book.add_worksheet(name.capitalize()),
                title.split(",")[0],
                content,
                content[name],
                formats,
            )
        add_charts(book, content, formats)
        _risks(book.add_worksheet("Risks"), content, formats)
        _exposure(book.add_worksheet("Exposure"), content, formats)
        _savings(book.add_worksheet("Savings"), content, formats)
        _partners_savings(book.add_worksheet("Savings by partner"), content, formats)
        _words(book.add_worksheet("Words"), content, formats)
    return written.getvalue()


def _view(
    sheet: Any, title: str, content: Mapping[str, Any], rows: list[dict[str, Any]], formats: Any
) -> None:
    sheet.write_string(0, 0, f"{title}, £", formats["bold"])
    sheet.write_string(1, 0, tidy(f"{content['place']}, {content['name']}, {content['year']}"))
    for index, (_, label) in enumerate(COLUMNS, start=2):
        sheet.write_string(3, index, label, formats["bold"])
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 8, 16)
    sheet.freeze_panes(4, 2)
    at: dict[int, int] = {}
    for index, row in enumerate(rows):
        line = at[index] = 4 + index
        sheet.write_string(line, 0, SECTION_WORDS[row["section"]])
        bold = formats["bold"] if row["kind"] != "line" else None
        without = f" ({without_words(row)})" if without_words(row) else ""
        sheet.write_string(line, 1, mark(tidy(row["label"] + without)), bold)
        parts = [at[part] for part in _parts(rows, index)]
        for place, name in enumerate(NAMES, start=2):
            _cell(sheet, line, place, row, name, parts, formats)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _parts(rows: list[dict[str, Any]], index: int) -> list[int]:
    """The rows that a total adds up: lines of its section, or, of a section of its own, the totals before it."""
    row = rows[index]
    if row["kind"] == "line":
        return []
    before = range(index)
    mine = [n for n in before if rows[n]["section"] == row["section"] and rows[n]["kind"] == "line"]
    if mine or row["section"] != "all":
        return [n for n in mine if rows[n]["ytd_actual"] is not None]
    # The last row of a view: the fund and what stands beside it, or the workstreams and what has none.
    wanted = ("fund", "in collaboration", "workstream", "not attributed")
    return [n for n in before if rows[n]["kind"] != "line" and rows[n]["section"] in wanted]


def _cell(
    sheet: Any,
    line: int,
    place: int,
    row: dict[str, Any],
    name: str,
    parts: list[int],
    formats: Any,
) -> None:
    style = formats["money" if row["kind"] == "line" else "total"]
    if row[name] is None:
        sheet.write_string(line, place, row.get("absent") or "not available", formats["text"])
        return
    value = float(Decimal(row[name]))
    if name in FOLLOWS and row["ytd_actual"] is not None:
        first, second = (xl_rowcol_to_cell(line, NAMES.index(one) + 2) for one in FOLLOWS[name])
        sheet.write_formula(line, place, f"={first}-{second}", style, value)
    elif parts:
        column = xl_col_to_name(place)
        cells = ",".join(f"{column}{part + 1}" for part in parts)
        sheet.write_formula(line, place, f"=SUM({cells})", style, value)
    else:
        sheet.write_number(line, place, value, style)


def _risks(sheet: Any, content: Mapping[str, Any], formats: Any) -> None:
    names = ("organisation", "side", "ref", "title", *OF_RISK)
    amounts = [name for name in OF_RISK if name != "probability_percent"]
    for place, name in enumerate(names):
        sheet.write_string(0, place, _heading(name), formats["bold"])
    for line, one in enumerate(content["risks"], start=1):
        for place, name in enumerate(names):
            value = one[name]
            if value is None:
                sheet.write_string(line, place, "" if name in amounts[3:] else "TBC")
            elif name in amounts:
                sheet.write_number(line, place, float(Decimal(value)), formats["money"])
            elif name == "probability_percent":
                sheet.write_number(line, place, float(Decimal(value)))
            else:
                sheet.write_string(line, place, mark(tidy(str(value))), formats["text"])
    sheet.set_column(0, 2, 14)
    sheet.set_column(3, 3, 44)
    sheet.set_column(4, 9, 16)
    sheet.freeze_panes(1, 0)


def _table(
    sheet: Any, top: int, headings: Sequence[str], rows: list[list[Any]], formats: Any
) -> int:
    """Headings and rows from row ``top`` on: words, counts, and pounds as exact text, "not known" where there is
    none. The row after them.
    """
    for place, heading in enumerate(headings):
        sheet.write_string(top, place, heading, formats["bold"])
    for line, values in enumerate(rows, start=top + 1):
        for place, value in enumerate(values):
            if isinstance(value, Decimal):
                sheet.write_number(line, place, float(value), formats["money"])
            elif isinstance(value, int):
                sheet.write_number(line, place, value)
            else:
                sheet.write_string(line, place, NOT_KNOWN if value is None else mark(tidy(value)))
    return top + 1 + len(rows)


def _exposure(sheet: Any, content: Mapping[str, Any], formats: Any) -> None:
    """What each side amounts to, and the way from the reported variance to the mitigated one."""
    sides = [
        [PLURALS[one["side"]], one["count"], one["unknown"]]
        + [amount(one[name]) for name in SIDE_FIGURES]
        for one in content.get("exposure", ())
    ]
    headings = ["Side, £", "How many", "Of them not known", *map(_heading, SIDE_FIGURES)]
    below = _table(sheet, 0, headings, sides, formats)
    steps: list[list[Any]] = [
        [label, amount(content["bridge"][name])]
        for name, label in BRIDGE.items()
        if "bridge" in content
    ]
    _table(sheet, below + 1, ["From the reported to the mitigated variance, £"], steps, formats)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 2 + len(SIDE_FIGURES), 16)


def _partners_savings(sheet: Any, content: Mapping[str, Any], formats: Any) -> None:
    """What each partner says of its savings as a whole."""
    rows = [
        [one["organisation"], *(amount(one[name]) for name in OF_PARTNER)]
        for one in content["savings"]
    ]
    _table(sheet, 0, ["Partner, £", *map(_heading, OF_PARTNER)], rows, formats)
    sheet.set_column(0, len(OF_PARTNER), 16)


def _heading(name: str) -> str:
    return name.replace("_", " ").replace("ytd", "to date").capitalize()


def _savings(sheet: Any, content: Mapping[str, Any], formats: Any) -> None:
    """Each scheme in pounds; slippage is a formula where it is known."""
    words = ("organisation", "name", "saving_type", "workstream", "provider", "rating", "progress")
    amounts = ("plan", "plan_to_date", "actual", "slippage", "forecast", "at_risk", "mitigated")
    for place, name in enumerate((*words, *amounts)):
        sheet.write_string(0, place, name.replace("_", " ").capitalize(), formats["bold"])
    first = len(words)
    for line, one in enumerate(content.get("schemes", ()), start=1):
        for place, name in enumerate(words):
            sheet.write_string(line, place, mark(tidy(one[name])), formats["text"])
        for place, name in enumerate(amounts, start=first):
            if one[name] is None:
                continue
            value = float(Decimal(one[name]))
            if name == "slippage":
                planned, saved = (xl_rowcol_to_cell(line, first + n) for n in (1, 2))
                sheet.write_formula(line, place, f"={saved}-{planned}", formats["money"], value)
            else:
                sheet.write_number(line, place, value, formats["money"])
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, first + len(amounts), 16)
    sheet.freeze_panes(1, 2)


def _words(sheet: Any, content: Mapping[str, Any], formats: Any) -> None:
    said = [(one["about"], one["text"]) for one in content["commentary"]]
    said += [
        (f"Basis of preparation, {one['organisation']}", one["text"]) for one in content["basis"]
    ]
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    for line, (about, text) in enumerate(said):
        sheet.write_string(line, 0, mark(tidy(about)), formats["bold"])
        sheet.write_string(line, 1, mark(tidy(text)), formats["text"])
