"""Drawings of the money, on the server.

Lines differ by their dashes and end in their names; bars are told apart by their labels. Nothing is told by colour alone.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from finance.rules.charts import (
    Axis,
    MonthsSpend,
    Range,
    Series,
    Step,
    axis_over,
)
from icp.common.drawings import pushed_apart
from icp.common.money import in_thousands

WIDTH, HEIGHT = 480, 220
LEFT, RIGHT, TOP, BOTTOM = 84, 110, 16, 34
LABELS_APART = 15
BAR_HEIGHT = 26
STYLESHEET = Path(__file__).resolve().parent.parent / "static" / "css" / "money.css"
# Those of the drawings' parts; where a drawing stands on a page is the page's own.
RULES = re.compile(r"^\.mon-chart(?:__| text).*$", re.MULTILINE)
# Room for the words beside bars that lie down.
WORDS = 170


def _svg(inner: str, words: str, *, height: int = HEIGHT, left: int = LEFT) -> SafeString:
    wide, high = WIDTH + left + RIGHT, height + TOP + BOTTOM
    return mark_safe(  # noqa: S308 # nosec B308 B703 - numbers and escaped words only
        f'<svg class="mon-chart" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img"'
        f' aria-label="{escape(words)}" focusable="false"><g transform="translate({left} {TOP})">{inner}</g></svg>'
    )


def for_print(drawing: str) -> str:
    """A drawing that stands by itself: with the rules of the page's stylesheet in it."""
    return drawing.replace(
        "<svg ",
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="Liberation Sans" font-size="13" ',
        1,
    ).replace("<g ", f"<style>{_rules()}</style><g ", 1)


@cache
def _rules() -> str:
    return " ".join(RULES.findall(STYLESHEET.read_text()))


def _up(axis: Axis, value: Decimal) -> float:
    return round(HEIGHT - axis.share(value) * HEIGHT, 1)


def _grid(axis: Axis) -> str:
    found = ""
    for mark in axis.marks:
        y = _up(axis, mark)
        kind = " mon-chart__nought" if mark == 0 else ""
        found += (
            f'<line class="mon-chart__grid{kind}" x1="0" x2="{WIDTH}" y1="{y}" y2="{y}"/>'
            f'<text x="-8" y="{y + 4}" text-anchor="end">{in_thousands(mark)}</text>'
        )
    return found


def _feet(names: Sequence[str], across: Sequence[float]) -> str:
    return "".join(
        f'<text x="{x}" y="{HEIGHT + 22}" text-anchor="middle">{escape(name)}</text>'
        for name, x in zip(names, across, strict=True)
    )


def _across(count: int) -> list[float]:
    if count < 2:
        return [WIDTH / 2] * count
    return [round(number * WIDTH / (count - 1), 1) for number in range(count)]


def lines_drawing(series: Sequence[Series], names: Sequence[str]) -> SafeString:
    axis = axis_over(value for one in series for value in one.values if value is not None)
    across = _across(len(names))
    drawn, ends = "", []
    for number, one in enumerate(series, start=1):
        points = [
            (x, _up(axis, value))
            for x, value in zip(across, one.values, strict=True)
            if value is not None
        ]
        if not points:
            continue
        path = " ".join(f"{x},{y}" for x, y in points)
        drawn += f'<polyline class="mon-chart__line mon-chart__line--{number}" points="{path}"/>'
        drawn += "".join(
            f'<circle class="mon-chart__point" cx="{x}" cy="{y}" r="3"/>' for x, y in points
        )
        ends.append((points[-1][1], one.name))
    words = "; ".join(f"{one.name}: {in_thousands(one.values[-1])}" for one in series)
    inner = _grid(axis) + _feet(names, across) + drawn + _names(ends)
    return _svg(inner, f"Forecast variance by month, £000. Now {words}.")


def _names(ends: list[tuple[float, str]]) -> str:
    """The names at the ends of their lines, pushed apart where they would touch."""
    ends = sorted(ends)
    # None stands below the drawing, where the months are written.
    places = pushed_apart([y + 4 for y, _ in ends], apart=LABELS_APART, last=HEIGHT + 4)
    return "".join(
        f'<text x="{WIDTH + 8}" y="{y}">{escape(name)}</text>'
        for y, (_, name) in zip(places, ends, strict=True)
    )


