"""Scores: likelihood times impact, the bands they fall in, and how they moved (domain section 5)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from icp.common.months import add_months

NOT_AVAILABLE = "N/A"


def score(*, likelihood: int | None, impact: int | None) -> int | None:
    """Likelihood times impact; unknown where either is."""
    return None if likelihood is None or impact is None else likelihood * impact


class Band(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True)
class Lines:
    """From which score on a risk is amber, is red, and goes to the boards; and how many months until its review."""

    amber_from: int = 8
    red_from: int = 15
    escalates_from: int = 15
    review_red_months: int = 1
    review_amber_months: int = 3
    review_green_months: int = 6


def band(value: int | None, lines: Lines) -> Band | None:
    """Red, amber or green by score; None where there is no score."""
    if value is None:
        return None
    if value >= lines.red_from:
        return Band.RED
    return Band.AMBER if value >= lines.amber_from else Band.GREEN


class Movement(StrEnum):
    NEW = "new"
    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True)
class Moved:
    """From one score to another. ``arrow`` never stands alone: ``words`` say the same."""

    movement: Movement
    before: int | None
    now: int | None

    @property
    def arrow(self) -> str:
        return {"up": "▲", "down": "▼", "same": "▶", "new": "●"}[self.movement.value]

    @property
    def words(self) -> str:
        """Up from 12; down from 20; unchanged; new."""
        if self.movement in (Movement.UP, Movement.DOWN):
            before = "no score" if self.before is None else str(self.before)
            return f"{'Up' if self.movement == Movement.UP else 'Down'} from {before}"
        return "New" if self.movement == Movement.NEW else "Unchanged"


def moved(*, before: int | None, now: int | None, existed: bool) -> Moved:
    """How a score moved between two moments. ``existed``: the risk was in the register at the first of them.

    A first score is up from none, a score taken back is down.
    """
    if not existed:
        return Moved(Movement.NEW, None, now)
    if before == now:
        return Moved(Movement.SAME, before, now)
    up = before is None or (now is not None and now > before)
    return Moved(Movement.UP if up else Movement.DOWN, before, now)


def stood_before(
    moment: datetime, *, was_scored: bool, created_at: datetime, was_closed: bool
) -> bool:
    """Whether a risk was in the register just before a moment: it had been scored by then, which a source may say of a
    day before it came into the portal, or had come; and it was not closed, to be opened again since.
    """
    return (was_scored or created_at < moment) and not was_closed


def printed_disagrees(*, printed: str, current: int | None) -> bool:
    """Whether a source prints another current score than likelihood times impact. It printed none: no."""
    printed = printed.strip()
    if not printed:
        return False
    if printed.upper() == NOT_AVAILABLE:
        return current is not None
    return printed != str(current)


def next_review(*, on: date, current: int | None, lines: Lines) -> date:
    """When a risk that is reviewed ``on`` a day is reviewed again; without a score as if it were red."""
    months = {
        Band.RED: lines.review_red_months,
        Band.AMBER: lines.review_amber_months,
        Band.GREEN: lines.review_green_months,
    }
    return add_months(on, months[band(current, lines) or Band.RED])


class Standing(StrEnum):
    """How a score stands to what is accepted of its category."""

    WITHIN_APPETITE = "within the appetite"
    ABOVE_APPETITE = "above the appetite, within the tolerance"
    ABOVE_TOLERANCE = "above the tolerance"


def standing(*, current: int | None, appetite: int, tolerance: int) -> Standing | None:
    """A score up to the appetite is lived with, one above the tolerance is not borne; None without a score."""
    if current is None:
        return None
    if current <= appetite:
        return Standing.WITHIN_APPETITE
    return Standing.ABOVE_APPETITE if current <= tolerance else Standing.ABOVE_TOLERANCE
