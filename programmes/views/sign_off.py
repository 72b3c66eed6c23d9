"""Sign-off: returns waiting for the reader, one return to read, and what is late or off track."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from icp.common import clock
from icp.common.downloads import table_response
from icp.common.forms import NarrativeField
from programmes import access, presenters, selectors, services
from programmes.access import Roles
from programmes.errors import NotAllowed, Refused
from programmes.filters import TroubleFilter
from programmes.models import Period, Place, PlanItem, Programme, ReturnState, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.models.programme import ProgrammeQuerySet
from programmes.rules.rag import Rag
from programmes.selectors import TroubledRow
from programmes.views.lists import chosen_of
from programmes.views.places import period_of, place_of, programme_of, signed_in, signing_place

ROWS_A_PAGE = 25
# No return was handed in then: what a page without the moment stands for.
NEVER = datetime(1900, 1, 1, tzinfo=UTC)
COLUMNS = (
    *("Row", "Name", "Programme", "Agreed finish", "Forecast finish", "Slip", "RAG", "Said by"),
    *("Reason", "Get to green", "Decision needed from", "Owner"),
)


class QuestionForm(forms.Form):
    question = NarrativeField(
        label="Your question to the lead",
        max_length=2000,
        error_messages={"required": "Write the question that the lead is to answer."},
    )


def programmes_to_sign_off(
    request: HttpRequest, *, place: Place, roles: Roles
) -> ProgrammeQuerySet:
    """The programmes this person signs off; office and auditors see all."""
    mine = access.visible_programmes(user=request.user).filter(place=place)
    if not (roles.office or roles.auditor):
        mine = mine.filter(pk__in=roles.signs_off)
    return mine.reporting().in_order()


@signed_in
@require_safe
def sign_off(request: HttpRequest, place: str) -> HttpResponseBase:
    """Returns waiting for the reader first; then everything late, red or amber across their programmes."""
    found, roles = signing_place(request)
    programmes = programmes_to_sign_off(request, place=found, roles=roles)
    today = clock.today()
    live = selectors.live_periods(place=found)
    looked_at = [one for one in (*live[:1], selectors.last_frozen_period(place=found)) if one]
    troubled = selectors.troubled_items(programmes=programmes, periods=looked_at, today=today)
    asked = TroubleFilter(
        request.GET,
        queryset=troubled,
        place=found,
        period=live[0] if live else None,
        last=None,
        today=today,
        programmes=programmes,
    )
    troubled = asked.rows()
    if (fmt := request.GET.get("format")) in ("csv", "xlsx"):
        rows = selectors.troubled_rows(troubled, place=found, periods=looked_at, today=today)
        return table_response(
            fmt=fmt,  # type: ignore[arg-type]
            filename=f"{found.name} late and off track",
            columns=COLUMNS,
            rows=_as_cells(rows),
        )
    summaries = selectors.return_summaries(programmes=programmes, periods=live, today=today)
    page = Paginator(troubled, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": found,
        "waiting": [one for one in summaries if _is_waiting(one)],
        "others": [one for one in summaries if not _is_waiting(one)],
        "listed": page,
        "rows": selectors.troubled_rows(
            page.object_list, place=found, periods=looked_at, today=today
        ),
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "downloads": [
            {"text": text, "href": f"?{_with(request, format=fmt)}"}
            for fmt, text in (("csv", "CSV"), ("xlsx", "Excel"))
        ],
    }
    return render(request, "programmes/sign_off.html", context)


def _is_waiting(summary: selectors.ReturnSummary) -> bool:
    return summary.found is not None and summary.found.state == ReturnState.SUBMITTED


def _with(request: HttpRequest, **changes: str) -> str:
    changed = request.GET.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        changed[name] = value
    return changed.urlencode()


def _as_cells(rows: list[TroubledRow]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        status, proposed = row.status, row.judgement.proposed
        rag = Rag(status.rag) if status and status.rag else proposed and proposed.rag
        yield (
            row.item.reference,
            row.item.name,
            row.item.programme.name,
            row.item.baseline_finish,
            row.item.forecast_finish,
            row.judgement.slip.words if row.judgement.slip else "",
            rag.label if rag else "",
            f"lead, {status.period.name}" if status else "proposed from dates",
            status.reason if status else "",
            status.get_to_green if status else "",
            status.decision_from.short_name if status and status.decision_from else "",
            row.item.owner.title if row.item.owner else "",
        )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one_return(request: HttpRequest, place: str, key: str, code: str) -> HttpResponse:
    """One programme's return in one period, to read; and to sign off or send back by those who may."""
    found, roles = place_of(request)
    period = period_of(request, place=found, key=key)
    programme = programme_of(request, place=found, code=code)
    question = QuestionForm(request.POST if request.POST.get("do") == "send-back" else None)
    if request.method == "POST":
        if not access.may_sign_off(roles=roles, programme_id=programme.pk):
            raise NotAllowed(
                f"{programme.name} is signed off by its SRO, chair or accountable officer."
            )
        if answer := _judge(request, programme, period, question=question):
            return answer
    return _show_return(request, programme, period, roles=roles, question=question)


