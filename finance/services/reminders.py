"""Telling finance leads of their months: opened, due, late. Only what is still to be told is told."""

from datetime import date, datetime

from django.db import transaction

from finance.models import FinanceMonth, MonthNotice, MonthState
from finance.notices import tell_due, tell_late, tell_opened
from finance.selectors.months import due_day, partners_of, submissions_of
from finance.selectors.positions import rules_of
from icp.common.words import sentence_list
from programmes.models import Organisation, Place
from programmes.rules.periods import reminders_due

OPENED, LATE, DUE = "opened", "late", "due:"


@transaction.atomic
def remind_of_months(*, place: Place, today: date, at: datetime) -> list[str]:
    """Tell every partner that has not handed in an open month what is to be told by ``today``, each thing once.

    It may run as often as one likes, on two machines at once. Returns what it told, in words.
    """
    # Two schedulers take turns.
    place = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    rules = rules_of(place=place)
    months = FinanceMonth.objects.filter(place=place).exclude(state=MonthState.CLOSED)
    done = []
    for month in months.order_by("year", "number"):
        month.place = place
        told = _tell(month, due_on=due_day(month, rules), today=today, at=at)
        done += [f"{what}: {sentence_list(names)} of {month}." for what, names in told.items()]
    return done


def _tell(month: FinanceMonth, *, due_on: date, today: date, at: datetime) -> dict[str, list[str]]:
    """What was told of one month: the partners, by what they were told."""
    already: dict[int, set[str]] = {}
    for key, what in MonthNotice.objects.filter(month=month).values_list("organisation", "what"):
        already.setdefault(key, set()).add(what)
    handed_in = submissions_of(month=month)
    told: dict[str, list[str]] = {}
    for partner in partners_of(place=month.place, year=month.year):
        said = handed_in.get(partner.pk)
        if said is not None and not said.is_editable:
            continue
        known = already.get(partner.pk, set())
        what = _to_tell(month, known, due_on=due_on, today=today)
        if what and _note(month, partner, what, at=at):
            _say(month, partner, what, due_on=due_on, today=today)
            told.setdefault(what.partition(":")[0], []).append(partner.short_name)
    return told


def _to_tell(month: FinanceMonth, already: set[str], *, due_on: date, today: date) -> str:
    """The one thing to tell: after an outage nobody gets three at once. Empty where nothing is."""
    if today > due_on:
        return "" if LATE in already else LATE
    sent = {int(one.removeprefix(DUE)) for one in already if one.startswith(DUE)}
    days = reminders_due(
        due_on=due_on, days_before=month.place.reminder_days, on=today, already=sent
    )
    if days:
        return f"{DUE}{days[0]}"
    return "" if already else OPENED


def _note(month: FinanceMonth, partner: Organisation, what: str, *, at: datetime) -> bool:
    _, new = MonthNotice.objects.get_or_create(
        month=month, organisation=partner, what=what, defaults={"made_at": at}
    )
    return new


def _say(
    month: FinanceMonth, partner: Organisation, what: str, *, due_on: date, today: date
) -> None:
    tell = tell_late if what == LATE else tell_opened if what == OPENED else tell_due
    tell(month, partner, due_on=due_on, on=today)
