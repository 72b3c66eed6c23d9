"""Each line's forecast beside what simple reckoning says of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from finance.models import (
    BudgetLine,
    FinanceMonth,
    MonthState,
    Position,
    Submission,
    SubmissionState,
)
from finance.rules.forecasting import Forecasts, by_last_year, straight_line
from finance.rules.years import MONTHS
from finance.selectors.positions import lines_in
from programmes.models import Organisation


class LastYear(NamedTuple):
    """What the lines that a line continues had spent by the same month, and in the whole year."""

    to_date: Decimal
    outturn: Decimal


@dataclass(frozen=True)
class LineForecasts:
    """One line at a month's end. ``annual_budget`` and ``actual`` are as entered, in pounds; ``then`` is last year."""

    line: BudgetLine
    annual_budget: Decimal | None
    actual: Decimal | None
    forecasts: Forecasts
    then: LastYear | None = None


def forecasts_of(*, month: FinanceMonth, organisation: Organisation) -> list[LineForecasts]:
    """The partner's lines of the month in their order. Four queries at most."""
    lines = lines_in(month=month, organisation=organisation)
    said = {one.line_id: one for one in Position.objects.filter(month=month, line__in=lines)}
    return set_beside(month=month, lines=lines, said=said)


def set_beside(
    *, month: FinanceMonth, lines: list[BudgetLine], said: Mapping[int, Position]
) -> list[LineForecasts]:
    """Each of ``lines``, of which the month says what ``said`` holds by line. Two queries at most."""
    then = _last_year(month, lines)
    return [_of(line, said.get(line.pk), then.get(line.pk), month.number) for line in lines]


def _of(
    line: BudgetLine,
    said: Position | None,
    then: LastYear | None,
    number: int,
) -> LineForecasts:
    actual = said.ytd_actual if said else None
    return LineForecasts(
        line,
        said.annual_budget if said else None,
        actual,
        Forecasts(
            own=said.forecast_outturn if said else None,
            straight=straight_line(actual=actual, number=number),
            last_year=by_last_year(
                actual=actual,
                then_to_date=then.to_date if then else None,
                then_outturn=then.outturn if then else None,
            ),
        ),
        then,
    )


def _last_year(month: FinanceMonth, lines: list[BudgetLine]) -> dict[int, LastYear]:
    """By line: what the lines that it continues had spent by the same month, and in the whole year.

    Left out where either month is not closed, or lacks an actual of one of them that was accepted.
    """
    continued: dict[int, set[int]] = defaultdict(set)
    through = BudgetLine.continues.through.objects.filter(from_budgetline__in=lines)
    for line, earlier in through.values_list("from_budgetline_id", "to_budgetline_id"):
        continued[line].add(earlier)
    if not continued:
        return {}
    accepted = Submission.objects.filter(
        month=OuterRef("month"),
        organisation=OuterRef("line__organisation"),
        state=SubmissionState.ACCEPTED,
    )
    spent = Position.objects.filter(
        Exists(accepted),
        line__in={one for several in continued.values() for one in several},
        month__year=month.year - 1,
        month__number__in=(month.number, MONTHS),
        month__state=MonthState.CLOSED,
        ytd_actual__isnull=False,
    ).values_list("line_id", "month__number", "ytd_actual")
    actual = {(line, number): value for line, number, value in spent if value is not None}
    found = {}
    for line, several in continued.items():
        to_date = [actual.get((one, month.number)) for one in several]
        outturn = [actual.get((one, MONTHS)) for one in several]
        if None not in to_date and None not in outturn:
            found[line] = LastYear(
                sum((one for one in to_date if one is not None), Decimal(0)),
                sum((one for one in outturn if one is not None), Decimal(0)),
            )
    return found
