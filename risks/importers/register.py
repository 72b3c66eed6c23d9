"""A register from Excel or CSV: every bad cell named, nothing written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from icp.common.money import NotMoney, read_money
from icp.common.numbers import NotAPercentage, read_percent, whole_number
from icp.common.tabular import Cell, CellError, Limits, Row, Table, TableError, read_table
from icp.common.words import NotADate
from programmes.models import Organisation, Post
from risks.exporters.table import COLUMNS
from risks.models import Proximity, RiskCategory, RiskKind
from risks.models.settings import MOST_SCORE, MOST_STEPS
from risks.rules.agreed import SCORES, STEPS
from risks.rules.quarters import Quarter
from risks.rules.scores import NOT_AVAILABLE

REQUIRED = ("title",)
OPTIONAL = tuple(one for one in COLUMNS if one not in REQUIRED and not one.startswith("residual"))
QUARTER = re.compile(r"^residual[ _-]*q([1-4])[ _-]*([0-9]{4})[/-]([0-9]{2})$", re.IGNORECASE)
# The years in which a financial year can begin.
YEARS = range(2000, 2100)
REFERENCE = re.compile(r"^([A-Z][A-Z0-9&]*?)([0-9]{1,6})$")
TEXTS = {"title": 200, "cause": 4000, "event": 4000, "consequence": 4000}
LONGEST_ACTION = 2000


@dataclass(frozen=True)
class Known:
    """What a file may name: by what it is called, in small letters."""

    posts: Mapping[str, Post]
    organisations: Mapping[str, Organisation]
    categories: Mapping[str, RiskCategory]


@dataclass(frozen=True)
class BroughtRow:
    """One row. ``key`` and ``version`` are the hidden ids of a file that the portal wrote, None of any other."""

    number: int
    key: int | None
    version: int | None
    ref: str
    register: str
    values: Mapping[str, Any]
    residuals: Mapping[Quarter, int] = field(default_factory=dict)
    action: str = ""


@dataclass(frozen=True)
class Brought:
    rows: list[BroughtRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def read_register(data: bytes, filename: str, *, known: Known, limits: Limits) -> Brought:
    """Read a file. What a column that it does not have says is left as it is.

    A current score that is not likelihood times impact is kept as the score that the file prints.

    Raises:
        TableError: the file cannot be read at all; says why and what to do.
    """
    table = read_table(data, filename, limits)
    quarters = {
        name: _quarter(name, found)
        for name in table.columns
        if (found := QUARTER.match(name.strip()))
    }
    table.require_columns(REQUIRED, (*OPTIONAL, "version", *quarters))
    brought = Brought(errors=list(table.problems))
    seen: dict[str, int] = {}
    for row in table.rows_in_time():
        one = _Reader(row, table, known, brought.errors).read(quarters)
        if one.ref and one.ref in seen:
            cell = row.get("ref")
            brought.errors.append(
                cell.error(f"row {seen[one.ref]} has the same reference", "Keep one of them.")
            )
        seen.setdefault(one.ref, row.number)
        brought.rows.append(one)
    return brought


def _quarter(name: str, found: re.Match[str]) -> Quarter:
    """The quarter that a column is headed by.

    Raises:
        TableError: there is no such financial year.
    """
    quarter = Quarter(int(found[2]), int(found[1]))
    if quarter.year not in YEARS or int(found[3]) != (quarter.year + 1) % 100:
        raise TableError(
            f"The heading {name} in row 1 names no financial year. Write one like residual_q1 2019/20."
        )
    return quarter


@dataclass
class _Reader:
    row: Row
    table: Table
    known: Known
    errors: list[CellError]

    def read(self, quarters: Mapping[str, Quarter]) -> BroughtRow:
        row = self.row
        ref = row.text("ref").replace(" ", "").upper()
        if ref and not REFERENCE.match(ref):
            self._wrong(
                row.get("ref"), "it is no reference", "Write one like PC12, or leave it empty."
            )
        return BroughtRow(
            number=row.number,
            key=self._hidden(row.get("id")),
            version=self._hidden(row.get("version")),
            ref=ref,
            register=row.text("register").upper(),
            values=self._values(),
            residuals={
                quarter: value
                for name, quarter in quarters.items()
                if (value := self._residual(row.get(name))) is not None
            },
            action=row.text("mitigations")[:LONGEST_ACTION],
        )

    def _hidden(self, cell: Cell) -> int | None:
        """What a risk is known by. One that cannot be read is never taken for none: that would raise the risk anew, or
        write over what somebody saved since.
        """
        found = whole_number(cell.text)
        if not found and not cell.is_blank:
            self._wrong(
                cell, "the portal did not write it so", "Take it from a new download, or empty it."
            )
        return found or None

    def _values(self) -> dict[str, Any]:
        readers: dict[str, Callable[[Cell], Any]] = {
            **dict.fromkeys(TEXTS, self._text),
            "kind": self._kind,
            "proximity": self._proximity,
            "owner": lambda cell: self._named(cell, self.known.posts, "post"),
            "delegate": lambda cell: self._named(cell, self.known.posts, "post"),
            "organisation": lambda cell: self._named(cell, self.known.organisations, "partner"),
            "category": lambda cell: self._named(cell, self.known.categories, "category"),
            **{name: lambda cell: self._whole(cell, MOST_STEPS) for name in STEPS},
            **{name: lambda cell: self._whole(cell, MOST_SCORE) for name in SCORES},
            "value": self._amount,
            "probability": self._percent,
            "raised_on": self._day,
            "review_on": self._day,
        }
        found = {
            name: read(self.row.get(name))
            for name, read in readers.items()
            if self.table.has_column(name)
        }
        if self.table.has_column("current") or self.table.has_column("printed_current"):
            found["printed_current"] = self._printed(found)
        return found

    def _printed(self, found: Mapping[str, Any]) -> str:
        """What the file prints as the current score, where that is not likelihood times impact."""
        said = self.row.text("printed_current") or self.row.text("current")
        if said and said.upper() != NOT_AVAILABLE and whole_number(said, most=MOST_SCORE) is None:
            self._wrong(self.row.get("current"), "it is no score", "Write a whole number or N/A.")
        if self.row.text("printed_current"):
            return said[:10]
        likelihood, impact = found.get("likelihood"), found.get("impact")
        product = "" if None in (likelihood, impact) else str(likelihood * impact)  # type: ignore[operator]
        return "" if said == product else said[:10]

    def _text(self, cell: Cell) -> str:
        name = cell.column.casefold()
        most = TEXTS.get(name, 4000)
        if len(cell.text) > most:
            self._wrong(cell, "it is too long", f"Write at most {most} characters.")
        if name == "title" and cell.is_blank:
            self._wrong(cell, "it is empty", "Say in a few words what the risk is.")
        return cell.text

    def _kind(self, cell: Cell) -> str:
        said = cell.text.casefold() or RiskKind.RISK.value
        if said not in RiskKind.values:
            self._wrong(cell, "it is neither", "Write risk or issue.")
        return said

    def _proximity(self, cell: Cell) -> str:
        said = cell.text.casefold()
        if said and said not in Proximity.values:
            self._wrong(cell, "it is not known", f"Write one of {', '.join(Proximity.values)}.")
        return said

    def _named(self, cell: Cell, known: Mapping[str, Any], what: str) -> Any:
        if cell.is_blank:
            return None
        found = known.get(cell.text.casefold())
        if found is None:
            self._wrong(
                cell, f"there is no such {what} in this place", "Write it as the portal does."
            )
        return found

    def _whole(self, cell: Cell, most: int) -> int | None:
        if cell.is_blank:
            return None
        found = whole_number(cell.text, most=most)
        if not found:
            self._wrong(cell, "it is no score", f"Write a whole number from 1 to {most}.")
            return None
        return found

    def _residual(self, cell: Cell) -> int | None:
        return None if cell.text.upper() == NOT_AVAILABLE else self._whole(cell, MOST_SCORE)

    def _day(self, cell: Cell) -> date | None:
        try:
            return cell.date()
        except NotADate as problem:
            self._wrong(cell, "it is no date", str(problem))
            return None

    def _amount(self, cell: Cell) -> Decimal | None:
        if cell.is_blank:
            return None
        try:
            return read_money(cell.text)
        except NotMoney as problem:
            self._wrong(cell, "it is no amount", str(problem))
            return None

    def _percent(self, cell: Cell) -> Decimal | None:
        if cell.is_blank:
            return None
        try:
            return read_percent(cell.text)
        except NotAPercentage:
            self._wrong(cell, "it is no percentage", "Write one from 0 to 100, as in 12.5.")
            return None

    def _wrong(self, cell: Cell, problem: str, remedy: str) -> None:
        self.errors.append(cell.error(problem, remedy))
