"""Reports of the registers: the list, a report as a page and as files, and what the office does with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, register_converter, reverse
from django.views.decorators.http import require_POST, require_safe

from icp.common.checksums import checksum
from icp.common.downloads import as_attachment, safe_name
from icp.common.forms import NarrativeField
from programmes.errors import NotAllowed, Refused
from programmes.views.places import signed_in
from risks import access
from risks.errors import CannotChangeRiskReport, StaleRiskReport
from risks.exporters.printed import changes, columns, compared_words, rows
from risks.exporters.report_files import LABELS, MAKERS
from risks.exporters.report_pdf import report_pdf
from risks.models import Register, RiskReport, RiskReportKind, RiskReportState
from risks.rules.report import Content, narrowed
from risks.services import reports as services
from risks.views.pages import RISKS, RegisterPage, load_register

A_PAGE = 24


class KindConverter:
    """The kinds of report."""

    regex = "|".join(RiskReportKind.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FileConverter(KindConverter):
    """The files of a report."""

    regex = "|".join(LABELS)


register_converter(KindConverter, "riskreport")
register_converter(FileConverter, "riskfile")


class NarrativeForm(forms.Form):
    """The office's words, and the version they were written upon."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    narrative = NarrativeField(label="Narrative", max_length=8000, required=False)


@signed_in
@require_safe
def reports(request: HttpRequest, place: str) -> HttpResponse:
    """The reports that this person may read, the newest first."""
    page = load_register(request)
    found = access.reports_of(place=page.place, roles=page.roles).select_related("period")
    listed = Paginator(found.defer("content", "pdf").newest_first(), A_PAGE)
    context = {"place": page.place, "page_obj": listed.get_page(request.GET.get("page"))}
    return render(request, "risks/reports.html", context)


def _report(page: RegisterPage, period: str, which: str) -> RiskReport:
    rows = access.reports_of(place=page.place, roles=page.roles).defer("pdf")
    found: RiskReport = get_object_or_404(
        rows.select_related("period", "approved_by", "published_by", "closed_by"),
        period__key=period,
        kind=which,
    )
    found.period.place = page.place
    return found


def _content(page: RegisterPage, found: RiskReport) -> Content:
    """The content, or what one register gives to it (``?register=PC``).

    Raises:
        Http404: it is not built, or the place has no such register.
    """
    if not found.is_built or found.content is None:
        raise Http404("This report is not built yet.")
    code = page.request.GET.get("register", "")
    if not code:
        return dict(found.content)
    if "\x00" in code or not Register.objects.filter(place=page.place, code=code[:12]).exists():
        raise Http404("There is no such register.")
    return narrowed(found.content, register=code)


@signed_in
@require_safe
def report(request: HttpRequest, place: str, period: str, which: str) -> HttpResponse:
    """The report as a page."""
    page = load_register(request)
    return _show(page, _report(page, period, which))


def _show(page: RegisterPage, found: RiskReport, *, status: int = 200, **more: Any) -> HttpResponse:
    if not found.is_built:
        return render(
            page.request, "risks/report_waiting.html", {"place": page.place, "report": found}
        )
    content = _content(page, found)
    runs = access.may_run_registers(roles=page.roles)
    context = {
        "place": page.place,
        "report": found,
        "content": content,
        "columns": columns(content),
        "rows": [list(zip(columns(content), row, strict=True)) for row in rows(content)],
        "changes": changes(content),
        "compared": compared_words(content),
        "checksum": _checksum(found, content),
        "registers": Register.objects.filter(place=page.place).select_related("programme"),
        "downloads": _downloads(page, found),
        "runs": runs,
        "form": NarrativeForm(initial={"version": found.version, "narrative": found.narrative}),
        "may_write": runs and found.state == RiskReportState.DRAFT,
        **more,
    }
    return render(page.request, "risks/report.html", context, status=status)


def _downloads(page: RegisterPage, found: RiskReport) -> list[dict[str, str]]:
    where = {"place": page.place.slug, "period": found.period.key, "which": found.kind}
    query = f"?{page.request.GET.urlencode()}" if page.request.GET else ""
    return [
        {"text": text, "href": reverse("risk-report-file", kwargs={**where, "made": made}) + query}
        for made, text in LABELS.items()
    ]


