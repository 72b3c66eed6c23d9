"""Writing down what was agreed. A baseline is written once; the next agreement is the next baseline."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Max

from icp.common.batches import in_batches
from programmes.models import AgreedDates, Baseline, ChangeRequest, PlanItem, Programme

FIRST = "First plan"
BATCH = 1000


class Agreed(Protocol):
    """A row of the plan, as it is agreed."""

    pk: Any
    baseline_start: date | None
    baseline_finish: date | None
    removed_at: datetime | None


@transaction.atomic
def agree_baseline(
    *,
    programme: Programme,
    items: Iterable[PlanItem | Agreed],
    request: ChangeRequest | None = None,
    name: str = "",
) -> Baseline:
    """The next baseline of a programme: ``items`` as they are agreed now, removed ones as removed.

    Rows that are not among ``items`` keep what was agreed of them before.
    """
    # Whoever agrees first has the number: the programme's row is the lock.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    last = Baseline.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
    baseline = Baseline.objects.create(
        programme=programme,
        number=last + 1,
        name=name or (f"{request.reference}: {request.title}" if request else FIRST),
        request=request,
    )
    waiting = (
        AgreedDates(
            baseline=baseline,
            item_id=item.pk,
            start=item.baseline_start,
            finish=item.baseline_finish,
            removed=item.removed_at is not None,
        )
        for item in items
    )
    for some in in_batches(waiting, BATCH):
        AgreedDates.objects.bulk_create(some)
    return baseline
