"""The order of locks: month, submission, positions. So nobody waits in a ring."""

from finance.access import Entrant, gate
from finance.errors import CannotEnter
from finance.models import FinanceMonth, MonthState, Submission, SubmissionState
from programmes.models import Organisation, Place


def lock_month_for_entry(month: FinanceMonth) -> FinanceMonth:
    """The month as it is now; a close waits until this transaction ends. Call inside a transaction.

    Raises:
        CannotEnter: it is closed.
    """
    found = FinanceMonth.objects.raw(
        "SELECT * FROM finance_financemonth WHERE id = %s FOR SHARE", [month.pk]
    )[0]
    if found.state == MonthState.CLOSED:
        raise CannotEnter(found.says_closed)
    return found


def enter_month(*, month: FinanceMonth, by: Entrant) -> FinanceMonth:
    """As :func:`lock_month_for_entry`, for who comes to enter: the gate is asked of the month as it is now, and who
    closes it to finance leads, or lets nobody in any more, waits until this transaction ends. One query more at most.

    Raises:
        CannotEnter: it is closed, or closed to this person.
    """
    found = lock_month_for_entry(month)
    if shut := gate(month=found, entrant=by):
        raise CannotEnter(shut)
    return found


def enter_figures(*, month: FinanceMonth, organisation: Organisation, by: Entrant) -> FinanceMonth:
    """As :func:`enter_month`, when the partner's figures may still be changed; who hands them in waits as well.

    Raises:
        CannotEnter: as :func:`enter_month`, or they are handed in.
    """
    month = enter_month(month=month, by=by)
    open_submission(month=month, organisation=organisation)
    return month


def lock_months_from(*, place: Place, year: int, number: int) -> list[FinanceMonth]:
    """The months of a year from ``number`` on as they are now, closed ones too; a close of one waits until this
    transaction ends. Call inside a transaction.
    """
    return list(
        FinanceMonth.objects.raw(
            "SELECT * FROM finance_financemonth WHERE place_id = %s AND year = %s AND number >= %s"
            " ORDER BY number FOR SHARE",
            [place.pk, year, number],
        )
    )


def lock_submission(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    begins: SubmissionState = SubmissionState.NOT_STARTED,
) -> Submission:
    """The partner's submission of the month, made as it ``begins`` if it is not there. Call after the month is locked."""
    mine = Submission.objects.select_for_update().filter(month=month, organisation=organisation)
    found = mine.first()
    if found is None:
        # Of two at once the second waits here for the first, and makes none.
        Submission.objects.bulk_create(
            [Submission(month=month, organisation=organisation, state=begins)],
            ignore_conflicts=True,
        )
        found = mine.get()
    return found


def open_submission(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    begins: SubmissionState = SubmissionState.NOT_STARTED,
) -> Submission:
    """As :func:`lock_submission`, when figures may still be changed.

    Raises:
        CannotEnter: it is handed in.
    """
    found = lock_submission(month=month, organisation=organisation, begins=begins)
    if not found.is_editable:
        raise CannotEnter(
            f"{organisation.short_name}'s figures of {month} are {found.get_state_display().lower()}. "
            "Recall them to change one."
        )
    return found
