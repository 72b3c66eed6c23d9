"""One row of a plan by itself: what is known of it, what was said of it, and who owns it."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from icp.common import clock
from programmes import access, selectors
from programmes.as_at_form import AsAtForm
from programmes.errors import NotAllowed, Refused, StaleOwner
from programmes.forms import OwnerForm
from programmes.history.words import date_and_time
from programmes.models import PlanItem, Status
from programmes.row_lines import line_of
from programmes.rules.durations import computed_days
from programmes.selectors.as_at import row_then
from programmes.selectors.beside import awaited_words, beside
from programmes.selectors.changes import asking_of
from programmes.selectors.plan import rows_above
from programmes.selectors.rows import JudgedRow, judged
from programmes.services.agreement import is_agreed
from programmes.services.owner import set_owner
from programmes.views.dependencies import foresight_of
from programmes.views.places import signed_in
from programmes.views.plan import ROWS_A_PAGE, PlanPage, load_plan


@signed_in
@require_safe
def item(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """One row: its dates, what the dates propose, and what was said of it period by period; now, or
    ``?as-at=`` a moment as it stood then.
    """
    if "as-at" in request.GET:
        return _as_at(request, code, plan_id)
    return _show(request, *_row(request, code, plan_id))


def _as_at(request: HttpRequest, code: str, plan_id: str) -> HttpResponse:
    form = AsAtForm(request.GET, now=clock.now())
    if not form.is_valid():
        return _show(request, *_row(request, code, plan_id), as_at=form, status=400)
    plan, at = load_plan(request, code), form.moment
    then = row_then(programme=plan.programme, plan_id=plan_id, at=at)
    if then is None:
        raise Http404("There was no such row at that moment.")
    plan = replace(plan, period=then.period, last=then.last, today=then.today)
    context = {
        **_facts(plan, then.item, then.row),
        "above": then.above,
        "statuses": then.said,
        "may_update": False,
        "as_at": form,
        "stood_at": date_and_time(at),
        "plan_address": _programme_address(plan),
    }
    return render(request, "programmes/item.html", context)


@signed_in
@require_POST
def item_owner(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """Give the row to a post. Who chose at the same time as somebody else sees both, and chooses again."""
    plan, row = _row(request, code, plan_id)
    if not access.may_update(roles=plan.roles, programme_id=plan.programme.pk):
        raise NotAllowed("A lead of the programme or the office says who owns a row.")
    form = OwnerForm(request.POST, place=plan.place)
    if not form.is_valid():
        return _show(request, plan, row, form=form, status=422)
    try:
        saved = set_owner(
            item=row,
            owner=form.chosen(),
            seen=form.cleaned_data["seen"] or None,
            by=request.user,  # type: ignore[arg-type]
        )
    except StaleOwner as stale:
        form = OwnerForm(place=plan.place, row=row, wanted=form.chosen())
        return _show(request, plan, row, form=form, stale=stale, status=409)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        title = saved.owner.title if saved.owner else "nobody"
        messages.success(request, f"{row.reference} is owned by {title}.")
    return redirect("item", place=place, code=code, plan_id=plan_id)


def _row(request: HttpRequest, code: str, plan_id: str) -> tuple[PlanPage, PlanItem]:
    plan = load_plan(request, code)
    rows = access.items_of(place=plan.place, roles=plan.roles).filter(programme=plan.programme)
    return plan, get_object_or_404(
        rows.select_related("programme", "parent", "owner", "tbc_from", "split_from"),
        plan_id=plan_id,
    )


def _show(
    request: HttpRequest,
    plan: PlanPage,
    row: PlanItem,
    *,
    form: OwnerForm | None = None,
    stale: StaleOwner | None = None,
    as_at: AsAtForm | None = None,
    status: int = 200,
) -> HttpResponse:
    place, programme = plan.place, plan.programme
    said = (
        Status.objects.filter(item=row)
        .select_related("period", "updated_by", "decision_from", "corrects__period")
        .order_by("-period__ends_on")
    )
    [shown] = judged([row], place=place, period=plan.period, last=plan.last, today=plan.today)
    may_update = access.may_update(roles=plan.roles, programme_id=programme.pk)
    may_edit = may_update and row.removed_at is None
    context = {
        **_facts(plan, row, shown),
        "may_edit": may_edit,
        "beside": beside(item=row),
        "awaited": awaited_words(row, today=plan.today),
        "file_limit": settings.UPLOAD_MAX_BYTES,
        "is_agreed": may_update and is_agreed(programme=programme),
        "asking": asking_of(item=row),
        "above": rows_above(row),
        "statuses": said,
        "may_update": may_update,
        "owner_form": form or (OwnerForm(place=place, row=row) if may_edit else None),
        "stale": stale,
        "as_at": as_at or AsAtForm(now=clock.now()),
        **foresight_of(request, place=place, row=row),
        "plan_address": f"{_programme_address(plan)}?page={_page_of(row)}#row-{programme.code}-{row.plan_id}",
    }
    return render(request, "programmes/item.html", context, status=status)


def _facts(plan: PlanPage, row: PlanItem, shown: JudgedRow) -> dict[str, Any]:
    """What the page says of the row whenever it is read."""
    holidays = selectors.holidays_of(plan.place)
    return {
        "place": plan.place,
        "programme": plan.programme,
        "item": row,
        "row": shown,
        "line": line_of(shown, place=plan.place),
        "period": plan.period,
        "computed": computed_days(
            kind=row.kind, start=row.start, finish=row.finish, holidays=holidays
        ),
        "today": plan.today,
    }


def _programme_address(plan: PlanPage) -> str:
    return reverse("programme", kwargs={"place": plan.place.slug, "code": plan.programme.code})


def _page_of(row: PlanItem) -> int:
    before = PlanItem.objects.filter(programme_id=row.programme_id, position__lt=row.position)
    return before.present().count() // ROWS_A_PAGE + 1


ROW = "places/<slug:place>/rows/<str:code>/<str:plan_id>/"
urlpatterns: list[URLPattern] = [
    path(ROW, item, name="item"),
    path(f"{ROW}owner/", item_owner, name="item-owner"),
]
