"""Opening, turning and closing reporting periods (domain section 3)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from icp.accounts.models import User
from icp.common.words import british_date, plural, sentence_list
from programmes import selectors
from programmes.errors import CannotClosePeriod
from programmes.models import Period, PeriodState, Place, Programme, Reminder, Return, Status
from programmes.models.cycle import HANDED_IN_STATES
from programmes.notices import remind_lead
from programmes.rules import periods as rules
from programmes.services.change_life import expire_untouched
from programmes.services.returns import take_back
from programmes.signals import period_closed

missing_returns = selectors.missing_programmes


@transaction.atomic
def open_period(*, place: Place, day: date) -> Period:
    """The period that holds ``day``; the rest of its month is opened where there is none. Doing it twice does it once."""
    dates = rules.month_of(
        day,
        due_working_days=place.return_due_working_days,
        holidays=selectors.holidays_of(place),
    )
    periods = Period.objects.filter(place=place)
    found = periods.filter(starts_on__lte=day, ends_on__gte=day).first()
    if found:
        return found
    # One that ends within the month, a week say, has its own days.
    before = periods.filter(ends_on__range=(dates.starts_on, day)).newest_first().first()
    starts_on = before.ends_on + timedelta(days=1) if before else dates.starts_on
    period, _ = Period.objects.get_or_create(
        place=place,
        key=dates.key,
        defaults={
            "name": dates.name,
            "starts_on": starts_on,
            "ends_on": dates.ends_on,
            "due_on": dates.due_on,
        },
    )
    return period


@transaction.atomic
def turn_the_day(*, place: Place, today: date, at: datetime) -> list[str]:
    """What a new day brings: the next period opens, an ended one starts closing, reminders go out, and change
    requests that nobody touched expire.

    Only what is still to be done is done, so it may run as often as one likes, on two machines at
    once. Returns what it did, in words. Nobody opens a place's first period but its office.
    """
    # Two schedulers take turns.
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    done = expire_untouched(place=place, today=today, at=at)
    last = Period.objects.filter(place=place).newest_first().first()
    if last is None:
        return done
    while last.ends_on < today:
        following = open_period(place=place, day=last.ends_on + timedelta(days=1))
        if following.ends_on <= last.ends_on:
            raise RuntimeError(f"{following.name} does not follow {last.name} in {place.slug}.")
        last = following
        done.append(f"Opened {last.name}.")
    ended = Period.objects.filter(place=place, state=PeriodState.OPEN, ends_on__lt=today)
    for period in ended.order_by("ends_on"):
        # Only if it is still open: the office may be closing it at this moment.
        if ended.filter(pk=period.pk).update(state=PeriodState.CLOSING):
            done.append(f"{period.name} is closing: returns are due {british_date(period.due_on)}.")
    return done + _remind(place=place, today=today, at=at)


def _remind(*, place: Place, today: date, at: datetime) -> list[str]:
    done = []
    for period in selectors.live_periods(place=place):
        period.place = place
        sent: dict[int, set[int]] = {}
        for programme_id, days in Reminder.objects.filter(period=period).values_list(
            "programme_id", "days_before"
        ):
            sent.setdefault(programme_id, set()).add(days)
        reminded = [
            programme.name
            for programme in selectors.missing_programmes(period=period)
            if _remind_one(
                programme, period, today=today, at=at, already=sent.get(programme.pk, set())
            )
        ]
        if reminded:
            done.append(f"Reminded {sentence_list(reminded)} of the {period.name} return.")
    return done


def _remind_one(
    programme: Programme, period: Period, *, today: date, at: datetime, already: set[int]
) -> bool:
    """The reminder that is due, with its message; False when none is, or it has gone out."""
    new = False
    for days in rules.reminders_due(
        due_on=period.due_on, days_before=period.place.reminder_days, on=today, already=already
    ):
        _, new = Reminder.objects.get_or_create(
            programme=programme, period=period, days_before=days, defaults={"made_at": at}
        )
        if new:
            days_left = (period.due_on - today).days
            remind_lead(programme, period, days_before=days, days_left=days_left, on=today)
    return new


@transaction.atomic
def close_period(
    *, period: Period, by: User, at: datetime, today: date, without_late_returns: bool = False
) -> Period:
    """Freeze ``period`` and have its reports built. Closing a closed period again changes nothing.

    What a lead typed but did not hand in moves to the next period: a closed period holds only what
    was handed in, and nothing typed is lost.

    Raises:
        CannotClosePeriod: before the period's end, while an earlier one is open, or while returns are
            missing and ``without_late_returns`` is not set.
    """
    # It waits for who saves a status (FOR SHARE), not for an import that names the period in a key: that one holds
    # rows of the plan which the close changes.
    locked = Period.objects.select_for_update(of=("self",), no_key=True)
    period = locked.select_related("place").get(pk=period.pk)
    if period.is_frozen:
        return period
    if today <= period.ends_on:
        raise CannotClosePeriod(
            f"{period.name} ends on {british_date(period.ends_on)}: it can be closed from the day after."
        )
    earlier = (
        Period.objects.live()
        .filter(place=period.place, ends_on__lt=period.starts_on)
        .order_by("ends_on")
        .first()
    )
    if earlier:
        raise CannotClosePeriod(f"Close {earlier.name} first: periods close in order.")
    late = selectors.missing_programmes(period=period)
    if late and not without_late_returns:
        count = plural(len(late), "programme has", "programmes have")
        names = sentence_list([programme.name for programme in late])
        raise CannotClosePeriod(f"{count} not handed in a return: {names}.")
    _carry_unsubmitted(period=period, late=late, by=by, at=at)
    for programme in late:
        Return.objects.get_or_create(programme=programme, period=period)
    period.state = PeriodState.CLOSED
    period.closed_by, period.closed_at = by, at
    period.save()
    period_closed.send(sender=Period, period=period, by=by, at=at)
    return period


def _carry_unsubmitted(*, period: Period, late: list[Programme], by: User, at: datetime) -> None:
    drafts = Status.objects.filter(period=period, item__programme__in=late)
    if not drafts.exists():
        return
    following = open_period(place=period.place, day=period.ends_on + timedelta(days=1))
    # Who saves in it at this moment is waited for, so that no row gets two statuses.
    Period.objects.select_for_update(no_key=True).get(pk=following.pk)
    newer = Status.objects.filter(period=following).values("item_id")
    # What was typed for the later period stands; its audit trail keeps the older words.
    drafts.filter(item_id__in=newer).delete()
    for found in _returns_that_get_more(drafts, period=following):
        # Nobody handed in, or signed off, what comes to it now.
        take_back(found, by=by, at=at)
    drafts.update(period=following)
    for programme in late:
        if Status.objects.filter(period=following, item__programme=programme).exists():
            Return.objects.get_or_create(
                programme=programme, period=following, defaults={"state": "in hand"}
            )


def _returns_that_get_more(drafts: QuerySet[Status], *, period: Period) -> list[Return]:
    """Handed in for ``period`` already, by programmes whose ``drafts`` come to it; locked."""
    found = Return.objects.select_for_update(of=("self",)).filter(
        period=period,
        state__in=HANDED_IN_STATES,
        programme__in=drafts.order_by().values("item__programme"),
    )
    return list(found.select_related("period", "programme", "signed_off_by").order_by("pk"))
