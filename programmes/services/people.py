"""Who belongs to a place: invitations, roles over it, seats on boards, posts held.

Every change waits its turn behind a lock on the place, and is then allowed only to somebody who is still its
administrator (``by`` is nobody on the command line). Giving what is held and taking what is not changes
nothing, so two people may press the same button; a post that changed hands meanwhile is refused.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from icp.accounts import services as accounts
from icp.accounts.errors import CannotInvite
from icp.accounts.models import User
from icp.accounts.services import Issued
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.models import (
    Board,
    BoardMember,
    FinanceLead,
    Membership,
    Organisation,
    Place,
    PlaceRole,
    Post,
)
from programmes.notices import tell_of_access
from programmes.selectors.people import (
    administers,
    belongs,
    changes_things,
    finance_name,
    held_by,
    is_auditor,
    people_of,
    scope_of,
    with_holdings,
)


@dataclass(frozen=True)
class Holding:
    """What one person is to hold in one place."""

    roles: tuple[PlaceRole, ...] = ()
    finance: tuple[Organisation, ...] = ()
    boards: tuple[Board, ...] = ()
    posts: tuple[Post, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roles or self.finance or self.boards or self.posts)


@dataclass(frozen=True)
class Invited:
    """Somebody who now belongs to the place; ``issued`` is None for who signs in already."""

    person: User
    issued: Issued | None


@transaction.atomic
def invite_person(
    *, place: Place, email: str, name: str, holding: Holding, by: User | None, at: datetime
) -> Invited:
    """Make somebody one of the place's people: an account where there is none, what they hold, and a mail.

    Who cannot sign in yet is sent a link to choose a password; who can is told what they may do now. An
    account that exists keeps its name.

    Raises:
        CannotChangePeople: they belong to the place already, are to hold nothing, the account is closed,
            or a post is held by somebody.
    """
    place = the_place(place, by=by)
    if not holding:
        raise CannotChangePeople(
            "Choose at least one role, board or post: without one they see nothing."
        )
    person, _ = User.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "password": make_password(None)}
    )
    if belongs(person=person, place=place):
        raise CannotChangePeople(
            f"{person.email} belongs to {place} already. Change what they hold on their own page."
        )
    if not person.is_active:
        raise CannotChangePeople(f"The account of {person.email} is closed and cannot be invited.")
    return add_person(place=place, person=person, holding=holding, by=by, at=at)


@transaction.atomic
def add_person(
    *, place: Place, person: User, holding: Holding, by: User | None, at: datetime
) -> Invited:
    """Give ``person`` all of ``holding``, and send the invitation or, to who signs in already, a notice.

    Raises:
        CannotChangePeople: a post is held by somebody else.
    """
    give(place=place, person=person, holding=holding, expected_holder=None, by=by, at=at)
    if person.can_sign_in:
        here = with_holdings(people_of(place=place, at=at), place=place).get(pk=person.pk)
        tell_of_access(person, place, held=[str(one) for one in held_by(here)], by=by, at=at)
        return Invited(person, None)
    return Invited(person, _invite(place, person, by=by, at=at))


@transaction.atomic
def give(
    *,
    place: Place,
    person: User,
    holding: Holding,
    expected_holder: int | None,
    by: User | None,
    at: datetime,
) -> list[str]:
    """Give all of ``holding`` or nothing; returns the names of what ``person`` did not hold before.

    ``expected_holder`` is of every post in it: the id of who held it when the page was shown, None for nobody.

    Raises:
        CannotChangePeople: a post changed hands since.
    """
    given = [
        role.label
        for role in holding.roles
        if give_role(place=place, person=person, role=role, by=by)
    ]
    given += [
        finance_name(organisation)
        for organisation in holding.finance
        if give_finance(place=place, person=person, organisation=organisation, by=by)
    ]
    given += [
        board.name
        for board in holding.boards
        if give_seat(place=place, person=person, board=board, by=by)
    ]
    for post in holding.posts:
        if give_post(
            place=place, person=person, post=post, expected_holder=expected_holder, by=by, at=at
        ):
            given.append(post.title)
    return given


@transaction.atomic
def invite_again(*, place: Place, person: User, by: User | None, at: datetime) -> Issued:
    """A new link for who has not chosen a password yet; the place's older one is dead.

    Raises:
        CannotChangePeople: they can sign in already, belong to the place no more, or the account is closed.
    """
    place = the_place(place, by=by)
    if not belongs(person=person, place=place):
        raise CannotChangePeople(f"{person} holds nothing in {place}: give them a role first.")
    return _invite(place, person, by=by, at=at)


@transaction.atomic
def withdraw_invitation(*, place: Place, person: User, by: User | None, at: datetime) -> bool:
    """Make the place's pending link dead; False when there is none. What they hold stays."""
    place = the_place(place, by=by)
    return accounts.revoke_invitation(user=person, scope=scope_of(place), at=at)


@transaction.atomic
def give_role(*, place: Place, person: User, role: PlaceRole, by: User | None) -> bool:
    """A role over the whole place; False when they have it already.

    Raises:
        CannotChangePeople: it would make an auditor somebody who changes things, or the other way round.
    """
    place = the_place(place, by=by)
    if role == PlaceRole.AUDITOR:
        _refuse_as_auditor(place, person)
    else:
        _refuse_to_auditor(place, person)
    _, new = Membership.objects.get_or_create(place=place, user=person, role=role)
    return new


