"""Importing a plan in the browser: choose a file, see what it would change, decide."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from icp.common import clock
from icp.common.downloads import table_response
from icp.common.numbers import whole_number
from icp.common.tabular import TableError
from programmes.errors import Refused
from programmes.exporters import plan_file as plan_export
from programmes.import_forms import UploadForm
from programmes.import_words import (
    Beginning,
    counted,
    imported_words,
    missing_rows,
    named_rows,
    requests_words,
)
from programmes.importers import templates
from programmes.models import Place, PlanUpload
from programmes.services import background, uploads
from programmes.services.plan_shown import shown
from programmes.views.places import office_place, signed_in

LINES_A_PAGE = 50
MOST_CONFLICTS = 1_000_000
ASK_AGAIN_SECONDS = 3


def _upload_of(place: Place, pk: int) -> PlanUpload:
    uploads_here = PlanUpload.objects.exclude(kind=PlanUpload.Kind.RETURN)
    upload = get_object_or_404(uploads_here, place=place, pk=pk)
    upload.place = place
    return upload


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, place: str) -> HttpResponse:
    """Choose a file; see the last ones."""
    found = office_place(request)
    form = UploadForm(request.POST or None, request.FILES or None, place=found)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = uploads.store_upload(
                place=found,
                kind=form.cleaned_data["kind"],
                filename=file.name,
                data=file.read(),
                programme=form.programmes.get(form.cleaned_data["programme"]),
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
            )
        except TableError as problem:
            form.add_error("file", str(problem))
        else:
            if upload.state == PlanUpload.State.WAITING:
                background.begin(upload=upload)
            return redirect("import-preview", place=found.slug, pk=upload.pk)
    recent = (
        PlanUpload.objects.filter(place=found)
        .exclude(kind=PlanUpload.Kind.RETURN)
        .defer("data", "found")
        .select_related("uploaded_by")
        .order_by("-uploaded_at", "-pk")[:10]
    )
    context = {"place": found, "form": form, "recent": recent}
    status = 422 if form.errors else 200
    return render(request, "programmes/import.html", context, status=status)


@signed_in
@require_safe
def preview(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """What the file would create, change and leave; or every bad cell."""
    found = office_place(request)
    upload = _upload_of(found, pk)
    told = background.shown_of(upload)
    if told is None:
        return _not_read(request, found, upload)
    page = Paginator(told.errors or told.lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": found,
        "upload": upload,
        "preview": told,
        "page_obj": page,
        "imported_words": imported_words(upload, told),
        "requests_words": requests_words(told.requests),
        "missing": missing_rows(found, told),
        "every_row": uploads.EVERY_ROW,
        "conflicts": Beginning.of(told.conflicts),
        "notes": Beginning.of(told.notes),
        "waiting": Beginning.of(told.waiting),
    }
    return render(request, "programmes/import_preview.html", context)


def _not_read(request: HttpRequest, place: Place, upload: PlanUpload) -> HttpResponse:
    """How far the worker has come, reading or importing, asked again every few seconds; or why it cannot read it."""
    context = {"place": place, "upload": upload}
    failed = upload.state == PlanUpload.State.FAILED
    status = 422 if failed else 200
    answer = render(request, "programmes/import_waiting.html", context, status=status)
    if not failed:
        answer.headers["Refresh"] = str(ASK_AGAIN_SECONDS)
    return answer


@signed_in
@require_safe
def plan_file(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    """The place's whole plan, to edit and import again."""
    found = office_place(request)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} plan to edit {clock.today().isoformat()}",
        columns=plan_export.HEADINGS,
        rows=plan_export.cells(plan_export.plan_rows(place=found)),
        title="Plan",
        form=plan_export.FORM,
    )


def chosen_conflicts(data: QueryDict) -> set[int]:
    """The numbers of the conflicts in which the file was chosen."""
    if "every-conflict" in data:
        return {uploads.EVERY_CONFLICT}
    asked = (name.removeprefix("conflict-") for name, value in data.items() if value == "file")
    numbers = (whole_number(number, most=MOST_CONFLICTS) for number in asked)
    return {number for number in numbers if number is not None}


