"""What every page of a place begins with: the place, the programme, and whether this person may.

Who may not is answered by one rule. A page of the place that belongs to other roles does not exist for them:
404, and no link leads there. What is part of a page that they read, or is done on it, is refused aloud: 403, and
a sentence that says who does it.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from icp.accounts.models import User
from icp.common import clock
from programmes import access
from programmes.access import Roles
from programmes.context import here
from programmes.errors import NotAllowed
from programmes.models import Period, Place, Programme

View = Callable[..., HttpResponseBase]


class Asked:
    """What the classes that hold one request for a page share: who asks, and when, by the portal's clock."""

    request: HttpRequest

    @property
    def user(self) -> User:
        return self.request.user  # type: ignore[return-value]

    @cached_property
    def at(self) -> datetime:
        return clock.now()


def signed_in(view: View) -> View:
    """For those who are signed in; a ``NotAllowed`` from below is answered with 403 and its sentence."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except NotAllowed as refused:
            return render(request, "403.html", {"reason": str(refused)}, status=403)

    return wrapped


def place_of(request: HttpRequest) -> tuple[Place, Roles]:
    """The place of this address and what the person is in it.

    Raises:
        Http404: the person has no role in it, or it does not exist; which of the two is not said.
    """
    place, roles = here(request)
    if place is None:
        raise Http404("There is no such place, or you have no role in it.")
    return place, roles


def office_place(request: HttpRequest) -> Place:
    """The place of this address, for its office; nobody else learns that the page exists."""
    return _place_where(request, may=access.may_run_the_cycle)


def administered_place(request: HttpRequest) -> Place:
    """The place of this address, for its administrators; who may see its people is told so, nobody else learns that
    the page exists.

    Raises:
        NotAllowed: this person may see people and changes nothing of them.
    """
    place, roles = peopled_place(request), here(request)[1]
    if not access.may_manage_people(roles=roles):
        raise NotAllowed(
            "Administrators of the place invite people and change what they hold. You may see it."
        )
    return place


def peopled_place(request: HttpRequest) -> Place:
    """The place of this address, for who may see its people; nobody else learns that the page exists."""
    return _place_where(request, may=access.may_read_people)


def searched_place(request: HttpRequest) -> Place:
    """The place of this address, for who may search its history; nobody else learns that the page exists."""
    return _place_where(request, may=access.may_search_history)


def watched_place(request: HttpRequest) -> Place:
    """The place of this address, for its administrators and auditors; nobody else learns that the page exists."""
    return _place_where(request, may=access.may_read_sign_ins)


def signing_place(request: HttpRequest) -> tuple[Place, Roles]:
    """The place of this address, for who signs returns off or reads all of them, and what they are in it; nobody else
    learns that the page exists.
    """
    return _place_where(request, may=access.may_read_sign_off), here(request)[1]


def _place_where(request: HttpRequest, *, may: Callable[..., bool]) -> Place:
    place, roles = place_of(request)
    if not may(roles=roles):
        raise Http404
    return place


def programme_of(request: HttpRequest, *, place: Place, code: str) -> Programme:
    """The programme of this address, in the place that :func:`place_of` found."""
    programmes = access.programmes_of(place=place, roles=here(request)[1])
    return get_object_or_404(programmes.select_related("parent"), code=code)


def period_of(request: HttpRequest, *, place: Place, key: str) -> Period:
    periods = access.visible_periods(user=request.user).filter(place=place)
    found = get_object_or_404(periods.select_related("closed_by"), key=key)
    found.place = place
    return found
