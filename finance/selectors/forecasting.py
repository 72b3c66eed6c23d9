"""Each line's forecast beside what simple reckoning says of it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from finance.models import BudgetLine, FinanceMonth, MonthState, Position
from finance.rules.forecasting import Forecasts, by_last_year, straight_line
from finance.rules.years import MONTHS
from finance.selectors.positions import lines_in
from programmes.models import Organisation


@dataclass(frozen=True)
class LineForecasts:
    """One line at a month's end. ``annual_budget`` and ``actual`` are as entered, in pounds."""

    line: BudgetLine
    annual_budget: Decimal | None
    actual: Decimal | None
    forecasts: Forecasts


def forecasts_of(*, month: FinanceMonth, organisation: Organisation) -> list[LineForecasts]:
    """The partner's lines of the month in their order. Four queries at most."""
    lines = lines_in(month=month, organisation=organisation)
    said = {one.line_id: one for one in Position.objects.filter(month=month, line__in=lines)}
    then = _last_year(month, lines)
    return [_of(line, said.get(line.pk), then.get(line.pk), month.number) for line in lines]


def _of(
    line: BudgetLine,
    said: Position | None,
    then: tuple[Decimal, Decimal] | None,
    number: int,
) -> LineForecasts:
    actual = said.ytd_actual if said else None
    to_date, outturn = then or (None, None)
    return LineForecasts(
        line,
        said.annual_budget if said else None,
        actual,
        Forecasts(
            own=said.forecast_outturn if said else None,
            straight=straight_line(actual=actual, number=number),
            last_year=by_last_year(actual=actual, then_to_date=to_date, then_outturn=outturn),
        ),
    )


def _last_year(month: FinanceMonth, lines: list[BudgetLine]) -> dict[int, tuple[Decimal, Decimal]]:
    """By line: what the lines that it continues had spent by the same month, and in the whole year.

    Left out where either month is not closed, or lacks the actual of one of them.
    """
    continued: dict[int, set[int]] = defaultdict(set)
    through = BudgetLine.continues.through.objects.filter(from_budgetline__in=lines)
    for line, earlier in through.values_list("from_budgetline_id", "to_budgetline_id"):
        continued[line].add(earlier)
    if not continued:
        return {}
    spent = Position.objects.filter(
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
            found[line] = (
                sum((one for one in to_date if one is not None), Decimal(0)),
                sum((one for one in outturn if one is not None), Decimal(0)),
            )
    return found
