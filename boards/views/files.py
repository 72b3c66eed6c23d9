"""Downloads of a report: PDF, CSV and JSON of the same content."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import re_path
from django.views.decorators.http import require_safe

from boards.exporters.csv import csv_of
from boards.exporters.pdf import render as render_pdf
from boards.models import Report, ReportFile
from boards.rules.narrow import NothingToNarrowTo, narrow
from boards.rules.printed import Content
from boards.selectors import content_of
from boards.views.found import find_report, note_reading, noted, sign_in_first
from icp.common.checksums import canonical_json
from icp.common.downloads import as_attachment

FILTERS = ("programme", "sro", "board")


@require_safe
@sign_in_first
@noted
def report_file(
    request: HttpRequest, place: str, period: str, kind: str, form: str
) -> HttpResponseBase:
    """The whole report, or what ``?programme=``, ``?sro=`` and ``?board=`` leave of it."""
    report = find_report(request, place=place, period=period, kind=kind)
    if not report.is_built:
        raise Http404("This report is not built yet.")
    chosen = {name: request.GET.get(name, "").strip() or None for name in FILTERS}
    try:
        content = narrow(content_of(report), **chosen)
    except NothingToNarrowTo as problem:
        raise Http404(str(problem)) from problem
    note_reading(request, report, form, chosen)
    if not report.is_published:
        content = {**content, "draft": True}
    parts = [place, kind, period, *(value for value in chosen.values() if value)]
    name = "-".join(parts) + ("" if report.is_published else "-draft")
    return as_attachment(
        _written(report, content, form, whole=not any(chosen.values())),
        filename=f"{name}.{form}".replace(" ", "-"),
    )


def _written(report: Report, content: Content, form: str, *, whole: bool) -> HttpResponseBase:
    if form == "pdf":
        return HttpResponse(_pdf(report, content, whole=whole), content_type="application/pdf")
    if form == "csv":
        return StreamingHttpResponse(csv_of(content), content_type="text/csv; charset=utf-8")
    # Byte for byte what the checksum was taken of.
    return HttpResponse(canonical_json(content), content_type="application/json")


def _pdf(report: Report, content: Content, *, whole: bool) -> bytes:
    """The bytes kept at publication; a draft or a part is drawn now."""
    kept = ReportFile.objects.filter(report=report).first() if whole else None
    if kept is not None:
        return bytes(kept.data)
    return render_pdf(content, checksum=report.checksum)


urlpatterns = [
    re_path(
        r"^places/(?P<place>[-\w]+)/reports/(?P<period>[-\w]+)/(?P<kind>[-\w]+)\.(?P<form>pdf|csv|json)$",
        report_file,
        name="report-file",
    ),
]
