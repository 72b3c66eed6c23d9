"""Where a row of a plan stands: moved, removed, restored."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from programmes.errors import Refused, Stale
from programmes.models import PlanItem
from programmes.restructure_forms import MoveForm, RemoveForm
from programmes.services import restructuring, rows
from programmes.views.edit_page import EditPage, load_edit
from programmes.views.places import signed_in

METHODS = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(METHODS)
def move(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """Put a row, with all below it, under a heading."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    if item.removed_at:
        return page.to_row(item)
    data = request.POST if request.method == "POST" else None
    form = _move_form(page, item, data)
    status, stale = (200, None) if data is None else (422, None)
    if data is not None and form.is_valid():
        try:
            if _put(page, item, form):
                messages.success(request, f"{item.reference} is moved.")
                return page.to_list(item)
        except Stale as found:
            item, status, stale = page.row(plan_id), 409, found
            form = _move_form(page, item, None, chosen=form.cleaned_data)
    context = page.context(item=item, form=form, stale=stale)
    return render(request, "programmes/edit/move.html", context, status=status)


def _move_form(page: EditPage, item: PlanItem, data: Any, *, chosen: Any = None) -> MoveForm:
    """``chosen`` is what somebody chose before they were told that the row had changed."""
    stands = {"under": item.parent.plan_id if item.parent else "", "where": "last"}
    return MoveForm(
        data,
        headings=page.headings(without=item),
        initial={**stands, **(chosen or {}), "version": item.version},
    )


def _put(page: EditPage, item: PlanItem, form: MoveForm) -> bool:
    """Raises:
    StaleRow: somebody else changed the row since the page was shown.
    """
    heading = form.heading(page.programme)
    try:
        after = form.row_before(page.programme, heading, without=item)
        restructuring.put_row(
            item=item,
            parent=heading,
            after=after,
            by=page.user,
            seen=form.cleaned_data["version"],
        )
    except Stale:
        raise
    except Refused as refused:
        form.add_error("under", str(refused))
        return False
    return True


@signed_in
@require_http_methods(METHODS)
def remove(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """Ask why, show what goes with it, and take it out of the plan."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    if item.removed_at:
        return page.to_row(item)
    data = request.POST if request.method == "POST" else None
    form = RemoveForm(data, initial={"version": item.version})
    status, stale = (200, None) if data is None else (422, None)
    if data is not None and form.is_valid():
        try:
            done, out = restructuring.remove_row(
                item=item,
                because=form.cleaned_data["because"],
                seen=form.cleaned_data["version"],
                by=page.user,
                at=page.at,
            )
        except Stale as found:
            item, status, stale = page.row(plan_id), 409, found
            form = RemoveForm(initial={**form.cleaned_data, "version": item.version})
        except Refused as refused:
            form.add_error("because", str(refused))
        else:
            along = f" with {len(out) - 1} below it" if len(out) > 1 else ""
            said = f"{item.reference} is removed{along}. Its history stays."
            return page.after(done, said, page.to_row(item))
    below = rows.rows_of_block(item=item)[1:]
    context = page.context(item=item, form=form, below=below, stale=stale)
    return render(request, "programmes/edit/remove.html", context, status=status)


@signed_in
@require_POST
def restore(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """Bring a removed row back."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    try:
        done = restructuring.restore_row(item=item, by=page.user, at=page.at)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        return page.after(done, f"{item.reference} is in the plan again.", page.to_row(item))
    return page.to_row(item)


ROW = "places/<slug:place>/rows/<str:code>/<str:plan_id>/"
urlpatterns: list[URLPattern] = [
    path(f"{ROW}move/", move, name="item-move"),
    path(f"{ROW}remove/", remove, name="item-remove"),
    path(f"{ROW}restore/", restore, name="item-restore"),
]
