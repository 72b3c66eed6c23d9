"""Savings schemes as lists print and files hold them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from finance.rules.savings import Performance, Saving, performance_by, performance_of
from finance.rules.years import MONTHS, FinanceMonthKey
from icp.common.money import in_pounds, in_thousands

# The plan by month, from April.
MONTH_COLUMNS = tuple(
    f"plan_{FinanceMonthKey(2019, number).starts_on:%B}".lower() for number in range(1, MONTHS + 1)
)
COLUMNS = (
    "organisation",
    "scheme",
    "type",
    "workstream",
    "provider",
    "plan_full_year",
    "plan_to_date",
    "actual_to_date",
    "slippage",
    "forecast_full_year",
    "forecast_variance",
    "at_risk",
    "mitigated_value",
    "risk_rating",
    "progress",
    "starts_on",
    *MONTH_COLUMNS,
)
FIGURES = (
    "plan",
    "plan_to_date",
    "actual",
    "slippage",
    "forecast",
    "forecast_variance",
    "mitigated",
)
NO_WORKSTREAM = "No workstream"


@dataclass(frozen=True)
class SavingLine:
    """One scheme, its figures printed in pounds without pence as schemes are small, in the order of FIGURES."""

    saving: Saving
    figures: dict[str, str]


@dataclass(frozen=True)
class PerformanceTable:
    """Schemes by one of their features, £000, and all of them."""

    title: str
    heading: str
    rows: list[dict[str, Any]]


def lines(found: Iterable[Saving]) -> list[SavingLine]:
    return [
        SavingLine(
            one, {name: in_pounds(getattr(one, name)).replace(".00", "") for name in FIGURES}
        )
        for one in found
    ]


def performance_tables(found: Sequence[Saving]) -> list[PerformanceTable]:
    """By partner, by workstream and by type; nothing where there is no scheme."""
    if not found:
        return []
    kinds = (
        ("By partner", "Partner", performance_by(found, lambda one: one.organisation)),
        (
            "By workstream",
            "Workstream",
            performance_by(found, lambda one: one.workstream or NO_WORKSTREAM),
        ),
        ("By type of saving", "Type", performance_by(found, lambda one: one.saving_type)),
    )
    whole = performance_of(found)
    return [
        PerformanceTable(f"{title}, £000", heading, [_row(one) for one in (*rows, whole)])
        for title, heading, rows in kinds
    ]


def _row(one: Performance) -> dict[str, Any]:
    printed = {name: in_thousands(getattr(one, name)) for name in FIGURES}
    return {
        "label": one.label,
        "count": one.count,
        **printed,
        "plan_to_date": _known(printed["plan_to_date"], one.count, one.without_plan_to_date),
        "actual": _known(printed["actual"], one.count, one.without_actual),
        "slippage": _known(printed["slippage"], one.count, one.without_actual),
        "forecast": _known(printed["forecast"], one.count, one.without_forecast),
        "forecast_variance": _known(printed["forecast_variance"], one.count, one.without_forecast),
    }


def _known(figure: str, count: int, without: int) -> str:
    """A sum of nothing is not nought."""
    return "–" if without == count else figure


def file_rows(
    found: Iterable[Saving], plans: Mapping[int, Mapping[int, Decimal]]
) -> Iterator[list[Any]]:
    """In the order of :data:`COLUMNS`, in pounds; empty is not known. ``plans`` by month, of the schemes that have one."""
    for one in found:
        plan = plans.get(one.key, {})
        yield [
            one.organisation,
            one.name,
            one.saving_type,
            one.workstream,
            one.provider,
            one.plan,
            one.plan_to_date,
            one.actual,
            one.slippage,
            one.forecast,
            one.forecast_variance,
            one.at_risk,
            one.mitigated,
            one.rating,
            one.progress,
            one.starts_on,
            *(plan.get(number) for number in range(1, MONTHS + 1)),
        ]
