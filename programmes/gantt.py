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
from programmes.selectors.agreed import WasAgreed

DIAMOND = "-7,10 0,3 7,10 0,17"
GHOST = "-5,22 0,17 5,22 0,27"
TICK = "M-4,10 l3,3 l6,-7"
UNDATED_AT = 1
# Of the row's first line, in pixels from its top: beside its number, however much is said below.
MIDDLE = 21


@dataclass(frozen=True)
class Lines:
    """The two lines that cross every row."""

    today: date
    period_end: date | None


@dataclass(frozen=True)
class Bar:
    """What is drawn of one row. ``late``: overdue at today's date; ``was``: what was once agreed, drawn below it."""

    kind: str
    start: date | None
    finish: date | None
    forecast: date | None
    complete: bool
    late: bool
    was: WasAgreed | None = None


def bar_of(item: PlanItem, *, late: bool, was: WasAgreed | None = None) -> Bar:
    """The row at its agreed dates, or at the plan's where nothing is agreed."""
    finish = item.baseline_finish or item.finish
    return Bar(
        kind=item.kind,
        start=item.baseline_start or item.start,
        finish=finish,
        forecast=None if item.is_complete else item.forecast_finish,
        complete=item.is_complete,
        late=late,
        was=was,
    )


def drawing(bar: Bar, *, on: Timeline, lines: Lines) -> SafeString:
    """One row's drawing."""
    return mark_safe(  # noqa: S308 # nosec B308 B703 - numbers and escaped words only
        f'<svg class="icp-gantt" width="100%" height="100%" role="img" aria-label="{escape(_words(bar))}"'
        f' focusable="false">{_rules(on, lines)}<svg y="{MIDDLE}" overflow="visible">'
        f'<g transform="translate(0 -10)">{_shape(bar, on)}{_below(bar, on)}</g></svg></svg>'
    )


def _below(bar: Bar, on: Timeline) -> str:
    """What was once agreed, pale and under the row as it is now."""
    was = bar.was
    if was is None or was.finish is None:
        return ""
    if bar.kind == ItemKind.MILESTONE or was.start is None:
        return _at(on.at(was.finish), f'<polygon class="icp-gantt__baseline" points="{GHOST}"/>')
    return (
        f'<rect class="icp-gantt__baseline" x="{on.at(was.start)}%" y="18"'
        f' width="{on.width(was.start, was.finish)}%" height="5"/>'
    )


def scale(on: Timeline) -> SafeString:
    """The head of the column: month, quarter or year marks. The dates stand in the table too."""
    marks = "".join(
        f'<text x="{mark.at}%" dx="2" y="13">{escape(mark.text)}</text>'
        f'<line class="icp-gantt__grid" x1="{mark.at}%" x2="{mark.at}%" y1="0" y2="18"/>'
        for mark in on.marks()
    )
    return mark_safe(  # noqa: S308 # nosec B308 B703 - numbers and escaped words only
        f'<svg class="icp-gantt" width="100%" height="18" aria-hidden="true" focusable="false">{marks}</svg>'
    )


def _rules(on: Timeline, lines: Lines) -> str:
    found = ""
    for day, name in ((lines.period_end, "period-end"), (lines.today, "today")):
        if day and on.holds(day):
            at = on.at(day)
            found += f'<line class="icp-gantt__{name}" x1="{at}%" x2="{at}%" y1="0" y2="100%"/>'
    return found


def _shape(bar: Bar, on: Timeline) -> str:
    colour = "complete" if bar.complete else "late" if bar.late else bar.kind
    if bar.finish is None:
        at = on.at(bar.start) if bar.start else UNDATED_AT
        return f'<rect class="icp-gantt__undated" x="{at}%" y="5" width="6%" height="10"/>'
    if bar.kind == ItemKind.MILESTONE or bar.start is None:
        shape = f'<polygon class="icp-gantt__{colour}" points="{DIAMOND}"/>'
        found = _at(on.at(bar.finish), shape)
    else:
        top, height = (7, 6) if bar.kind == ItemKind.SUMMARY else (4, 12)
        found = (
            f'<rect class="icp-gantt__{colour}" x="{on.at(bar.start)}%" y="{top}"'
            f' width="{on.width(bar.start, bar.finish)}%" height="{height}"/>'
        )
    if bar.complete:
        found += _at(on.at(bar.finish), f'<path class="icp-gantt__tick" d="{TICK}"/>')
    if bar.forecast and bar.forecast != bar.finish:
        ring = f'<polygon class="icp-gantt__forecast" points="{DIAMOND}"/>'
        found += _at(on.at(bar.forecast), ring)
    return found


