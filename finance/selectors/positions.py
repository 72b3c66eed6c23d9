"""Positions of a month, as the rules read them."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from django.db.models import F, QuerySet

from finance.models import (
    FIGURES,
    LEDGER,
    BudgetLine,
    FinanceMonth,
    FinanceRules,
    MonthState,
    Position,
    Submission,
)
from finance.rules.checks import Entered, Thresholds
from finance.rules.positions import NOUGHT, Amounts
from finance.rules.summary import NOT_ENTERED, NOT_HANDED_IN, Line
from finance.rules.years import FinanceMonthKey
from finance.selectors.budgets import Budgeted, budgeted
from programmes.models import Organisation, Place


def prior_variances(*, month: FinanceMonth, lines: Iterable[BudgetLine]) -> dict[int, Decimal]:
    """Each of the ``lines``' forecast variance in the stamped month before, by line. One query; two where one of them
    begins in this month.

    Figures that nobody had accepted when it closed were not stamped. A line that carries others on from this month
    takes over what they said.
    """
    return _prior(month, lines)[0]


def _prior(month: FinanceMonth, lines: Iterable[BudgetLine]) -> tuple[dict[int, Decimal], set[int]]:
    """As :func:`prior_variances`, and the lines that carry others on from this month."""
    before = month.month.before
    if before is None:
        return {}, set()
    stamped = _stamped_variances(month.place_id, before)
    begins = any(one.from_month == month.number for one in lines)
    carried_on = _carried_on(month) if begins else []
    for line, carried in carried_on:
        if carried in stamped:
            stamped[line] = stamped.get(line, NOUGHT) + stamped[carried]
    return stamped, {line for line, _ in carried_on}


def _carried_on(month: FinanceMonth) -> list[tuple[int, int]]:
    """Lines that begin in the month, each with one that it carries on. One query."""
    through = BudgetLine.continues.through  # type: ignore[attr-defined]
    found = through.objects.filter(
        from_budgetline__organisation__place=month.place_id,
        from_budgetline__year=month.year,
        from_budgetline__from_month=month.number,
        to_budgetline__year=month.year,
    )
    return list(found.values_list("from_budgetline_id", "to_budgetline_id"))


def _stamped_variances(place: int, before: FinanceMonthKey) -> dict[int, Decimal]:
    """What the month says, if the portal holds it and it is closed. One query."""
    said = Position.objects.accepted().filter(
        month__place=place,
        month__year=before.year,
        month__number=before.number,
        month__state=MonthState.CLOSED,
        annual_budget__isnull=False,
        forecast_outturn__isnull=False,
    )
    return dict(
        said.annotate(variance=F("annual_budget") - F("forecast_outturn")).values_list(
            "line_id", "variance"
        )
    )


def summary_lines(
    *, month: FinanceMonth, partners: Collection[int] | None = None
) -> tuple[list[Line], list[BudgetLine]]:
    """The month's lines for the summary, and those that have no figures in it. Four queries at most.

    With ``partners`` only the figures of these: those of others are still in their own hands.
    """
    lines = lines_in(month=month)
    prior, carrying = _prior(month, lines)
    said = {one.line_id: one for one in Position.objects.filter(month=month)}
    found, missing = [], []
    for line in lines:
        is_shown = partners is None or line.organisation_id in partners
        position = said.get(line.pk) if is_shown else None
        amounts = amounts_of(position, prior=prior.get(line.pk))
        if amounts is None:
            missing.append(line)
        elif line.pk not in prior and (line.from_month < month.number or line.pk in carrying):
            # It stood last month, and is no new line: what it said then is not known, which is not nought.
            amounts = replace(amounts, without_prior=1)
        absent = "" if amounts else NOT_ENTERED if is_shown else NOT_HANDED_IN
        found.append(_summary_line(line, amounts, absent))
    return found, missing


def amounts_of(position: Position | None, *, prior: Decimal | None) -> Amounts | None:
    """What is stored of a line, once all of it is entered."""
    if position is None or not position.is_complete:
        return None
    figures = {name: getattr(position, name) for name in FIGURES}
    return Amounts(**figures, prior_forecast_variance=prior)


def _summary_line(line: BudgetLine, amounts: Amounts | None, absent: str) -> Line:
    return Line(
        organisation=line.organisation.short_name,
        fund=line.fund,
        name=line.label,
        amounts=amounts,
        workstream=line.workstream.name if line.workstream else "",
        pooled_budget=line.pooled_budget,
        aligned_budget=line.aligned_budget,
        absent=absent,
    )


def lines_in(*, month: FinanceMonth, organisation: Organisation | None = None) -> list[BudgetLine]:
    """The lines that are entered in that month, of one partner or of all. One query."""
    return list(_lines(month, organisation))


def budgeted_in(
    *, month: FinanceMonth, organisation: Organisation, keys: Collection[int] | None = None
) -> list[Budgeted]:
    """As :func:`lines_in`, each with what its budget should be; of ``keys`` alone where they are given. One query."""
    lines = _lines(month, organisation)
    return budgeted(lines if keys is None else lines.filter(pk__in=keys), number=month.number)


def _lines(month: FinanceMonth, organisation: Organisation | None) -> "QuerySet[BudgetLine]":
    lines = BudgetLine.objects.filter(organisation__place_id=month.place_id)
    if organisation:
        lines = lines.filter(organisation=organisation)
    lines = lines.of_year(month.year).in_month(month.number).in_order()
    return lines.select_related("organisation", "workstream")


def rules_of(*, place: Place) -> FinanceRules:
    """How the place holds its month-end figures, as it has set it or as it begins. One query."""
    return FinanceRules.objects.filter(place=place).first() or FinanceRules(place=place)


def thresholds_of(*, place: Place) -> Thresholds:
    """What the place asks for a comment from. One query."""
    return thresholds_in(rules_of(place=place))


def thresholds_in(rules: FinanceRules) -> Thresholds:
    return Thresholds(
        Decimal(rules.comment_above), Decimal(rules.comment_above_percent), frozenset(rules.walls)
    )


def entered_lines(*, month: FinanceMonth, organisation: Organisation) -> list[Entered]:
    """A partner's lines of the month, as the checks read them. Four queries at most."""
    lines = budgeted_in(month=month, organisation=organisation)
    mine = Position.objects.filter(month=month, line__organisation=organisation)
    said = {one.line_id: one for one in mine}
    prior = prior_variances(month=month, lines=[one.line for one in lines])
    return [
        entered(
            one.line,
            said.get(one.line.pk),
            budget=one.budget,
            prior=prior.get(one.line.pk),
            phased=one.phased,
        )
        for one in lines
    ]


def entered(
    line: BudgetLine,
    position: Position | None,
    *,
    budget: Decimal,
    prior: Decimal | None,
    phased: Decimal | None,
) -> Entered:
    """One line as the checks read it."""
    return Entered(
        line=line.pk,
        label=f"{line.get_fund_display()}, {line.label}",
        figures={name: getattr(position, name, None) for name in FIGURES},
        comment=position.comment if position else "",
        budget=budget,
        is_income=line.is_income,
        prior=prior,
        phased=phased,
    )


def ledger_totals(submission: Submission | None) -> dict[str, Decimal | None]:
    """The totals that a partner's ledger gives, by field; None where they are not typed in yet."""
    return {name: getattr(submission, column, None) for name, column in LEDGER.items()}
