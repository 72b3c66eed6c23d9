"""Letting somebody into a place: the link of who is new, the question to who has an account, and its answer.

Every change waits its turn behind the lock on the place, as in ``people``.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from icp.accounts import services as accounts
from icp.accounts.errors import CannotInvite
from icp.accounts.models import User
from icp.accounts.services import Issued
from programmes.errors import CannotChangePeople
from programmes.models import Offer, Place
from programmes.selectors.people import belongs, scope_of
from programmes.services.offers import Holding, ask, holding_of, take_back
from programmes.services.people import hand_over, the_place


@dataclass(frozen=True)
class Invited:
    """Somebody who now belongs to the place, or is ``asked`` to and has still to accept.

    ``issued`` is the link by which they come in; None for who signs in already.
    """

    person: User
    issued: Issued | None
    asked: bool = False


@transaction.atomic
def invite_person(
    *, place: Place, email: str, name: str, holding: Holding, by: User | None, at: datetime
) -> Invited:
    """Make somebody one of the place's people: an account where there is none, what they hold, and a mail.

    Who is new is sent a link to choose a password. Who has an account keeps it and its name, and holds nothing
    until they accept (:mod:`programmes.services.offers`).

    Raises:
        CannotChangePeople: they belong to the place already, are to hold nothing, the account is closed,
            or a post is held by somebody.
    """
    place = the_place(place, by=by)
    if not holding:
        raise CannotChangePeople(
            "Choose at least one role, board or post: without one they see nothing."
        )
    person, is_new = User.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "password": make_password(None)}
    )
    if belongs(person=person, place=place):
        raise CannotChangePeople(
            f"{person.email} belongs to {place} already. Change what they hold on their own page."
        )
    return add_person(place=place, person=person, is_new=is_new, holding=holding, by=by, at=at)


@transaction.atomic
def add_person(
    *,
    place: Place,
    person: User,
    is_new: bool,
    holding: Holding,
    by: User | None,
    at: datetime,
) -> Invited:
    """Give whose account ``is_new`` all of ``holding`` and send the link; ask who had one before.

    Raises:
        CannotChangePeople: a post is held by somebody else, or the account is closed.
    """
    place = the_place(place, by=by)
    if not is_new:
        issued = ask(place=place, person=person, holding=holding, by=by, at=at)
        return Invited(person, issued, asked=True)
    hand_over(place=place, person=person, holding=holding, expected_holder=None, by=by, at=at)
    return Invited(person, _invite(place, person, by=by, at=at))


@transaction.atomic
def accept(*, place: Place, person: User, at: datetime) -> list[str]:
    """``person`` takes on what they are asked to, and belongs to the place from now on; returns the names of it.

    A post that somebody else was given meanwhile is left out.

    Raises:
        CannotChangePeople: they are asked nothing any more, or nothing of it is left.
    """
    place = the_place(place, by=None)
    if not Offer.objects.open_at(at).filter(place=place, user=person).exists():
        raise CannotChangePeople(f"You are not invited to {place} any more.")
    offered = holding_of(place, person)
    free = replace(offered, posts=tuple(one for one in offered.posts if one.holder_id is None))
    if not free:
        raise CannotChangePeople(
            f"What you were invited to {place} for has been given to somebody else. Ask who invited you."
        )
    given = hand_over(
        place=place, person=person, holding=free, expected_holder=None, by=None, at=at
    )
    take_back(place, person, at=at)
    return given


@transaction.atomic
def invite_again(*, place: Place, person: User, by: User | None, at: datetime) -> Invited:
    """A new link for who has not chosen a password yet, or the same question once more; the older link is dead.

    Raises:
        CannotChangePeople: they can sign in already, belong to the place no more, or the account is closed.
    """
    place = the_place(place, by=by)
    if belongs(person=person, place=place):
        return Invited(person, _invite(place, person, by=by, at=at))
    if not Offer.objects.filter(place=place, user=person).exists():
        raise CannotChangePeople(f"{person} holds nothing in {place}: give them a role first.")
    issued = ask(place=place, person=person, holding=Holding(), by=by, at=at)
    return Invited(person, issued, asked=True)


@transaction.atomic
def withdraw_invitation(*, place: Place, person: User, by: User | None, at: datetime) -> bool:
    """Make the place's pending link dead, and offer nothing more; False when there is neither. What they hold stays."""
    place = the_place(place, by=by)
    return take_back(place, person, at=at)


def _invite(place: Place, person: User, *, by: User | None, at: datetime) -> Issued:
    try:
        return accounts.invite(user=person, scope=scope_of(place), host=place.name, by=by, at=at)
    except CannotInvite as refused:
        raise CannotChangePeople(str(refused)) from None