def _at(where: float, shape: str) -> str:
    return f'<svg x="{where}%" overflow="visible">{shape}</svg>'


def _words(bar: Bar) -> str:
    start, finish = bar.start, bar.finish
    if finish is None:
        known = f"starts {short_date(start)}, " if start else ""
        return f"{known}no finish date"
    words = (
        f"{short_date(start)} to {short_date(finish)}"
        if start and start != finish
        else short_date(finish)
    )
    if bar.forecast:
        words += f", forecast {short_date(bar.forecast)}"
    state = "complete" if bar.complete else "overdue" if bar.late else ""
    was = f", {was_words(bar.was)}" if bar.was else ""
    return f"{ItemKind(bar.kind).label}, {words}{', ' if state else ''}{state}{was}"


def was_words(was: WasAgreed) -> str:
    """first agreed: 1 Jan 2020 to 28 Feb 2020"""
    return f"{was.once.words}: {_span_words((was.start, was.finish))}"


@dataclass(frozen=True)
class Ghost:
    """A row in two states: start and finish of each, None where the row was not there."""

    before: tuple[date | None, date | None] | None
    after: tuple[date | None, date | None] | None
    kind: str


def ghosted(ghost: Ghost, *, on: Timeline, lines: Lines) -> SafeString:
    """The row as it is over the row as it was: a pale bar below, dashed where the row is no longer there."""
    was = _ghost(ghost.before, "gone" if ghost.after is None else "baseline", on)
    now = _ghost(ghost.after, ghost.kind, on)
    return mark_safe(  # noqa: S308 # nosec B308 B703 - numbers and escaped words only
        f'<svg class="icp-gantt" width="100%" height="100%" role="img"'
        f' aria-label="{escape(_ghost_words(ghost))}" focusable="false">{_rules(on, lines)}'
        f'<svg y="50%" overflow="visible"><g transform="translate(0 -5)">{was}</g>'
        f'<g transform="translate(0 -15)">{now}</g></svg></svg>'
    )


def _ghost(span: tuple[date | None, date | None] | None, colour: str, on: Timeline) -> str:
    if span is None:
        return ""
    start, finish = span
    if finish is None:
        at = on.at(start) if start else UNDATED_AT
        return f'<rect class="icp-gantt__undated" x="{at}%" y="6" width="6%" height="8"/>'
    if start is None or start == finish:
        return _at(
            on.at(finish), f'<polygon class="icp-gantt__{colour}" points="-5,10 0,5 5,10 0,15"/>'
        )
    width = on.width(start, finish)
    return (
        f'<rect class="icp-gantt__{colour}" x="{on.at(start)}%" y="6" width="{width}%" height="8"/>'
    )


def _ghost_words(ghost: Ghost) -> str:
    if ghost.before is None:
        return f"added: {_span_words(ghost.after)}"
    if ghost.after is None:
        return f"removed: was {_span_words(ghost.before)}"
    if ghost.before == ghost.after:
        return f"unmoved: {_span_words(ghost.after)}"
    return f"was {_span_words(ghost.before)}, now {_span_words(ghost.after)}"


def _span_words(span: tuple[date | None, date | None] | None) -> str:
    start, finish = span or (None, None)
    if finish is None:
        return f"from {short_date(start)}, no finish date" if start else "undated"
    return (
        f"{short_date(start)} to {short_date(finish)}"
        if start and start != finish
        else short_date(finish)
    )
