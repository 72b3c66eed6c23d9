"""The glossary: everyone with a role reads it, the office keeps it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.db.models.functions import Upper
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from icp.common.downloads import table_response
from programmes import access
from programmes.errors import CannotKeepEntry, NotAllowed, StaleEntry
from programmes.models import GlossaryEntry, Place
from programmes.services import glossary as services
from programmes.views.lists import downloads_of
from programmes.views.places import place_of, signed_in

KEPT_BY = "The programme office keeps the glossary. You may read it."
ENTRIES_A_PAGE = 50


class EntryForm(forms.Form):
    acronym = forms.CharField(max_length=20, help_text="As it stands in the reports.")
    expansion = forms.CharField(max_length=200, label="What it stands for")


class ChangeForm(forms.Form):
    expansion = forms.CharField(max_length=200, label="What it stands for")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class FindForm(forms.Form):
    q = forms.CharField(required=False, max_length=100, label="Acronym or words")


def _entries(request: HttpRequest, place: Place) -> tuple[FindForm, QuerySet[GlossaryEntry]]:
    form = FindForm(request.GET)
    found = access.visible_glossary(user=request.user).filter(place=place)
    if form.is_valid():
        words = form.cleaned_data["q"]
        found = found.filter(Q(acronym__icontains=words) | Q(expansion__icontains=words))
    else:
        found = found.none()
    return form, found.order_by(Upper("acronym"), "pk")


def _added(request: HttpRequest, place: Place, form: EntryForm) -> bool:
    try:
        made = services.add_glossary_entry(
            place=place,
            by=request.user,  # type: ignore[arg-type]
            **form.cleaned_data,
        )
    except CannotKeepEntry as refused:
        form.add_error(refused.field, str(refused))
        return False
    messages.success(request, f"{made.acronym} is in the glossary. Drafts of reports use it now.")
    return True


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def glossary(request: HttpRequest, place: str) -> HttpResponse:
    """The acronyms of a place; the office adds to them."""
    found, roles = place_of(request)
    may_keep = access.may_run_the_cycle(roles=roles)
    if request.method == "POST" and not may_keep:
        raise NotAllowed(KEPT_BY)
    wanted = {"acronym": request.GET.get("acronym", "")[:20]}
    form = EntryForm(request.POST or None, initial=wanted)
    if request.method == "POST" and form.is_valid() and _added(request, found, form):
        return redirect("glossary", place=found.slug)
    asked, entries = _entries(request, found)
    context = {
        "place": found,
        "may_keep": may_keep,
        "form": form,
        "asked": asked,
        "page_obj": Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page")),
        "downloads": downloads_of(request, "glossary", found),
    }
    return render(request, "programmes/glossary.html", context)


@signed_in
@require_safe
def glossary_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    found, _ = place_of(request)
    _, entries = _entries(request, found)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} glossary",
        columns=("acronym", "expansion"),
        rows=entries.values_list("acronym", "expansion"),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Change or remove one acronym. A second writer sees both texts and chooses."""
    found, roles = place_of(request)
    kept = get_object_or_404(GlossaryEntry, place=found, pk=pk)
    if not access.may_run_the_cycle(roles=roles):
        raise NotAllowed(KEPT_BY)
    form = ChangeForm(
        request.POST or None, initial={"expansion": kept.expansion, "version": kept.version}
    )
    stale: StaleEntry | None = None
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _kept(request, kept, form.cleaned_data))
            return redirect("glossary", place=found.slug)
        except CannotKeepEntry as refused:
            form.add_error("expansion", str(refused))
        except StaleEntry as refused:
            if refused.current is None:
                messages.error(request, str(refused))
                return redirect("glossary", place=found.slug)
            stale, kept = refused, refused.current  # type: ignore[assignment]
            typed = form.cleaned_data["expansion"]
            form = ChangeForm(initial={"expansion": typed, "version": kept.version})
    context = {"place": found, "entry": kept, "form": form, "stale": stale}
    return render(request, "programmes/glossary_entry.html", context, status=409 if stale else 200)


def _kept(request: HttpRequest, kept: GlossaryEntry, typed: dict[str, Any]) -> str:
    by: Any = request.user
    if request.POST.get("do") == "remove":
        services.remove_glossary_entry(entry=kept, expected_version=typed["version"], by=by)
        return f"{kept.acronym} is out of the glossary."
    services.change_glossary_entry(
        entry=kept, expansion=typed["expansion"], expected_version=typed["version"], by=by
    )
    return f"{kept.acronym} is saved."


PLACE = "places/<slug:place>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}glossary/", glossary, name="glossary"),
    path(f"{PLACE}glossary.<format:fmt>", glossary_download, name="glossary-download"),
    path(f"{PLACE}glossary/<int:pk>/", entry, name="glossary-entry"),
]
