"""Cells of a spreadsheet of the money: each is read, or named as wrong in ``errors``.

``told`` are the cells that the table itself could not read: they are named already.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from finance.forms import UNITS
from icp.common.money import NotMoney, read_money
from icp.common.tabular import Cell, CellError, Table

TBC = "TBC"


@dataclass(frozen=True)
class Reader:
    """Reads cells of one table whose amounts are in ``unit``."""

    table: Table
    unit: str
    errors: list[CellError]
    told: Collection[tuple[int, str]] = field(default_factory=frozenset)

    @classmethod
    def of(cls, table: Table, *, unit: str) -> "Reader":
        told = frozenset((error.row, error.reference) for error in table.problems)
        return cls(table, unit, list(table.problems), told)

    def wrong(self, cell: Cell, problem: str, remedy: str) -> None:
        self.errors.append(cell.error(problem, remedy))

    def words(self, cell: Cell, *, most: int, required: bool = True) -> str:
        """What it says, of ``most`` characters at most."""
        if cell.is_blank and required:
            self.wrong(cell, "it is empty", "Say what it is.")
        elif len(cell.text) > most:
            self.wrong(cell, "it is too long", f"Write at most {most} characters.")
        return cell.text[:most]

    def is_unknown(self, cell: Cell) -> bool:
        """Whether it is to be confirmed, or cannot be read at all."""
        unread = (cell.row, cell.reference) in self.told
        return cell.is_blank or cell.text.strip().upper() == TBC or unread

    def amount(self, cell: Cell) -> Decimal | None:
        """Pounds; None where it is to be confirmed."""
        if self.is_unknown(cell):
            return None
        try:
            return read_money(cell.text, unit=UNITS[self.unit])
        except NotMoney as problem:
            self.wrong(cell, "it is no amount", f"{problem} Or write TBC.")
            return None
