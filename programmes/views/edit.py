"""Writing one row of a plan: changing it, adding one, and splitting one into two."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from programmes.edit_conflicts import chosen, differences
from programmes.edit_forms import RowForm
from programmes.errors import Refused, StaleRow
from programmes.models import PlanItem
from programmes.restructure_forms import NewNumberForm, PlaceForm, SplitForm
from programmes.services import restructuring
from programmes.services.editing import edit_row
from programmes.services.rows import next_free_number
from programmes.views.edit_page import EditPage, load_edit
from programmes.views.places import signed_in

METHODS = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(METHODS)
def edit(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """All that is written of a row. Who saves second sees both values and chooses."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    if item.removed_at:
        return page.to_row(item)
    if request.method != "POST":
        return _show(page, item, _form(page, item, None))
    form = _form(page, item, chosen(request.POST, item))
    if not form.is_valid():
        return _show(page, item, form, status=422)
    if found := differences(form, item):
        return _show(page, item, form, different=found, status=409)
    return _save(page, item, form)


def _form(page: EditPage, item: PlanItem | None, data: Any) -> RowForm:
    return RowForm(data, choices=page.choices, holidays=page.holidays, item=item)


def _save(page: EditPage, item: PlanItem, form: RowForm) -> HttpResponse:
    try:
        done = edit_row(
            item=item,
            values=form.values(),
            boards=form.chosen_boards(),
            seen=item.version,
            by=page.user,
            at=page.at,
            today=page.today,
            because=form.cleaned_data["because"],
        )
    except StaleRow as stale:
        return _show(page, item, form, different=differences(form, stale.current), status=409)  # type: ignore[arg-type]
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(page, item, form, status=422)
    return page.after(done, f"{item.reference} is saved.", page.to_row(item))


def _show(
    page: EditPage, item: PlanItem, form: RowForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    current = page.row(item.plan_id) if more else item
    context = page.context(item=item, form=form, current=current, **more)
    return render(page.request, "programmes/edit/row.html", context, status=status)


@signed_in
@require_http_methods(METHODS)
def add(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """A new row; ``?after=11`` puts it after IT 11, ``?under=3`` as the last under IT 3."""
    page = load_edit(request, code)
    after = _row_named(page, request.GET.get("after", ""))
    data = request.POST if request.method == "POST" else None
    form = _form(page, None, data)
    under = request.GET.get("under", "")
    where = PlaceForm(data, headings=page.headings(), initial={"under": under, "where": "last"})
    number = NewNumberForm(data, initial={"plan_id": next_free_number(programme=page.programme)})
    forms = [form, number] if after else [form, number, where]
    # Each is asked, so that each says what is wrong with it.
    wrong = [one for one in forms if not one.is_valid()] if data is not None else forms
    if not wrong:
        if response := _add(page, form, number, where, after):
            return response
    context = page.context(form=form, number=number, where=None if after else where, after=after)
    status = 200 if data is None else 422
    return render(request, "programmes/edit/add.html", context, status=status)


def _row_named(page: EditPage, plan_id: str) -> PlanItem | None:
    return page.row(plan_id) if plan_id and "\x00" not in plan_id else None


def _add(
    page: EditPage,
    form: RowForm,
    number: NewNumberForm,
    where: PlaceForm,
    after: PlanItem | None,
) -> HttpResponse | None:
    parent = after.parent if after else where.heading(page.programme)
    if after is None:
        after = where.row_before(page.programme, parent)
    try:
        done = restructuring.add_row(
            programme=page.programme,
            parent=parent,
            after=after,
            row=form.new_row(today=page.today, plan_id=number.cleaned_data["plan_id"]),
            boards=form.chosen_boards(),
            by=page.user,
            at=page.at,
            because=form.cleaned_data["because"],
        )
    except Refused as refused:
        number.add_error("plan_id" if "number" in str(refused) else None, str(refused))
        return None
    made = done.item.reference if done.item else ""
    return page.after(done, f"{made} is in the plan.", page.to_list(done.item))


@signed_in
@require_http_methods(METHODS)
def split(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """One row becomes two: what remains of it, and a new row after it that remembers where it came from."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    if item.removed_at or item.is_summary:
        return page.to_row(item)
    data = request.POST if request.method == "POST" else None
    form = SplitForm(
        data, item=item, number=next_free_number(programme=page.programme), holidays=page.holidays
    )
    if data is not None and form.is_valid():
        try:
            done = restructuring.split_row(
                item=item,
                values=form.first_values(),
                row=form.second_row(today=page.today),
                seen=form.cleaned_data["version"],
                by=page.user,
                at=page.at,
                today=page.today,
                because=form.cleaned_data["because"],
            )
        except StaleRow as stale:
            form.add_error(None, str(stale))
            context = page.context(item=item, form=form, stale=stale.current)
            return render(request, "programmes/edit/split.html", context, status=409)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            made = done.item.reference if done.item else ""
            said = f"{item.reference} is split: {made} is the second part."
            return page.after(done, said, page.to_list(done.item))
    status = 200 if data is None else 422
    context = page.context(item=item, form=form)
    return render(request, "programmes/edit/split.html", context, status=status)


ROW = "places/<slug:place>/rows/<str:code>/<str:plan_id>/"
PLAN = "places/<slug:place>/programmes/<str:code>/edit/"
urlpatterns: list[URLPattern] = [
    path(f"{ROW}edit/", edit, name="item-edit"),
    path(f"{ROW}split/", split, name="item-split"),
    path(f"{PLAN}add/", add, name="row-add"),
]
