"""What every page of the money begins with: the place, the month, the partner, and whether this person may."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from finance import access
from finance.models import FinanceMonth
from finance.rules.years import read_year
from finance.selectors.months import partners_of
from programmes.access import Roles
from programmes.errors import NotAllowed
from programmes.models import Organisation, Place
from programmes.views.places import place_of

MONEY = "places/<slug:place>/money/"
MONTH = f"{MONEY}<str:year>/<int:month_number>/"


def money_place(request: HttpRequest) -> tuple[Place, Roles]:
    """The place of this address, for who may read its money. Who may not is told so before anything is looked for.

    Raises:
        NotAllowed: this person reads the published reports alone.
    """
    place, roles = place_of(request)
    if not access.may_read(roles=roles):
        raise NotAllowed(
            "Figures as they are entered are for finance leads, the programme office and auditors. "
            "You find each month’s published report under Money."
        )
    return place, roles


def month_at(request: HttpRequest, *, year: str, number: int) -> tuple[FinanceMonth, Roles]:
    """The month of this address.

    Raises:
        Http404: there is none, or this person may not read it.
    """
    place, roles = money_place(request)
    months = access.months_of(place=place, roles=roles).select_related("closed_by")
    found: FinanceMonth = get_object_or_404(months, **key_at(year, number))
    found.place = place
    return found, roles


def key_at(year: str, number: int) -> dict[str, int]:
    """The year and the month of an address, as a month's fields.

    Raises:
        Http404: it is no financial year.
    """
    try:
        return {"year": read_year(year), "number": min(number, 99)}
    except ValueError:
        raise Http404 from None


def partner_at(month: FinanceMonth, key: int) -> Organisation:
    """The partner of this address, if it has lines in the month's year.

    Raises:
        Http404: it has none.
    """
    for one in partners_of(place=month.place, year=month.year):
        if one.pk == key:
            one.place = month.place
            return one
    raise Http404


def month_address(month: FinanceMonth) -> dict[str, Any]:
    """What addresses of a month's pages are made of."""
    return {"place": month.place.slug, "year": month.year_slug, "month_number": month.number}


def runner(roles: Roles) -> None:
    """Refuse who does not run the months.

    Raises:
        NotAllowed: with the sentence that the page shows.
    """
    if not access.may_run_months(roles=roles):
        raise NotAllowed("The programme finance lead opens, queries, accepts and closes months.")
