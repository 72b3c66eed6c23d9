"""A partner's financial risks from Excel or CSV: each bad cell named, nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from finance.forms import UNITS
from finance.models import Side
from icp.common.money import NotMoney, read_money
from icp.common.tabular import Cell, CellError, Limits, Row, Table, read_table

COLUMNS = ("side", "ref", "title", "full_value", "probability_percent")
AMOUNTS = ("recurrent", "non_recurrent", "carried_forward")
# What the downloaded list holds besides: it is worked out, or said by the page.
IGNORED = ("organisation", "weighted_computed", "share_percent", "movement", "flags")
OPTIONAL = ("weighted", "weighted_entered", *AMOUNTS, "brought_forward")
TBC = "TBC"
LONGEST = {"ref": 12, "title": 200}
SIDES = {name.casefold(): value for value, label in Side.choices for name in (value, label)}
YES, NO = ("yes", "true", "1"), ("no", "false", "0", "")


@dataclass(frozen=True)
class BroughtRisk:
    """One row: which of the register it is, and what it says. Amounts in pounds; None is to be confirmed."""

    side: str
    ref: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class BroughtRisks:
    rows: list[BroughtRisk] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def read_risks(
    data: bytes, filename: str, *, partner: str, unit: str, limits: Limits
) -> BroughtRisks:
    """Read a file. Rows of other partners, where it has a column ``organisation``, are passed over.

    Raises:
        TableError: the file cannot be read at all; says why and what to do.
    """
    table = read_table(data, filename, limits)
    table.require_columns(COLUMNS, (*OPTIONAL, *IGNORED))
    found = BroughtRisks(errors=list(table.problems))
    told = {(error.row, error.reference) for error in table.problems}
    seen: set[tuple[str, str]] = set()
    for row in table.rows_in_time():
        if table.has_column("organisation") and row.text("organisation") not in ("", partner):
            continue
        one = _row(row, table, unit, found.errors, told)
        if (one.side, one.ref) in seen:
            found.errors.append(row.get("ref").error("it stands twice", "Keep one of them."))
        seen.add((one.side, one.ref))
        found.rows.append(one)
    return found


def _row(
    row: Row, table: Table, unit: str, errors: list[CellError], told: set[tuple[int, str]]
) -> BroughtRisk:
    side = SIDES.get(row.text("side").casefold(), "")
    if not side:
        errors.append(row.get("side").error("no side", "Write risk, opportunity or mitigation."))
    values: dict[str, Any] = {
        "title": _words(row.get("title"), errors),
        "full_value": _amount(row.get("full_value"), unit, errors, told),
        "probability": _percent(row.get("probability_percent"), errors, told),
    }
    for name in AMOUNTS:
        if table.has_column(name):
            values[name] = _amount(row.get(name), unit, errors, told)
    entered = "weighted_entered" if table.has_column("weighted_entered") else "weighted"
    if table.has_column(entered):
        values["weighted"] = _amount(row.get(entered), unit, errors, told)
    if table.has_column("brought_forward"):
        values["brought_forward"] = _yes(row.get("brought_forward"), errors)
    return BroughtRisk(side, _words(row.get("ref"), errors), values)


def _words(cell: Cell, errors: list[CellError]) -> str:
    most = LONGEST[cell.column]
    if cell.is_blank:
        errors.append(cell.error("it is empty", "Say what it is."))
    elif len(cell.text) > most:
        errors.append(cell.error("it is too long", f"Write at most {most} characters."))
    return cell.text[:most]


def _is_unknown(cell: Cell, told: set[tuple[int, str]]) -> bool:
    unread = (cell.row, cell.reference) in told
    return cell.is_blank or cell.text.strip().upper() == TBC or unread


def _amount(
    cell: Cell, unit: str, errors: list[CellError], told: set[tuple[int, str]]
) -> Decimal | None:
    if _is_unknown(cell, told):
        return None
    try:
        return read_money(cell.text, unit=UNITS[unit])
    except NotMoney as problem:
        errors.append(cell.error("it is no amount", f"{problem} Or write TBC."))
        return None


def _percent(cell: Cell, errors: list[CellError], told: set[tuple[int, str]]) -> Decimal | None:
    if _is_unknown(cell, told):
        return None
    try:
        value = Decimal(cell.text.strip().removesuffix("%").strip())
        if value.is_finite() and 0 <= value <= 100 and value == round(value, 2):
            return value
    except (InvalidOperation, ValueError):
        pass
    errors.append(cell.error("it is no percentage", "Write one from 0 to 100, or TBC."))
    return None


def _yes(cell: Cell, errors: list[CellError]) -> bool:
    said = cell.text.strip().casefold()
    if said not in (*YES, *NO):
        errors.append(cell.error("neither yes nor no", "Write yes or no."))
    return said in YES
