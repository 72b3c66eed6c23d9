"""Drawings of the registers, made on the server as SVG; every one has a table beside it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from risks.rules.heat import Cell, Moves, Step
from risks.rules.quarters import Quarter

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 160, 36, 12, 28


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class ScoreLine:
    """Scores over time: ``path`` is the SVG path of the current score, as steps, as are those of the inherent and the
    target score; ``residual_path`` that of the residual scores, from quarter's end to quarter's end; ``line_y`` is the
    height of the line of escalation.
    """

    path: str
    points: tuple[Point, ...]
    residual_path: str
    residual_points: tuple[Point, ...]
    inherent_path: str
    target_path: str
    line_y: float
    line: int
    first: date
    last: date
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    right: int = WIDTH - 12
    base: int = HEIGHT - BOTTOM


Dated = Sequence[tuple[date, int | None]]


def score_line(
    scores: Dated,
    residuals: Sequence[tuple[Quarter, int]],
    *,
    until: date,
    line: int,
    most: int,
    inherent: Dated = (),
    target: Dated = (),
) -> ScoreLine | None:
    """The current, inherent and target scores from the day of each until the next, and the residual scores at their
    quarters' ends, that of the quarter in progress at ``until``; each the oldest first. None where there is no score to
    draw.
    """
    known = [(day, value) for day, value in scores if value is not None]
    ends = [(min(quarter.ends_on, until), value) for quarter, value in residuals]
    given = [day for day, value in (*scores, *inherent, *target) if value is not None]
    days = [*given, *(day for day, _ in ends)]
    if not days:
        return None
    first, last = min(days), max(until, *days)
    span = max((last - first).days, 1)

    def place(dated: tuple[date, int]) -> tuple[float, float]:
        day, value = dated
        across = LEFT + (day - first).days / span * (WIDTH - 12 - LEFT)
        up = HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP)
        return round(across, 1), round(up, 1)

    def steps(dated: Dated) -> str:
        # A day before the first known score is left of the drawing: nothing was drawn then that could end.
        found = [(place((max(day, first), value or 0)), value is not None) for day, value in dated]
        return _steps(found, until=place((last, 0))[0])

    return ScoreLine(
        steps(scores),
        tuple(Point(*place(one), f"{one[1]} from {one[0]:%-d %b %Y}") for one in known),
        _straight([place(one) for one in ends]),
        tuple(
            Point(*place(one), f"{one[1]}, residual of {quarter.name}")
            for one, (quarter, _) in zip(ends, residuals, strict=True)
        ),
        steps(inherent),
        steps(target),
        place((first, min(line, most)))[1],
        line,
        first,
        last,
        most,
    )


def _steps(points: Sequence[tuple[tuple[float, float], bool]], *, until: float) -> str:
    """``points`` are where a score begins or, where it is taken back (False), ends."""
    path, is_drawn = [], False
    for (x, y), known in points:
        if known:
            path.append(f"H{x} V{y}" if is_drawn else f"M{x} {y}")
        elif is_drawn:
            path.append(f"H{x}")
        is_drawn = known
    return " ".join([*path, f"H{until}"] if is_drawn else path)


def _straight(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if number else 'M'}{x} {y}" for number, (x, y) in enumerate(points))


SQUARE, GAP, MAP_LEFT, MAP_TOP = 92, 4, 44, 8


@dataclass(frozen=True)
class Square:
    """A square of the map; ``href`` leads to the list of who stands there."""

    x: int
    y: int
    cell: Cell
    href: str
    size: int = SQUARE

    @property
    def words(self) -> str:
        cell = self.cell
        stand = "1 risk" if cell.count == 1 else f"{cell.count} risks"
        return f"Likelihood {cell.likelihood}, impact {cell.impact}: {cell.score}, {cell.band.value}, {stand}"


@dataclass(frozen=True)
class Arrow:
    """From the middle of a square to that of another; ``tip`` are the points of its head."""

    x1: float
    y1: float
    x2: float
    y2: float
    tip: str
    rose: bool
    words: str


@dataclass(frozen=True)
class HeatDrawing:
    rows: tuple[tuple[Square, ...], ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int
    base: int
    left: int = MAP_LEFT

    @property
    def squares(self) -> list[Square]:
        return [square for row in self.rows for square in row]


def heat_drawing(
    rows: Sequence[Sequence[Cell]], moved: Sequence[Moves], *, href: Callable[[Cell], str]
) -> HeatDrawing:
    """The map with its arrows. ``href`` is the address of the list of who stands on a square."""
    across, down = len(rows[0]), len(rows)
    pitch = SQUARE + GAP
    drawn = tuple(
        tuple(
            Square(MAP_LEFT + place * pitch, MAP_TOP + number * pitch, cell, href(cell))
            for place, cell in enumerate(row)
        )
        for number, row in enumerate(rows)
    )
    base = MAP_TOP + down * pitch
    middle = {
        (square.cell.likelihood, square.cell.impact): (
            square.x + SQUARE / 2,
            square.y + SQUARE / 2,
        )
        for row in drawn
        for square in row
    }
    arrows = [_arrow(one, middle) for one in moved if {one.start, one.end} <= middle.keys()]
    return HeatDrawing(drawn, tuple(arrows), MAP_LEFT + across * pitch + 8, base + 36, base)


def _arrow(one: Moves, middle: Mapping[Step, tuple[float, float]]) -> Arrow:
    (x1, y1), (x2, y2) = middle[one.start], middle[one.end]
    length = math.hypot(x2 - x1, y2 - y1)
    right, up = (x2 - x1) / length, (y2 - y1) / length
    # The head stands before the middle, so that the number there can be read.
    x2, y2 = x2 - right * 22, y2 - up * 22
    back_x, back_y = x2 - right * 12, y2 - up * 12
    tip = [
        (x2, y2),
        (back_x - up * 6, back_y + right * 6),
        (back_x + up * 6, back_y - right * 6),
    ]
    count = len(one.risks)
    words = f"{count} from {one.start[0]} x {one.start[1]} to {one.end[0]} x {one.end[1]}"
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in tip)
    return Arrow(
        round(x1, 1), round(y1, 1), round(back_x, 1), round(back_y, 1), points, one.rose, words
    )
