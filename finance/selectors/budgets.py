"""What a line's annual budget should be, and its budget to date where it is phased."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from finance.models import BudgetLine, Phase, VirementLine, VirementState
from finance.rules.positions import NOUGHT


def budgets_of(*, lines: Iterable[BudgetLine], number: int) -> dict[int, Decimal]:
    """Opening budget and the virements approved up to month ``number``, by line: always reconcilable. One query."""
    lines = list(lines)
    moved = dict(
        VirementLine.objects.filter(
            line__in=lines,
            virement__state=VirementState.APPROVED,
            virement__from_month__lte=number,
        )
        .values_list("line")
        .annotate(Sum("amount"))
    )
    return {line.pk: line.opening_budget + moved.get(line.pk, NOUGHT) for line in lines}


def phased_to_date(*, lines: Iterable[BudgetLine], number: int) -> dict[int, Decimal]:
    """Budget to date of the lines that are phased over the year. One query."""
    found = Phase.objects.filter(line__in=list(lines), number__lte=number)
    return dict(found.values_list("line").annotate(Sum("budget")))
