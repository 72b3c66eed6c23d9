"""Reading: the list of reports, one report, how to read them."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from boards.access import visible_reports
from boards.forms import ListForm, NarrowForm
from boards.models import Report, ReportKind, ReportState, ViewedForm
from boards.models.report import ReportQuerySet
from boards.presenters import page_of
from boards.presenters.how_to_read import FIVE_REPORTS, PARTS
from boards.rules.narrow import NothingToNarrowTo, narrow
from boards.rules.printed import Content
from boards.selectors import content_of
from boards.views.found import (
    SignInFirst,
    find_report,
    is_office,
    note_reading,
    noted,
    sign_in_first,
)
from boards.views.office import steps_for
from icp.common import clock
from programmes.context import here
from programmes.models import Board, Period, Place

PERIODS_ON_A_PAGE = 6
NARROWED_BY = ("programme", "sro", "board")
LABELS = {"kind": ReportKind.choices, "state": ReportState.choices}


@require_safe
@sign_in_first
def report_list(request: HttpRequest, place: str) -> HttpResponseBase:
    """The place's reports by period, newest first: what this person may read."""
    office = is_office(request)
    form = ListForm(request.GET or None, office=office)
    wanted = form.cleaned_data if form.is_valid() else {}
    reports = visible_reports(user=request.user, on=clock.today()).filter(period__place__slug=place)
    found_place = _place_of(request, reports)
    if found_place is None and not request.user.is_authenticated:
        raise SignInFirst
    if found_place is None:
        raise Http404("There is no such place, or nothing in it for you to read.")
    reports = reports.filter(**{name: value for name, value in wanted.items() if value})
    periods = (
        Period.objects.filter(pk__in=reports.values("period_id"))
        .newest_first()
        .select_related("place")
        .prefetch_related(
            Prefetch("reports", reports.defer("content").in_pack_order(), to_attr="listed")
        )
    )
    page = Paginator(periods, PERIODS_ON_A_PAGE).get_page(request.GET.get("page"))
    for period in page:
        _sum_up(period)
    context = {
        "place": found_place,
        "office": office,
        "form": form,
        "chosen": [str(dict(LABELS[name])[value]) for name, value in wanted.items() if value],
        "page": page,
    }
    return render(request, "boards/reports.html", context)


def _place_of(request: HttpRequest, reports: ReportQuerySet) -> Place | None:
    """The place of this address, for who has a role in it or finds a report there to read."""
    if (place := here(request)[0]) is not None:
        return place
    return Place.objects.filter(pk__in=reports.values("period__place_id")).first()


def _sum_up(period: Any) -> None:
    """Whether any of the period's listed reports waits for approval or publication."""
    states = {report.state for report in period.listed}
    period.drafts = ReportState.DRAFT in states
    period.approved = ReportState.APPROVED in states


@require_safe
@sign_in_first
@noted
def report_page(request: HttpRequest, place: str, period: str, kind: str) -> HttpResponseBase:
    """One report. While it is built the office sees how far it is; htmx asks again."""
    report = find_report(request, place=place, period=period, kind=kind)
    context: dict[str, Any] = {
        "report": report,
        "place": report.period.place,
        "office": is_office(request),
        "address": reverse("report", kwargs={"place": place, "period": period, "kind": kind}),
    }
    if not report.is_built:
        response = render(request, "boards/report_waiting.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response
    if request.headers.get("HX-Request"):
        # It was being built a moment ago: show all of it.
        return HttpResponse(headers={"HX-Refresh": "true"})
    chosen = {name: request.GET.get(name, "").strip() for name in NARROWED_BY}
    note_reading(request, report, ViewedForm.PAGE, chosen)
    reading = _reading(request, report, context, chosen)
    return render(request, "boards/report.html", context | reading)


def _reading(
    request: HttpRequest, report: Report, context: dict[str, Any], chosen: dict[str, str]
) -> dict[str, Any]:
    whole = content_of(report)
    content, problem = _narrowed(whole, chosen)
    siblings = _siblings(request, report)
    page = page_of(content, my_boards=_my_boards(request, report.period.place))
    _link_overdue(page["tiles"], siblings, query=request.GET.urlencode())
    return {
        "page": page,
        "form": NarrowForm(request.GET or None, content=whole),
        "chosen": [] if problem else _in_words(chosen, whole),
        "problem": problem,
        "problem_list": [{"text": problem, "href": "#id_programme"}],
        "downloads": _downloads(report, request),
        "siblings": siblings,
        "steps": steps_for(report, user=request.user) if context["office"] else None,
    }


def _narrowed(whole: Content, chosen: dict[str, str]) -> tuple[Content, str]:
    """The content for what was chosen; the whole and a sentence where there is no such thing."""
    try:
        return narrow(whole, **{name: value or None for name, value in chosen.items()}), ""
    except NothingToNarrowTo as problem:
        return whole, str(problem)


def _in_words(chosen: dict[str, str], whole: Content) -> list[str]:
    names = {programme["code"]: programme["name"] for programme in whole["programmes"]}
    words = {
        "programme": f"Programme: {names.get(chosen['programme'], '')}",
        "sro": f"SRO or chair: {chosen['sro']}",
        "board": f"Asked of: {chosen['board']}",
    }
    return [words[name] for name, value in chosen.items() if value]


def _my_boards(request: HttpRequest, place: Place) -> list[str]:
    if not request.user.is_authenticated:
        return []
    return list(
        Board.objects.filter(place=place, members__user=request.user)
        .order_by("order", "pk")
        .values_list("short_name", flat=True)
    )


def _siblings(request: HttpRequest, report: Report) -> list[dict[str, str]]:
    """The reports of the same period that this person may read, in the order of the pack."""
    place, period = report.period.place.slug, report.period.key
    found = (
        visible_reports(user=request.user, on=clock.today())
        .filter(period_id=report.period_id)
        .in_pack_order()
    )
    return [
        {
            "kind": kind,
            "text": ReportKind(kind).label,
            "href": reverse("report", kwargs={"place": place, "period": period, "kind": kind}),
        }
        for kind in found.values_list("kind", flat=True)
    ]


def _link_overdue(
    tiles: list[dict[str, Any]], siblings: list[dict[str, str]], *, query: str
) -> None:
    """What is overdue is listed in the look ahead: the count leads there, narrowed as this page is."""
    ahead = next((found["href"] for found in siblings if found["kind"] == "look-ahead"), "")
    for tile in tiles:
        if tile["label"].startswith("overdue") and tile["count"] and not tile["href"] and ahead:
            tile["href"] = f"{ahead}{'?' if query else ''}{query}#section-2"


def _downloads(report: Report, request: HttpRequest) -> list[dict[str, str]]:
    query = request.GET.urlencode()
    kwargs = {
        "place": report.period.place.slug,
        "period": report.period.key,
        "kind": report.kind,
    }
    return [
        {
            "text": words,
            "href": reverse("report-file", kwargs={**kwargs, "form": form})
            + (f"?{query}" if query else ""),
        }
        for form, words in (("pdf", "PDF"), ("csv", "CSV"), ("json", "JSON"))
    ]


@require_safe
def how_to_read(request: HttpRequest) -> HttpResponse:
    """What the reports mean and how to read them; for anybody."""
    return render(request, "boards/how_to_read.html", {"five": FIVE_REPORTS, "parts": PARTS})


urlpatterns = [
    path("reports/how-to-read/", how_to_read, name="how-to-read"),
    path("places/<slug:place>/reports/", report_list, name="reports"),
    path("places/<slug:place>/reports/<slug:period>/<slug:kind>/", report_page, name="report"),
]
