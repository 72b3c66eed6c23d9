"""What hangs on a row: files attached to it, and what it waits for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes import access
from programmes.dependency_forms import DependencyForm
from programmes.errors import Refused, StaleDependency
from programmes.models import Attachment, Dependency, PlanItem
from programmes.services import attachments, dependencies
from programmes.views.attached import attach_from, handed_out
from programmes.views.edit_page import EditPage, load_edit
from programmes.views.places import place_of, programme_of, signed_in


@signed_in
@require_POST
def attach(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """Attach a file to a row."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    attach_from(
        request,
        lambda name, content: attachments.attach(
            item=item, name=name, content=content, by=page.user, at=page.at
        ),
        to=item.reference,
    )
    return _to_files(page, item)


def _to_files(page: EditPage, item: PlanItem) -> HttpResponse:
    return redirect(f"{page.address('item', item.plan_id)}#files")


@signed_in
@require_safe
def file(request: HttpRequest, place: str, code: str, plan_id: str, pk: int) -> HttpResponseBase:
    """An attached file, to keep: never shown as a page of the portal."""
    found, _ = place_of(request)
    programme = programme_of(request, place=found, code=code)
    kept = get_object_or_404(
        Attachment.objects.filter(removed_at=None),
        item__programme=programme,
        item__plan_id=plan_id,
        pk=pk,
    )
    return handed_out(kept)


@signed_in
@require_POST
def take_away(request: HttpRequest, place: str, code: str, plan_id: str, pk: int) -> HttpResponse:
    """Take an attached file away; that it was there stays in the history."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    kept = get_object_or_404(Attachment.objects.defer("content"), item=item, pk=pk)
    attachments.take_away(attachment=kept, by=page.user, at=page.at)
    messages.success(request, f"{kept.name} is taken away. The history says that it was there.")
    return _to_files(page, item)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_dependency(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """Say what a row waits for."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    data = request.POST if request.method == "POST" else None
    form = _form(page, data, None)
    if data is not None and form.is_valid():
        try:
            dependencies.add_dependency(item=item, values=form.values(), by=page.user)
        except Refused as refused:
            form.add_error("row", str(refused))
        else:
            messages.success(request, f"What {item.reference} waits for is kept.")
            return _to_dependencies(page, item)
    context = page.context(item=item, form=form)
    status = 200 if data is None else 422
    return render(request, "programmes/edit/dependency.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def dependency(request: HttpRequest, place: str, code: str, plan_id: str, pk: int) -> HttpResponse:
    """Change or take back what a row waits for. Who saves second sees both and chooses."""
    page = load_edit(request, code)
    item = page.row(plan_id)
    found = get_object_or_404(
        Dependency.objects.select_related("predecessor__programme", "outside_programme"),
        successor=item,
        pk=pk,
    )
    data = request.POST if request.method == "POST" else None
    form = _form(page, data, found)
    status, stale = 200 if data is None else 422, None
    if data is not None and form.is_valid():
        try:
            messages.success(request, _change(page, found, form))
            return _to_dependencies(page, item)
        except StaleDependency as refused:
            if refused.current is None:
                messages.error(request, str(refused))
                return _to_dependencies(page, item)
            status, stale = 409, refused
            form = _form(page, {**data.dict(), "version": refused.current.version}, found)  # type: ignore[attr-defined]
        except Refused as refused:
            form.add_error("row", str(refused))
    context = page.context(item=item, form=form, dependency=found, stale=stale)
    return render(request, "programmes/edit/dependency.html", context, status=status)


def _form(page: EditPage, data: object, found: Dependency | None) -> DependencyForm:
    rows = access.visible_items(user=page.user).filter(programme__place=page.place)
    return DependencyForm(data, place=page.place, rows=rows, dependency=found)  # type: ignore[arg-type]


def _change(page: EditPage, found: Dependency, form: DependencyForm) -> str:
    seen = form.cleaned_data["version"] or 0
    if page.request.POST.get("do") == "remove":
        dependencies.remove_dependency(dependency=found, seen=seen, by=page.user)
        return "It is taken back."
    dependencies.change_dependency(dependency=found, values=form.values(), seen=seen, by=page.user)
    return "It is saved."


def _to_dependencies(page: EditPage, item: PlanItem) -> HttpResponse:
    return redirect(f"{page.address('item', item.plan_id)}#waits-for")


ROW = "places/<slug:place>/rows/<str:code>/<str:plan_id>/"
urlpatterns: list[URLPattern] = [
    path(f"{ROW}files/", attach, name="attachment-add"),
    path(f"{ROW}files/<int:pk>/", file, name="attachment-file"),
    path(f"{ROW}files/<int:pk>/take-away/", take_away, name="attachment-remove"),
    path(f"{ROW}waits-for/", add_dependency, name="dependency-add"),
    path(f"{ROW}waits-for/<int:pk>/", dependency, name="dependency"),
]
