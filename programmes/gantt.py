"""A row of the Gantt as a small drawing: shapes, and the same in words for those who cannot see it.

Drawn as text rather than by a template: a page holds a hundred of them. Everything put in is a number or
escaped, and no style attribute is used, so that the content security policy holds.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from icp.common.words import short_date
from programmes.models import ItemKind, PlanItem
from programmes.rules.timeline import Timeline

DIAMOND = "-7,10 0,3 7,10 0,17"
TICK = "M-4,10 l3,3 l6,-7"
UNDATED_AT = 1


@dataclass(frozen=True)
class Lines:
    """The two lines that cross every row."""

    today: date
    period_end: date | None


def drawing(item: PlanItem, *, on: Timeline, lines: Lines, late: bool) -> SafeString:
    """One row's drawing. ``late``: overdue at today's date."""
    start, finish = item.baseline_start or item.start, item.baseline_finish or item.finish
    shape = _shape(item, start, finish, on, late=late)
    words = escape(_words(item, start, finish, late=late))
    return mark_safe(  # noqa: S308 - numbers and escaped words only
        f'<svg class="icp-gantt" width="100%" height="100%" role="img" aria-label="{words}"'
        f' focusable="false">{_rules(on, lines)}<svg y="50%" overflow="visible">'
        f'<g transform="translate(0 -10)">{shape}</g></svg></svg>'
    )


def scale(on: Timeline) -> SafeString:
    """The head of the column: month, quarter or year marks. The dates stand in the table too."""
    marks = "".join(
        f'<text x="{mark.at}%" dx="2" y="13">{escape(mark.text)}</text>'
        f'<line class="icp-gantt__grid" x1="{mark.at}%" x2="{mark.at}%" y1="0" y2="18"/>'
        for mark in on.marks()
    )
    return mark_safe(  # noqa: S308 - numbers and escaped words only
        f'<svg class="icp-gantt" width="100%" height="18" aria-hidden="true" focusable="false">{marks}</svg>'
    )


def _rules(on: Timeline, lines: Lines) -> str:
    found = ""
    for day, name in ((lines.period_end, "period-end"), (lines.today, "today")):
        if day and on.holds(day):
            at = on.at(day)
            found += f'<line class="icp-gantt__{name}" x1="{at}%" x2="{at}%" y1="0" y2="100%"/>'
    return found


def _shape(
    item: PlanItem, start: date | None, finish: date | None, on: Timeline, *, late: bool
) -> str:
    colour = "complete" if item.is_complete else "late" if late else item.kind
    if finish is None:
        at = on.at(start) if start else UNDATED_AT
        return f'<rect class="icp-gantt__undated" x="{at}%" y="5" width="6%" height="10"/>'
    if item.kind == ItemKind.MILESTONE or start is None:
        shape = f'<polygon class="icp-gantt__{colour}" points="{DIAMOND}"/>'
        found = _at(on.at(finish), shape)
    else:
        top, height = (7, 6) if item.is_summary else (4, 12)
        found = (
            f'<rect class="icp-gantt__{colour}" x="{on.at(start)}%" y="{top}"'
            f' width="{on.width(start, finish)}%" height="{height}"/>'
        )
    if item.is_complete:
        found += _at(on.at(finish), f'<path class="icp-gantt__tick" d="{TICK}"/>')
    if item.forecast_finish and item.forecast_finish != finish and not item.is_complete:
        ring = f'<polygon class="icp-gantt__forecast" points="{DIAMOND}"/>'
        found += _at(on.at(item.forecast_finish), ring)
    return found


def _at(where: float, shape: str) -> str:
    return f'<svg x="{where}%" overflow="visible">{shape}</svg>'


def _words(item: PlanItem, start: date | None, finish: date | None, *, late: bool) -> str:
    if finish is None:
        known = f"starts {short_date(start)}, " if start else ""
        return f"{known}no finish date"
    words = (
        f"{short_date(start)} to {short_date(finish)}"
        if start and start != finish
        else short_date(finish)
    )
    if item.forecast_finish and not item.is_complete:
        words += f", forecast {short_date(item.forecast_finish)}"
    state = "complete" if item.is_complete else "overdue" if late else ""
    return f"{item.get_kind_display()}, {words}{', ' if state else ''}{state}"
