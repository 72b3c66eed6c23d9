"""Where dates stand on a drawn line: percentages of its width."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from icp.common.months import add_months, month_end, month_start

# How wide the words of a mark are, in hundredths of the narrowest drawing (about 340 pixels): "Mar 2020"
# and "2020", with a space after them. Marks stand no closer, and none where its words would be cut off.
MONTH_WIDTH = 16
YEAR_WIDTH = 10
STEPS_IN_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240)


@dataclass(frozen=True)
class Mark:
    """A tick of the scale: where, and its words."""

    at: float
    text: str


@dataclass(frozen=True)
class Timeline:
    """A scale of whole months, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date) -> float:
        """Where ``day`` begins, from 0 to 100; a day beyond an end stands at that end."""
        return round(min(max((day - self.first).days / self.days, 0), 1) * 100, 2)

    def width(self, start: date, finish: date) -> float:
        """How wide a bar from ``start`` to ``finish`` is, both days included; never nothing."""
        end = self.at(finish + timedelta(days=1))
        return round(max(end - self.at(start), 0.4), 2)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def marks(self) -> list[Mark]:
        """The starts of months, quarters or years, as many as fit without touching."""
        for step in STEPS_IN_MONTHS:
            found, width = self._marks(step), _width_of_words(step)
            if all(after.at - mark.at >= width for mark, after in pairwise(found)):
                break
        return found

    def _marks(self, step: int) -> list[Mark]:
        day, found = self.first, []
        while day <= self.last and self.at(day) <= 100 - _width_of_words(step):
            found.append(Mark(self.at(day), f"{day:%b %Y}" if step < 12 else f"{day:%Y}"))
            day = add_months(day, step)
        return found


def _width_of_words(step: int) -> int:
    return MONTH_WIDTH if step < 12 else YEAR_WIDTH


def timeline_over(days: Iterable[date | None]) -> Timeline | None:
    """Whole months that hold every day given; nothing when none is known."""
    known = [day for day in days if day is not None]
    if not known:
        return None
    return Timeline(month_start(min(known)), month_end(max(known)))
