"""Opening, locking and closing months of the accounts (domain section 6)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from finance.errors import CannotCloseMonth, CannotEnter, StaleMoney
from finance.models import FinanceMonth, MonthState, SubmissionState
from finance.rules.years import FinanceMonthKey
from finance.selectors.months import not_accepted
from finance.services.commentary import draft_commentary
from finance.services.reports import stamp_report
from icp.accounts.models import User
from icp.common.words import british_date, plural, sentence_list
from programmes.models import Place


@transaction.atomic
def open_month(*, place: Place, key: FinanceMonthKey) -> FinanceMonth:
    """The month, opened if it is not there yet. Doing it twice does it once."""
    found, _ = FinanceMonth.objects.get_or_create(place=place, year=key.year, number=key.number)
    return found


@transaction.atomic
def lock_month(
    *, month: FinanceMonth, locks_on: date | None = None, expected_version: int | None = None
) -> FinanceMonth:
    """Close a month to finance leads: now, or from a day on. Doing it again changes nothing.

    ``expected_version`` is the one that was looked at; a program that has looked at none leaves it out.

    Raises:
        CannotEnter: it is closed for good.
        StaleMoney: somebody locked, opened or dated it meanwhile.
    """
    state = MonthState.LOCKED if locks_on is None else MonthState.OPEN
    return _set_gate(month, state, locks_on, expected_version)


@transaction.atomic
def unlock_month(*, month: FinanceMonth, expected_version: int | None = None) -> FinanceMonth:
    """Open a month to finance leads again, without a day from which it closes.

    Raises:
        CannotEnter: it is closed for good.
        StaleMoney: as :func:`lock_month`.
    """
    return _set_gate(month, MonthState.OPEN, None, expected_version)


def _set_gate(
    month: FinanceMonth, state: MonthState, locks_on: date | None, expected_version: int | None
) -> FinanceMonth:
    found = month_for_update(month)
    if (found.state, found.locks_on) == (state, locks_on):
        return found
    _check_version(found, expected_version)
    found.state, found.locks_on = state, locks_on
    found.version += 1
    found.save()
    return found


def _check_version(found: FinanceMonth, expected_version: int | None) -> None:
    if expected_version is not None and found.version != expected_version:
        raise StaleMoney(
            f"Somebody changed {found} since you looked: it is {gate_words(found)} now.", found
        )


def gate_words(month: FinanceMonth) -> str:
    """How a month stands to finance leads: open, open until a day, or closed to them."""
    if month.state == MonthState.OPEN and month.locks_on:
        return f"open, and closed to finance leads from {british_date(month.locks_on)}"
    return month.get_state_display().lower()


@transaction.atomic
def close_month(
    *,
    month: FinanceMonth,
    by: User,
    at: datetime,
    today: date,
    without_late_partners: bool = False,
    expected_version: int | None = None,
) -> FinanceMonth:
    """Close the month: its positions and its report are stamped, and the next month opens. Closing twice changes nothing.

    Raises:
        CannotCloseMonth: before its last day is over, while an earlier month is open, or while a partner's
            figures are not accepted and ``without_late_partners`` is not set. What is not accepted is not stamped.
        StaleMoney: somebody changed the month meanwhile.
    """
    found = (
        FinanceMonth.objects.select_for_update(of=("self",))
        .select_related("place")
        .get(pk=month.pk)
    )
    if found.is_closed:
        return found
    _check_version(found, expected_version)
    if today <= found.month.ends_on:
        raise CannotCloseMonth(
            f"{found} ends on {british_date(found.month.ends_on)}: it can be closed from the day after."
        )
    earlier = (
        FinanceMonth.objects.filter(place=found.place)
        .filter(Q(year__lt=found.year) | Q(year=found.year, number__lt=found.number))
        .exclude(state=MonthState.CLOSED)
        .order_by("year", "number")
        .first()
    )
    if earlier:
        raise CannotCloseMonth(f"Close {earlier} first: months close in order.")
    late = not_accepted(month=found)
    if late and not without_late_partners:
        count = plural(len(late), "partner's figures are", "partners' figures are")
        names = sentence_list([one.short_name for one in late])
        raise CannotCloseMonth(f"{count} not accepted yet: {names}.")
    draft_commentary(month=found, states=[SubmissionState.ACCEPTED])
    found.state = MonthState.CLOSED
    found.closed_by, found.closed_at = by, at
    found.version += 1
    found.save()
    stamp_report(month=found)
    open_month(place=found.place, key=found.month.after)
    return found


def month_for_update(month: FinanceMonth) -> FinanceMonth:
    """The month, locked until the transaction ends.

    Raises:
        CannotEnter: it is closed for good.
    """
    found = FinanceMonth.objects.select_for_update(of=("self",)).get(pk=month.pk)
    if found.is_closed:
        raise CannotEnter(f"{found} is closed for good.")
    return found
