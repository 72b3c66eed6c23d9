"""The first plan of a programme: from then on its rows come, go and get other dates by agreement (domain section 3)."""

from collections.abc import Sequence

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.errors import CannotChangePlan
from programmes.models import Baseline, PlanItem, Programme
from programmes.services.baselines import BATCH, agree_baseline
from programmes.services.rows import hold_plans


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
        return agree_as_first(programme=programme, items=items)


def agree_as_first(*, programme: Programme, items: Sequence[PlanItem]) -> Baseline:
    """``items`` as the first baseline; a row without agreed dates is agreed at the dates it has. Call in a transaction
    that holds the plan.
    """
    left = [i for i in items if not (i.removed_at or i.baseline_start or i.baseline_finish)]
    for item in left:
        item.baseline_start, item.baseline_finish = item.start, item.finish
    PlanItem.objects.bulk_update(left, ["baseline_start", "baseline_finish"], batch_size=BATCH)
    return agree_baseline(programme=programme, items=items)