@transaction.atomic
def take_role(
    *, place: Place, person: User, role: PlaceRole, by: User | None, at: datetime
) -> bool:
    """Take a role away; False when they do not have it.

    Raises:
        CannotChangePeople: no administrator who can sign in would remain.
    """
    place = the_place(place, by=by)
    held = Membership.objects.filter(place=place, user=person, role=role)
    if not held.exists():
        return False
    if role == PlaceRole.ADMINISTRATOR:
        keep_an_administrator(place, without=person)
    held.delete()
    _after_taking(place, person, at=at)
    return True


@transaction.atomic
def give_finance(
    *, place: Place, person: User, organisation: Organisation, by: User | None
) -> bool:
    """Make somebody a finance lead of an organisation of the place; False when they are already."""
    place = the_place(place, by=by)
    _of_this_place(organisation.place_id, place)
    _refuse_to_auditor(place, person)
    _, new = FinanceLead.objects.get_or_create(organisation=organisation, user=person)
    return new


@transaction.atomic
def take_finance(
    *, place: Place, person: User, organisation: Organisation, by: User | None, at: datetime
) -> bool:
    """Take a finance lead's duty away; False when they have it not."""
    place = the_place(place, by=by)
    _of_this_place(organisation.place_id, place)
    taken, _ = FinanceLead.objects.filter(organisation=organisation, user=person).delete()
    _after_taking(place, person, at=at)
    return bool(taken)


@transaction.atomic
def give_seat(*, place: Place, person: User, board: Board, by: User | None) -> bool:
    """A seat on a board of the place; False when they sit on it already."""
    place = the_place(place, by=by)
    _of_this_place(board.place_id, place)
    _, new = BoardMember.objects.get_or_create(board=board, user=person)
    return new


@transaction.atomic
def take_seat(*, place: Place, person: User, board: Board, by: User | None, at: datetime) -> bool:
    """Take a seat away; False when they do not sit on the board."""
    place = the_place(place, by=by)
    _of_this_place(board.place_id, place)
    taken, _ = BoardMember.objects.filter(board=board, user=person).delete()
    _after_taking(place, person, at=at)
    return bool(taken)


@transaction.atomic
def give_post(
    *,
    place: Place,
    person: User,
    post: Post,
    expected_holder: int | None,
    by: User | None,
    at: datetime,
) -> bool:
    """Let ``person`` hold a post of the place; False when they do already.

    ``expected_holder`` is the id of who held it when the page was shown, None for nobody.

    Raises:
        CannotChangePeople: it changed hands since.
    """
    place = the_place(place, by=by)
    _of_this_place(post.place_id, place)
    post = Post.objects.select_related("holder").get(pk=post.pk)
    if post.holder_id == person.pk:
        return False
    _refuse_to_auditor(place, person)
    if post.holder_id != expected_holder:
        now = f"held by {post.holder}" if post.holder else "vacant"
        raise CannotChangePeople(f"{post} is now {now}: it changed since you looked. Choose again.")
    before, post.holder = post.holder, person
    post.save(update_fields=["holder"])
    if before:
        _after_taking(place, before, at=at)
    return True


@transaction.atomic
def take_post(*, place: Place, person: User, post: Post, by: User | None, at: datetime) -> bool:
    """Leave a post vacant; False when ``person`` does not hold it."""
    place = the_place(place, by=by)
    _of_this_place(post.place_id, place)
    taken = Post.objects.filter(pk=post.pk, holder=person).update(holder=None)
    _after_taking(place, person, at=at)
    return bool(taken)


def the_place(place: Place, *, by: User | None) -> Place:
    """The place, locked: from here on nobody else changes its people, until the transaction ends."""
    found = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    if by is not None and not administers(user=by, place=found):
        raise NotAllowed(f"Only an administrator of {found} may change its people.")
    return found


def _of_this_place(place_id: int, place: Place) -> None:
    if place_id != place.pk:
        raise NotAllowed(f"This does not belong to {place}.")


def _refuse_to_auditor(place: Place, person: User) -> None:
    if is_auditor(person=person, place=place):
        raise CannotChangePeople(
            f"{person} is an auditor of {place}, who sees everything and changes nothing. Take that role away first."
        )


def _refuse_as_auditor(place: Place, person: User) -> None:
    if changes_things(person=person, place=place):
        raise CannotChangePeople(
            f"{person} holds something in {place} that changes things, and an auditor changes nothing. "
            "Take that away first."
        )


def keep_an_administrator(place: Place, *, without: User) -> None:
    """One must remain who can sign in: who was only invited may never come."""
    others = Membership.objects.filter(place=place, role=PlaceRole.ADMINISTRATOR).exclude(
        user=without
    )
    if not others.filter(user__in=User.objects.able_to_sign_in()).exists():
        raise CannotChangePeople(
            f"{without} is the last administrator of {place} who can sign in. Make somebody else "
            "administrator first, and wait until they have signed in."
        )


def _after_taking(place: Place, person: User, *, at: datetime) -> None:
    """A link to a place where one holds nothing leads nowhere."""
    if not belongs(person=person, place=place):
        accounts.revoke_invitation(user=person, scope=scope_of(place), at=at)


def _invite(place: Place, person: User, *, by: User | None, at: datetime) -> Issued:
    try:
        return accounts.invite(user=person, scope=scope_of(place), host=place.name, by=by, at=at)
    except CannotInvite as refused:
        raise CannotChangePeople(str(refused)) from None
