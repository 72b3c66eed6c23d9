"""What was said of lines that another carries on: their figures of open months and their phases, added up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from finance.models import FIGURES, BudgetLine, Phase, Position
from finance.rules.positions import NOUGHT, sum_if_known
from finance.rules.years import MONTHS
from icp.accounts.models import User


def carry_figures(
    entered: Sequence[Position], target: BudgetLine, *, by: User, at: datetime
) -> None:
    """What is entered of the lines in months that are open, added up."""
    by_month: dict[int, list[Position]] = {}
    for one in entered:
        by_month.setdefault(one.month_id, []).append(one)
    for month_id, parts in by_month.items():
        Position.objects.filter(pk__in=[one.pk for one in parts]).exclude(line=target).delete()
        figures = {name: [getattr(one, name) for one in parts] for name in FIGURES}
        values: dict[str, Any] = {name: sum_if_known(said) for name, said in figures.items()} | {
            "comment": "\n".join(one.comment for one in parts if one.comment)[:2000]
        }
        values |= _corrected(parts)
        Position.objects.update_or_create(
            line=target,
            month_id=month_id,
            defaults=dict(values)
            | {
                "entered_by": by,
                "entered_at": at,
                "version": max(one.version for one in parts) + 1,
            },
        )


def _corrected(parts: Sequence[Position]) -> dict[str, Any]:
    """Which closed month they put right, the earliest where they name several, and all that they say of it."""
    saying = [one for one in parts if one.corrects is not None]
    months = [one.corrects for one in saying if one.corrects is not None]
    return {
        "corrects": min(months, key=lambda month: month.month) if months else None,
        "correction": "\n".join(one.correction for one in saying),
    }


def phases_together(lines: Sequence[BudgetLine]) -> dict[int, Decimal]:
    """The lines' twelve months added up; nothing unless every line is phased."""
    found: dict[int, dict[int, Decimal]] = {}
    for one in Phase.objects.filter(line__in=lines):
        found.setdefault(one.line_id, {})[one.number] = one.budget
    if len(found) < len(lines):
        return {}
    numbers = range(1, MONTHS + 1)
    return {n: sum((said.get(n, NOUGHT) for said in found.values()), NOUGHT) for n in numbers}


def carry_phases(phases: Mapping[int, Decimal], target: BudgetLine) -> None:
    Phase.objects.filter(line=target).delete()
    Phase.objects.bulk_create(
        Phase(line=target, number=number, budget=budget) for number, budget in phases.items()
    )
