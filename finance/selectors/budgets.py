"""What a line's annual budget should be, and its budget to date where it is phased."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from finance.models import BudgetLine, Phase, VirementLine, VirementState
from finance.rules.positions import NOUGHT


@dataclass(frozen=True)
class Budgeted:
    """A line with the annual budget that it should have, and its phased budget to date: None where it has none."""

    line: BudgetLine
    budget: Decimal
    phased: Decimal | None


def budgeted(lines: "QuerySet[BudgetLine]", *, number: int) -> list[Budgeted]:
    """Each of ``lines`` in month ``number``, its budget as :func:`budgets_of` says. One query."""
    moved = _approved(number).filter(line=OuterRef("pk"))
    phases = Phase.objects.filter(line=OuterRef("pk"), number__lte=number)
    found = lines.annotate(
        moved=Subquery(moved.values("line").annotate(sum=Sum("amount")).values("sum")),
        phased=Subquery(phases.values("line").annotate(sum=Sum("budget")).values("sum")),
    )
    return [
        Budgeted(one, one.opening_budget + (one.moved or NOUGHT), one.phased)  # type: ignore[attr-defined]
        for one in found
    ]


def _approved(number: int) -> "QuerySet[VirementLine]":
    return VirementLine.objects.filter(
        virement__state=VirementState.APPROVED, virement__from_month__lte=number
    )


def budgets_of(*, lines: Iterable[BudgetLine], number: int) -> dict[int, Decimal]:
    """Opening budget and the virements approved up to month ``number``, by line: always reconcilable. One query."""
    lines = list(lines)
    said = _approved(number).filter(line__in=lines)
    moved = dict(said.values_list("line").annotate(Sum("amount")))
    return {line.pk: line.opening_budget + moved.get(line.pk, NOUGHT) for line in lines}
