"""A moment in the past, as people and programs write it."""

import re
from datetime import datetime, time

from django.utils import timezone

from icp.common.words import LATEST, NotADate, british_date, parse_british_date, quoted

EARLIEST = 1990
WRITE_IT_LIKE = "write it like 2020-02-03T14:00 or 3 February 2020 14:00"
CLOCK = re.compile(r"(?P<day>.+?)[ ,]+(?:at )?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})")
# An address turns a plus into a blank.
ZONE_WITHOUT_PLUS = re.compile(r" (?=[0-9]{2}:?[0-9]{2}$)")


class NotAMoment(ValueError):
    """The text is no moment that history can be read at. ``str()`` says what to write."""


def read_moment(text: str, *, now: datetime) -> datetime:
    """A moment up to ``now``: ISO 8601, or a British date with or without a time.

    Without a zone it is by clocks in the United Kingdom; a day without a time is its end, or now if it is today.

    Raises:
        NotAMoment: anything else, or a moment that has not come yet.
    """
    moment, whole_day = _read(" ".join(text[:80].split()))
    if whole_day and moment.date() == timezone.localtime(now).date():
        return now
    if moment > now:
        stands_at = timezone.localtime(now)
        raise NotAMoment(
            f"{quoted(text)} has not come yet: the portal's clock stands at"
            f" {british_date(stands_at)}, {stands_at:%H:%M}."
        )
    return moment


def _read(text: str) -> tuple[datetime, bool]:
    found, whole_day = _iso(text) or _british(text)
    if not EARLIEST <= found.year <= LATEST:
        raise NotAMoment(f"{quoted(text)} is outside {EARLIEST} to {LATEST}: check the year.")
    aware = found if timezone.is_aware(found) else timezone.make_aware(found)
    return timezone.localtime(aware), whole_day


def _iso(text: str) -> tuple[datetime, bool] | None:
    for written in (text, ZONE_WITHOUT_PLUS.sub("+", text)):
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            continue
        if len(written) <= len("2020-02-03"):
            return datetime.combine(found, time.max), True
        return found, False
    return None


def _british(text: str) -> tuple[datetime, bool]:
    clock = CLOCK.fullmatch(text)
    try:
        day = parse_british_date(clock["day"] if clock else text)
        if clock is None:
            return datetime.combine(day, time.max), True
        return datetime.combine(day, time(int(clock["hour"]), int(clock["minute"]))), False
    except (NotADate, ValueError):
        raise NotAMoment(f"{quoted(text)} is not a moment: {WRITE_IT_LIKE}.") from None
