"""A row's dates and duration as one types them: each gives the other (domain section 2)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from icp.common.words import EARLIEST, LATEST, plural
from icp.common.workingdays import NONE, add_working_days, working_days
from programmes.rules.durations import DeclaredDuration

MILESTONE = "milestone"
# Nobody plans a task of forty years.
LONGEST = 10_000
NOTHING = DeclaredDuration("", None, False)


class CannotTell(ValueError):
    """The dates and the duration do not go together. ``field`` is where to put it right."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class RowDates:
    """When a row starts and finishes; ``*_tbc`` says that a date is awaited. Without either it is not set."""

    start: date | None = None
    start_tbc: bool = False
    finish: date | None = None
    finish_tbc: bool = False
    duration: DeclaredDuration = NOTHING

    @property
    def is_awaited(self) -> bool:
        return self.start_tbc or self.finish_tbc


def filled_in(
    typed: RowDates, *, before: RowDates, kind: str, holidays: frozenset[date] = NONE
) -> RowDates:
    """What was typed with what follows from it: a new duration gives the finish, new dates give the duration.

    ``before`` is what the row said. Where dates and duration were both typed anew they stay as typed, and so
    does what was left alone: a source that declares something else is flagged elsewhere, never corrected.

    Raises:
        CannotTell: the finish is before the start, or the duration leads beyond the years that are read.
    """
    if kind == MILESTONE:
        return _milestone(typed)
    new_dates = (typed.start, typed.finish) != (before.start, before.finish)
    new_days = typed.duration.days != before.duration.days
    free = typed.finish in (None, before.finish) and not typed.finish_tbc
    if typed.start and typed.duration.days and new_days and free:
        typed = replace(typed, finish=_finish(typed.start, typed.duration.days, holidays))
    elif typed.start and typed.finish and new_dates and not new_days:
        _in_order(typed)
        days = working_days(typed.start, typed.finish, holidays)
        estimated = typed.duration.estimated
        text = plural(days, "day").replace(",", "") + ("?" if estimated else "")
        typed = replace(typed, duration=DeclaredDuration(text, days, estimated))
    _in_order(typed)
    return typed


def _milestone(typed: RowDates) -> RowDates:
    """It takes no time, whatever its dates say."""
    _in_order(typed)
    return replace(typed, duration=DeclaredDuration("0 days", 0, False))


def _finish(start: date, days: int, holidays: frozenset[date]) -> date:
    sentence = f"{plural(days, 'day')} from there is too far away: check the duration."
    if days > LONGEST:
        raise CannotTell(sentence, "duration")
    found = add_working_days(start - timedelta(days=1), days, holidays)
    if found.year > LATEST:
        raise CannotTell(sentence, "duration")
    return found


def _in_order(typed: RowDates) -> None:
    if typed.start and typed.finish and typed.finish < typed.start:
        raise CannotTell("The finish is before the start: correct one of the two.", "finish")


def shifted(dates: RowDates, days: int, holidays: frozenset[date] = NONE) -> RowDates:
    """Both dates so many working days later, earlier where ``days`` is below 0; the duration stays.

    Raises:
        CannotTell: a date would leave the years that are read.
    """
    moved = replace(
        dates,
        start=_shift(dates.start, days, holidays),
        finish=_shift(dates.finish, days, holidays),
    )
    # Around a week-end or a holiday both may come to fall on one day, never the wrong way round.
    _in_order(moved)
    return moved


def _shift(day: date | None, days: int, holidays: frozenset[date]) -> date | None:
    if day is None:
        return None
    if abs(days) > LONGEST:
        raise CannotTell("That is too many days to move a date by.", "days")
    found = add_working_days(day, days, holidays)
    if not EARLIEST <= found.year <= LATEST:
        raise CannotTell(f"That would move a date outside {EARLIEST} to {LATEST}.", "days")
    return found
