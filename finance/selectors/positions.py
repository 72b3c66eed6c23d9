"""Positions of a month, as the rules read them."""

from decimal import Decimal

from django.db.models import F

from finance.models import (
    FIGURES,
    LEDGER,
    BudgetLine,
    FinanceMonth,
    FinanceRules,
    Position,
    Submission,
)
from finance.rules.checks import Entered, Thresholds
from finance.rules.positions import Amounts
from finance.rules.summary import Line
from finance.selectors.budgets import budgets_of
from finance.selectors.months import month_before
from programmes.models import Organisation, Place


def prior_variances(*, month: FinanceMonth) -> dict[int, Decimal]:
    """Each line's forecast variance in the stamped month before, by line. Two queries at most."""
    before = month_before(month)
    if before is None:
        return {}
    said = Position.objects.filter(
        month=before, annual_budget__isnull=False, forecast_outturn__isnull=False
    )
    return dict(
        said.annotate(variance=F("annual_budget") - F("forecast_outturn")).values_list(
            "line_id", "variance"
        )
    )


def summary_lines(*, month: FinanceMonth) -> tuple[list[Line], list[BudgetLine]]:
    """The month's lines for the summary, and those that are not wholly entered. Four queries."""
    prior = prior_variances(month=month)
    said = {one.line_id: one for one in Position.objects.filter(month=month)}
    found, missing = [], []
    for line in lines_in(month=month):
        position = said.get(line.pk)
        if position is None or not position.is_complete:
            missing.append(line)
            continue
        figures = {name: getattr(position, name) for name in FIGURES}
        found.append(
            Line(
                organisation=line.organisation.short_name,
                fund=line.fund,
                name=line.label,
                amounts=Amounts(**figures, prior_forecast_variance=prior.get(line.pk)),
                workstream=line.workstream.name if line.workstream else "",
                pooled_budget=line.pooled_budget,
                aligned_budget=line.aligned_budget,
            )
        )
    return found, missing


def lines_in(*, month: FinanceMonth, organisation: Organisation | None = None) -> list[BudgetLine]:
    """The lines that are entered in that month, of one partner or of all. One query."""
    lines = BudgetLine.objects.filter(organisation__place_id=month.place_id)
    if organisation:
        lines = lines.filter(organisation=organisation)
    lines = lines.of_year(month.year).in_month(month.number).in_order()
    return list(lines.select_related("organisation", "workstream"))


def thresholds_of(*, place: Place) -> Thresholds:
    """What the place asks for a comment from. One query."""
    rules = FinanceRules.objects.filter(place=place).first() or FinanceRules()
    return Thresholds(
        Decimal(rules.comment_above), Decimal(rules.comment_above_percent), frozenset(rules.walls)
    )


def entered_lines(*, month: FinanceMonth, organisation: Organisation) -> list[Entered]:
    """A partner's lines of the month, as the checks read them. Five queries."""
    lines = lines_in(month=month, organisation=organisation)
    said = {one.line_id: one for one in Position.objects.filter(month=month, line__in=lines)}
    budgets = budgets_of(lines=lines, number=month.number)
    prior = prior_variances(month=month)
    return [
        entered(line, said.get(line.pk), budget=budgets[line.pk], prior=prior.get(line.pk))
        for line in lines
    ]


def entered(
    line: BudgetLine, position: Position | None, *, budget: Decimal, prior: Decimal | None
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
    )


def ledger_totals(submission: Submission | None) -> dict[str, Decimal | None]:
    """The totals that a partner's ledger gives, by field; None where they are not typed in yet."""
    return {name: getattr(submission, column, None) for name, column in LEDGER.items()}
