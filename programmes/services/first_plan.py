"""The first plan of a programme: from then on its rows come, go and get other dates by agreement (domain section 3)."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.errors import CannotChangePlan
from programmes.models import Baseline, PlanItem, Programme
from programmes.services.baselines import BATCH, agree_baseline
from programmes.services.plan_rows import RowNow
from programmes.services.rows import hold_plans

Row = TypeVar("Row", PlanItem, RowNow)
AGREED = ("baseline_start", "baseline_finish")


@transaction.atomic
def agree_first_plan(*, programme: Programme, by: User) -> Baseline:
    """Agree a plan that was made in the portal, as it stands. Doing it twice agrees it once.

    Raises:
        CannotChangePlan: the plan has no rows.
    """
    hold_plans(programmes=[programme.pk])
    found = Baseline.objects.filter(programme=programme).order_by("number").first()
    if found:
        return found
    items = list(PlanItem.objects.filter(programme=programme).order_by("position"))
    if not any(item.removed_at is None for item in items):
        raise CannotChangePlan("There is no row to agree yet.")
    with recorded(way=current_way(), by=by):
        PlanItem.objects.bulk_update(agreed_as_they_are(items), AGREED, batch_size=BATCH)
        return agree_baseline(programme=programme, items=items)


def agreed_as_they_are(rows: Iterable[Row]) -> list[Row]:
    """Those in the plan without agreed dates, now agreed at the dates they have: of each :data:`AGREED` is to be
    stored.
    """
    left = [
        row
        for row in rows
        if (row.start or row.finish)
        and not (row.removed_at or row.baseline_start or row.baseline_finish)
    ]
    for row in left:
        row.baseline_start, row.baseline_finish = row.start, row.finish
    return left
