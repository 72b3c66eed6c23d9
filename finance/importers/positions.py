"""A partner's figures from Excel, CSV or a pasted block: each bad cell named, nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from finance.forms import UNITS
from finance.models import FIGURES, BudgetLine
from icp.common.money import NotMoney, read_money
from icp.common.tabular import Cell, CellError, Limits, Row, read_table

COLUMNS = ("fund", "line", *FIGURES)
OPTIONAL = ("comment",)
LONGEST_COMMENT = 2000


@dataclass(frozen=True)
class Brought:
    """What a file says, by line and field: figures in pounds, the comment where the file has that column."""

    figures: dict[int, dict[str, Decimal]] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)


def read_positions(
    data: bytes, filename: str, *, lines: Sequence[BudgetLine], unit: str, limits: Limits
) -> Brought:
    """Read a file of one partner's lines; an empty cell leaves what is entered as it is.

    Raises:
        TableError: the file cannot be read at all; says why and what to do.
    """
    table = read_table(data, filename, limits)
    table.require_columns(COLUMNS, OPTIONAL)
    known = {key_of(line.get_fund_display(), line.label): line.pk for line in lines}
    known |= {key_of(line.fund, line.label): line.pk for line in lines}
    found = Brought(errors=list(table.problems))
    told = {(error.row, error.reference) for error in table.problems}
    for row in table.rows_in_time():
        line = known.get(key_of(row.text("fund"), row.text("line")))
        if line is None:
            remedy = "Write the fund and the line as the page does."
            found.errors.append(row.get("line").error("no line of this partner", remedy))
        elif line in found.figures:
            found.errors.append(row.get("line").error("the line stands twice", "Keep one of them."))
        else:
            found.figures[line] = _figures(row, unit, found.errors, told)
            if table.has_column("comment"):
                found.comments[line] = _comment(row.get("comment"), found.errors)
    return found


def read_amount(text: str, *, unit: Decimal) -> Decimal:
    """A cell of a spreadsheet, where accounts print nought as a dash; pounds.

    Raises:
        NotMoney: it is no amount.
    """
    return Decimal("0.00") if text.strip() in ("-", "–", "—") else read_money(text, unit=unit)


def key_of(fund: str, label: str) -> tuple[str, str]:
    """What names a line in a file, whatever its capitals and spaces."""
    return " ".join(fund.casefold().split()), " ".join(label.casefold().split())


def _figures(
    row: Row, unit: str, errors: list[CellError], told: set[tuple[int, str]]
) -> dict[str, Decimal]:
    found = {}
    for name in FIGURES:
        cell = row.get(name)
        if cell.is_blank or (cell.row, cell.reference) in told:
            continue
        try:
            found[name] = read_amount(cell.text, unit=UNITS[unit])
        except NotMoney as problem:
            errors.append(cell.error("it is no amount", str(problem)))
    return found


def _comment(cell: Cell, errors: list[CellError]) -> str:
    if len(cell.text) > LONGEST_COMMENT:
        errors.append(cell.error("it is too long", f"Write at most {LONGEST_COMMENT} characters."))
    return cell.text[:LONGEST_COMMENT]


def read_block(text: str, *, lines: Sequence[BudgetLine], unit: str) -> Brought:
    """Read a block of figures copied from a spreadsheet: rows in the order of ``lines``, columns in the page's.

    Everything is looked at first: a cell that is no amount, or falls outside, is an error with its place.
    """
    found = Brought()
    rows = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    for number, cells in enumerate(row.split("\t") for row in rows):
        for place, value in enumerate(cells):
            if not value.strip():
                continue
            cell = Cell(f"column {place + 1}", number + 1, _heading(place), value.strip())
            if number >= len(lines) or place >= len(FIGURES):
                remedy = f"There are {len(lines)} lines of {len(FIGURES)} figures."
                found.errors.append(cell.error("it falls outside the lines", remedy))
                continue
            try:
                amount = read_amount(value, unit=UNITS[unit])
            except NotMoney as problem:
                found.errors.append(cell.error("it is no amount", str(problem)))
                continue
            found.figures.setdefault(lines[number].pk, {})[FIGURES[place]] = amount
    return found


def _heading(place: int) -> str:
    return FIGURES[place].replace("_", " ") if place < len(FIGURES) else f"column {place + 1}"
