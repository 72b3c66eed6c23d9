"""What dependencies warn of across a place, and what a slip of one row would push."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import plural
from programmes import access
from programmes.dependency_forms import WarningsForm
from programmes.dependency_lines import COLUMNS, Concern, Warned, pushed_lines, warnings_of
from programmes.models import Place, PlanItem
from programmes.selectors.dependencies import linked_rows
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import place_of, signed_in

WARNINGS_A_PAGE = 50


def _asked(request: HttpRequest) -> tuple[Place, WarningsForm, list[Warned]]:
    place, roles = place_of(request)
    programmes = access.programmes_of(place=place, roles=roles).in_order()
    form = WarningsForm(request.GET, programmes=list(programmes))
    found = warnings_of(linked_rows(place=place, today=clock.today()), place=place)
    return place, form, found


@signed_in
@require_safe
def dependency_warnings(request: HttpRequest, place: str) -> HttpResponse:
    """Dependencies that are broken, circular, critical, driving, or cannot be checked."""
    found, form, warned = _asked(request)
    shown = form.narrowed(warned)
    context = {
        "place": found,
        "form": form,
        "chosen": chosen_of(request, form),
        "caption": plural(len(shown), "warning"),
        "tallies": _tallies(warned),
        "page_obj": Paginator(shown, WARNINGS_A_PAGE).get_page(request.GET.get("page")),
        "downloads": downloads_of(request, "dependency-warnings", found),
    }
    return render(request, "programmes/dependency_warnings.html", context)


def _tallies(warned: list[Warned]) -> list[dict[str, object]]:
    return [
        {
            "kind": one.value,
            "label": one.label,
            "count": sum(warning.concern == one for warning in warned),
        }
        for one in Concern
    ]


@signed_in
@require_safe
def dependency_warnings_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    found, form, warned = _asked(request)
    if not form.is_valid():
        return back_to_list(request, "dependency-warnings", place=place)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} dependency warnings {clock.today().isoformat()}",
        columns=COLUMNS,
        rows=(one.cells for one in form.narrowed(warned)),
    )


class SlipForm(forms.Form):
    """By how much a row might slip."""

    slip = forms.IntegerField(label="By how many", min_value=1, max_value=260)
    unit = forms.ChoiceField(
        label="Weeks or days", choices=[("weeks", "weeks"), ("days", "working days")]
    )

    @property
    def working_days(self) -> int:
        each = 5 if self.cleaned_data["unit"] == "weeks" else 1
        return int(self.cleaned_data["slip"]) * each

    @property
    def words(self) -> str:
        unit = "week" if self.cleaned_data["unit"] == "weeks" else "working day"
        return plural(self.cleaned_data["slip"], unit)


def foresight_of(request: HttpRequest, *, place: Place, row: PlanItem) -> dict[str, Any]:
    """For a row's page: what its dependencies warn of, and, when the address asks ``?slip=``, what it would push."""
    linked = linked_rows(place=place, today=clock.today())
    form = SlipForm(request.GET) if "slip" in request.GET else SlipForm(initial={"unit": "weeks"})
    found: dict[str, Any] = {
        "warned": [
            one for one in warnings_of(linked, place=place) if one.reference == row.reference
        ],
        "slip_form": form if row.reference in linked.awaited and not row.is_complete else None,
    }
    if found["slip_form"] and form.is_bound and form.is_valid():
        pushed = linked.network.if_slips(row.reference, form.working_days)
        found["slip_words"] = form.words
        found["pushed"] = pushed_lines(pushed, linked, place=place)
    return found


PLACE = "places/<slug:place>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}dependency-warnings/", dependency_warnings, name="dependency-warnings"),
    path(
        f"{PLACE}dependency-warnings.<format:fmt>",
        dependency_warnings_download,
        name="dependency-warnings-download",
    ),
]
