"""The front door: one's own first page, or, signed out, what the public may read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from boards.models import Report, ReportState
from programmes.models import Period
from programmes.views.home import home as own_home


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return own_home(request)
    return render(request, "boards/front.html", {"places": _public_reports()})


def _public_reports() -> list[dict[str, Any]]:
    """For each place its public reports of the latest period that has any, by the place's name. Two queries."""
    public = Report.objects.filter(state=ReportState.PUBLISHED, is_public=True)
    latest = (
        Period.objects.filter(pk__in=public.values("period_id"))
        .order_by("place_id", "-ends_on")
        .distinct("place_id")
    )
    found: dict[int, dict[str, Any]] = {}
    periods = Period.objects.filter(pk__in=latest.values("pk")).select_related("place")
    for period in periods.order_by("place__name", "pk"):
        found[period.pk] = {"place": period.place, "period": period, "reports": []}
    for report in public.filter(period__in=found).defer("content").in_pack_order():
        found[report.period_id]["reports"].append(report)
    return list(found.values())


urlpatterns = [path("", home, name="home")]
