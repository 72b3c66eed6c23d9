"""What every way of posting positions begins with: the line, its month, and whether this person enters there."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from finance import access
from finance.access import Entrant
from finance.models import BudgetLine, FinanceMonth, Position
from finance.rules.years import FinanceMonthKey
from icp.common import clock
from programmes.access import roles_of, visible_places
from programmes.errors import NotAllowed
from programmes.models import Organisation


def lines_seen_by(request: Request) -> "QuerySet[BudgetLine]":
    """The lines of the places that this person sees."""
    found = BudgetLine.objects.filter(organisation__place__in=visible_places(user=request.user))
    return found.select_related("organisation__place", "workstream")


def with_names(found: "QuerySet[Any]") -> "QuerySet[Any]":
    """Positions with all that is said of each."""
    return found.select_related(
        "month__place", "line__organisation__place", "line__workstream", "entered_by"
    )


def month_of(line: BudgetLine, number: int) -> FinanceMonth:
    """The month of the line's year.

    Raises:
        ValidationError: it has not been opened.
    """
    months = FinanceMonth.objects.filter(place=line.organisation.place, year=line.year)
    found = months.filter(number=number).first()
    if found is None:
        name = FinanceMonthKey(line.year, number).name
        raise ValidationError({"month": [f"{name} has not been opened."]})
    found.place = line.organisation.place
    return found


def entrant_for(request: Request, organisation: Organisation) -> Entrant:
    """Who asks, where they enter the partner's figures at all.

    Raises:
        NotAllowed: they do not.
    """
    today = clock.today()
    roles = roles_of(user=request.user, place=organisation.place, on=today)
    if not access.may_enter_for(roles=roles, organisation=organisation):
        raise NotAllowed(f"Figures of {organisation.short_name} are entered by its finance lead.")
    return Entrant(request.user, roles, today)  # type: ignore[arg-type]


def closed_before(month: FinanceMonth) -> dict[int, FinanceMonth]:
    """The closed months that late figures in this one may put right, by id."""
    closed = FinanceMonth.objects.closed().filter(place=month.place)
    return {one.pk: one for one in closed.order_by("pk") if one.month < month.month}


def with_the_month_corrected(
    values: Mapping[str, Any], stored: Position | None, closed: Mapping[int, FinanceMonth]
) -> dict[str, Any]:
    """``values`` with the closed month that they put right, by its id one of ``closed``.

    Raises:
        ValidationError: it is none of them, or one is said without the other.
    """
    said = dict(values)
    if (key := said.get("corrects")) is not None:
        if key not in closed:
            raise ValidationError(
                {"corrects": ["Name an earlier month of the place, a closed one."]}
            )
        said["corrects"] = closed[key]
    corrects = said.get("corrects", stored.corrects_id if stored else None)
    correction = said.get("correction", stored.correction if stored else "")
    if corrects and not correction:
        raise ValidationError({"correction": ["Say what of that month is put right."]})
    if correction and not corrects:
        raise ValidationError({"corrects": ["Name the closed month that is put right."]})
    return said
