"""A partner's savings schemes from Excel or CSV: each bad cell named, nothing written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from finance.importers.cells import TBC, Reader
from finance.importers.partners import Brought, Partners, own_rows
from finance.importers.positions import key_of
from finance.models import RiskRating, SavingType
from finance.rules.savings import plan_differs, planned_to_date
from finance.savings_lines import MONTH_COLUMNS
from icp.common.money import in_pounds
from icp.common.tabular import Limits, Row, read_table
from icp.common.words import NotADate
from programmes.models import Programme

COLUMNS = ("scheme", "type", "plan_full_year")
OPTIONAL = (
    "starts_on",
    "workstream",
    "provider",
    "plan_to_date",
    "actual_to_date",
    "forecast_full_year",
    "at_risk",
    "mitigated_value",
    "risk_rating",
    "progress",
    *MONTH_COLUMNS,
)
# What the downloaded list holds besides: it is worked out, or said by the page.
IGNORED = ("organisation", "slippage", "forecast_variance")
LONGEST = {"scheme": 200, "provider": 80, "progress": 200}
TYPES = {name.casefold(): value for value, label in SavingType.choices for name in (value, label)}
# As providers' own lists call them.
TYPES |= {"systems saving": SavingType.SYSTEM, "resource re-investment": SavingType.REINVESTMENT}
RATINGS = {name.casefold(): value for value, label in RiskRating.choices for name in (value, label)}
RATINGS |= {"tbc": "", "not rated": ""}
# Field of the month, and its column.
FIGURES = {
    "plan_ytd": "plan_to_date",
    "actual_ytd": "actual_to_date",
    "forecast_full_year": "forecast_full_year",
    "at_risk": "at_risk",
}


@dataclass(frozen=True)
class BroughtScheme:
    """One row. ``facts``, ``figures`` are what it says: an empty cell says nothing. ``plan`` is by month, None where it
    says none.

    Amounts in pounds; None is not known.
    """

    name: str
    facts: Mapping[str, Any]
    figures: Mapping[str, Any]
    plan: Mapping[int, Decimal] | None


@dataclass(frozen=True)
class Known:
    """What the partner has already: ``plans`` by month of each scheme, by its name, {} where it is not planned so."""

    partners: Partners
    plans: Mapping[str, Mapping[int, Decimal]]
    workstreams: Mapping[str, int]
    number: int

    @classmethod
    def of(
        cls,
        *,
        partners: Partners,
        plans: Mapping[str, Mapping[int, Decimal]],
        workstreams: Iterable[Programme],
        number: int,
    ) -> "Known":
        """``number`` is that of the month; a workstream is named by its name or its code."""
        named = {name.casefold(): one.pk for one in workstreams for name in (one.code, one.name)}
        by_name = {name_key(name): plan for name, plan in plans.items()}
        return cls(partners, by_name, named, number)


def name_key(name: str) -> str:
    """What names a scheme in a file, whatever its capitals and spaces."""
    return key_of("", name)[1]


def read_schemes(
    data: bytes, filename: str, *, known: Known, unit: str, limits: Limits
) -> Brought[BroughtScheme]:
    """Read a file, as :func:`own_rows` does.

    Raises:
        TableError: the file cannot be read at all; says why and what to do.
    """
    table = read_table(data, filename, limits)
    table.require_columns(COLUMNS, (*OPTIONAL, *IGNORED))
    reader = Reader.of(table, unit=unit)
    return own_rows(
        reader,
        known.partners,
        read=lambda row: _row(row, reader, known),
        key=lambda one: name_key(one.name),
        column="scheme",
    )


def _row(row: Row, reader: Reader, known: Known) -> BroughtScheme:
    name = reader.words(row.get("scheme"), most=LONGEST["scheme"])
    figures: dict[str, Any] = {
        field: reader.amount(row.get(column))
        for field, column in FIGURES.items()
        if not row.get(column).is_blank
    }
    if not row.get("risk_rating").is_blank:
        figures["risk_rating"] = _one_of(row, "risk_rating", RATINGS, "low, medium or high", reader)
    facts = _facts(row, reader, known, is_new=name_key(name) not in known.plans)
    stored = known.plans.get(name_key(name), {})
    plan = _plan(row, reader, stored)
    counts = stored if plan is None else plan
    _check(row, reader, facts["value"], figures.get("plan_ytd"), counts, number=known.number)
    return BroughtScheme(name, facts, figures, plan)


def _facts(row: Row, reader: Reader, known: Known, *, is_new: bool) -> dict[str, Any]:
    types = "one of the types of the page, such as productivity"
    facts: dict[str, Any] = {
        "saving_type": _one_of(row, "type", TYPES, types, reader),
        "value": _value(row, reader),
    }
    for name in ("provider", "progress"):
        if not row.get(name).is_blank:
            said = reader.words(row.get(name), most=LONGEST[name])
            facts[name] = "" if said.upper() == TBC else said
    if not row.get("mitigated_value").is_blank:
        facts["mitigated_value"] = reader.amount(row.get("mitigated_value"))
    if not row.get("workstream").is_blank:
        words = "a workstream's name or code, or TBC where it has none"
        facts["workstream_id"] = _one_of(
            row, "workstream", {"tbc": None, **known.workstreams}, words, reader
        )
    starts = _day(row, reader)
    if starts is not None:
        facts["starts_on"] = starts
    elif is_new:
        remedy = "A new scheme needs the day it starts, like 1/4/2019, under starts_on."
        reader.wrong(row.get("starts_on"), "it is empty", remedy)
    return facts


def _one_of(row: Row, column: str, known: Mapping[str, Any], words: str, reader: Reader) -> Any:
    cell = row.get(column)
    said = " ".join(cell.text.casefold().split())
    if said not in known:
        reader.wrong(cell, "it is not known", f"Write {words}.")
    return known.get(said)


def _value(row: Row, reader: Reader) -> Decimal:
    cell = row.get("plan_full_year")
    value = reader.amount(cell)
    unread = (cell.row, cell.reference) in reader.told
    if value is None and not unread and reader.is_unknown(cell):
        reader.wrong(cell, "it is empty", "Write the plan of the year.")
    elif value is not None and value < 0:
        reader.wrong(cell, "it is negative", "Write what is saved as a positive amount.")
    return value or Decimal("0.00")


def _day(row: Row, reader: Reader) -> date | None:
    cell = row.get("starts_on")
    try:
        return cell.date()
    except NotADate as problem:
        reader.wrong(cell, "it is no date", str(problem))
        return None


def _plan(row: Row, reader: Reader, stored: Mapping[int, Decimal]) -> dict[int, Decimal] | None:
    """Twelve months where one is said: an empty one stays as it is ``stored``, else is nought. {} where all are TBC,
    None where none is said.
    """
    cells = [row.get(name) for name in MONTH_COLUMNS]
    if all(cell.is_blank for cell in cells):
        return None
    if all(cell.text.strip().upper() == TBC for cell in cells):
        return {}
    found = {}
    for number, cell in enumerate(cells, start=1):
        if cell.text.strip().upper() == TBC:
            remedy = "Write an amount, or TBC in all twelve months to have no plan by month."
            reader.wrong(cell, "one month alone cannot be open", remedy)
        said = None if cell.is_blank else reader.amount(cell)
        found[number] = (said if said is not None else stored.get(number)) or Decimal("0.00")
    return found


def _check(
    row: Row,
    reader: Reader,
    value: Decimal,
    plan_ytd: Decimal | None,
    plan: Mapping[int, Decimal],
    *,
    number: int,
) -> None:
    """What the service would refuse, said at its cell."""
    if by := plan_differs(plan, value):
        problem = f"the months add up to £{in_pounds(value + by)}"
        reader.wrong(row.get("plan_full_year"), problem, "Change one or the other.")
    to_date = planned_to_date(plan, number=number)
    if to_date is not None and plan_ytd is not None and plan_ytd != to_date:
        problem = f"the months up to this one add up to £{in_pounds(to_date)}"
        reader.wrong(row.get("plan_to_date"), problem, "Leave it empty, or change them.")
