"""A partner's month handed in, queried and accepted (domain section 6)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from finance import selectors
from finance.access import Entrant
from finance.errors import CannotDecide, CannotHandIn, StaleMoney
from finance.models import LEDGER, FinanceMonth, Submission, SubmissionState
from finance.notices import tell_accepted, tell_queried
from finance.rules.checks import Question, ledger_questions, questions_of
from finance.services.locking import (
    enter_month,
    lock_month_for_entry,
    lock_submission,
    open_submission,
)
from icp.accounts.models import User
from icp.common.words import british_date, plural
from programmes.models import Organisation


def questions(*, month: FinanceMonth, organisation: Organisation) -> list[Question]:
    """All that the partner's figures of the month still have to answer, and what was answered. Seven queries at most."""
    limits = selectors.thresholds_of(place=month.place)
    lines = selectors.entered_lines(month=month, organisation=organisation)
    submission = Submission.objects.filter(month=month, organisation=organisation).first()
    asked = [one for line in lines for one in questions_of(line, limits, number=month.number)]
    return asked + ledger_questions(
        lines,
        selectors.ledger_totals(submission),
        answer=submission.answer if submission else "",
        walls=limits.walls,
    )


@transaction.atomic
def save_ledger_totals(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    totals: Mapping[str, Decimal | None],
    answer: str,
    by: Entrant,
    expected_version: int,
) -> Submission:
    """Keep the totals of the partner's ledger (by field of a position, pounds) and the answer beside them.

    Raises:
        CannotEnter: the month is closed, to this person too, or the figures are handed in.
        StaleMoney: somebody saved other totals meanwhile.
    """
    month = enter_month(month=month, by=by)
    found = open_submission(month=month, organisation=organisation)
    wanted = {LEDGER[name]: value for name, value in totals.items()} | {"answer": answer}
    if all(getattr(found, name) == value for name, value in wanted.items()):
        return found
    if found.version != expected_version:
        raise StaleMoney(
            "Somebody saved the ledger's totals while you were typing. Theirs stand beside yours: save again to "
            "keep yours.",
            found,
        )
    for name, value in wanted.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    return found


@transaction.atomic
def submit_month(
    *, month: FinanceMonth, organisation: Organisation, by: Entrant, at: datetime
) -> Submission:
    """Hand in a partner's month. Handing in what is handed in changes nothing.

    Raises:
        CannotEnter: the month is closed, to this person too.
        CannotHandIn: figures are missing, or questions of them have no answer; carries them.
    """
    month = enter_month(month=month, by=by)
    found = lock_submission(month=month, organisation=organisation)
    if not found.is_editable:
        return found
    stopping = [one for one in questions(month=month, organisation=organisation) if one.stops]
    if stopping:
        count = plural(len(stopping), "question keeps", "questions keep")
        raise CannotHandIn(
            f"{count} {organisation.short_name}'s {month} from being handed in.", stopping
        )
    return _move(found, SubmissionState.SUBMITTED, submitted_by=by.user, submitted_at=at)


@transaction.atomic
def recall_submission(
    *, month: FinanceMonth, organisation: Organisation, by: Entrant, expected_version: int
) -> Submission:
    """Take figures back to change them, until the month closes. What is in hand stays as it is.

    Raises:
        CannotEnter: the month is closed, to this person too.
        StaleMoney: they were accepted or handed in anew meanwhile.
    """
    month = enter_month(month=month, by=by)
    found = lock_submission(month=month, organisation=organisation)
    if found.is_editable:
        return found
    _check_version(found, expected_version)
    return _move(found, SubmissionState.IN_HAND, **NOBODY)


@transaction.atomic
def query_submission(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    question: str,
    by: User,
    at: datetime,
    expected_version: int,
) -> Submission:
    """Send figures back with a question, and tell the partner's finance leads. Asking the same again changes nothing.

    Raises:
        CannotEnter: the month is closed.
        CannotDecide: they are not handed in, or nothing is asked.
        StaleMoney: they were accepted, queried, recalled or handed in anew since they were looked at.
    """
    month = lock_month_for_entry(month)
    found = lock_submission(month=month, organisation=organisation)
    if (found.state, found.question) == (SubmissionState.QUERIED, question):
        return found
    _check_version(found, expected_version)
    if found.is_editable:
        raise CannotDecide(f"{organisation.short_name} has not handed in {month}.")
    if not question.strip():
        raise CannotDecide("Say what you ask, so that the finance lead can answer.")
    moved = _move(found, SubmissionState.QUERIED, question=question, **NOBODY)
    tell_queried(moved, by=by, at=at)
    return moved


@transaction.atomic
def accept_submission(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    by: User,
    at: datetime,
    expected_version: int,
) -> Submission:
    """Accept what was handed in; by somebody else than handed it in. Accepting twice accepts once, and tells once.

    Raises:
        CannotEnter: the month is closed.
        CannotDecide: it is not handed in, or the same person handed it in.
        StaleMoney: it is not what was looked at.
    """
    month = lock_month_for_entry(month)
    found = lock_submission(month=month, organisation=organisation)
    if found.state == SubmissionState.ACCEPTED:
        return found
    _check_version(found, expected_version)
    if found.state != SubmissionState.SUBMITTED:
        raise CannotDecide(f"{organisation.short_name} has not handed in {month}.")
    if found.submitted_by_id == by.pk:
        raise CannotDecide("Two people are needed: you handed these figures in yourself.")
    moved = _move(found, SubmissionState.ACCEPTED, accepted_by=by, accepted_at=at)
    tell_accepted(moved, by=by, at=at)
    return moved


def _check_version(found: Submission, expected_version: int) -> None:
    if found.version != expected_version:
        raise StaleMoney(
            f"{found.organisation.short_name}'s {found.month} is not what you looked at: {standing(found)}",
            found,
        )


def standing(found: Submission) -> str:
    """How a partner's month stands, with who and when, as a sentence."""
    words = f"it is {found.get_state_display().lower()} now"
    if found.state == SubmissionState.QUERIED:
        return f"{words}: “{found.question}”"
    who, when = (
        (found.accepted_by, found.accepted_at)
        if found.state == SubmissionState.ACCEPTED
        else (found.submitted_by, found.submitted_at)
    )
    return f"{words}, {british_date(when)} by {who}." if who and when else f"{words}."


NOBODY = {"submitted_by": None, "submitted_at": None, "accepted_by": None, "accepted_at": None}


def _move(found: Submission, state: SubmissionState, **values: object) -> Submission:
    for name, value in values.items():
        setattr(found, name, value)
    found.state = state
    found.version += 1
    found.save()
    return found
