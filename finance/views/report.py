"""The finance report of a month: its page and files, from content that is frozen, and its publication."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from finance import access, services
from finance.charts import charts_of
from finance.errors import StaleMoney
from finance.exporters.files import report_csv
from finance.exporters.printed import (
    bridge_steps,
    in_short,
    not_entered_words,
    risks,
    savings,
    schemes,
    sides,
    tables,
)
from finance.exporters.report_pdf import report_pdf
from finance.exporters.workbook import workbook
from finance.models import FinanceReport
from finance.views.pages import MONTH, key_at, month_address
from icp.common import clock
from icp.common.checksums import canonical_json
from icp.common.downloads import XLSX, as_attachment, safe_name
from icp.common.numbers import whole_number
from programmes.access import Roles
from programmes.errors import NotAllowed, Refused
from programmes.views.places import place_of, signed_in


def _report(request: HttpRequest, year: str, number: int) -> tuple[FinanceReport, Roles]:
    """The report of this address.

    Raises:
        Http404: there is none, or this person may not read it.
    """
    place, roles = place_of(request)
    reports = access.reports_of(place=place, roles=roles).select_related("month", "published_by")
    asked = {f"month__{name}": value for name, value in key_at(year, number).items()}
    found: FinanceReport = get_object_or_404(reports, **asked)
    found.month.place = place
    return found, roles


@signed_in
@require_safe
def report(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """The report as a page."""
    found, roles = _report(request, year, month_number)
    return _show(request, found, roles)


def _show(
    request: HttpRequest,
    found: FinanceReport,
    roles: Roles,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    content = found.content
    context = {
        "place": found.month.place,
        "month": found.month,
        "report": found,
        "content": content,
        "in_short": in_short(content),
        "tables": tables(content),
        "drill": reverse("money-month-lines", kwargs=month_address(found.month))
        if access.may_read(roles=roles)
        else "",
        "risks": risks(content),
        "sides": sides(content),
        "charts": charts_of(content),
        "savings": savings(content),
        "schemes": schemes(content),
        "bridge": bridge_steps(content),
        "may_publish": not found.is_published and access.may_publish(roles=roles),
        "formats": FORMATS,
        "missing": not_entered_words(content),
        "refused": refused,
    }
    return render(request, "finance/report.html", context, status=status)


@signed_in
@require_POST
def publish(request: HttpRequest, place: str, year: str, month_number: int) -> HttpResponse:
    """Publish it, as somebody else than closed the month."""
    found, roles = _report(request, year, month_number)
    if not access.may_publish(roles=roles):
        raise NotAllowed("The programme finance lead or the programme office publishes the report.")
    try:
        services.publish_finance_report(
            report=found,
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
            expected_version=whole_number(request.POST.get("version")) or 0,
        )
        messages.success(request, "Published: it never changes.")
    except StaleMoney as stale:
        found.refresh_from_db()
        return _show(request, found, roles, refused=str(stale), status=409)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("money-report", place=place, year=year, month_number=month_number)


def _pdf(found: FinanceReport) -> bytes:
    return bytes(found.pdf) if found.pdf else report_pdf(found.content)


def _json(found: FinanceReport) -> bytes:
    draft = {} if found.is_published else {"draft": True}
    return canonical_json(found.content | draft)


FORMATS = {"pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "json": "JSON"}
MAKERS: dict[str, tuple[Callable[[FinanceReport], bytes], str]] = {
    "pdf": (_pdf, "application/pdf"),
    "xlsx": (lambda found: workbook(found.content), XLSX),
    "csv": (lambda found: report_csv(found.content), "text/csv; charset=utf-8"),
    "json": (_json, "application/json"),
}


@signed_in
@require_safe
def report_file(
    request: HttpRequest, place: str, year: str, month_number: int, made: str
) -> HttpResponseBase:
    """The report as a file: PDF, Excel, CSV or JSON."""
    found, _ = _report(request, year, month_number)
    if made not in MAKERS:
        raise Http404
    make, kind = MAKERS[made]
    name = safe_name(
        f"{found.month.place.name} finance {found.month.year_slug} month {found.month.number}"
    )
    return as_attachment(HttpResponse(make(found), content_type=kind), filename=f"{name}.{made}")


urlpatterns: list[URLPattern] = [
    path(f"{MONTH}report/", report, name="money-report"),
    path(f"{MONTH}report/publish/", publish, name="money-report-publish"),
    path(f"{MONTH}report/report.<str:made>", report_file, name="money-report-file"),
]
