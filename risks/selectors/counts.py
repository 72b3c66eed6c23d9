"""How many risks stand how."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from risks.models import Escalation, Mitigation
from risks.models.risk import RiskQuerySet
from risks.rules.scores import Lines


@dataclass(frozen=True)
class Counts:
    """Of the open risks."""

    total: int
    red: int
    amber: int
    escalated: int
    proposed: int
    review_overdue: int
    unmitigated: int


def counts_of(rows: RiskQuerySet, *, lines: Lines, today: date) -> Counts:
    """One query."""
    grounds = Escalation.objects.filter(risk=OuterRef("pk"), ended_at=None)
    found = (
        rows.open()
        .annotate(
            is_escalated=Exists(grounds),
            is_proposed=Exists(grounds.filter(proposed_on__isnull=False)),
            is_mitigated=Exists(Mitigation.objects.filter(risk=OuterRef("pk"), removed_at=None)),
        )
        .aggregate(
            total=Count("pk"),
            red=Count("pk", filter=Q(current__gte=lines.red_from)),
            amber=Count("pk", filter=Q(current__gte=lines.amber_from, current__lt=lines.red_from)),
            escalated=Count("pk", filter=Q(is_escalated=True)),
            proposed=Count("pk", filter=Q(is_proposed=True)),
            review_overdue=Count("pk", filter=Q(review_on__lt=today)),
            unmitigated=Count("pk", filter=Q(is_mitigated=False)),
        )
    )
    return Counts(**found)
