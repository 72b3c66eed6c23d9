"""Who belongs to a place: roles over it, seats on boards, posts held. Who is let in is in ``inviting``.

Every change waits its turn behind a lock on the place, and is then allowed only to somebody who is still its
administrator (``by`` is nobody on the command line). Giving what is held and taking what is not changes
nothing, so two people may press the same button; a post that changed hands meanwhile is refused.
"""

from datetime import datetime

from django.db import transaction

from icp.accounts import services as accounts
from icp.accounts.models import User
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
from programmes.selectors.people import (
    administers,
    belongs,
    changes_things,
    finance_name,
    is_auditor,
    scope_of,
)
from programmes.services.offers import Holding, ask


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
    Who does not belong to the place (they have left, say, or have not accepted yet) is asked, and given nothing.

    Raises:
        CannotChangePeople: a post changed hands since.
    """
    place = the_place(place, by=by)
    if not belongs(person=person, place=place):
        ask(place=place, person=person, holding=holding, by=by, at=at)
        return []
    return hand_over(
        place=place, person=person, holding=holding, expected_holder=expected_holder, by=by, at=at
    )


@transaction.atomic
def hand_over(
    *,
    place: Place,
    person: User,
    holding: Holding,
    expected_holder: int | None,
    by: User | None,
    at: datetime,
) -> list[str]:
    """As :func:`give`, whether or not they belong to the place."""
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
