"""A change request from proposed to its end: agreed by both sides and applied, refused, withdrawn or expired."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from icp.accounts.models import User
from icp.common.words import plural, sentence_list
from programmes import notices_of_changes as notices
from programmes.errors import CannotChangePlan, NotSaidYet, StaleChange
from programmes.models import ChangeLineKind, ChangeRequest, ChangeState, Place, PlanItem
from programmes.rules.changes import (
    AGREEING,
    EXPIRES_AFTER,
    Act,
    State,
    has_effect,
    is_expired,
    is_stale,
    state_after,
)
from programmes.selectors.changes import facts_of_line, lines_of
from programmes.services.change_apply import apply_request
from programmes.services.changes import LACKS, locked, permit, touch, unsaid_of
from programmes.services.outline_writing import hold_plan

# So many rows are named in a sentence, and no more.
NAMED = 8


@transaction.atomic
def propose_request(
    *, request: ChangeRequest, by: User, at: datetime, expected_version: int | None = None
) -> ChangeRequest:
    """Put a draft before the two sides that agree to it.

    Raises:
        NotAllowed: ``by`` neither leads the programme nor is of the office.
        NotSaidYet: it does not say why, what else it touches, or who was consulted.
        CannotChangePlan: it is no draft, has no lines, one of them would change nothing, or a row would go that none
            of them names.
        StaleChange: it was changed since ``expected_version``; so do those below.
    """
    found = _found(request, Act.PROPOSE, by=by, at=at, expected_version=expected_version)
    _check_said(found)
    _check_effect(found)
    _check_fresh(found)
    _check_whole(found)
    found.proposed_by, found.proposed_at = by, at
    touch(found, at=at, act=Act.PROPOSE)
    notices.tell_proposed(found, by=by, at=at)
    return found


@transaction.atomic
def agree_request(
    *,
    request: ChangeRequest,
    act: Act,
    by: User,
    at: datetime,
    expected_version: int | None = None,
) -> ChangeRequest:
    """Agree for one side (``act``). When both have agreed the plan is changed, in this transaction.

    Raises:
        NotAllowed: ``by`` neither leads the programme nor is of the office.
        CannotChangePlan: they may not agree for that side, a row was agreed anew or came to stand below one
            that goes since, or the plan does not take the change. Nothing is agreed then.
    """
    assert act in AGREEING
    found = _found(request, act, by=by, at=at, expected_version=expected_version)
    # Another request that names the same rows may be agreed at this moment: one after the other.
    hold_plan(programme=found.programme)
    _check_fresh(found)
    _check_effect(found)
    _check_whole(found)
    if act == Act.AGREE_FOR_PROGRAMME:
        found.programme_agreed_by, found.programme_agreed_at = by, at
    else:
        found.office_agreed_by, found.office_agreed_at = by, at
    both = state_after(act, state=State(found.state)) == State.AGREED
    if both:
        # While its lines can still be told their rows: once it is agreed nothing of it changes any more.
        apply_request(request=found)
    touch(found, at=at, act=act)
    if both:
        notices.tell_agreed(found, by=by, at=at)
    else:
        notices.tell_one_side_agreed(found, by=by, at=at)
    return found


@transaction.atomic
def refuse_request(
    *,
    request: ChangeRequest,
    because: str,
    by: User,
    at: datetime,
    expected_version: int | None = None,
) -> ChangeRequest:
    """Say no to a request that waits, and why.

    Raises:
        NotAllowed: ``by`` neither leads the programme nor is of the office.
        CannotChangePlan: no reason is given, or it does not wait.
    """
    found = _found(request, Act.REFUSE, by=by, at=at, expected_version=expected_version)
    if not because.strip():
        raise CannotChangePlan(f"Say why {found.reference} is refused.")
    return _end(found, Act.REFUSE, because=because.strip(), by=by, at=at)


@transaction.atomic
def withdraw_request(
    *,
    request: ChangeRequest,
    by: User,
    at: datetime,
    because: str = "",
    expected_version: int | None = None,
) -> ChangeRequest:
    """Take a request back that has not ended.

    Raises:
        NotAllowed: ``by`` neither leads the programme nor is of the office.
        CannotChangePlan: it has ended, or is for others to withdraw.
    """
    found = _found(request, Act.WITHDRAW, by=by, at=at, expected_version=expected_version)
    return _end(found, Act.WITHDRAW, because=because.strip(), by=by, at=at)


@transaction.atomic
def expire_untouched(*, place: Place, today: date, at: datetime) -> list[str]:
    """End the place's requests that nobody has touched for :data:`EXPIRES_AFTER`, and tell who drafted them.

    Returns what it did, in words.
    """
    # A day more than needed: the rule goes by dates, the column by moments.
    around = at - EXPIRES_AFTER + timedelta(days=1)
    standing = ChangeRequest.objects.standing().filter(place=place, touched_at__lte=around)
    done = []
    for request in standing.select_for_update(of=("self",), skip_locked=True).select_related(
        "programme", "place", "drafted_by"
    ):
        if not is_expired(touched=timezone.localdate(request.touched_at), on=today):
            continue
        request.state, request.ended_at = ChangeState.EXPIRED, at
        request.ended_because = (
            f"Nobody did anything with it for {plural(EXPIRES_AFTER.days, 'day')}."
        )
        request.version += 1
        request.save()
        notices.tell_expired(request)
        done.append(request.reference)
    return [f"Ended {sentence_list(done)}: nobody had touched it."] if done else []


def _found(
    request: ChangeRequest, act: Act, *, by: User, at: datetime, expected_version: int | None
) -> ChangeRequest:
    found = locked(request)
    permit(found, act, by=by, at=at)
    if expected_version is not None and expected_version != found.version:
        raise StaleChange(
            f"{found.reference} was changed while you were reading. Read it again, then decide.",
            current=found,
        )
    return found


def _end(
    request: ChangeRequest, act: Act, *, because: str, by: User, at: datetime
) -> ChangeRequest:
    request.ended_by, request.ended_at, request.ended_because = by, at, because
    waited = request.state != ChangeState.DRAFT
    touch(request, at=at, act=act)
    if waited:
        notices.tell_ended(request, by=by, at=at)
    return request


def _check_said(request: ChangeRequest) -> None:
    lacks = unsaid_of(request)
    if lacks:
        raise NotSaidYet(
            f"{request.reference} is not proposed yet. It has to say"
            f" {sentence_list([LACKS[name].what for name in lacks])}.",
            {name: LACKS[name].sentence for name in lacks},
        )


def _check_effect(request: ChangeRequest) -> None:
    lines = lines_of(request)
    if not lines:
        raise CannotChangePlan(f"{request.reference} names no row yet: add one.")
    idle = [line for line in lines if not has_effect(facts_of_line(line))]
    if idle:
        names = sentence_list([line.item.reference for line in idle if line.item])
        raise CannotChangePlan(
            f"{request.reference} would change nothing of {names}: give other dates, or take it out."
        )


def _check_fresh(request: ChangeRequest) -> None:
    stale = [line for line in lines_of(request) if is_stale(facts_of_line(line))]
    if stale:
        names = sentence_list([line.item.reference for line in stale if line.item])
        raise CannotChangePlan(
            f"{names} changed in the agreed plan after {request.reference} was written."
            f" Look at it again: change {request.reference}, save it, and propose it again."
        )


def _check_whole(request: ChangeRequest) -> None:
    """A row that goes takes along what stands below it: people agree to those rows only that they can read."""
    goes = request.lines.filter(kind=ChangeLineKind.REMOVE).values("item")
    below = PlanItem.objects.present().filter(parent__in=goes).exclude(pk__in=goes)
    left = list(below.select_related("programme").order_by("position")[:NAMED])
    if left:
        names, verb = sentence_list([row.reference for row in left]), "stands"
        raise CannotChangePlan(
            f"{names} {verb if len(left) == 1 else 'stand'} under what {request.reference} removes, and would go"
            f" with it: add {'it' if len(left) == 1 else 'them'} to {request.reference}, or move"
            f" {'it' if len(left) == 1 else 'them'} elsewhere first."
        )