@signed_in
@require_POST
def apply(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Write what the preview showed, compared again with the plan as it stands now; a large file by a worker."""
    found = office_place(request)
    upload = _upload_of(found, pk)
    by_worker = background.is_kept(upload) and not upload.applied_at
    write: Any = background.begin_import if by_worker else uploads.apply_upload
    try:
        done = write(
            upload=upload,
            by=request.user,
            at=clock.now(),
            seen=request.POST.get("seen", ""),
            take=chosen_conflicts(request.POST),
            remove=set(request.POST.getlist("remove")),
        )
    except (Refused, TableError) as refused:
        messages.error(request, str(refused))
        return redirect("import-preview", place=found.slug, pk=pk)
    if by_worker:
        return redirect("import-preview", place=found.slug, pk=pk)
    _say_done(request, upload, done)
    return redirect("import", place=found.slug)


def _say_done(request: HttpRequest, upload: PlanUpload, done: uploads.Preview) -> None:
    messages.success(request, f"{upload.filename}: {counted(shown(done).counts)}.")
    if words := requests_words(getattr(done, "requests", [])):
        address = reverse("changes", kwargs={"place": upload.place.slug})
        said = format_html('{} <a href="{}">Open the changes of the place</a>', words, address)
        messages.info(request, said)


@signed_in
@require_POST
def discard(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Forget a file that was not imported."""
    found = office_place(request)
    upload = _upload_of(found, pk)
    try:
        uploads.discard_upload(upload=upload)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The file was put aside. Nothing was imported.")
    return redirect("import", place=found.slug)


@signed_in
@require_safe
def errors(request: HttpRequest, place: str, pk: int, fmt: str) -> HttpResponseBase:
    """The bad cells as a table to work through."""
    found = office_place(request)
    upload = _upload_of(found, pk)
    told = background.shown_of(upload)
    if told is None:
        return redirect("import-preview", place=found.slug, pk=pk)
    rows = ((e.row, e.column, e.reference, e.value, e.problem, e.remedy) for e in told.errors)
    columns = ("row", "column", "cell", "value", "problem", "remedy")
    name = f"{upload.filename} errors"
    return table_response(fmt=fmt, filename=name, columns=columns, rows=rows)  # type: ignore[arg-type]


@signed_in
@require_safe
def left(request: HttpRequest, place: str, pk: int, fmt: str) -> HttpResponseBase:
    """The rows of the plan that the file does not have, to read before they are removed."""
    found = office_place(request)
    upload = _upload_of(found, pk)
    told = background.shown_of(upload)
    if told is None:
        return redirect("import-preview", place=found.slug, pk=pk)
    rows = (
        (
            one.programme.code,
            one.plan_id,
            one.name,
            one.kind,
            one.start,
            one.finish,
            one.owner or "",
        )
        for one in named_rows(found, told.left)
    )
    columns = ("programme", "number", "name", "kind", "start", "finish", "owner")
    name = f"{upload.filename} rows not in it"
    return table_response(fmt=fmt, filename=name, columns=columns, rows=rows)  # type: ignore[arg-type]


@signed_in
@require_safe
def template(request: HttpRequest, place: str, kind: str, fmt: str) -> HttpResponseBase:
    """A file with the headings and two example rows."""
    office_place(request)
    columns, rows = templates.TEMPLATES[kind]
    return table_response(fmt=fmt, filename=f"{kind} template", columns=columns, rows=rows)  # type: ignore[arg-type]


BASE = "places/<slug:place>/import/"
urlpatterns: list[URLPattern] = [
    path(BASE, choose, name="import"),
    path(f"{BASE}plan.<format:fmt>", plan_file, name="plan-file"),
    path(f"{BASE}<int:pk>/", preview, name="import-preview"),
    path(f"{BASE}<int:pk>/apply/", apply, name="import-apply"),
    path(f"{BASE}<int:pk>/discard/", discard, name="import-discard"),
]
for _fmt in ("csv", "xlsx"):
    urlpatterns += [
        path(f"{BASE}<int:pk>/errors.{_fmt}", errors, {"fmt": _fmt}, name=f"import-errors-{_fmt}"),
        path(f"{BASE}<int:pk>/left.{_fmt}", left, {"fmt": _fmt}, name=f"import-left-{_fmt}"),
    ]
    urlpatterns += [
        path(
            f"{BASE}{kind}-template.{_fmt}",
            template,
            {"kind": kind, "fmt": _fmt},
            name=f"import-template-{kind}-{_fmt}",
        )
        for kind in templates.TEMPLATES
    ]
