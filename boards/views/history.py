"""What was done to a report, for whoever has a role in its place; and who read it, for the office and auditors."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_safe

from boards.access import sees_drafts
from boards.history import address_of, since_publication
from boards.models import Report, ViewedForm
from boards.selectors.viewings import viewings_of
from boards.views.found import find_report, note_reading, noted, sign_in_first
from icp.audit.selectors import history_of
from programmes.access import may_search_history
from programmes.views.history import CHANGES_A_PAGE, Page, show_history
from programmes.views.places import place_of, signed_in


@signed_in
@require_safe
@sign_in_first
@noted
def report_history(request: HttpRequest, place: str, period: str, kind: str) -> HttpResponseBase:
    """The public reads a public report, and not who made it: this is for those with a role in the place."""
    found, roles = place_of(request)
    report = find_report(request, place=place, period=period, kind=kind)
    readers = _readers(request, report) if may_search_history(roles=roles) else {}
    page = Page(str(report), address_of(report), "The report")
    changes = history_of(f"boards.report:{report.pk}")
    if not sees_drafts(roles=roles):
        changes = since_publication(changes)
    elif not report.is_published:
        note_reading(request, report, ViewedForm.PAGE, {"only": "its history"})
    return show_history(
        request, found, page, changes, more=readers, template="boards/report_history.html"
    )


def _readers(request: HttpRequest, report: Report) -> dict[str, Any]:
    pages = Paginator(viewings_of(report=report), CHANGES_A_PAGE)
    return {"viewings": pages.get_page(request.GET.get("read"))}


urlpatterns = [
    path(
        "places/<slug:place>/reports/<slug:period>/<slug:kind>/history/",
        report_history,
        name="report-history",
    ),
]
