"""A programme's page: who leads it, its plan as an outline with a Gantt, and one row by itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.words import short_date
from programmes import access, selectors
from programmes.gantt import Lines, drawing, scale
from programmes.models import (
    Leadership,
    LeadershipRole,
    Period,
    Place,
    PlanItem,
    Programme,
    Return,
    Status,
)
from programmes.row_lines import RowLine, line_of
from programmes.rules.durations import computed_days, differs
from programmes.rules.outline import Span
from programmes.rules.timeline import Timeline
from programmes.selectors.plan import plan_rows, plan_timeline, rows_above, spans_below
from programmes.selectors.rows import JudgedRow, judged, with_names
from programmes.views.places import place_of, programme_of, signed_in

ROWS_A_PAGE = 100
LEVELS = (1, 2, 3)


@dataclass(frozen=True)
class OutlineRow:
    """One row of the outline as printed. ``flags`` are sentences; ``context`` marks a heading repeated from
    the page before."""

    line: RowLine
    number: str
    level: int
    summary: bool
    context: bool
    start: str
    finish: str
    duration: str
    flags: list[str]
    drawing: SafeString | str


@dataclass(frozen=True)
class Outline:
    """What the rows of one page are drawn with."""

    place: Place
    period: Period | None
    last: Period | None
    today: date
    timeline: Timeline | None
    holidays: frozenset[date]

    def rows(self, items: list[PlanItem], *, above: list[PlanItem]) -> list[OutlineRow]:
        everything = [*above, *items]
        below = spans_below([item for item in everything if item.is_summary])
        found = judged(
            everything, place=self.place, period=self.period, last=self.last, today=self.today
        )
        return [
            self._row(row, below.get(row.item.pk), context=index < len(above))
            for index, row in enumerate(found)
        ]

    def _row(self, row: JudgedRow, below: Span | None, *, context: bool) -> OutlineRow:
        item = row.item
        late = row.judgement.overdue and not item.is_summary
        lines = Lines(self.today, self.period.ends_on if self.period else None)
        return OutlineRow(
            line=line_of(row, place=self.place, last=self.last),
            number=item.plan_id,
            level=item.outline_level,
            summary=item.is_summary,
            context=context,
            start=_date(item.start, tbc=item.start_tbc),
            finish=_date(item.finish, tbc=item.finish_tbc),
            duration=item.declared_duration or "–",
            flags=self._flags(item, below),
            drawing=drawing(item, on=self.timeline, lines=lines, late=late)
            if self.timeline
            else "",
        )

    def _flags(self, item: PlanItem, below: Span | None) -> list[str]:
        flags = []
        computed = computed_days(
            kind=item.kind, start=item.start, finish=item.finish, holidays=self.holidays
        )
        if differs(declared=item.declared_days, computed=computed):
            flags.append(f"Its dates give {computed} working days.")
        if item.is_summary and (below or Span(None, None)) != Span(item.start, item.finish):
            flags.append("Its dates do not span the rows below it.")
        if item.baseline_finish and item.baseline_finish != item.finish:
            flags.append(f"Agreed finish: {short_date(item.baseline_finish)}.")
        return flags


def _date(day: date | None, *, tbc: bool) -> str:
    return short_date(day) if day else "tbc" if tbc else "not set"


def _rows_with_names(programme: Programme, deepest: int | None = None) -> Any:
    rows = with_names(plan_rows(programme=programme, deepest=deepest))
    extra = ("declared_duration", "declared_days", "parent__plan_id", "parent__parent_id")
    names, _ = rows.query.deferred_loading
    return rows.only(*names, *extra)


@signed_in
@require_safe
def show(request: HttpRequest, place: str, code: str) -> HttpResponse:
    found, roles = place_of(request)
    programme = programme_of(request, place=found, code=code)
    period = selectors.period_to_report(place=found)
    today = clock.today()
    deepest = _deepest(request)
    outline = Outline(
        place=found,
        period=period,
        last=selectors.last_frozen_period(place=found),
        today=today,
        timeline=plan_timeline(
            programme=programme, with_days=(today, period.ends_on if period else None)
        ),
        holidays=selectors.holidays_of(found),
    )
    page = Paginator(_rows_with_names(programme, deepest), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    items = list(page.object_list)
    above = rows_above(items[0]) if items and page.number > 1 else []
    for item in above:
        item.programme = programme
    page.object_list = outline.rows(items, above=above)
    context = {
        "place": found,
        "programme": programme,
        "period": period,
        "today": today,
        "leadership": _leadership(programme),
        "return": Return.objects.filter(programme=programme, period=period).first(),
        "page_obj": page,
        "scale": scale(outline.timeline) if outline.timeline else "",
        "levels": LEVELS,
        "deepest": deepest,
        "may_update": access.may_update(roles=roles, programme_id=programme.pk),
        "inside": list(programme.inside.order_by("order", "pk")),
    }
    return render(request, "programmes/programme.html", context)


def _deepest(request: HttpRequest) -> int | None:
    asked = request.GET.get("levels", "")
    return int(asked) if asked in {str(level) for level in LEVELS} else None


def _leadership(programme: Programme) -> list[dict[str, Any]]:
    duties = programme.leadership.select_related("post__holder").order_by("order", "pk")
    by_role: dict[str, list[Leadership]] = {}
    for duty in duties:
        by_role.setdefault(duty.role, []).append(duty)
    return [
        {"role": role.label, "posts": [duty.post for duty in by_role[role]]}
        for role in LeadershipRole
        if role in by_role
    ]


@signed_in
@require_safe
def item(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """One row: its dates, what the dates propose, and what was said of it period by period."""
    found, roles = place_of(request)
    programme = programme_of(request, place=found, code=code)
    rows = access.visible_items(user=request.user).filter(programme=programme)
    row = get_object_or_404(rows.select_related("programme", "parent", "owner"), plan_id=plan_id)
    period = selectors.period_to_report(place=found)
    today = clock.today()
    said = (
        Status.objects.filter(item=row)
        .select_related("period", "updated_by", "decision_from", "corrects__period")
        .order_by("-period__ends_on")
    )
    last = selectors.last_frozen_period(place=found)
    [shown] = judged([row], place=found, period=period, last=last, today=today)
    holidays = selectors.holidays_of(found)
    context = {
        "place": found,
        "programme": programme,
        "item": row,
        "row": shown,
        "line": line_of(shown, place=found, last=last),
        "above": rows_above(row),
        "statuses": said,
        "period": period,
        "computed": computed_days(
            kind=row.kind, start=row.start, finish=row.finish, holidays=holidays
        ),
        "today": today,
        "may_update": access.may_update(roles=roles, programme_id=programme.pk),
        "plan_address": f"{reverse('programme', kwargs={'place': place, 'code': code})}"
        f"?page={_page_of(row)}#row-{code}-{plan_id}",
    }
    return render(request, "programmes/item.html", context)


def _page_of(row: PlanItem) -> int:
    before = PlanItem.objects.filter(programme_id=row.programme_id, position__lt=row.position)
    return before.present().count() // ROWS_A_PAGE + 1


@signed_in
@require_safe
def differences(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Every row of the plan whose declared duration or dates differ from what its dates give."""
    found, _ = place_of(request)
    programme = programme_of(request, place=found, code=code)
    outline = Outline(
        place=found,
        period=None,
        last=None,
        today=clock.today(),
        timeline=None,
        holidays=selectors.holidays_of(found),
    )
    rows = outline.rows(list(_rows_with_names(programme)), above=[])
    page = Paginator([row for row in rows if row.flags], ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"place": found, "programme": programme, "page_obj": page}
    return render(request, "programmes/differences.html", context)


PROGRAMME = "places/<slug:place>/programmes/<str:code>/"
urlpatterns: list[URLPattern] = [
    path(PROGRAMME, show, name="programme"),
    path(f"{PROGRAMME}differences/", differences, name="differences"),
    path("places/<slug:place>/rows/<str:code>/<str:plan_id>/", item, name="item"),
]
