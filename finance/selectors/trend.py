"""What partners said month by month, for the charts."""

from collections.abc import Collection

from django.db.models import F, Q, Sum

from finance.models import FinanceMonth, Fund, Position
from finance.rules.charts import Said


def said_by_month(*, month: FinanceMonth, so_far: Collection[str] = ()) -> list[Said]:
    """Each partner's sums in the fund at every month's end of the year, up to this month: what was accepted, as
    a report holds it; and of the partners ``so_far``, by short name, what they say of this month, accepted or not. One query.
    """
    mine = Q(month=month, line__organisation__short_name__in=so_far)
    found = Position.objects.filter(
        month__place_id=month.place_id, month__year=month.year, month__number__lte=month.number
    ).exclude(line__fund=Fund.COLLABORATION)
    sums = (
        found.accepted(or_else=mine if so_far else None)
        .complete()
        .values(
            number=F("month__number"),
            partner=F("line__organisation__short_name"),
            key=F("line__organisation_id"),
        )
        .annotate(
            variance=Sum(F("annual_budget") - F("forecast_outturn")),
            budget=Sum("ytd_budget"),
            actual=Sum("ytd_actual"),
        )
    )
    return [
        Said(one["number"], one["partner"], one["variance"], one["budget"], one["actual"])
        for one in sums.order_by("number", "key")
    ]
