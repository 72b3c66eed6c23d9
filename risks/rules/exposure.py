"""Exposure over time: what the open risks scored together at each month's end, in all and by register."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Life:
    """A risk's register, from when to when it stood in it, and its scores, the oldest first, each from a day on."""

    register: str
    begins: date
    ends: date | None
    scores: tuple[tuple[date, int | None], ...]


@dataclass(frozen=True)
class Exposure:
    """At a day's end: open risks, those scored among them at or above the line, and the sum of all scores."""

    day: date
    risks: int
    above: int
    score: int
    by_register: dict[str, int]


def exposure_at(lives: Iterable[Life], *, day: date, line: int) -> Exposure:
    """What stood open at the end of a day. A risk that ends on the day no longer stands."""
    count, above, total = 0, 0, 0
    by_register: dict[str, int] = defaultdict(int)
    for life in lives:
        if life.begins > day or (life.ends is not None and life.ends <= day):
            continue
        value = next((score for since, score in reversed(life.scores) if since <= day), None) or 0
        count, total = count + 1, total + value
        above += value >= line
        by_register[life.register] += value
    return Exposure(day, count, above, total, dict(by_register))
