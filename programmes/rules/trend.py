"""What was expected when: forecasts by period end, and whether they are kept or slip."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from icp.common.words import plural


@dataclass(frozen=True, slots=True)
class Expected:
    """What was expected of a row at the end of one period: ``finish`` is None where nothing was known."""

    as_at: date
    finish: date | None


@dataclass(frozen=True)
class Trend:
    """One row's expected finish from period to period, oldest first."""

    row: str
    points: tuple[Expected, ...]

    @property
    def known(self) -> list[Expected]:
        return [point for point in self.points if point.finish is not None]

    @property
    def slip_days(self) -> int | None:
        """Calendar days from the first expectation to the last; None with fewer than two."""
        known = self.known
        if len(known) < 2:
            return None
        first, last = known[0].finish, known[-1].finish
        assert first is not None
        assert last is not None
        return (last - first).days

    @property
    def moves(self) -> int:
        """How often it was expected on another day than the period before."""
        return sum(before.finish != after.finish for before, after in pairwise(self.known))

    @property
    def words(self) -> str:
        """Kept; slipped 30 days in 2 moves; brought forward 5 days; no trend yet."""
        days = self.slip_days
        if days is None:
            return "no trend yet"
        if self.moves == 0:
            return "kept"
        moves = f" in {plural(self.moves, 'move')}"
        if days == 0:
            return f"back where it was{moves}"
        return f"{'slipped' if days > 0 else 'brought forward'} {plural(abs(days), 'day')}{moves}"


def expected_finish(
    *, agreed: date | None, forecast: date | None, complete: bool, as_at: date
) -> date | None:
    """The finish to be reckoned with at ``as_at``: forecast, else agreed; never a day that has passed while the
    row is not complete, since slip is measured to the as-at date then (domain section 2).
    """
    finish = forecast or agreed
    if finish is None or complete:
        return finish
    return max(finish, as_at)


@dataclass(frozen=True)
class Chart:
    """Where dates stand in a drawing of ``width`` by ``height`` units: as-at dates across, finishes upwards."""

    columns: tuple[date, ...]
    first: date
    last: date
    width: int
    height: int

    def across(self, as_at: date) -> float:
        if len(self.columns) < 2:
            return self.width / 2
        return round(self.columns.index(as_at) * self.width / (len(self.columns) - 1), 1)

    def up(self, finish: date) -> float:
        """From the top: a later finish stands higher."""
        days = max((self.last - self.first).days, 1)
        return round(self.height - (finish - self.first).days * self.height / days, 1)
