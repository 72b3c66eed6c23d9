"""Who enters a partner's figures on a day: its finance leads, and who covers for one."""

from datetime import date

from django.db.models import Q, QuerySet

from icp.accounts.models import User
from programmes.models import Cover, FinanceLead, Organisation, Place


def enterers_in(*, place: Place, on: date) -> "QuerySet[User]":
    """Everybody active who enters figures of some partner of the place that day. One query."""
    return _entering(FinanceLead.objects.filter(organisation__place=place), place.pk, on)


def enterers_of(*, organisation: Organisation, on: date) -> list[User]:
    """Everybody active who enters the partner's figures that day. One query."""
    leads = FinanceLead.objects.filter(organisation=organisation)
    return list(_entering(leads, organisation.place_id, on))


def _entering(leads: "QuerySet[FinanceLead]", place_id: int, on: date) -> "QuerySet[User]":
    holding = leads.values("user_id")
    covering = Cover.objects.running(on=on).filter(place=place_id, person__in=holding)
    entering = Q(pk__in=holding) | Q(pk__in=covering.values("deputy_id"))
    found: QuerySet[User] = User.objects.filter(entering, is_active=True)
    return found.order_by("name", "pk")
