"""Bringing a register in: choose a file, see what it would change, decide."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from icp.accounts.models import User
from icp.common.tabular import Limits, TableError
from programmes.errors import CannotImport, NotAllowed
from programmes.models import Place
from programmes.services.attachments import clean_name
from programmes.views.places import signed_in
from risks import access
from risks.exporters.table import NOT_BROUGHT
from risks.importers.register import OPTIONAL, REQUIRED
from risks.models import RiskUpload
from risks.services.bringing import Preview, bring_in, fingerprint, preview
from risks.views.pages import RISKS, RegisterPage, load_register

METHODS = ["GET", "HEAD", "POST"]
# So many of each kind are listed on the page.
SHOWN = 200
# What a choice in a conflict is called: this and the conflict's key.
TAKE = "conflict-"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Register, as Excel or CSV",
        allow_empty_file=True,
        max_length=255,
        error_messages={"required": "Choose a file.", "max_length": "Its name is too long."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                "The file is too large. Copy the table alone into a new one."
            )
        return file


def store(form: UploadForm, *, place: Place, by: User, at: datetime) -> RiskUpload:
    """Keep the file of a valid form, for its preview.

    Raises:
        TableError: it cannot be read at all; says why and what to do.
    """
    file = form.cleaned_data["file"]
    name = clean_name(file.name)[:200]
    upload = RiskUpload(
        place=place, filename=name, data=file.read(), uploaded_by=by, uploaded_at=at
    )
    preview(upload=upload, limits=limits())
    upload.save()
    return upload


def limits() -> Limits:
    return Limits(size=settings.UPLOAD_MAX_BYTES, rows=20_000, seconds=settings.UPLOAD_MAX_SECONDS)


def _office(request: HttpRequest) -> RegisterPage:
    page = load_register(request)
    if not access.may_run_registers(roles=page.roles):
        raise NotAllowed("The programme office brings registers in.")
    return page


@signed_in
@require_http_methods(METHODS)
def bring(request: HttpRequest, place: str) -> HttpResponse:
    """Choose a file; what it would change comes next."""
    page = _office(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = store(form, place=page.place, by=page.user, at=page.at)
        except TableError as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("risk-bring-preview", place=place, pk=upload.pk)
    optional = [one for one in OPTIONAL if one not in NOT_BROUGHT]
    context = {"place": page.place, "form": form, "required": REQUIRED, "optional": optional}
    status = 422 if request.method == "POST" else 200
    return render(request, "risks/bring.html", context, status=status)


@signed_in
@require_http_methods(METHODS)
def bring_preview(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """What the file would change, and what others changed meanwhile; then bring it in."""
    page = _office(request)
    upload = get_object_or_404(RiskUpload, place=page.place, pk=pk)
    upload.place = page.place
    refused = ""
    if request.method == "POST":
        try:
            done = bring_in(
                upload=upload,
                take=_taken(request),
                by=page.user,
                at=page.at,
                today=page.today,
                limits=limits(),
                seen=request.POST.get("seen", ""),
            )
        except (CannotImport, TableError) as problem:
            refused = str(problem)
        else:
            messages.success(
                request,
                f"{done.raised} raised, {done.changed} changed, {done.left} left as they are.",
            )
            return redirect("risks", place=place)
    try:
        found = preview(upload=upload, limits=limits(), take=_taken(request))
    except TableError as problem:
        # It was read once; now it takes too long, say.
        messages.error(request, str(problem))
        return redirect("risk-bring", place=place)
    return _show(page, upload, found, refused)


def _taken(request: HttpRequest) -> set[str]:
    """The keys of the conflicts in which the file was chosen."""
    asked = request.POST.items()
    return {
        name.removeprefix(TAKE) for name, said in asked if said == "file" if name.startswith(TAKE)
    }


def _show(page: RegisterPage, upload: RiskUpload, found: Preview, refused: str) -> HttpResponse:
    context = {
        "place": page.place,
        "upload": upload,
        "refused": refused,
        "found": found,
        "seen": fingerprint(found),
        "new": found.new[:SHOWN],
        "changed": found.changed[:SHOWN],
        "conflicts": found.conflicts[:SHOWN],
        "errors": found.errors[:SHOWN],
        "tiles": [
            {"count": len(found.new), "label": "to raise"},
            {"count": len(found.changed), "label": "to change"},
            {
                "count": len(found.conflicts),
                "label": "changed here meanwhile",
                "colour": "amber" if found.conflicts else "grey",
            },
            {"count": found.unchanged, "label": "as they are"},
            {
                "count": len(found.errors),
                "label": "cells that need attention",
                "colour": "red" if found.errors else "grey",
            },
        ],
        "may_apply": not found.errors and upload.applied_at is None,
    }
    return render(page.request, "risks/bring_preview.html", context, status=422 if refused else 200)


urlpatterns: list[URLPattern] = [
    path(f"{RISKS}bring/", bring, name="risk-bring"),
    path(f"{RISKS}bring/<int:pk>/", bring_preview, name="risk-bring-preview"),
]
