"""A programme's page: who leads it, its plan as an outline with a Gantt, and one row by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.downloads import table_response
from programmes import access, selectors
from programmes.access import Roles
from programmes.dependency_lines import flags_of
from programmes.filters import RowFilter
from programmes.gantt import scale
from programmes.models import (
    Leadership,
    LeadershipRole,
    Period,
    Place,
    PlanItem,
    Programme,
)
from programmes.models.plan import PlanItemQuerySet
from programmes.outline import Outline, OutlineRow
from programmes.row_lines import COLUMNS, cells_of
from programmes.rules.timeline import Timeline
from programmes.selectors.agreed import Once, WasAgreed, once_agreed
from programmes.selectors.plan import (
    PlanExtent,
    plan_extent,
    plan_rows,
    programmes_inside,
    return_state,
    rows_above,
    with_headings,
)
from programmes.selectors.rows import all_judged, with_names
from programmes.views.changes_waiting import changes_waiting
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import place_of, programme_of, signed_in

ROWS_A_PAGE = 100
LEVELS = (1, 2, 3)
DIFFERENCES = ("row", "name", "kind", "start", "finish", "declared", "difference", "owner")


def _rows_with_names(programme: Programme, deepest: int | None = None) -> Any:
    rows = with_names(plan_rows(programme=programme, deepest=deepest))
    extra = ("declared_duration", "declared_days", "parent__plan_id", "parent__parent_id")
    names, _ = rows.query.deferred_loading
    return rows.only(*names, *extra)


@dataclass(frozen=True)
class PlanPage:
    """One request for one programme's plan, narrowed by its filters."""

    place: Place
    roles: Roles
    programme: Programme
    period: Period | None
    last: Period | None
    today: date

    def filter(self, request: HttpRequest, rows: PlanItemQuerySet, *without: str) -> RowFilter:
        return RowFilter(
            request.GET,
            queryset=rows,
            place=self.place,
            period=self.period,
            last=self.last,
            today=self.today,
            without=("programme", "sort", *without),
        )

    def rows(self, asked: RowFilter, *, deepest: int | None = None) -> PlanItemQuerySet:
        """The plan in its order; when filters are in use the rows they find, under their headings."""
        rows = _rows_with_names(self.programme, deepest)
        return with_headings(asked.rows(), among=rows) if asked.is_used else rows

    def outline(
        self,
        timeline: Timeline | None = None,
        warned: Mapping[str, Sequence[str]] | None = None,
        was: Mapping[int, WasAgreed] | None = None,
    ) -> Outline:
        return Outline(
            place=self.place,
            period=self.period,
            last=self.last,
            today=self.today,
            timeline=timeline,
            holidays=selectors.holidays_of(self.place),
            warned=warned or {},
            was=was or {},
        )


def load_plan(request: HttpRequest, code: str) -> PlanPage:
    found, roles = place_of(request)
    programme = programme_of(request, place=found, code=code)
    now = selectors.periods_now(place=found)
    return PlanPage(found, roles, programme, now.period, now.last, clock.today())


@signed_in
@require_safe
def show(request: HttpRequest, place: str, code: str) -> HttpResponse:
    plan = load_plan(request, code)
    programme, period = plan.programme, plan.period
    asked = plan.filter(request, PlanItem.objects.filter(programme=programme).counted())
    deepest, once = _deepest(request), _once(request)
    extent = plan_extent(programme=programme, deepest=deepest)
    paginator = Paginator(plan.rows(asked, deepest=deepest), ROWS_A_PAGE)
    if not asked.is_used:
        # Counted already, with the plan's dates.
        paginator.count = extent.rows  # type: ignore[misc]
    page, timeline = _outlined(paginator.get_page(request.GET.get("page")), plan, extent, once)
    context = {
        "place": plan.place,
        "programme": programme,
        "period": period,
        "today": plan.today,
        "leadership": _leadership(programme),
        "return_state": return_state(programme=programme, period=period),
        "page_obj": page,
        "has_plan": extent.rows > 0,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "downloads": downloads_of(request, "programme", plan.place, code=programme.code),
        "scale": scale(timeline) if timeline else "",
        "levels": LEVELS,
        "deepest": deepest,
        "once": once,
        "onces": list(Once),
        "may_update": access.may_update(roles=plan.roles, programme_id=programme.pk),
        "changes_waiting": changes_waiting(
            request, place=plan.place, roles=plan.roles, programme=programme
        ),
        "inside": programmes_inside(programme),
    }
    return render(request, "programmes/programme.html", context)


