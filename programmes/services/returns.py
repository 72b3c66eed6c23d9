"""Handing in a return: submit, recall, sign off, send back."""

from datetime import date, datetime

from django.db import transaction

from icp.accounts.models import User
from programmes import selectors
from programmes.errors import CannotSignOff, CannotSubmit
from programmes.models import Period, Programme, Return, ReturnState
from programmes.models.cycle import HANDED_IN_STATES
from programmes.notices import tell_lead_sent_back, tell_sro_submitted
from programmes.services.statuses import copy_last_status, lock_period, open_return


@transaction.atomic
def submit_return(
    *, programme: Programme, period: Period, by: User, at: datetime, today: date
) -> Return:
    """Hand in the programme's return.

    Raises:
        CannotSubmit: with what each row lacks: a status that is not whole, or no status for a row
            that was red or amber last period; or an earlier period still waits for its return.
        CannotSave: the period is closed or the return is handed in already.
    """
    found = open_return(programme_id=programme.pk, period=period)
    _check_order(programme=programme, period=period)
    missing = what_is_missing(programme=programme, period=period, today=today)
    if missing:
        rows = "1 row needs" if len(missing) == 1 else f"{len(missing)} rows need"
        raise CannotSubmit(
            f"The return cannot be submitted yet: {rows} something more.", missing=missing
        )
    return _hand_in(found, by=by, at=at, is_nil=False)


@transaction.atomic
def nil_return(
    *, programme: Programme, period: Period, by: User, at: datetime, today: date
) -> Return:
    """Hand in: nothing has changed. Last period's statuses stand again, with their reasons.

    Raises:
        CannotSubmit: something was updated this period, or last period's statuses no longer suffice.
        CannotSave: the period is closed or the return is handed in already.
    """
    found = open_return(programme_id=programme.pk, period=period)
    _check_order(programme=programme, period=period)
    if programme.items.filter(statuses__period=period).exists():
        raise CannotSubmit(
            "Rows have been updated this month, so this is not a nil return. Submit the return instead."
        )
    before = selectors.period_before(period)
    if before:
        items = list(selectors.live_items(programme=programme, period=period))
        copy_last_status(items=items, period=period, last=before, by=by, at=at)
    missing = what_is_missing(programme=programme, period=period, today=today)
    if missing:
        raise CannotSubmit(
            "A nil return is not enough this month: last month's statuses need a word more.",
            missing=missing,
        )
    return _hand_in(found, by=by, at=at, is_nil=True)


def what_is_missing(*, programme: Programme, period: Period, today: date) -> dict[str, list[str]]:
    """For each row that keeps the return from being submitted: its reference and what to do."""
    rows = selectors.rows_lacking(programme=programme, period=period, today=today)
    return {row.item.reference: [wanted.what for wanted in row.missing] for row in rows}


def _check_order(*, programme: Programme, period: Period) -> None:
    """An earlier return comes first: what is typed but not handed in moves on when its period closes."""
    for earlier in selectors.live_periods(place=period.place):
        if earlier.ends_on >= period.starts_on:
            return
        handed_in = Return.objects.filter(
            programme=programme, period=earlier, state__in=HANDED_IN_STATES
        )
        if not handed_in.exists():
            raise CannotSubmit(f"Hand in the return of {earlier.name} first.")


@transaction.atomic
def recall_return(*, programme: Programme, period: Period, by: User, at: datetime) -> Return:
    """Take a handed-in return back for editing, until the period closes. A sign-off falls away.

    Raises:
        CannotSubmit: it was not handed in, or the period is closed.
    """
    found, period = _locked(programme=programme, period=period)
    if not period.is_live:
        raise CannotSubmit(f"{period.name} is closed: its returns stay as they are.")
    if found is None or not found.is_handed_in:
        raise CannotSubmit("This return has not been submitted, so there is nothing to recall.")
    return _reopen(found, ReturnState.IN_HAND)


@transaction.atomic
def sign_off_return(*, programme: Programme, period: Period, by: User, at: datetime) -> Return:
    """Sign off a submitted return; by somebody other than who submitted it.

    Raises:
        CannotSignOff: it is not submitted, the period is closed, or one person would do both.
    """
    found = _to_sign_off(programme=programme, period=period)
    if found.submitted_by_id == by.pk:
        raise CannotSignOff("You submitted this return: another person must sign it off.")
    found.state = ReturnState.SIGNED_OFF
    found.signed_off_by, found.signed_off_at = by, at
    found.save()
    return found


@transaction.atomic
def send_back_return(
    *, programme: Programme, period: Period, by: User, at: datetime, question: str
) -> Return:
    """Send a submitted return back to its lead with a question; the lead is told by e-mail.

    Raises:
        CannotSignOff: no question, it is not submitted, or the period is closed.
    """
    question = question.strip()
    if not question:
        raise CannotSignOff("Write the question that the lead is to answer.")
    found = _to_sign_off(programme=programme, period=period)
    _reopen(found, ReturnState.SENT_BACK, question=question)
    tell_lead_sent_back(found, by=by, at=at)
    return found


def _hand_in(found: Return, *, by: User, at: datetime, is_nil: bool) -> Return:
    found.state = ReturnState.SUBMITTED
    found.is_nil = is_nil
    found.submitted_by, found.submitted_at = by, at
    found.question = ""
    found.save()
    tell_sro_submitted(found, by=by, at=at)
    return found


def _reopen(found: Return, state: ReturnState, question: str = "") -> Return:
    found.state, found.question, found.is_nil = state, question, False
    found.submitted_by = found.submitted_at = None
    found.signed_off_by = found.signed_off_at = None
    found.save()
    return found


def _locked(*, programme: Programme, period: Period) -> tuple[Return | None, Period]:
    """The return and its period as they are now; neither changes until the transaction ends."""
    period = lock_period(period)
    found = (
        Return.objects.select_for_update(of=("self",))
        .select_related("period", "programme")
        .filter(programme=programme, period=period)
        .first()
    )
    return found, period


def _to_sign_off(*, programme: Programme, period: Period) -> Return:
    found, period = _locked(programme=programme, period=period)
    if not period.is_live:
        raise CannotSignOff(f"{period.name} is closed: its returns stay as they are.")
    if found is None or found.state != ReturnState.SUBMITTED:
        raise CannotSignOff("This return is not waiting for sign-off.")
    return found
