"""Handing in a return: submit, recall, sign off, send back."""

from datetime import date, datetime

from django.db import transaction

from icp.accounts.models import User
from programmes import selectors
from programmes.errors import CannotSignOff, CannotSubmit, StaleAnswer, StaleReturn
from programmes.models import Period, Programme, Return, ReturnQuestion, ReturnState, Status
from programmes.models.cycle import HANDED_IN_STATES
from programmes.notices import tell_lead_sent_back, tell_sro_recalled, tell_sro_submitted
from programmes.services.statuses import copy_last_status, lock_period, locked_return, open_return


@transaction.atomic
def submit_return(
    *,
    programme: Programme,
    period: Period,
    by: User,
    at: datetime,
    today: date,
    answer: str | None = None,
) -> Return:
    """Hand in the programme's return. ``answer`` is to the question it was sent back with, if it was; None
    leaves what was answered already. An answer is asked for, and a return without one is taken too: the
    rows themselves may be the answer.

    Raises:
        CannotSubmit: with what each row lacks: a status that is not whole, or no status for a row
            that was red or amber last period; or an earlier period still waits for its return.
        CannotSave: the period is closed or the return is handed in already.
    """
    found = open_return(programme_id=programme.pk, period=period)
    _check_order(programme=programme, period=period)
    if answer is not None:
        keep_answer(found, answer, by=by, at=at)
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
    """Hand in: nothing has changed. What was last said of each row stands again, with its reason.

    Raises:
        CannotSubmit: something was updated this period, or last period's statuses no longer suffice.
        CannotSave: the period is closed or the return is handed in already.
    """
    found = open_return(programme_id=programme.pk, period=period)
    _check_order(programme=programme, period=period)
    said = Status.objects.filter(period=period, item__programme=programme)
    if said.saying_something().exists():
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
    """Take a handed-in return back for editing, until the period closes. A sign-off falls away, and whoever gave it
    is told by e-mail. The last question that was asked of it is asked again, to answer or to answer better.

    Raises:
        CannotSubmit: it was not handed in, or the period is closed.
    """
    found, period = _locked(programme=programme, period=period)
    if not period.is_live:
        raise CannotSubmit(f"{period.name} is closed: its returns stay as they are.")
    if found is None or not found.is_handed_in:
        raise CannotSubmit("This return has not been submitted, so there is nothing to recall.")
    return take_back(found, by=by, at=at)


def take_back(found: Return, *, by: User, at: datetime) -> Return:
    """Open a handed-in return, which the caller has locked, for more. A sign-off falls away, and its giver is told."""
    was_signed_off_by = found.signed_off_by
    _reopen(found, ReturnState.IN_HAND)
    if was_signed_off_by:
        found.recalled_by, found.recalled_at = by, at
        found.save(update_fields=["recalled_by", "recalled_at"])
        tell_sro_recalled(found, signed_off_by=was_signed_off_by, by=by, at=at)
    return found


@transaction.atomic
def start_return(*, programme: Programme, period: Period) -> Return:
    """The programme's return in ``period``, made if there is none yet.

    Raises:
        CannotSave: the period is closed.
    """
    return locked_return(programme_id=programme.pk, period=period)


@transaction.atomic
def sign_off_return(
    *,
    programme: Programme,
    period: Period,
    by: User,
    at: datetime,
    submitted_at: datetime | None = None,
) -> Return:
    """Sign off a submitted return; by somebody other than who submitted it.

    ``submitted_at`` is when the return that the person read was handed in, where that is known.

    Raises:
        CannotSignOff: it is not submitted, the period is closed, or one person would do both.
        StaleReturn: it was recalled and handed in again since.
    """
    found = _to_sign_off(programme=programme, period=period, submitted_at=submitted_at)
    if found.submitted_by_id == by.pk:
        raise CannotSignOff("You submitted this return: another person must sign it off.")
    found.state = ReturnState.SIGNED_OFF
    found.signed_off_by, found.signed_off_at = by, at
    found.recalled_by = found.recalled_at = None
    found.save()
    return found


@transaction.atomic
def send_back_return(
    *,
    programme: Programme,
    period: Period,
    by: User,
    at: datetime,
    question: str,
    submitted_at: datetime | None = None,
) -> Return:
    """Send a submitted return back to its lead with a question; the lead is told by e-mail.

    ``submitted_at`` is as for :func:`sign_off_return`.

    Raises:
        CannotSignOff: no question, it is not submitted, or the period is closed.
        StaleReturn: it was recalled and handed in again since.
    """
    question = question.strip()
    if not question:
        raise CannotSignOff("Write the question that the lead is to answer.")
    found = _to_sign_off(programme=programme, period=period, submitted_at=submitted_at)
    _reopen(found, ReturnState.SENT_BACK, question=question)
    found.questions.create(question=question, asked_by=by, asked_at=at)
    tell_lead_sent_back(found, by=by, at=at)
    return found


@transaction.atomic
def answer_question(
    *, programme: Programme, period: Period, answer: str, seen: str, by: User, at: datetime
) -> None:
    """Keep what a lead answers, before the return is handed in again. ``seen`` is the answer they were shown.

    Raises:
        CannotSave: the period is closed, or the return is handed in.
        StaleAnswer: somebody else answered meanwhile; carries the question with their answer.
    """
    found = open_return(programme_id=programme.pk, period=period)
    question = open_question(found)
    if question is None or answer.strip() == question.answer:
        return
    if question.answer != seen.strip():
        raise StaleAnswer(
            f"{question.answered_by or 'Somebody'} answered the question while you were writing. "
            "Both are shown: save yours again to replace it.",
            current=question,
        )
    keep_answer(found, answer, by=by, at=at)


def open_question(found: Return | None) -> ReturnQuestion | None:
    """The last question that the return was sent back with, while it is not handed in: also after a recall,
    so that it can be answered still, or answered better. One query.
    """
    if found is None or not found.is_editable:
        return None
    return (
        found.questions.select_related("asked_by", "answered_by")
        .order_by("-asked_at", "-pk")
        .first()
    )


def keep_answer(found: Return, answer: str, *, by: User, at: datetime) -> None:
    """Write the answer to the open question, if there is one. Nothing written takes an answer away."""
    question, answer = open_question(found), answer.strip()
    if question is None or question.answer == answer:
        return
    question.answer = answer
    question.answered_by, question.answered_at = (by, at) if answer else (None, None)
    question.save(update_fields=["answer", "answered_by", "answered_at"])


def _hand_in(found: Return, *, by: User, at: datetime, is_nil: bool) -> Return:
    asked = open_question(found)
    found.state = ReturnState.SUBMITTED
    found.is_nil = is_nil
    found.submitted_by, found.submitted_at = by, at
    found.question = ""
    found.save()
    tell_sro_submitted(found, by=by, at=at, asked=asked)
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
        .select_related("period", "programme", "signed_off_by")
        .filter(programme=programme, period=period)
        .first()
    )
    return found, period


def _to_sign_off(*, programme: Programme, period: Period, submitted_at: datetime | None) -> Return:
    found, period = _locked(programme=programme, period=period)
    if not period.is_live:
        raise CannotSignOff(f"{period.name} is closed: its returns stay as they are.")
    if found is None or found.state != ReturnState.SUBMITTED:
        raise CannotSignOff("This return is not waiting for sign-off.")
    if submitted_at is not None and found.submitted_at != submitted_at:
        raise StaleReturn(
            f"{found.submitted_by} recalled this return and handed it in again since you opened it: read it "
            "as it is now, then decide.",
            current=found,
        )
    return found
