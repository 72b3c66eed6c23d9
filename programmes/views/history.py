"""What was done to one thing, in plain words, for whoever may see the thing."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from icp.accounts.models import User
from icp.audit.models import Change
from icp.audit.selectors import history_in, history_of
from icp.common import clock
from programmes import access
from programmes.history.lines import lines_of
from programmes.models import Board, GlossaryEntry, Place, Return
from programmes.selectors.people import people_of
from programmes.views.places import (
    peopled_place,
    period_of,
    place_of,
    programme_of,
    signed_in,
)

CHANGES_A_PAGE = 50


@dataclass(frozen=True)
class Page:
    """Whose history a page shows, and the page it belongs to."""

    title: str
    back: str
    back_text: str


def show_history(
    request: HttpRequest,
    place: Place,
    page: Page,
    changes: QuerySet[Change],
    *,
    more: dict[str, Any] | None = None,
    template: str = "programmes/history.html",
    without: Container[str] = (),
) -> HttpResponse:
    """A page of the history of one thing. ``more`` is what else its template is told; ``without`` the columns of which
    the reader is not.
    """
    found = Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    found.object_list = lines_of(found.object_list, without=without)  # type: ignore[assignment]
    context = {"place": place, "page": page, "page_obj": found, **(more or {})}
    return render(request, template, context)


@signed_in
@require_safe
def item(request: HttpRequest, place: str, code: str, plan_id: str) -> HttpResponse:
    """A row and what was said of it."""
    found, roles = place_of(request)
    programme = programme_of(request, place=found, code=code)
    rows = access.items_of(place=found, roles=roles).filter(programme=programme)
    row = get_object_or_404(rows, plan_id=plan_id)
    back = reverse("item", kwargs={"place": place, "code": code, "plan_id": plan_id})
    page = Page(f"{code} {plan_id} {row.name}", back, f"{code} {plan_id}")
    return show_history(request, found, page, history_of(f"programmes.planitem:{row.pk}"))


@signed_in
@require_safe
def programme(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """A programme and who leads it. Its rows have histories of their own."""
    found, _ = place_of(request)
    programme = programme_of(request, place=found, code=code)
    back = reverse("programme", kwargs={"place": place, "code": code})
    page = Page(programme.name, back, programme.name)
    return show_history(request, found, page, history_of(f"programmes.programme:{programme.pk}"))


@signed_in
@require_safe
def period(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """A period and the returns made in it."""
    found, _ = place_of(request)
    period = period_of(request, place=found, key=key)
    back = reverse("period", kwargs={"place": place, "key": key})
    page = Page(period.name, back, period.name)
    return show_history(request, found, page, history_of(f"programmes.period:{period.pk}"))


@signed_in
@require_safe
def one_return(request: HttpRequest, place: str, key: str, code: str) -> HttpResponse:
    found, _ = place_of(request)
    period = period_of(request, place=found, key=key)
    programme = programme_of(request, place=found, code=code)
    made = Return.objects.filter(programme=programme, period=period).first()
    changes = history_of(f"programmes.return:{made.pk}") if made else Change.objects.none()
    back = reverse("return", kwargs={"place": place, "key": key, "code": code})
    title = f"{programme.name}, {period.name}"
    return show_history(request, found, Page(title, back, "The return"), changes)


@signed_in
@require_safe
def glossary_entry(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    found, _ = place_of(request)
    visible = access.visible_glossary(user=request.user).filter(place=found)
    entry = get_object_or_404(GlossaryEntry, pk__in=visible.filter(pk=pk).values("pk"))
    page = Page(entry.acronym, reverse("glossary", kwargs={"place": place}), "Glossary")
    return show_history(request, found, page, history_of(f"programmes.glossaryentry:{pk}"))


@signed_in
@require_safe
def board(request: HttpRequest, place: str, board: str) -> HttpResponse:
    """A board and the seats on it."""
    found, _ = place_of(request)
    one = get_object_or_404(Board, place=found, slug=board)
    back = reverse("place-history", kwargs={"place": place})
    page = Page(one.name, back, f"History of {found.name}")
    return show_history(request, found, page, history_of(f"programmes.board:{one.pk}"))


@signed_in
@require_safe
def place_itself(request: HttpRequest, place: str) -> HttpResponse:
    """The place's settings, its partners and its boards."""
    found, _ = place_of(request)
    kinds = ("programmes.place", "programmes.organisation", "programmes.board")
    changes = history_in(place_id=found.pk).filter(kind__in=kinds)
    boards = Board.objects.filter(place=found).order_by("order", "pk")
    page = Page(found.name, reverse("place", kwargs={"place": place}), found.name)
    return show_history(request, found, page, changes, more={"boards": boards})


@signed_in
@require_safe
def person(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """A person's account, and what they held and hold in this place. Other places' is not told."""
    found = peopled_place(request)
    people = people_of(place=found, at=clock.now())
    # A history tells names: it begins when somebody has accepted.
    one: User = get_object_or_404(people.filter(awaited=False), pk=pk)  # type: ignore[misc]
    changes = history_of(f"accounts.user:{pk}").filter(
        Q(place_id=found.pk) | Q(kind="accounts.user")
    )
    back = reverse("person", kwargs={"place": place, "pk": pk})
    return show_history(request, found, Page(one.name, back, one.name), changes)


PLACE = "places/<slug:place>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}settings/history/", place_itself, name="place-history"),
    path(f"{PLACE}boards/<slug:board>/history/", board, name="board-history"),
    path(f"{PLACE}rows/<str:code>/<str:plan_id>/history/", item, name="item-history"),
    path(f"{PLACE}programmes/<str:code>/history/", programme, name="programme-history"),
    path(f"{PLACE}periods/<slug:key>/history/", period, name="period-history"),
    path(
        f"{PLACE}periods/<slug:key>/returns/<str:code>/history/", one_return, name="return-history"
    ),
    path(f"{PLACE}glossary/<int:pk>/history/", glossary_entry, name="glossary-entry-history"),
    path(f"{PLACE}people/<int:pk>/history/", person, name="person-history"),
]
