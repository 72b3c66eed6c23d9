"""Moving budget between lines, by two people (domain section 6)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from finance.errors import CannotDecide, CannotMoveBudget, StaleMoney
from finance.models import (
    HANDED_IN,
    BudgetLine,
    FinanceMonth,
    MonthState,
    Submission,
    Virement,
    VirementLine,
    VirementState,
)
from finance.rules.virements import Move, needs_board, refused
from finance.selectors.positions import rules_of
from finance.services.locking import lock_months_from
from icp.accounts.models import User
from programmes.models import Board, Place


@transaction.atomic
def propose_virement(
    *,
    place: Place,
    year: int,
    from_month: int,
    amounts: Mapping[int, Decimal],
    reason: str,
    by: User,
    at: datetime,
) -> Virement:
    """Propose to move budget from month ``from_month`` on. ``amounts`` in pounds by line, negative where it gives.

    Raises:
        CannotMoveBudget: it does not add up to nought, a line is not the place's in that year, budget may not
            move between partners, nothing says why, or the month is closed.
    """
    lines = list(
        BudgetLine.objects.filter(pk__in=amounts, organisation__place=place, year=year)
        .select_related("organisation", "workstream")
        .in_order()
    )
    if len(lines) < len(amounts):
        raise CannotMoveBudget("Name lines of this place and of one year.")
    if gone := [one for one in lines if not one.from_month <= from_month <= one.to_month]:
        raise CannotMoveBudget(f"{gone[0]} is not entered in month {from_month}.")
    if not reason.strip():
        raise CannotMoveBudget("Say why the budget moves.")
    # Proposals of one place take turns, so that each gets a number of its own.
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    _check_month(place, year, from_month)
    if why := refused(
        _moves(lines, amounts), across_partners=rules_of(place=place).across_partners
    ):
        raise CannotMoveBudget(why)
    last = Virement.objects.filter(place=place).aggregate(last=Max("number"))["last"] or 0
    made = Virement.objects.create(
        place=place,
        year=year,
        number=last + 1,
        from_month=from_month,
        reason=reason,
        proposed_by=by,
        proposed_at=at,
    )
    VirementLine.objects.bulk_create(
        VirementLine(virement=made, line=line, amount=amounts[line.pk]) for line in lines
    )
    return made


@transaction.atomic
def decide_virement(
    *,
    virement: Virement,
    approve: bool,
    by: User,
    at: datetime,
    expected_version: int,
    decision: str = "",
    board: Board | None = None,
    board_decided_on: date | None = None,
) -> Virement:
    """Approve or refuse. Deciding again as before changes nothing.

    Raises:
        CannotDecide: it was decided otherwise or withdrawn, the same person proposed it, it needs a board that is
            not named, a refusal says no reason, or the figures of a month that it changes are handed in.
        CannotMoveBudget: its month has been closed meanwhile.
        StaleMoney: somebody else decided it or withdrew it since it was looked at.
    """
    found = (
        Virement.objects.select_for_update(of=("self",)).select_related("place").get(pk=virement.pk)
    )
    wanted = VirementState.APPROVED if approve else VirementState.REFUSED
    if found.state == wanted:
        return found
    _check_version(found, expected_version)
    if found.state != VirementState.PROPOSED:
        raise CannotDecide(f"{found} is {found.get_state_display().lower()} already.")
    if approve:
        _check_approval(found, by=by, board=board, board_decided_on=board_decided_on)
    elif not decision.strip():
        raise CannotDecide("Say why it is refused.")
    found.board, found.board_decided_on = (board, board_decided_on) if approve else (None, None)
    return _end(found, wanted, by=by, at=at, decision=decision)


@transaction.atomic
def withdraw_virement(
    *, virement: Virement, by: User, at: datetime, expected_version: int
) -> Virement:
    """Take a proposal back. Withdrawing twice changes nothing.

    Raises:
        CannotDecide: it was decided.
        StaleMoney: it was decided since it was looked at.
    """
    found = Virement.objects.select_for_update().get(pk=virement.pk)
    if found.state == VirementState.WITHDRAWN:
        return found
    _check_version(found, expected_version)
    if found.state != VirementState.PROPOSED:
        raise CannotDecide(f"{found} is {found.get_state_display().lower()} already.")
    return _end(found, VirementState.WITHDRAWN, by=by, at=at, decision="")


def _check_version(found: Virement, expected_version: int) -> None:
    if found.version != expected_version:
        who = f", by {found.decided_by}" if found.decided_by else ""
        said = f": “{found.decision}”" if found.decision else ""
        raise StaleMoney(
            f"{found} is not what you looked at: it is {found.get_state_display().lower()} now{who}{said}.",
            found,
        )


def moves_of(virement: Virement) -> list[Move]:
    """What each of its lines gives or takes. One query."""
    said = virement.lines.select_related("line__organisation", "line__workstream").order_by("pk")
    return [
        Move(one.line_id, str(one.line), one.line.organisation.short_name, one.amount)
        for one in said
    ]


def _check_approval(
    found: Virement, *, by: User, board: Board | None, board_decided_on: date | None
) -> None:
    if found.proposed_by_id == by.pk:
        raise CannotDecide("Two people are needed: you proposed this virement yourself.")
    # Before anything is looked at: a month that is being closed is closed, or waits for this.
    months = lock_months_from(place=found.place, year=found.year, number=found.from_month)
    limit = Decimal(rules_of(place=found.place).board_above)
    if needs_board(moves_of(found), above=limit) and (board is None or board_decided_on is None):
        raise CannotDecide(
            f"A virement of £{limit:,.0f} or more needs a board: say which decided, and when."
        )
    if any(one.is_closed and one.number == found.from_month for one in months):
        raise CannotMoveBudget(_says_closed(found.from_month))
    _check_in_hand(found, [one for one in months if not one.is_closed])


def _check_in_hand(found: Virement, months: Sequence[FinanceMonth]) -> None:
    """Budgets that were handed in stay what virements make them: who hands in waits until this is decided, and is
    asked by what was decided.
    """
    partners = found.lines.values("line__organisation")
    said = Submission.objects.select_for_update(of=("self",)).filter(
        month__in=months, organisation__in=partners
    )
    for one in said.select_related("organisation", "month").order_by("month__number", "pk"):
        if one.state in HANDED_IN:
            raise CannotDecide(
                f"{one.organisation.short_name}'s {one.month} is {one.get_state_display().lower()} with the budgets "
                "as they are. Send it back first, or let the virement count from a later month."
            )


def _check_month(place: Place, year: int, number: int) -> None:
    """Budgets of stamped months stay as they are."""
    closed = FinanceMonth.objects.filter(
        place=place, year=year, number=number, state=MonthState.CLOSED
    )
    if closed.exists():
        raise CannotMoveBudget(_says_closed(number))


def _says_closed(number: int) -> str:
    return f"Month {number} is closed: let the virement count from a month that is open."


def _moves(lines: Sequence[BudgetLine], amounts: Mapping[int, Decimal]) -> list[Move]:
    return [
        Move(line.pk, str(line), line.organisation.short_name, amounts[line.pk]) for line in lines
    ]


def _end(
    found: Virement, state: VirementState, *, by: User, at: datetime, decision: str
) -> Virement:
    found.state, found.decision = state, decision
    found.decided_by, found.decided_at = by, at
    found.version += 1
    found.save()
    return found
