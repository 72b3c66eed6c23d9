"""What partners said month by month, for the charts."""

from django.db.models import Exists, F, OuterRef, Sum

from finance.models import FinanceMonth, Fund, Position, Submission, SubmissionState
from finance.rules.charts import Said


def said_by_month(*, month: FinanceMonth) -> list[Said]:
    """Each partner's sums in the fund at every month's end of the year, up to this month: what was accepted, as
    a report holds it. One query.
    """
    accepted = Submission.objects.filter(
        month=OuterRef("month"),
        organisation=OuterRef("line__organisation"),
        state=SubmissionState.ACCEPTED,
    )
    found = Position.objects.filter(
        month__place_id=month.place_id, month__year=month.year, month__number__lte=month.number
    ).exclude(line__fund=Fund.COLLABORATION)
    found = found.filter(
        Exists(accepted),
        annual_budget__isnull=False,
        ytd_budget__isnull=False,
        ytd_actual__isnull=False,
        forecast_outturn__isnull=False,
    )
    sums = found.values(
        number=F("month__number"),
        partner=F("line__organisation__short_name"),
        key=F("line__organisation_id"),
    ).annotate(
        variance=Sum(F("annual_budget") - F("forecast_outturn")),
        budget=Sum("ytd_budget"),
        actual=Sum("ytd_actual"),
    )
    return [
        Said(one["number"], one["partner"], one["variance"], one["budget"], one["actual"])
        for one in sums.order_by("number", "key")
    ]
