"""Each line's forecast beside what simple reckoning says of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from finance.models import (
    BudgetLine,
    FinanceMonth,
    MonthState,
    Position,
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
    """The partner's lines of the month in their order. Four queries, and as :func:`set_beside`."""
    lines = lines_in(month=month, organisation=organisation)
    said = {one.line_id: one for one in Position.objects.filter(month=month, line__in=lines)}
    return set_beside(month=month, lines=lines, said=said)


def set_beside(
    *, month: FinanceMonth, lines: list[BudgetLine], said: Mapping[int, Position]
) -> list[LineForecasts]:
    """Each of ``lines``, of which the month says what ``said`` holds by line. Two queries, and one for each time that
    such lines were renamed within a year.
    """
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
    known = {line.pk: (line.year, line.from_month) for line in lines}
    ends = _followed({line.pk for line in lines}, known, lambda year, _: year == month.year)
    continued = {
        line: several
        for line, several in ends.items()
        if all(known[one][0] == month.year - 1 for one in several)
    }
    if not continued:
        return {}
    of_march = {one for several in continued.values() for one in several}
    stood = _followed(of_march, known, lambda _, from_month: from_month > month.number)
    spent = (
        Position.objects.accepted()
        .filter(
            line__in={*of_march, *(one for parts in stood.values() for one in parts)},
            month__year=month.year - 1,
            month__number__in=(month.number, MONTHS),
            month__state=MonthState.CLOSED,
            ytd_actual__isnull=False,
        )
        .values_list("line_id", "month__number", "ytd_actual")
    )
    actual = {(line, number): value for line, number, value in spent if value is not None}
    found = {}
    for line, several in continued.items():
        by_then = set().union(*(stood[one] for one in several))
        to_date = [actual.get((one, month.number)) for one in by_then]
        outturn = [actual.get((one, MONTHS)) for one in several]
        if None not in to_date and None not in outturn:
            found[line] = LastYear(
                sum((one for one in to_date if one is not None), Decimal(0)),
                sum((one for one in outturn if one is not None), Decimal(0)),
            )
    return found


def _followed(
    lines: Collection[int], known: dict[int, tuple[int, int]], goes_on: Callable[[int, int], bool]
) -> dict[int, set[int]]:
    """By line, what it comes from: itself, or what it continues, and so on while a line ``goes_on``, by its year and
    the month it begins in. ``known`` holds these, and learns them. A query for each time that lines were renamed.
    """
    found = {line: {line} for line in lines}
    continues: dict[int, set[int]] = {}
    # No line is renamed more often than there are months.
    for _ in range(MONTHS):
        later = {one for parts in found.values() for one in parts if goes_on(*known[one])}
        if new := later - continues.keys():
            continues |= _continued(new, known)
        if not any(continues[one] for one in later):
            break
        for line, parts in found.items():
            found[line] = set().union(
                *((continues[one] if one in later else set()) or {one} for one in parts)
            )
    return found


def _continued(lines: Collection[int], known: dict[int, tuple[int, int]]) -> dict[int, set[int]]:
    """What each of ``lines`` continues; ``known`` learns of them. One query."""
    found: dict[int, set[int]] = {line: set() for line in lines}
    through = BudgetLine.continues.through.objects.filter(from_budgetline__in=lines)
    to = ("to_budgetline_id", "to_budgetline__year", "to_budgetline__from_month")
    for line, earlier, year, from_month in through.values_list("from_budgetline_id", *to):
        found[line].add(earlier)
        known[earlier] = (year, from_month)
    return found
