"""Phased budgets: twelve months of a line that give its budget to date."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from finance.errors import CannotPhase, StaleMoney
from finance.models import BudgetLine, Phase
from finance.rules.phasing import wrong_phases
from finance.rules.years import MONTHS
from finance.selectors.budgets import budgets_of


@transaction.atomic
def save_phases(
    *,
    phases: Mapping[int, Mapping[int, Decimal]],
    versions: Mapping[int, int],
) -> list[BudgetLine]:
    """Keep the twelve months of lines (by line and month, pounds; no months: it is phased no more), all or nothing.

    ``versions`` are those of the lines that were looked at. What is entered already stays as it is: the phasing is
    what a line's first entry of a month begins with.

    Raises:
        CannotPhase: the months of a line do not add up to its annual budget; ``lines`` says of which, and why.
        StaleMoney: somebody changed a line or its months meanwhile.
    """
    lines = list(
        BudgetLine.objects.select_for_update(of=("self",))
        .filter(pk__in=phases)
        .select_related("organisation", "workstream")
        .order_by("pk")
    )
    stored = phases_of(lines=lines)
    changed = [one for one in lines if dict(phases[one.pk]) != stored.get(one.pk, {})]
    if stale := [one for one in changed if one.version != versions.get(one.pk)]:
        raise StaleMoney(f"Somebody changed {stale[0]} or its months meanwhile.", stale[0])
    budgets = budgets_of(lines=changed, number=MONTHS)
    wrong = {
        one.pk: why
        for one in changed
        if (why := wrong_phases(phases[one.pk], annual=budgets[one.pk]))
    }
    if wrong:
        raise CannotPhase("Nothing is saved: put these lines right first.", wrong)
    Phase.objects.filter(line__in=changed).delete()
    Phase.objects.bulk_create(
        Phase(line=one, number=number, budget=budget)
        for one in changed
        for number, budget in phases[one.pk].items()
    )
    for one in changed:
        one.version += 1
        one.save(update_fields=["version"])
    return changed


def phases_of(*, lines: list[BudgetLine]) -> dict[int, dict[int, Decimal]]:
    """The months of the lines that are phased, by line and month. One query."""
    found: dict[int, dict[int, Decimal]] = {}
    for one in Phase.objects.filter(line__in=lines):
        found.setdefault(one.line_id, {})[one.number] = one.budget
    return found
