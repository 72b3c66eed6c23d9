"""The rows of a plan to edit: found, ticked, moved by a press, changed many at once, filled from a spreadsheet."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from icp.common.downloads import table_response
from icp.common.words import plural
from programmes import access
from programmes.bulk_forms import OwnerOfManyForm, PasteForm, ShiftForm
from programmes.context import here
from programmes.edit_forms import as_typed
from programmes.errors import NotAllowed, Refused
from programmes.models import PlanItem
from programmes.models.plan import PlanItemQuerySet
from programmes.services import bulk, restructuring
from programmes.services.bulk import DoneToMany
from programmes.services.editing import dates_of
from programmes.services.first_plan import agree_first_plan
from programmes.views.edit_page import ROWS_A_PAGE, EditPage, load_edit
from programmes.views.lists import back_to_list, downloads_of
from programmes.views.places import signed_in

COLUMNS = ("row", "outline level", "name", "kind", "start", "finish", "duration", "owner", "notes")


class FindForm(forms.Form):
    words = forms.CharField(
        label="Words in the name, or a number such as IT 11", required=False, max_length=100
    )
    show = forms.ChoiceField(
        label="Which rows",
        required=False,
        choices=[
            ("", "In the plan"),
            ("tbc", "With a date to be confirmed"),
            ("removed", "Removed from it"),
        ],
    )


def _rows(page: EditPage) -> tuple[FindForm, PlanItemQuerySet]:
    form = FindForm(page.request.GET)
    rows = PlanItem.objects.filter(programme=page.programme)
    if not form.is_valid():
        return form, rows.none()
    asked = form.cleaned_data
    rows = rows.exclude(removed_at=None) if asked["show"] == "removed" else rows.present()
    if asked["show"] == "tbc":
        rows = (
            rows.filter(tbc_since__isnull=False)
            | rows.filter(start_tbc=True)
            | rows.filter(finish_tbc=True)
        )
    if asked["words"]:
        rows = rows.saying(asked["words"])
    return form, rows.select_related("owner").order_by("position")


def _line(page: EditPage, item: PlanItem, ticked: set[str]) -> dict[str, Any]:
    item.programme = page.programme
    return {
        "item": item,
        "held": f"{item.pk}:{item.version}",
        "ticked": str(item.pk) in ticked,
        **as_typed(dates_of(item)),
    }


@signed_in
@require_safe
def plan(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """The rows of a plan, each with what can be done to it."""
    return _show(load_edit(request, code))


def _show(
    page: EditPage,
    *,
    owner: OwnerOfManyForm | None = None,
    shift: ShiftForm | None = None,
    ticked: set[str] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    form, rows = _rows(page)
    found = Paginator(rows, ROWS_A_PAGE).get_page(page.request.GET.get("page"))
    context = page.context(
        form=form,
        page_obj=found,
        lines=[_line(page, item, ticked or set()) for item in found.object_list],
        shows_removed=form.is_valid() and form.cleaned_data["show"] == "removed",
        is_asked=form.is_valid() and any(form.cleaned_data.values()),
        owner=owner or OwnerOfManyForm(posts=page.choices.posts),
        shift=shift or ShiftForm(),
        refused=refused,
        query=page.request.GET.urlencode(),
        downloads=downloads_of(page.request, "plan-edit", page.place, code=page.programme.code),
    )
    return render(page.request, "programmes/edit/plan.html", context, status=status)


@signed_in
@require_safe
def download(request: HttpRequest, place: str, code: str, fmt: str) -> HttpResponseBase:
    """The same rows as a file."""
    page = load_edit(request, code)
    form, rows = _rows(page)
    if not form.is_valid():
        return back_to_list(request, "plan-edit", place=place, code=code)
    lines = (_line(page, item, set()) for item in rows.iterator(chunk_size=1000))
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{page.programme.name} rows {page.today.isoformat()}",
        columns=COLUMNS,
        rows=(_cells(line) for line in lines),
    )


def _cells(line: dict[str, Any]) -> tuple[Any, ...]:
    item = line["item"]
    return (
        item.reference,
        item.outline_level,
        item.name,
        item.get_kind_display(),
        item.start or line["start"],
        item.finish or line["finish"],
        line["duration"],
        item.owner.title if item.owner else "",
        item.notes,
    )


@signed_in
@require_POST
def act(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """What was pressed on the list: a row moved by a step, or something done to the ticked rows."""
    page = load_edit(request, code)
    how, _, plan_id = request.POST.get("move", "").partition(":")
    if how in restructuring.PLACING and "\x00" not in plan_id:
        return _move(page, how, page.row(plan_id))
    seen = _ticked(request)
    match request.POST.get("do"):
        case "owner":
            return _give_owner(page, seen)
        case "shift":
            return _shift(page, seen)
        case "agree-first":
            return _agree_first(page)
        case "paste" if seen:
            rows = urlencode([("row", key) for key in seen])
            return redirect(f"{page.address('plan-paste')}?{rows}")
    return _show(page, refused="Tick the rows first, then press what to do.", status=422)


def _agree_first(page: EditPage) -> HttpResponse:
    """The office agrees a plan that was made here, as it stands."""
    if not access.may_run_the_cycle(roles=here(page.request)[1]):
        raise NotAllowed("The programme office agrees the first plan.")
    try:
        agree_first_plan(programme=page.programme, by=page.user)
    except Refused as refused:
        return _show(page, refused=str(refused), status=409)
    messages.success(
        page.request,
        "The first plan is agreed. From now on rows come, go and get other dates by a change request.",
    )
    return redirect(page.address("plan-edit"))


def _move(page: EditPage, how: str, item: PlanItem) -> HttpResponse:
    try:
        restructuring.place_row(item=item, how=how, by=page.user)
    except Refused as refused:
        messages.error(page.request, f"{item.reference}: {refused}")
    return page.to_list(item)


def _ticked(request: HttpRequest) -> dict[int, int]:
    """The ticked rows: key, and the version that the list showed."""
    found = {}
    for held in request.POST.getlist("row")[:1000]:
        key, _, version = held.partition(":")
        if all(one.isascii() and one.isdigit() and len(one) < 10 for one in (key, version)):
            found[int(key)] = int(version)
    return found


def _give_owner(page: EditPage, seen: dict[int, int]) -> HttpResponse:
    form = OwnerOfManyForm(page.request.POST, posts=page.choices.posts)
    if not form.is_valid():
        return _show(page, owner=form, ticked={str(key) for key in seen}, status=422)
    post = form.chosen()
    try:
        done = bulk.give_owner(programme=page.programme, seen=seen, owner=post, by=page.user)
    except Refused as refused:
        return _show(page, owner=form, refused=str(refused), status=409)
    owned = f"owned by {post.title}" if post else "owned by nobody"
    return _done(page, done, f"{plural(len(seen), 'row')} {_are(len(seen))} {owned}.")


def _shift(page: EditPage, seen: dict[int, int]) -> HttpResponse:
    form = ShiftForm(page.request.POST)
    ticked = {str(key) for key in seen}
    if not form.is_valid():
        return _show(page, shift=form, ticked=ticked, status=422)
    try:
        done = bulk.shift_rows(
            programme=page.programme,
            seen=seen,
            days=form.cleaned_data["days"],
            holidays=page.holidays,
            by=page.user,
            at=page.at,
            today=page.today,
        )
    except Refused as refused:
        return _show(page, shift=form, ticked=ticked, refused=str(refused), status=409)
    return _done(page, done, f"{plural(done.changed, 'row')} {_are(done.changed)} shifted.")


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _done(page: EditPage, done: DoneToMany, saved: str) -> HttpResponse:
    if done.request:
        return page.to_request(done.request)
    messages.success(page.request, saved)
    query = page.request.GET.urlencode()
    return redirect(page.address("plan-edit") + (f"?{query}" if query else ""))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """A column of a spreadsheet for the rows that were ticked: all of it is checked before any is written."""
    page = load_edit(request, code)
    keys = [
        int(key)
        for key in request.GET.getlist("row")[:1000]
        if key.isascii() and key.isdigit() and len(key) < 18
    ]
    items = list(
        PlanItem.objects.filter(programme=page.programme, pk__in=keys)
        .present()
        .order_by("position")
    )
    for item in items:
        item.programme = page.programme
    data = request.POST if request.method == "POST" else None
    form = PasteForm(data, items=items, posts=page.choices.posts)
    status, refused = 200, ""
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                return _done(page, _paste(page, form, _ticked(request)), "The column is pasted.")
            except Refused as problem:
                refused, status = str(problem), 409
    lines = [_line(page, item, set()) for item in items]
    context = page.context(form=form, lines=lines, refused=refused)
    return render(request, "programmes/edit/paste.html", context, status=status)


def _paste(page: EditPage, form: PasteForm, seen: dict[int, int]) -> DoneToMany:
    return bulk.write_column(
        programme=page.programme,
        seen=seen,
        column=form.cleaned_data["column"],
        cells=form.found(),
        supplied=form.supplied(),
        holidays=page.holidays,
        by=page.user,
        at=page.at,
        today=page.today,
    )


PLAN = "places/<slug:place>/programmes/<str:code>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLAN}edit/", plan, name="plan-edit"),
    path(f"{PLAN}rows.<format:fmt>", download, name="plan-edit-download"),
    path(f"{PLAN}edit/act/", act, name="plan-act"),
    path(f"{PLAN}edit/paste/", paste, name="plan-paste"),
]
