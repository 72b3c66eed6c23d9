"""A return filled in offline: the workbook to take along, or by mail; brought back, looked at, saved."""

import math
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from icp.common.downloads import XLSX, as_attachment, safe_name
from icp.common.tabular import Limits, TableError
from icp.common.words import plural
from programmes.errors import Refused
from programmes.exporters.return_file import write_return
from programmes.import_forms import MEGABYTE
from programmes.import_words import Beginning
from programmes.importers.return_file import ReturnFile, read_return
from programmes.models import PlanUpload
from programmes.notices import mail_return_file
from programmes.offline_return import preview_return, save_return
from programmes.services.plan_shown import changed_lines
from programmes.services.uploads import fingerprint
from programmes.views.imports import LINES_A_PAGE, chosen_conflicts
from programmes.views.places import signed_in
from programmes.views.update_page import UpdatePage, load_page


class ReturnFileForm(forms.Form):
    file = forms.FileField(
        label="The workbook you filled in",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Choose the workbook that you filled in."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {settings.UPLOAD_MAX_BYTES // MEGABYTE} MB."
                " Bring back the workbook that you took from here."
            )
        return file


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Take the workbook, have it mailed, or bring it back."""
    page = load_page(request, code=code)
    if page.period is None:
        return render(request, "programmes/update_none.html", page.context())
    form = ReturnFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            _read(data, file.name, seconds=settings.UPLOAD_MAX_SECONDS)
        except TableError as problem:
            form.add_error("file", str(problem))
        else:
            upload = PlanUpload.objects.create(
                place=page.place,
                kind=PlanUpload.Kind.RETURN,
                programme=page.programme,
                period=page.period,
                filename=file.name[:200],
                data=data,
                uploaded_by=page.user,
                uploaded_at=page.at,
            )
            return redirect("update-offline-preview", place=place, code=code, pk=upload.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/update_offline.html", page.context(form=form), status=status)


def _read(data: bytes, filename: str, *, seconds: float = math.inf) -> ReturnFile:
    """What was read in time when it came is not timed again."""
    limits = Limits(size=settings.UPLOAD_MAX_BYTES, seconds=seconds)
    return read_return(data, filename, limits=limits)


def _workbook(page: UpdatePage) -> tuple[str, bytes]:
    """Its name, and the rows of the period as they stand."""
    data = write_return(
        page.rows(page.items), programme=page.programme, period=page.period, boards=page.boards
    )
    return f"{safe_name(f'{page.programme.code} return {page.period.name}')}.xlsx", data


@signed_in
@require_safe
def workbook(request: HttpRequest, place: str, code: str) -> HttpResponseBase:
    page = load_page(request, code=code)
    if page.period is None:
        return redirect("update-offline", place=place, code=code)
    name, data = _workbook(page)
    return as_attachment(HttpResponse(data, content_type=XLSX), filename=name)


@signed_in
@require_POST
def mail(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """Send the workbook to the person who asks; it leaves by the outbox."""
    page = load_page(request, code=code)
    if page.period is not None:
        name, data = _workbook(page)
        with transaction.atomic():
            mail_return_file(
                page.user,
                programme=page.programme,
                period=page.period,
                name=name,
                data=data,
                at=page.at,
            )
        messages.success(request, f"{name} is on its way to {page.user.email}.")
    return redirect("update-offline", place=place, code=code)


def _upload_of(page: UpdatePage, pk: int) -> PlanUpload:
    uploads = PlanUpload.objects.filter(kind=PlanUpload.Kind.RETURN, programme=page.programme)
    upload = get_object_or_404(uploads.select_related("period__place"), pk=pk)
    page.period = upload.period
    return upload


@signed_in
@require_safe
def preview(request: HttpRequest, place: str, code: str, pk: int) -> HttpResponse:
    """What the file would save, what is wrong in it, and what others said meanwhile."""
    page = load_page(request, code=code)
    upload = _upload_of(page, pk)
    shown = preview_return(
        programme=page.programme,
        period=page.period,
        file=_read(bytes(upload.data), upload.filename),
        today=page.today,
    )
    lines: list[Any] = shown.errors or [*changed_lines(shown.changed)]
    listed = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = page.context(
        upload=upload,
        preview=shown,
        fingerprint=fingerprint(shown),
        page_obj=listed,
        conflicts=Beginning.of(shown.conflicts),
    )
    return render(request, "programmes/update_offline_preview.html", context)


@signed_in
@require_POST
def apply(request: HttpRequest, place: str, code: str, pk: int) -> HttpResponse:
    """Save what the preview showed."""
    page = load_page(request, code=code)
    upload = _upload_of(page, pk)
    try:
        done = save_return(
            programme=page.programme,
            period=page.period,
            file=_read(bytes(upload.data), upload.filename),
            by=page.user,
            at=page.at,
            today=page.today,
            seen=request.POST.get("seen", ""),
            take=chosen_conflicts(request.POST),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("update-offline-preview", place=place, code=code, pk=pk)
    PlanUpload.objects.filter(pk=pk).update(applied_at=page.at)
    said = (
        f"{upload.filename}: {plural(len(done.changed), 'row')} saved, {done.unchanged} unchanged."
    )
    messages.success(request, f"{said} Look them over, then submit.")
    return redirect(page.address("update"))


BASE = "places/<slug:place>/update/<str:code>/offline/"
urlpatterns: list[URLPattern] = [
    path(BASE, offline, name="update-offline"),
    path(f"{BASE}return.xlsx", workbook, name="update-offline-file"),
    path(f"{BASE}mail/", mail, name="update-offline-mail"),
    path(f"{BASE}<int:pk>/", preview, name="update-offline-preview"),
    path(f"{BASE}<int:pk>/save/", apply, name="update-offline-apply"),
]
