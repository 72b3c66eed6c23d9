"""The people of a place, for its administrators: the list, its download, and inviting somebody."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from icp.accounts.models import User
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.presenters import long_date
from icp.common.words import british_date, plural
from programmes import access
from programmes.context import here
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.models import Place
from programmes.people_filters import PeopleFilter
from programmes.people_forms import InviteForm
from programmes.people_lines import COLUMNS, cells_of, line_of
from programmes.selectors.people import people_of, with_holdings
from programmes.services.inviting import Invited, invite_person
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import administered_place, peopled_place, signed_in

PEOPLE_A_PAGE = 50


@dataclass(frozen=True)
class Listing:
    """The list as asked for: its place and moment, the filters, and the people they leave."""

    place: Place
    at: datetime
    asked: PeopleFilter
    people: QuerySet[User]


def _listing(request: HttpRequest) -> Listing:
    place, at = peopled_place(request), clock.now()
    asked = PeopleFilter(request.GET, queryset=people_of(place=place, at=at), place=place)
    return Listing(place, at, asked, asked.rows())


@signed_in
@require_safe
def people(request: HttpRequest, place: str) -> HttpResponse:
    """Everybody who belongs to the place, filtered by the address."""
    listing = _listing(request)
    page = Paginator(listing.people, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    shown = with_holdings(page.object_list, place=listing.place)  # type: ignore[arg-type]
    count, day = page.paginator.count, british_date(listing.at.date())
    context = {
        "place": listing.place,
        "filter": listing.asked,
        "chosen": chosen_of(request, listing.asked),
        "may_manage": access.may_manage_people(roles=here(request)[1]),
        "caption": f"{plural(count, 'person', 'people')} as at {day}",
        "lines": [line_of(person, place=listing.place) for person in shown],
        "page_obj": page,
        "downloads": downloads_of(request, "people", listing.place),
    }
    return render(request, "programmes/people/list.html", context)


@signed_in
@require_safe
def people_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    listing = _listing(request)
    if not listing.asked.form.is_valid():
        return back_to_list(request, "people", place=place)
    found = with_holdings(listing.people, place=listing.place)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{listing.place.name} people {listing.at.date().isoformat()}",
        columns=COLUMNS,
        rows=(cells_of(line_of(person, place=listing.place)) for person in found),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, place: str) -> HttpResponse:
    """Invite somebody, with what they are to hold from the start."""
    found = administered_place(request)
    form = InviteForm(request.POST or None, place=found)
    if request.method == "POST" and form.is_valid():
        try:
            return _invite(request, found, form)
        except CannotChangePeople as refused:
            form.add_error("email", str(refused))
        except NotAllowed:
            raise Http404 from None
    context = {"place": found, "form": form}
    return render(
        request, "programmes/people/invite.html", context, status=422 if form.errors else 200
    )


def _invite(request: HttpRequest, place: Place, form: InviteForm) -> HttpResponse:
    invited = invite_person(
        place=place,
        email=form.cleaned_data["email"],
        name=form.cleaned_data["name"],
        holding=form.holding(),
        by=request.user,  # type: ignore[arg-type]
        at=clock.now(),
    )
    messages.success(request, invited_words(invited))
    return redirect("person", place=place.slug, pk=invited.person.pk)


def invited_words(invited: Invited) -> str:
    """What happened, for whoever invited."""
    person, issued = invited.person, invited.issued
    if issued is None:
        return (
            f"{person.email} has an account, and was asked by e-mail to accept. Until they do, they hold nothing "
            "here, and you see their address."
        )
    until = long_date(issued.invitation.expires_at)
    return f"An invitation to {person.email} is on its way. Its link works once, until the end of {until}."


BASE = "places/<slug:place>/people"
urlpatterns: list[URLPattern] = [
    path(f"{BASE}/", people, name="people"),
    path(f"{BASE}.<format:fmt>", people_download, name="people-download"),
    path(f"{BASE}/invite/", invite, name="invite"),
]