@signed_in
@require_safe
def show_download(request: HttpRequest, place: str, code: str, fmt: str) -> HttpResponseBase:
    """The plan as the page shows it, headings and all, with how deep each row stands."""
    plan = load_plan(request, code)
    asked = plan.filter(request, PlanItem.objects.filter(programme=plan.programme).counted())
    if not asked.form.is_valid():
        return back_to_list(request, "programme", place=place, code=code)
    found = all_judged(
        plan.rows(asked, deepest=_deepest(request)),
        place=plan.place,
        period=plan.period,
        last=plan.last,
        today=plan.today,
    )
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{plan.programme.name} plan {plan.today.isoformat()}",
        columns=("outline level", *COLUMNS),
        rows=((row.item.outline_level, *cells_of(row)) for row in found),
    )


def _outlined(
    page: Page[Any], plan: PlanPage, extent: PlanExtent, once: Once | None
) -> tuple[Page[Any], Timeline | None]:
    """The page with its rows in outline, beginning with the headings that its first row stands under, and the
    time it is drawn over. ``once``: beside each row what was once agreed, which takes one query more.
    """
    items = list(page.object_list)
    above = rows_above(items[0]) if items and page.number > 1 else []
    for item in above:
        item.programme = plan.programme
    was = once_agreed([*above, *items], once=once) if once else {}
    days = [plan.today, plan.period.ends_on if plan.period else None]
    days += [day for one in was.values() for day in (one.start, one.finish)]
    timeline = extent.timeline(with_days=days)
    outline = plan.outline(timeline, flags_of(place=plan.place, today=plan.today), was)
    page.object_list = outline.rows(items, above=above)
    return page, timeline


def _once(request: HttpRequest) -> Once | None:
    asked = request.GET.get("beside", "")
    return Once(asked) if asked in [*Once] else None


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


def _differing(request: HttpRequest, plan: PlanPage) -> tuple[RowFilter, list[OutlineRow]]:
    """The rows, headings too, whose declared duration or dates differ from what their dates give."""
    asked = plan.filter(request, _rows_with_names(plan.programme))
    rows = plan.outline().rows(list(asked.rows()), above=[])
    return asked, [row for row in rows if row.flags]


@signed_in
@require_safe
def differences(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """What the source declares where it is not what its dates give."""
    plan = load_plan(request, code)
    asked, rows = _differing(request, plan)
    context = {
        "place": plan.place,
        "programme": plan.programme,
        "page_obj": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "downloads": downloads_of(request, "differences", plan.place, code=code),
    }
    return render(request, "programmes/differences.html", context)


@signed_in
@require_safe
def differences_download(request: HttpRequest, place: str, code: str, fmt: str) -> HttpResponseBase:
    plan = load_plan(request, code)
    asked, rows = _differing(request, plan)
    if not asked.form.is_valid():
        return back_to_list(request, "differences", place=place, code=code)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{plan.programme.name} differences {plan.today.isoformat()}",
        columns=DIFFERENCES,
        rows=(
            (
                row.line.reference,
                row.line.name,
                row.line.kind,
                row.start,
                row.finish,
                row.duration,
                " ".join(row.flags),
                row.line.owner,
            )
            for row in rows
        ),
    )


PROGRAMME = "places/<slug:place>/programmes/<str:code>/"
urlpatterns: list[URLPattern] = [
    path(PROGRAMME, show, name="programme"),
    path(f"{PROGRAMME}plan.<format:fmt>", show_download, name="programme-download"),
    path(f"{PROGRAMME}differences/", differences, name="differences"),
    path(f"{PROGRAMME}differences.<format:fmt>", differences_download, name="differences-download"),
]
