"""Somebody leaves a place, and another takes over what they held."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from icp.accounts import services as accounts
from icp.accounts.models import User
from programmes.errors import CannotChangePeople
from programmes.models import (
    Board,
    BoardMember,
    Cover,
    FinanceLead,
    Membership,
    Organisation,
    Place,
    PlaceRole,
    Post,
)
from programmes.notices import tell_of_access
from programmes.selectors.people import colleagues, scope_of
from programmes.services.offers import Holding
from programmes.services.people import give, keep_an_administrator, the_place


@dataclass(frozen=True)
class HandedOver:
    """What moved to a successor, by name, and the posts nobody holds now."""

    given: list[str]
    vacant: list[str]


@transaction.atomic
def leave_place(
    *, place: Place, person: User, by: User | None, at: datetime, successor: User | None = None
) -> HandedOver:
    """Take everything away that ``person`` holds in the place, and their link.

    With a ``successor`` all of it goes to them at once: posts with their duties and the rows these own, roles,
    finance and seats. Cover for and by the leaver ends. The account stays: other places may need it, and what was done with
    it stays its own.

    Raises:
        CannotChangePeople: no administrator who can sign in would remain, or the successor is not somebody
            else who belongs to the place and can sign in.
    """
    place = the_place(place, by=by)
    given = _hand_over(place, person, successor, by=by, at=at) if successor else []
    roles = Membership.objects.filter(place=place, user=person)
    if roles.filter(role=PlaceRole.ADMINISTRATOR).exists():
        keep_an_administrator(place, without=person)
    roles.delete()
    FinanceLead.objects.filter(organisation__place=place, user=person).delete()
    BoardMember.objects.filter(board__place=place, user=person).delete()
    Cover.objects.filter(place=place, ended_at__isnull=True).filter(
        Q(person=person) | Q(deputy=person)
    ).update(ended_at=at, ended_by=by or person)
    posts = Post.objects.filter(place=place, holder=person).order_by("title")
    vacant = list(posts.values_list("title", flat=True))
    posts.update(holder=None)
    accounts.revoke_invitation(user=person, scope=scope_of(place), at=at)
    return HandedOver(given, vacant)


def _hand_over(
    place: Place, person: User, successor: User, *, by: User | None, at: datetime
) -> list[str]:
    if successor == person or not colleagues(place).filter(pk=successor.pk).exists():
        raise CannotChangePeople(
            f"{successor} cannot take over: choose somebody else of {place} who has signed in."
        )
    roles = Membership.objects.filter(place=place, user=person).order_by("pk")
    finance = Organisation.objects.filter(place=place, finance_leads__user=person)
    holding = Holding(
        roles=tuple(PlaceRole(role) for role in roles.values_list("role", flat=True)),
        finance=tuple(finance.order_by("short_name", "pk")),
        boards=tuple(
            Board.objects.filter(place=place, members__user=person).order_by("order", "pk")
        ),
        posts=tuple(Post.objects.filter(place=place, holder=person).order_by("title")),
    )
    given = give(
        place=place,
        person=successor,
        holding=holding,
        expected_holder=person.pk,
        by=by,
        at=at,
    )
    if given:
        tell_of_access(successor, place, held=given, by=by, at=at)
    return given
