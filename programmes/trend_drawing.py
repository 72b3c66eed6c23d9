"""The milestone trend as a drawing: a line for each row from period to period. Its table says the same in words.

No line is told from another by its colour: each ends in its row's number, and lines differ by their dashes.
"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from icp.common.drawings import pushed_apart
from icp.common.words import short_date
from programmes.rules.timeline import timeline_over
from programmes.rules.trend import Chart, Trend
from programmes.selectors.trend import Column

LEFT, RIGHT, TOP, BOTTOM = 84, 92, 16, 34
WIDTH, HEIGHT = 560, 320
DASHES = 6
LABELS_APART = 15
BAR_HEIGHT, BAR_WIDTH = 36, 20


def trend_drawing(trends: Sequence[Trend], columns: Sequence[Column]) -> SafeString | str:
    """Nothing where no row has a known date."""
    known = [trend for trend in trends if trend.known]
    whole = timeline_over(point.finish for trend in known for point in trend.known)
    if whole is None:
        return ""
    chart = Chart(
        tuple(one.as_at for one in columns), whole.first, whole.last, width=WIDTH, height=HEIGHT
    )
    grid = "".join(
        f'<line class="icp-gantt__grid" x1="0" x2="{WIDTH}" y1="{_up(mark.at)}" y2="{_up(mark.at)}"/>'
        f'<text x="-8" y="{_up(mark.at) + 4}" text-anchor="end">{escape(mark.text)}</text>'
        for mark in whole.marks()
    )
    days = "".join(
        f'<text x="{chart.across(one.as_at)}" y="{HEIGHT + 22}" text-anchor="middle">'
        f"{escape(short_date(one.as_at))}</text>"
        for one in columns
    )
    lines = "".join(_line(trend, chart, number) for number, trend in enumerate(known))
    width, height = WIDTH + LEFT + RIGHT, HEIGHT + TOP + BOTTOM
    return mark_safe(  # noqa: S308 # nosec B308 B703 - numbers and escaped words only
        f'<svg class="icp-trend" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{escape(_words(known))}" focusable="false"><g transform="translate({LEFT} {TOP})">'
        f"{grid}{days}{lines}{_labels(known, chart)}</g></svg>"
    )


def _up(percent: float) -> float:
    return round(HEIGHT - percent * HEIGHT / 100, 1)


def _line(trend: Trend, chart: Chart, number: int) -> str:
    points = [(chart.across(one.as_at), chart.up(one.finish)) for one in trend.known if one.finish]
    path = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(
        f'<circle class="icp-trend__point" cx="{x}" cy="{y}" r="3.5"/>' for x, y in points
    )
    kind = number % DASHES + 1
    return f'<polyline class="icp-trend__line icp-trend__line--{kind}" points="{path}"/>{dots}'


def _labels(trends: Sequence[Trend], chart: Chart) -> str:
    """The rows' numbers at the ends of their lines, pushed apart where they would touch."""
    ends = sorted(
        (chart.up(last), trend.row) for trend in trends if (last := trend.known[-1].finish)
    )
    # None stands below the drawing, where the days are written.
    places = pushed_apart([y + 4 for y, _ in ends], apart=LABELS_APART, last=HEIGHT + 4)
    return "".join(
        f'<text x="{WIDTH + 10}" y="{y}">{escape(row)}</text>'
        for y, (_, row) in zip(places, ends, strict=True)
    )


def _words(trends: Sequence[Trend]) -> str:
    return "; ".join(f"{trend.row}: {trend.words}" for trend in trends)


def slip_bars(days: Sequence[int | None], *, most: int) -> SafeString:
    """A bar for each period; the numbers stand in the cells beside it."""
    bars = ""
    for number, value in enumerate(days):
        height = round((value or 0) * BAR_HEIGHT / max(most, 1), 1)
        x = number * (BAR_WIDTH + 4)
        bars += (
            f'<rect class="icp-gantt__late" x="{x}" y="{BAR_HEIGHT - height}" width="{BAR_WIDTH}" height="{height}"/>'
            f'<line class="icp-trend__foot" x1="{x}" x2="{x + BAR_WIDTH}" y1="{BAR_HEIGHT}" y2="{BAR_HEIGHT}"/>'
        )
    width = len(days) * (BAR_WIDTH + 4)
    return mark_safe(  # noqa: S308 # nosec B308 B703 - numbers only
        f'<svg class="icp-gantt" width="{width}" height="{BAR_HEIGHT + 1}" aria-hidden="true" focusable="false">{bars}</svg>'
    )