@signed_in
@require_safe
def report_file(
    request: HttpRequest, place: str, period: str, which: str, made: str
) -> HttpResponseBase:
    """The report as a file: PDF, Excel, Word, CSV or JSON."""
    page = load_register(request)
    found = _report(page, period, which)
    content = _content(page, found)
    part = str(content.get("register", ""))
    if made == "pdf":
        data, kind = _pdf(found, content), "application/pdf"
    else:
        make, kind = MAKERS[made]
        draft = {} if found.is_published else {"draft": True}
        data = make({**content, **draft})
    draft_name = "" if found.is_published else " draft"
    name = safe_name(f"{page.place.name} risks {which} {period} {part}{draft_name}")
    return as_attachment(HttpResponse(data, content_type=kind), filename=f"{name}.{made}")


def _checksum(found: RiskReport, content: Content) -> str:
    """Of what is shown: the report's own, or, of one register's part, that part's. A draft has none."""
    return checksum(content) if found.is_published and "register" in content else found.checksum


def _pdf(found: RiskReport, content: Content) -> bytes:
    """The bytes kept at publication; a draft or a part is drawn now."""
    if found.pdf and "register" not in content:
        return bytes(found.pdf)
    return report_pdf(content, checksum=_checksum(found, content))


@signed_in
@require_POST
def report_act(request: HttpRequest, place: str, period: str, which: str) -> HttpResponse:
    """What the office does with a report: its words, approval, withdrawal, publication."""
    page = load_register(request)
    found = _report(page, period, which)
    if not access.may_run_registers(roles=page.roles):
        raise NotAllowed("The programme office writes, approves and publishes the reports.")
    form = NarrativeForm(request.POST)
    if not form.is_valid():
        return _show(page, found, status=422, form=form)
    try:
        said = _act(page, found, form)
    except StaleRiskReport as stale:
        current: RiskReport = stale.current  # type: ignore[assignment]
        again = page.request.POST.copy()
        again["version"] = str(current.version)
        more = {"form": NarrativeForm(again), "theirs": current.narrative, "refused": str(stale)}
        return _show(page, found, status=409, **more)
    except Refused as refused:
        return _refused(page, _report(page, period, which), form, str(refused))
    messages.success(request, said)
    return redirect("risk-report", place=place, period=period, which=which)


def _refused(
    page: RegisterPage, found: RiskReport, form: NarrativeForm, sentence: str
) -> HttpResponse:
    """The report as it is, why nothing was done, and what was typed where the narrative is still the one that was shown."""
    kept = {"form": form} if form.cleaned_data["version"] == found.version else {}
    return _show(page, found, status=422, refused=sentence, **kept)


def _act(page: RegisterPage, found: RiskReport, form: NarrativeForm) -> str:
    seen = form.cleaned_data["version"]
    action = page.request.POST.get("do")
    if action == "approve":
        typed = form.cleaned_data["narrative"].strip()
        if (
            found.state == RiskReportState.DRAFT
            and seen == found.version
            and typed != found.narrative
        ):
            raise CannotChangeRiskReport(
                "The narrative below is not saved yet. Save it first, then approve it."
            )
        services.approve_report(report=found, seen=seen, by=page.user, at=page.at)
        return "Approved. It can be published now."
    if action == "withdraw":
        services.withdraw_approval(report=found, seen=seen, by=page.user)
        return "The approval is withdrawn. It is a draft again."
    if action == "publish":
        services.publish_report(report=found, seen=seen, by=page.user, at=page.at)
        return "Published: it never changes."
    text = form.cleaned_data["narrative"]
    services.write_narrative(report=found, text=text, seen=seen, by=page.user)
    return "The narrative is saved."


REPORT = f"{RISKS}reports/<slug:period>/<riskreport:which>/"
urlpatterns: list[URLPattern] = [
    path(f"{RISKS}reports/", reports, name="risk-reports"),
    path(REPORT, report, name="risk-report"),
    path(f"{REPORT}act/", report_act, name="risk-report-act"),
    path(f"{REPORT}file.<riskfile:made>", report_file, name="risk-report-file"),
]
