"""The front door: sends each person to the page their role works on first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from icp.common import clock
from programmes import access, selectors
from programmes.access import Roles
from programmes.models import Place, Programme, Return, ReturnState
from programmes.models.cycle import HANDED_IN_STATES
from programmes.selectors.offers import asked_in


def home(request: HttpRequest) -> HttpResponse:
    """For somebody who is signed in. Lead: the monthly update. SRO: sign-off. Office: the place.
    Finance lead: the money. Board member: the reports. Risk owner: the registers.

    Who is several of these goes where something waits: first an update not handed in, then a return to
    sign off. Who works in several places, or is invited to one more, chooses one.
    """
    places = list(
        access.visible_places(user=request.user).select_related("system").order_by("name", "pk")
    )
    asked = asked_in(user=request.user, at=clock.now())  # type: ignore[arg-type]
    if not places and not asked:
        return render(request, "programmes/no_place.html")
    if asked or len(places) > 1:
        return render(request, "programmes/places.html", {"places": places, "asked": asked})
    place = places[0]
    roles = access.roles_of(user=request.user, place=place, on=clock.today())
    if roles.office:
        return redirect("place", place=place.slug)
    if roles.leads and not (roles.signs_off and _waits_for_sign_off(place, roles)):
        return _to_update(place, roles)
    if roles.signs_off:
        return redirect("sign-off", place=place.slug)
    if roles.finance_of or roles.programme_finance:
        return redirect("money", place=place.slug)
    if roles.boards:
        return redirect("reports", place=place.slug)
    if roles.risk_owner:
        return redirect("risks", place=place.slug)
    return redirect("place", place=place.slug)


def _waits_for_sign_off(place: Place, roles: Roles) -> bool:
    """Own updates are handed in, and another's return waits."""
    period = selectors.period_to_report(place=place)
    handed_in = Return.objects.filter(period=period, state__in=HANDED_IN_STATES)
    if handed_in.filter(programme_id__in=roles.leads).count() < len(roles.leads):
        return False
    return Return.objects.filter(
        period__in=selectors.live_periods(place=place),
        programme_id__in=roles.signs_off,
        state=ReturnState.SUBMITTED,
    ).exists()


def _to_update(place: Place, roles: Roles) -> HttpResponse:
    mine = Programme.objects.filter(pk__in=roles.leads).in_order()
    if len(mine) > 1:
        return redirect("updates", place=place.slug)
    return redirect("update", place=place.slug, code=mine[0].code)
