"""A partner's financial risks from Excel or CSV: each bad cell named, nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from finance.importers.cells import Reader
from finance.importers.partners import Brought, Partners, own_rows
from finance.models import Side
from icp.common.numbers import NotAPercentage, read_percent
from icp.common.tabular import Cell, Limits, Row, read_table

COLUMNS = ("side", "ref", "title", "full_value", "probability_percent")
AMOUNTS = ("recurrent", "non_recurrent", "carried_forward")
# What the downloaded list holds besides: it is worked out, or said by the page.
IGNORED = ("organisation", "weighted_computed", "share_percent", "movement", "flags")
OPTIONAL = ("weighted", "weighted_entered", *AMOUNTS, "brought_forward")
LONGEST = {"ref": 12, "title": 200}
SIDES = {name.casefold(): value for value, label in Side.choices for name in (value, label)}
YES, NO = ("yes", "true", "1"), ("no", "false", "0", "")


@dataclass(frozen=True)
class BroughtRisk:
    """One row: which of the register it is, and what it says. Amounts in pounds; None is to be confirmed."""

    side: str
    ref: str
    values: Mapping[str, Any]


def read_risks(
    data: bytes, filename: str, *, partners: Partners, unit: str, limits: Limits
) -> Brought[BroughtRisk]:
    """Read a file, as :func:`own_rows` does.

    Raises:
        TableError: the file cannot be read at all; says why and what to do.
    """
    table = read_table(data, filename, limits)
    table.require_columns(COLUMNS, (*OPTIONAL, *IGNORED))
    reader = Reader.of(table, unit=unit)
    return own_rows(
        reader,
        partners,
        read=lambda row: _row(row, reader),
        key=lambda one: (one.side, one.ref),
        column="ref",
    )


def _row(row: Row, reader: Reader) -> BroughtRisk:
    side = SIDES.get(row.text("side").casefold(), "")
    if not side:
        reader.wrong(row.get("side"), "no side", "Write risk, opportunity or mitigation.")
    values: dict[str, Any] = {
        "title": _words(row, "title", reader),
        "full_value": reader.amount(row.get("full_value")),
        "probability": _percent(row.get("probability_percent"), reader),
    }
    has = reader.table.has_column
    values |= {name: reader.amount(row.get(name)) for name in AMOUNTS if has(name)}
    entered = "weighted_entered" if has("weighted_entered") else "weighted"
    if has(entered):
        values["weighted"] = reader.amount(row.get(entered))
    if has("brought_forward"):
        values["brought_forward"] = _yes(row.get("brought_forward"), reader)
    return BroughtRisk(side, _words(row, "ref", reader), values)


def _words(row: Row, name: str, reader: Reader) -> str:
    return reader.words(row.get(name), most=LONGEST[name])


def _percent(cell: Cell, reader: Reader) -> Decimal | None:
    if reader.is_unknown(cell):
        return None
    try:
        return read_percent(cell.text)
    except NotAPercentage:
        reader.wrong(cell, "it is no percentage", "Write one from 0 to 100, or TBC.")
        return None


def _yes(cell: Cell, reader: Reader) -> bool:
    said = cell.text.strip().casefold()
    if said not in (*YES, *NO):
        reader.wrong(cell, "neither yes nor no", "Write yes or no.")
    return said in YES