def _judge(
    request: HttpRequest, programme: Programme, period: Period, *, question: QuestionForm
) -> HttpResponse | None:
    """Sign off or send back; None when the page should be shown again as it was filled in."""
    given: dict[str, Any] = {
        "programme": programme,
        "period": period,
        "by": request.user,
        "at": clock.now(),
        "submitted_at": _read_as(request),
    }
    sending_back = request.POST.get("do") == "send-back"
    if sending_back and not question.is_valid():
        return None
    try:
        if sending_back:
            services.send_back_return(**given, question=question.cleaned_data["question"])
            said = f"Sent back: the leads of {programme.name} are told by e-mail."
        else:
            services.sign_off_return(**given)
            said = f"The {period.name} return of {programme.name} is signed off."
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    messages.success(request, said)
    return redirect("sign-off", place=period.place.slug)


def _read_as(request: HttpRequest) -> datetime:
    """When the return that the page showed was handed in; the earliest moment where it does not say."""
    try:
        read = parse_datetime(request.POST.get("submitted-at", ""))
    except ValueError:
        read = None
    return read if read and timezone.is_aware(read) else NEVER


def _show_return(
    request: HttpRequest,
    programme: Programme,
    period: Period,
    *,
    roles: Roles,
    question: QuestionForm,
) -> HttpResponse:
    summary = selectors.return_summaries(
        programmes=Programme.objects.filter(pk=programme.pk),  # type: ignore[arg-type]
        periods=[period],
        today=min(clock.today(), period.ends_on),
    )[0]
    every = request.GET.get("show") == "all" and period.is_live
    items = _items_of(programme, period, every=every)
    listed = Paginator(items, ROWS_A_PAGE * 2).get_page(request.GET.get("page"))
    rows = selectors.update_rows(
        programme=programme, period=period, today=clock.today(), items=listed.object_list
    )
    waiting = _is_waiting(summary) and period.is_live
    context = {
        "place": period.place,
        "programme": programme,
        "period": period,
        "summary": summary,
        "submitted_at": summary.found.submitted_at.isoformat()
        if summary.found and summary.found.submitted_at
        else "",
        "listed": listed,
        "rows": [{"row": row} for row in rows],
        "every": every,
        "question": question,
        "may_sign_off": waiting and access.may_sign_off(roles=roles, programme_id=programme.pk),
        "own": summary.found and summary.found.submitted_by_id == request.user.pk,
        "may_update": access.may_update(roles=roles, programme_id=programme.pk),
        "summary_words": presenters.summary_words(summary),
    }
    return render(request, "programmes/sign_off_return.html", context)


def _items_of(programme: Programme, period: Period, *, every: bool) -> PlanItemQuerySet:
    """The rows with a status in the period; every live row when asked."""
    if every:
        return selectors.live_items(programme=programme, period=period)
    said = Status.objects.filter(period=period).values("item_id")
    items = PlanItem.objects.filter(programme=programme, pk__in=said)
    return items.select_related("programme", "parent").order_by("position")


urlpatterns: list[URLPattern] = [
    path("places/<slug:place>/sign-off/", sign_off, name="sign-off"),
    path("places/<slug:place>/periods/<slug:key>/returns/<str:code>/", one_return, name="return"),
]