def bars_drawing(spends: Sequence[MonthsSpend], names: Sequence[str]) -> SafeString:
    """A bar for what each month spent, and a stroke across it at its budget."""
    axis = axis_over(
        value for one in spends for value in (one.budget, one.actual) if value is not None
    )
    slot = WIDTH / max(len(spends), 1)
    middles = [round(slot * (number + 0.5), 1) for number in range(len(spends))]
    ground, drawn = _up(axis, Decimal(0)), ""
    for one, x in zip(spends, middles, strict=True):
        if one.actual is None or one.budget is None:
            continue
        top = _up(axis, one.actual)
        drawn += _bar(x - slot * 0.3, slot * 0.6, top, ground, "mon-chart__bar")
        at = _up(axis, one.budget)
        left, right = round(x - slot * 0.42, 1), round(x + slot * 0.42, 1)
        drawn += f'<line class="mon-chart__budget" x1="{left}" x2="{right}" y1="{at}" y2="{at}"/>'
    key = f'<text x="{WIDTH + 8}" y="12">bar: spent</text><text x="{WIDTH + 8}" y="28">line: budget</text>'
    said = "; ".join(
        f"{name} {in_thousands(one.actual)}" for name, one in zip(names, spends, strict=True)
    )
    return _svg(_grid(axis) + _feet(names, middles) + drawn + key, f"Spent by month, £000: {said}.")


def _bar(x: float, width: float, one: float, other: float, kind: str) -> str:
    top, high = min(one, other), max(abs(one - other), 1)
    return (
        f'<rect class="{kind}" x="{round(x, 1)}" y="{round(top, 1)}"'
        f' width="{round(width, 1)}" height="{round(high, 1)}"/>'
    )


def bridge_drawing(steps: Sequence[Step]) -> SafeString:
    """Bars side by side lie down here: labels are words, and a table of steps reads downwards as well."""
    changes = [value for one in steps for value in (one.start, one.end) if not one.is_sum]
    sums = [one.end for one in steps if one.is_sum]
    # The steps are small beside the sums: the axis begins shortly before the least of them.
    low, high = min(changes + sums), max(changes + sums)
    room = max((high - low) / 10, abs(high) / 1000, Decimal(1))
    axis = Axis(low - room, high + room, high - low + 2 * room)
    drawn = ""
    for number, one in enumerate(steps):
        start = axis.low if one.is_sum else one.start
        x1, x2 = sorted((axis.share(start) * WIDTH, axis.share(one.end) * WIDTH))
        y = number * (BAR_HEIGHT + 8)
        kind = "sum" if one.is_sum else "worse" if one.amount > 0 else "better"
        drawn += (
            f'<rect class="mon-chart__{kind}" x="{round(x1, 1)}" y="{y}" width="{round(max(x2 - x1, 1), 1)}"'
            f' height="{BAR_HEIGHT}"/><text x="-8" y="{y + 17}" text-anchor="end">{escape(_label(one.label))}</text>'
            f'<text x="{WIDTH + 8}" y="{y + 17}">{step_words(one)}</text>'
        )
    said = "; ".join(f"{one.label} {step_words(one)}" for one in steps)
    return _svg(
        drawn,
        f"From budget to forecast, £000: {said}.",
        height=len(steps) * (BAR_HEIGHT + 8),
        left=WORDS,
    )


def _label(text: str) -> str:
    """As much of it as there is room for beside the bars; the table says it whole."""
    return text if len(text) <= 21 else f"{text[:20].rstrip()}…"


def range_drawing(found: Range) -> SafeString:
    axis = axis_over([found.worst, found.reported, found.mitigated, found.best])
    at = {name: round(axis.share(getattr(found, name)) * WIDTH, 1) for name in POINTS}
    y = 60
    grid = "".join(
        f'<line class="mon-chart__grid{" mon-chart__nought" if mark == 0 else ""}" y1="10" y2="110"'
        f' x1="{x}" x2="{x}"/><text x="{x}" y="130" text-anchor="middle">{in_thousands(mark)}</text>'
        for mark in axis.marks
        for x in [round(axis.share(mark) * WIDTH, 1)]
    )
    bar = _bar(at["worst"], at["best"] - at["worst"], y - 10, y + 10, "mon-chart__bar")
    points = (
        f'<circle class="mon-chart__point" cx="{at["reported"]}" cy="{y}" r="7"/>'
        f'<text x="{at["reported"]}" y="{y - 20}" text-anchor="middle">reported</text>'
        f'<rect class="mon-chart__mark" x="{at["mitigated"] - 3}" y="{y - 14}" width="6" height="28"/>'
        f'<text x="{at["mitigated"]}" y="{y + 34}" text-anchor="middle">mitigated</text>'
    )
    words = (
        f"Forecast variance, £000: reported {in_thousands(found.reported)}, mitigated {in_thousands(found.mitigated)}, "
        f"between {in_thousands(found.worst)} and {in_thousands(found.best)}."
    )
    return _svg(grid + bar + points, words, height=120)


POINTS = ("worst", "reported", "mitigated", "best")


def step_words(step: Step) -> str:
    """Over or under the budget. Brackets are for what is unfavourable, and would say the opposite here."""
    if step.is_sum or step.amount == 0:
        return in_thousands(step.amount)
    return f"{in_thousands(abs(step.amount))} {'over' if step.amount > 0 else 'under'}"
