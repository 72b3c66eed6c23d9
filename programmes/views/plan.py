"""A programme's page: who leads it, its plan as an outline with a Gantt, and one row by itself."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from icp.common import clock
from programmes import access, selectors
from programmes.gantt import scale
from programmes.models import (
    Leadership,
    LeadershipRole,
    PlanItem,
    Programme,
    Return,
    Status,
)
from programmes.outline import Outline
from programmes.row_lines import line_of
from programmes.rules.durations import computed_days
from programmes.selectors.plan import plan_extent, plan_rows, rows_above
from programmes.selectors.rows import judged, with_names
from programmes.views.places import place_of, programme_of, signed_in

ROWS_A_PAGE = 100
LEVELS = (1, 2, 3)


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
    now = selectors.periods_now(place=found)
    period, today = now.period, clock.today()
    deepest = _deepest(request)
    extent = plan_extent(
        programme=programme,
        with_days=(today, period.ends_on if period else None),
        deepest=deepest,
    )
    outline = Outline(
        place=found,
        period=period,
        last=now.last,
        today=today,
        timeline=extent.timeline,
        holidays=selectors.holidays_of(found),
    )
    paginator = Paginator(_rows_with_names(programme, deepest), ROWS_A_PAGE)
    paginator.count = extent.rows
    page = _outlined(paginator.get_page(request.GET.get("page")), outline, programme)
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


def _outlined(page: Page[Any], outline: Outline, programme: Programme) -> Page[Any]:
    """The page with its rows in outline, beginning with the headings that its first row stands under."""
    items = list(page.object_list)
    above = rows_above(items[0]) if items and page.number > 1 else []
    for item in above:
        item.programme = programme
    page.object_list = outline.rows(items, above=above)
    return page


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
    rows = access.items_of(place=found, roles=roles).filter(programme=programme)
    row = get_object_or_404(rows.select_related("programme", "parent", "owner"), plan_id=plan_id)
    now = selectors.periods_now(place=found)
    period, last, today = now.period, now.last, clock.today()
    said = (
        Status.objects.filter(item=row)
        .select_related("period", "updated_by", "decision_from", "corrects__period")
        .order_by("-period__ends_on")
    )
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
