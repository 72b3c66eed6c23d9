"""Whose money somebody reads by the API: place by place, by the same rules as the pages."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from finance import access
from finance.models import Position
from icp.accounts.models import User
from icp.audit.as_at import as_they_stood
from icp.common import clock
from programmes.access import Roles, roles_of, visible_places
from programmes.models import Place


def money_places(user: User) -> dict[int, tuple[Place, Roles]]:
    """The places whose months and lines ``user`` reads, by key, with what they are there. Six queries a place."""
    found = {}
    for place in visible_places(user=user).order_by("pk"):
        roles = roles_of(user=user, place=place, on=clock.today())
        if access.may_read(roles=roles):
            found[place.pk] = (place, roles)
    return found


def readable_positions(user: User) -> "QuerySet[Position]":
    """The figures that ``user`` reads."""
    wanted = Q(pk__in=[])
    for place, roles in money_places(user).values():
        wanted |= Q(pk__in=access.positions_of(place=place, roles=roles).values("pk"))
    return Position.objects.filter(wanted)


def positions_as_they_stood(user: User, at: datetime) -> "QuerySet[Any]":
    """Copies of the figures that ``user`` reads, as they stood at a moment."""
    wanted = Q(pk__in=[])
    for place, roles in money_places(user).values():
        copies = access.positions_then(place=place, roles=roles, at=at)
        wanted |= Q(pk__in=copies.values("pk"))
    copies_of: QuerySet[Any] = as_they_stood(Position, at=at)
    return copies_of.filter(wanted)
