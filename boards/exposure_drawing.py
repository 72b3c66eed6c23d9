"""Exposure over time as a line, drawn on the server; the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from risks.rules.exposure import Exposure

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 200, 48, 12, 16, 32


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    day: date
    score: int


@dataclass(frozen=True)
class ExposureLine:
    """``points`` are those of an SVG polyline; ``most`` is what the top of the drawing stands for."""

    points: str
    marks: tuple[Mark, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    base: int = HEIGHT - BOTTOM


def exposure_line(found: Sequence[Exposure]) -> ExposureLine | None:
    """None where there is nothing to draw."""
    if not found:
        return None
    most = max(max(one.score for one in found), 1)
    step = (WIDTH - LEFT - RIGHT) / max(len(found) - 1, 1)
    height = HEIGHT - TOP - BOTTOM
    marks = tuple(
        Mark(
            round(LEFT + place * step, 1),
            round(HEIGHT - BOTTOM - one.score / most * height, 1),
            one.day,
            one.score,
        )
        for place, one in enumerate(found)
    )
    return ExposureLine(" ".join(f"{one.x},{one.y}" for one in marks), marks, most)
