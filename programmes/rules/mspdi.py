"""How Microsoft Project's XML (MSPDI) says durations, lags, days and links, and what it has no words for.

A working day is of :data:`MINUTES_A_DAY` minutes unless the file says otherwise. Lags are tenths of a minute.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from urllib.parse import parse_qsl, urlencode

from programmes.rules.outline import Span

MINUTES_A_DAY = 480
DAYS_A_WEEK = 5
EARLIEST, LATEST = 1990, 2100
# Project's numbers for which end of a row binds which.
LINK_TYPES = {"FF": 0, "FS": 1, "SF": 2, "SS": 3}
LINK_KINDS = {number: kind for kind, number in LINK_TYPES.items()}
# DurationFormat and LagFormat: days; the same with Project's question mark is 32 more.
IN_DAYS, ESTIMATED = 7, 32
# By the clock, weekends and nights included; and as a part of another duration.
ELAPSED = frozenset({4, 6, 8, 10, 12})
PART = frozenset({19, 20})
LONGEST_DAYS, LONGEST_LAG = 999_999, 1000
# Beside baseline 0, which dates are measured against, Project keeps baselines 1 to 10.
MOST_BASELINES = 10

_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_MOMENT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)


class NotProject(ValueError):
    """The text is not what Project writes there. ``str()`` says what is wrong."""


@dataclass(frozen=True)
class WholeDays:
    """A duration or a lag in whole working days; ``exact`` is false where it was rounded, or has no such measure."""

    days: int
    exact: bool = True


def duration_text(days: int) -> str:
    """Working days as Project writes them: PT40H0M0S."""
    return f"PT{days * MINUTES_A_DAY // 60}H0M0S"


def read_duration(
    text: str, *, minutes_a_day: int = MINUTES_A_DAY, duration_format: int = IN_DAYS
) -> WholeDays:
    """``PT40H0M0S``, ``PT2400M``, ``P5D`` or ``P1W`` in working days, a part of one counted as one.

    Raises:
        NotProject: any other text.
    """
    found = _DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()):
        raise NotProject("it is not a duration that Project writes")
    weeks, days, hours, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    measured = hours * 60 + minutes + seconds / 60
    is_elapsed = duration_format % ESTIMATED in ELAPSED
    counted = measured / (24 * 60 if is_elapsed else minutes_a_day)
    total = counted + days + weeks * (7 if is_elapsed else DAYS_A_WEEK)
    whole = total.to_integral_value(ROUND_CEILING)
    if whole > LONGEST_DAYS:
        raise NotProject("it is longer than a plan")
    return WholeDays(int(whole), exact=whole == total and not is_elapsed)


def lag_text(days: int) -> str:
    """Working days in tenths of a minute."""
    return str(days * MINUTES_A_DAY * 10)


def read_lag(
    text: str, *, minutes_a_day: int = MINUTES_A_DAY, lag_format: int = IN_DAYS
) -> WholeDays:
    """A lag in working days; one that is a part of a duration is none, and not exact.

    Raises:
        NotProject: not a number, or further away than a plan reaches.
    """
    try:
        tenths = Decimal(text.strip() or "0")
    except ArithmeticError:
        raise NotProject("it is not a number") from None
    if not tenths.is_finite() or abs(tenths) > 10**9:
        raise NotProject("it is longer than a plan")
    kind = lag_format % ESTIMATED
    if kind in PART:
        return WholeDays(0, exact=tenths == 0)
    days = tenths / 10 / (24 * 60 if kind in ELAPSED else minutes_a_day)
    whole = days.to_integral_value(ROUND_HALF_UP)
    if abs(whole) > LONGEST_LAG:
        raise NotProject("it is longer than a plan")
    return WholeDays(int(whole), exact=whole == days and (kind not in ELAPSED or not whole))


def is_estimated(duration_format: int) -> bool:
    """A duration that Project shows with a question mark."""
    return ESTIMATED < duration_format < 2 * ESTIMATED


def read_day(text: str, *, ends: bool = False) -> date:
    """The day of a moment, with or without its time. What ``ends`` at midnight ended the day before.

    Raises:
        NotProject: not such a moment, not in the calendar, or outside 1990 to 2100.
    """
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        raise NotProject("it is not a date that Project writes")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise NotProject("it is not in the calendar") from None
    if not EARLIEST <= day.year <= LATEST:
        raise NotProject(f"it is outside {EARLIEST} to {LATEST}")
    return day - timedelta(days=1) if ends and (found[4], found[5]) == ("00", "00") else day


@dataclass(frozen=True)
class Declared:
    """What the portal says of a row and Project has no field for, kept in a text field of it.

    ``depth`` and ``days`` are what stood in Project's own fields beside it: while they still do, what is
    kept here is meant. ``start`` and ``finish`` are ``tbc`` or nothing, and meant where the row has no date.
    """

    kind: str
    scheduling: str
    level: str
    depth: str
    duration: str
    days: str
    start: str = ""
    finish: str = ""
    ticked: str = "no"
    percent: str = "0"
    owned: str = "no"
    version: str = ""

    def text(self) -> str:
        """At most the 255 characters of Project's text fields."""
        return urlencode({name: value for name, value in asdict(self).items() if value})


def read_declared(text: str) -> Declared | None:
    """What :meth:`Declared.text` wrote; None for anything else."""
    known = {field.name for field in fields(Declared)}
    found = {name: value for name, value in parse_qsl(text[:2000]) if name in known}
    if not {"kind", "scheduling", "level", "depth"} <= set(found):
        return None
    return Declared(**({"duration": "", "days": ""} | found))


def earlier_baselines(agreed: Iterable[tuple[int, Span | None]], *, newest: int) -> dict[int, Span]:
    """What of one row stood in each of the baselines before the ``newest``, by Project's number: 1 is the first plan,
    or the oldest of the ten that fit.

    ``agreed`` are the numbers of the baselines that say something of the row, in order, each with what was agreed; None
    where it was removed. A row that a baseline says nothing of stands in it as in the one before.
    """
    said = dict(agreed)
    before_the_first = max(newest - 1 - MOST_BASELINES, 0)
    found: dict[int, Span] = {}
    stands: Span | None = None
    for number in range(1, newest):
        stands = said.get(number, stands)
        if stands is not None and number > before_the_first:
            found[number - before_the_first] = stands
    return found
