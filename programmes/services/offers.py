"""Somebody who has an account is asked to take something on in a place, and accepts it there.

Whoever types an address gives nothing by it: the person belongs to the place from when they accept. Until then
the place sees the address alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from icp.accounts import services as accounts
from icp.accounts.models import User
from icp.accounts.services import Issued, end_of_day
from icp.common.outbox import withdraw_mail
from programmes.errors import CannotChangePeople
from programmes.models import Board, Offer, Organisation, Place, PlaceRole, Post
from programmes.notices import tell_of_offer
from programmes.selectors.offers import offers_in
from programmes.selectors.people import scope_of


@dataclass(frozen=True)
class Holding:
    """What one person is to hold in one place."""

    roles: tuple[PlaceRole, ...] = ()
    finance: tuple[Organisation, ...] = ()
    boards: tuple[Board, ...] = ()
    posts: tuple[Post, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roles or self.finance or self.boards or self.posts)

    def __or__(self, other: "Holding") -> "Holding":
        """Both together, each thing once."""
        return Holding(
            roles=tuple(dict.fromkeys((*self.roles, *other.roles))),
            finance=tuple(dict.fromkeys((*self.finance, *other.finance))),
            boards=tuple(dict.fromkeys((*self.boards, *other.boards))),
            posts=tuple(dict.fromkeys((*self.posts, *other.posts))),
        )


@transaction.atomic
def ask(
    *, place: Place, person: User, holding: Holding, by: User | None, at: datetime
) -> Issued | None:
    """Offer ``holding`` beside what was offered before, and send a mail; the place is locked by who calls.

    All of it stands for ``settings.INVITATION_DAYS`` days from now. Who cannot sign in yet is sent a link to choose
    a password, which is returned: they accept when they are in.

    Raises:
        CannotChangePeople: the account is closed, a post is held by somebody, or an auditor would change things.
    """
    if not person.is_active:
        raise CannotChangePeople(f"The account of {person.email} is closed and cannot be invited.")
    all_of_it = holding_of(place, person) | holding
    _check(all_of_it)
    _take_back(place, person)
    until = end_of_day(at + timedelta(days=settings.INVITATION_DAYS))
    same = {"place": place, "user": person, "email": person.email, "offered_by": by}
    same |= {"offered_at": at, "expires_at": until}
    Offer.objects.bulk_create(
        [
            *(Offer(role=one, **same) for one in all_of_it.roles),
            *(Offer(organisation=one, **same) for one in all_of_it.finance),
            *(Offer(board=one, **same) for one in all_of_it.boards),
            *(Offer(post=one, **same) for one in all_of_it.posts),
        ]
    )
    if not person.can_sign_in:
        return accounts.invite(user=person, scope=scope_of(place), host=place.name, by=by, at=at)
    tell_of_offer(list(offers_in(place).filter(user=person)), by=by)
    return None


def holding_of(place: Place, person: User) -> Holding:
    """What is offered to ``person`` in the place. One query."""
    offers = list(offers_in(place).filter(user=person))
    return Holding(
        roles=tuple(PlaceRole(one.role) for one in offers if one.role),
        finance=tuple(one.organisation for one in offers if one.organisation),
        boards=tuple(one.board for one in offers if one.board),
        posts=tuple(one.post for one in offers if one.post),
    )


def take_back(place: Place, person: User, *, at: datetime) -> bool:
    """Nothing is offered any more, and mail that has not left stays; False when nothing was. The place is locked."""
    link = accounts.revoke_invitation(user=person, scope=scope_of(place), at=at)
    return _take_back(place, person) or link


def _take_back(place: Place, person: User) -> bool:
    found = list(Offer.objects.filter(place=place, user=person))
    for key in {one.mail_key for one in found}:
        withdraw_mail(key=key)
    for one in found:
        one.delete()
    return bool(found)


def _check(holding: Holding) -> None:
    if PlaceRole.AUDITOR in holding.roles and (
        len(holding.roles) > 1 or holding.finance or holding.posts
    ):
        raise CannotChangePeople(
            "An auditor sees everything and changes nothing: offer that role alone, or with seats on boards."
        )
    held = [one for one in holding.posts if one.holder_id is not None]
    if held:
        raise CannotChangePeople(
            f"{held[0]} is held by somebody. Who has still to accept is offered vacant posts only."
        )
