"""The states that a plan can be compared in: a baseline, a period's end, a moment, now."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max
from django.utils import timezone

from icp.common.words import british_date
from programmes.history.words import date_and_time
from programmes.models import Baseline, Period, Place, Programme

NOW, FIRST, LAST = "now", "baseline-1", "baseline-last"


@dataclass(frozen=True)
class Point:
    """One state. ``baseline`` is the number of one, or the last before it where a programme has fewer;
    ``at`` a moment; neither is now. ``token`` stands in the address, ``words`` on the page.
    """

    token: str
    words: str
    at: datetime | None = None
    baseline: int | None = None

    @property
    def is_now(self) -> bool:
        return self.at is None and self.baseline is None


LAST_NUMBER = 2_000_000_000


def points_of(*, place: Place, programme: Programme | None, today: date) -> list[Point]:
    """What can be chosen: now, each period that has ended, newest first, then the baselines. Two queries."""
    ended = Period.objects.filter(place=place, ends_on__lt=today).newest_first()
    return [
        Point(NOW, "Now"),
        *(
            Point(f"period-{one.key}", f"End of {one.name}", at=end_of(one.ends_on))
            for one in ended
        ),
        *_baselines(place, programme),
    ]


def _baselines(place: Place, programme: Programme | None) -> list[Point]:
    if programme is None:
        known = Baseline.objects.filter(programme__place=place).aggregate(last=Max("number"))
        if known["last"] is None:
            return []
        return [
            Point(LAST, "What is agreed now", baseline=LAST_NUMBER),
            Point(FIRST, "The first plan", baseline=1),
        ]
    found = Baseline.objects.filter(programme=programme).order_by("-number")
    return [
        Point(
            f"baseline-{one.number}",
            f"Baseline {one.number}, {british_date(timezone.localtime(one.agreed_at))}: {one.name}",
            baseline=one.number,
        )
        for one in found
    ]


def end_of(day: date) -> datetime:
    """The last moment of a day by clocks in the United Kingdom."""
    return timezone.make_aware(datetime.combine(day, time.max))


def point_at(at: datetime) -> Point:
    """A moment that somebody named."""
    local = timezone.localtime(at)
    return Point(local.isoformat(), date_and_time(at), at=at)
