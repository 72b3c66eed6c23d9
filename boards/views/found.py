"""Finding the report that an address names, for the person who asks."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from boards.access import visible_reports
from boards.errors import CannotRecordViewing
from boards.models import Report, ViewedForm
from boards.services import record_viewing
from icp.common import clock
from programmes.access import may_run_the_cycle, visible_periods
from programmes.context import here

View = Callable[..., HttpResponseBase]


class SignInFirst(Exception):
    """Nobody is signed in and this is not public; or it does not exist: the answer is the same."""


def find_report(request: HttpRequest, *, place: str, period: str, kind: str) -> Report:
    """The report, if it exists and this person may see it.

    Raises:
        SignInFirst: signed out, and not public (or not there at all).
        Http404: signed in, and not there or not to be seen.
    """
    report = (
        visible_reports(user=request.user, on=clock.today())
        .filter(period__place__slug=place, period__key=period, kind=kind)
        .select_related("period__place", "closed_by", "approved_by", "published_by")
        .first()
    )
    if report is not None:
        return report
    if not request.user.is_authenticated:
        raise SignInFirst
    raise Http404("There is no such report, or it is not published yet.")


def is_office(request: HttpRequest) -> bool:
    """Whether this person runs the cycle of the place that the address names."""
    place, roles = here(request)
    return place is not None and may_run_the_cycle(roles=roles)


def sign_in_first(view: View) -> View:
    """Send whoever is signed out to the sign-in page where the view says so."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SignInFirst:
            return redirect_to_login(request.get_full_path())

    return wrapped


def noted(view: View) -> View:
    """Nobody reads a paper that is not public unless that is noted: where it cannot be, 503 and why."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except CannotRecordViewing:
            return render(request, "boards/not_recorded.html", status=503)

    return wrapped


def note_reading(
    request: HttpRequest, report: Report, form: str, part: Mapping[str, str | None]
) -> None:
    """Note that this person is about to read the report, as :func:`boards.services.record_viewing`."""
    if request.method != "HEAD":
        record_viewing(report=report, by=request.user, form=ViewedForm(form), part=part)


def office_only(view: View) -> View:
    """For those who run the place's cycle; signed out: sign in first; who sees what it is about: not allowed, in
    a sentence; anybody else: there is no such page.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        place, _ = here(request)
        if place is None:
            raise Http404("There is no such place.")
        if not is_office(request):
            _must_see(request, **kwargs)
            reason = "The programme office writes, approves and publishes reports. You may read those that are published."
            return render(request, "403.html", {"reason": reason}, status=403)
        return view(request, *args, **kwargs)

    return wrapped


def _must_see(
    request: HttpRequest, *, place: str, period: str, kind: str | None = None, **more: Any
) -> None:
    """
    Raises:
        Http404: this person sees no such report or, where the address is of all of a period's, no such period.
    """
    if kind is not None:
        find_report(request, place=place, period=period, kind=kind)
    else:
        get_object_or_404(visible_periods(user=request.user), place__slug=place, key=period)
