"""Cover: who does what for whom, until when. Everybody sees their own; administrators see and ask for all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters as filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from icp.accounts.models import User
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import british_date
from programmes import access
from programmes.access import Roles
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.filters import FilterInWords
from programmes.models import Cover, Place
from programmes.models.cover import CoverQuerySet
from programmes.people_forms import CoverForm
from programmes.selectors.people import colleagues
from programmes.services.cover import end_cover, set_cover
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import place_of, signed_in

COVERS_A_PAGE = 50
COLUMNS = (
    "away",
    "covered by",
    "first day",
    "last day",
    "state",
    "why",
    "asked for by",
    "ended by",
)
NOW, COMING, OVER = "now", "coming", "over"


class CoverFilter(FilterInWords):
    """Filters over the covers that a person sees, as at ``today``. Those that are over are shown when asked for."""

    state = filters.ChoiceFilter(
        method="by_state",
        label="State",
        choices=[(NOW, "In force today"), (COMING, "Not begun"), (OVER, "Over or ended")],
        empty_label="In force and coming",
    )

    class Meta:
        model = Cover
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def filter_queryset(self, queryset: CoverQuerySet) -> CoverQuerySet:
        found: CoverQuerySet = super().filter_queryset(queryset)
        if not self.form.cleaned_data["state"]:
            found = found.not_over(on=self.today)
        return found

    def by_state(self, covers: CoverQuerySet, name: str, value: str) -> CoverQuerySet:
        if value == NOW:
            return covers.running(on=self.today)
        if value == COMING:
            return covers.not_over(on=self.today).filter(starts_on__gt=self.today)
        return covers.filter(Q(ends_on__lt=self.today) | Q(ended_at__isnull=False))


@dataclass(frozen=True)
class CoverLine:
    """One cover as this person sees it."""

    cover: Cover
    state: str
    may_end: bool


def state_of(cover: Cover, *, today: date) -> str:
    if cover.ended_at:
        return "ended"
    if cover.ends_on < today:
        return "over"
    return "not begun" if cover.starts_on > today else "in force"


def _may_end(cover: Cover, *, roles: Roles, user: User) -> bool:
    return roles.administrator or user.pk in (cover.person_id, cover.deputy_id)


def _seen(*, place: Place, roles: Roles, user: User) -> CoverQuerySet:
    """Administrators and auditors see all; others what they are in."""
    covers = Cover.objects.filter(place=place)
    if not (roles.administrator or roles.auditor):
        covers = covers.filter(Q(person=user) | Q(deputy=user))
    return covers.select_related("person", "deputy", "set_by", "ended_by").order_by(
        "-starts_on", "-pk"
    )


def _asked(request: HttpRequest, place: Place, roles: Roles) -> CoverFilter:
    seen = _seen(place=place, roles=roles, user=request.user)  # type: ignore[arg-type]
    return CoverFilter(request.GET, queryset=seen, today=clock.today())


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def covers(request: HttpRequest, place: str) -> HttpResponse:
    """One's covers, and the form that asks for one."""
    found, roles = place_of(request)
    may = access.may_set_cover(roles=roles)
    if request.method == "POST" and not may:
        raise NotAllowed("You hold nothing that a colleague could do for you.")
    form = _form(request, found, roles) if may else None
    if form and request.method == "POST" and form.is_valid():
        try:
            return _set(request, found, form)
        except CannotChangePeople as refused:
            form.add_error(None, str(refused))
    return _show(request, found, roles, form)


def _form(request: HttpRequest, place: Place, roles: Roles) -> CoverForm:
    return CoverForm(
        request.POST if request.method == "POST" else None,
        colleagues=list(colleagues(place)),
        person=request.user,  # type: ignore[arg-type]
        for_anybody=roles.administrator,
        initial={"starts_on": clock.today()},
    )


def _set(request: HttpRequest, place: Place, form: CoverForm) -> HttpResponse:
    cover = set_cover(
        place=place,
        person=form.away(),
        deputy=form.covering(),
        starts_on=form.cleaned_data["starts_on"],
        ends_on=form.cleaned_data["ends_on"],
        reason=form.cleaned_data["reason"],
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
        today=clock.today(),
    )
    messages.success(
        request,
        f"{cover.deputy} covers for {cover.person} to the end of {british_date(cover.ends_on)}. "
        "Both are told by e-mail.",
    )
    return redirect("covers", place=place.slug)


def _show(request: HttpRequest, place: Place, roles: Roles, form: CoverForm | None) -> HttpResponse:
    asked = _asked(request, place, roles)
    page = Paginator(asked.rows(), COVERS_A_PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    lines = [
        CoverLine(
            cover=one,
            state=(state := state_of(one, today=today)),
            may_end=state in ("in force", "not begun")
            and _may_end(one, roles=roles, user=request.user),  # type: ignore[arg-type]
        )
        for one in page.object_list
    ]
    context = {
        "place": place,
        "form": form,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "lines": lines,
        "page_obj": page,
        "sees_all": roles.administrator or roles.auditor,
        "downloads": downloads_of(request, "covers", place),
    }
    status = 422 if form and form.errors else 200
    return render(request, "programmes/people/covers.html", context, status=status)


@signed_in
@require_safe
def covers_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    found, roles = place_of(request)
    asked, today = _asked(request, found, roles), clock.today()
    if not asked.form.is_valid():
        return back_to_list(request, "covers", place=place)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} cover {today.isoformat()}",
        columns=COLUMNS,
        rows=(
            (
                one.person.name,
                one.deputy.name,
                one.starts_on,
                one.ends_on,
                state_of(one, today=today),
                one.reason,
                one.set_by.name,
                one.ended_by.name if one.ended_by else "",
            )
            for one in asked.qs
        ),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Ask whether a cover is to end before its day, and end it: either of the two, or an administrator."""
    found, roles = place_of(request)
    seen = _seen(place=found, roles=roles, user=request.user)  # type: ignore[arg-type]
    cover = get_object_or_404(seen, pk=pk)
    if not _may_end(cover, roles=roles, user=request.user):  # type: ignore[arg-type]
        raise Http404
    if request.method != "POST":
        context = {"place": found, "cover": cover}
        return render(request, "programmes/people/cover_end.html", context)
    try:
        ended = end_cover(cover=cover, by=request.user, at=clock.now())  # type: ignore[arg-type]
    except NotAllowed:
        raise Http404 from None
    if ended:
        messages.success(request, f"{cover.deputy} no longer covers for {cover.person}.")
    else:
        messages.info(request, "This cover had been ended already.")
    return redirect("covers", place=found.slug)


BASE = "places/<slug:place>/cover"
urlpatterns: list[URLPattern] = [
    path(f"{BASE}/", covers, name="covers"),
    path(f"{BASE}.<format:fmt>", covers_download, name="covers-download"),
    path(f"{BASE}/<int:pk>/end/", end, name="cover-end"),
]
