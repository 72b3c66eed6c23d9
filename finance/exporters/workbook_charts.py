"""The report's charts in its workbook: Excel's own, over cells that hold their figures in pounds."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from finance.charts import Chart, charts_of
from finance.rules.charts import Series, to_draw
from finance.rules.positions import NOUGHT
from icp.common.money import in_pounds
from icp.common.tabular.marks import mark, tidy

SHEET = "Charts"
# Rows that a drawing covers, and from which column on it stands: the months of a year are left of it.
HIGH, RIGHT = 18, 15
SIZE = {"width": 640, "height": 340}
MONEY = "#,##0;[Red](#,##0);0"
STEPS = ("From", "Budget or forecast", "Over", "Under")
COLOURS = ("#005eb8", "#330072", "#7c2855", "#00703c", "#212b32", "#a35c00")
DASHES = ("solid", "dash", "round_dot", "dash_dot", "square_dot", "long_dash")


def add_charts(book: Any, content: Mapping[str, Any], formats: Mapping[str, Any]) -> None:
    """A sheet with each chart beside its cells; none where there is nothing to draw."""
    charts = charts_of(content, write=_pounds)
    if not charts:
        return
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, RIGHT - 1, 14)
    top = 0
    for one in charts:
        _cells(sheet, one, top, formats)
        drawn = DRAWN[one.name](book, sheet, one, top + 3, formats)
        title = one.title.replace("£000", "£")
        drawn.set_title({"name": title, "overlay": False})
        drawn.set_size(SIZE)
        words = {"description": f"{title}: {one.words}", "object_position": 1}
        sheet.insert_chart(top, RIGHT, drawn, words)
        top += max(len(one.rows) + 5, HIGH + 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _pounds(amount: Decimal | None) -> str:
    """As the cells beside the words show it: whole pounds."""
    return in_pounds(
        amount if amount is None else amount.quantize(Decimal(1), ROUND_HALF_UP)
    ).replace(".00", "")


def _cells(sheet: Any, one: Chart, top: int, formats: Mapping[str, Any]) -> None:
    """Title, words, headings and rows, from row ``top`` on."""
    sheet.write_string(top, 0, one.title.replace("£000", "£"), formats["bold"])
    sheet.write_string(top + 1, 0, tidy(one.words))
    for place, column in enumerate(one.columns, start=1):
        sheet.write_string(top + 2, place, column.replace("£000", "£"), formats["bold"])
    for line, ((label, _), values) in enumerate(zip(one.rows, one.values, strict=True), top + 3):
        sheet.write_string(line, 0, mark(tidy(label)))
        for place, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(line, place, float(value), formats["money"])


def _lines(book: Any, _: Any, one: Chart, first: int, formats: Any) -> Any:
    """A line for each partner that the page draws, and one for all; told apart by their dashes too."""
    drawn, columns = book.add_chart({"type": "line"}), len(one.columns)
    every = [
        Series(label, tuple(said)) for (label, _), said in zip(one.rows, one.values, strict=True)
    ]
    for number in (every.index(kept) for kept in to_draw(every)):
        line = {
            "color": COLOURS[number % len(COLOURS)],
            "dash_type": DASHES[number % len(DASHES)],
            "width": 2.25,
        }
        drawn.add_series(
            {
                "name": [SHEET, first + number, 0],
                "categories": [SHEET, first - 1, 1, first - 1, columns],
                "values": [SHEET, first + number, 1, first + number, columns],
                "line": line,
            }
        )
    drawn.set_x_axis({"label_position": "low"})
    drawn.set_y_axis({"num_format": MONEY})
    drawn.set_legend({"position": "bottom"})
    return drawn


def _spent(book: Any, _: Any, one: Chart, first: int, formats: Any) -> Any:
    """A bar for what each month spent, a line for its budget."""
    drawn, budget = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    drawn.add_series(_column(first, one, 2, fill={"color": "#99bfe3"}))
    budget.add_series(_column(first, one, 1, line={"color": "#212b32", "width": 2.25}))
    drawn.combine(budget)
    drawn.set_y_axis({"num_format": MONEY})
    drawn.set_legend({"position": "bottom"})
    return drawn


def _column(first: int, one: Chart, place: int, **style: Any) -> dict[str, Any]:
    last = first + len(one.rows) - 1
    return {
        "name": [SHEET, first - 1, place],
        "categories": [SHEET, first, 0, last, 0],
        "values": [SHEET, first, place, last, place],
        **style,
    }


def _bridge(book: Any, sheet: Any, one: Chart, first: int, formats: Any) -> Any:
    """Bars that lie down, each from where the one before ended: worked out beside the steps, by formulas."""
    for place, heading in enumerate(STEPS, start=2):
        sheet.write_string(first - 1, place, heading, formats["bold"])
    amounts = [values[0] or NOUGHT for values in one.values]
    for number in range(len(amounts)):
        _step(sheet, first, number, amounts, formats["money"])
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"})
    drawn.add_series(_column(first, one, 2, fill={"none": True}, border={"none": True}))
    for place, colour in ((3, "#4c6272"), (4, "#b8150b"), (5, "#00703c")):
        drawn.add_series(_column(first, one, place, fill={"color": colour}, gap=40))
    drawn.set_y_axis({"reverse": True})
    drawn.set_x_axis({"num_format": MONEY, "label_position": "low", "min": _ground(one)})
    drawn.set_legend({"position": "bottom", "delete_series": [0]})
    return drawn


def _ground(one: Chart) -> int:
    """Where the bars begin: the steps are small beside the sums, so shortly before the least of them, in round
    thousands.
    """
    first, *steps, _ = (float(values[0] or 0) for values in one.values)
    heights = list(accumulate(steps, initial=first))
    room = max((max(heights) - min(heights)) / 4, 1_000)
    return int((min(heights) - room) // 1_000 * 1_000)


def _step(sheet: Any, first: int, number: int, amounts: Sequence[Decimal], style: Any) -> None:
    """The cells of a step. Each formula is written with what it comes to: whatever shows the file without working it
    out (a tablet, a preview) draws the same bars.
    """
    line, amount = first + number, amounts[number]
    cell, height = xl_rowcol_to_cell(line, 1), sum(amounts[:number], NOUGHT)
    formulas: tuple[tuple[str, Decimal] | None, ...]
    if number in (0, len(amounts) - 1):
        formulas = (None, (f"={cell}", amount), None, None)
    else:
        before = f"SUM({xl_rowcol_to_cell(first, 1)}:{xl_rowcol_to_cell(line - 1, 1)})"
        formulas = (
            (f"=MIN({before},{before}+{cell})", min(height, height + amount)),
            None,
            (f"=MAX({cell},0)", max(amount, NOUGHT)),
            (f"=MAX(-{cell},0)", max(-amount, NOUGHT)),
        )
    for place, formula in enumerate(formulas, start=2):
        if formula is None:
            sheet.write_number(line, place, 0, style)
        else:
            words, value = formula
            sheet.write_formula(line, place, words, style, float(value))


def _range(book: Any, _: Any, one: Chart, first: int, formats: Any) -> Any:
    """The four points between which the forecast variance may end."""
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series(_column(first, one, 1, fill={"color": "#99bfe3"}, gap=60))
    drawn.set_y_axis({"reverse": True, "label_position": "low"})
    drawn.set_x_axis({"num_format": MONEY})
    drawn.set_legend({"none": True})
    return drawn


DRAWN: dict[str, Callable[..., Any]] = {
    "variance": _lines,
    "run-rate": _spent,
    "bridge": _bridge,
    "range": _range,
}
