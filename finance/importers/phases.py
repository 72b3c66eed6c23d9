"""Phased budgets from a pasted block: each bad cell named, nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from finance.importers.positions import key_of, read_amount
from finance.models import BudgetLine
from finance.rules.years import MONTHS
from icp.common.money import NotMoney
from icp.common.tabular import Cell, CellError

NAMED = 2


@dataclass(frozen=True)
class BroughtPhases:
    """What a block says, by line and month, pounds."""

    phases: dict[int, dict[int, Decimal]] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)


def read_phases(text: str, *, lines: Sequence[BudgetLine], unit: Decimal) -> BroughtPhases:
    """Read rows of fund, line and twelve months. A first row of headings is passed over."""
    known = {key_of(line.get_fund_display(), line.label): line.pk for line in lines}
    known |= {key_of(line.fund, line.label): line.pk for line in lines}
    found = BroughtPhases()
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, cells in enumerate((row.split("\t") for row in rows), start=1):
        if not any(cell.strip() for cell in cells) or _is_heading(number, cells):
            continue
        line = known.get(key_of(cells[0], cells[1] if len(cells) > 1 else ""))
        named = Cell("column 2", number, "line", (cells[1] if len(cells) > 1 else "").strip())
        if line is None:
            remedy = "Write the fund and the line as the page does."
            found.errors.append(named.error("no line of this partner", remedy))
        elif line in found.phases:
            found.errors.append(named.error("the line stands twice", "Keep one of them."))
        else:
            found.phases[line] = _months(cells, number, unit, found.errors)
    return found


def _is_heading(number: int, cells: Sequence[str]) -> bool:
    return number == 1 and cells[0].strip().casefold() == "fund"


def _months(
    cells: Sequence[str], row: int, unit: Decimal, errors: list[CellError]
) -> dict[int, Decimal]:
    months: dict[int, Decimal] = {}
    for place, value in enumerate(cells[NAMED:], start=1):
        if not value.strip():
            continue
        cell = Cell(f"column {place + NAMED}", row, f"month {place}", value.strip())
        if place > MONTHS:
            errors.append(cell.error("it falls outside the year", "There are twelve months."))
            continue
        try:
            months[place] = read_amount(value, unit=unit)
        except NotMoney as problem:
            errors.append(cell.error("it is no amount", str(problem)))
    return months
