"""Charts of the money as drawings, each with a table that says the same.

Lines differ by their dashes and end in their names; bars are told apart by their labels. Nothing is told by colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from finance.rules.charts import (
    Axis,
    MonthsSpend,
    Range,
    Said,
    Series,
    Step,
    axis_over,
    budget_to_forecast,
    months_in,
    needed_a_month,
    risk_range,
    run_rate,
    to_draw,
    variance_series,
)
from finance.rules.years import FinanceMonthKey
from icp.common.money import in_thousands

WIDTH, HEIGHT = 480, 220
LEFT, RIGHT, TOP, BOTTOM = 84, 110, 16, 34
LABELS_APART = 15
BAR_HEIGHT = 26
# Room for the words beside bars that lie down.
WORDS = 170


@dataclass(frozen=True)
class Chart:
    """A drawing and the table beside it; ``words`` is what it shows, in a sentence."""

    name: str
    title: str
    words: str
    drawing: SafeString | str
    columns: list[str]
    rows: list[tuple[str, list[str]]]


def charts_of(content: Mapping[str, Any]) -> list[Chart]:
    """The charts of a report's content; none of a report that was stamped before there were any."""
    said = [_said(one) for one in content.get("trend", ())]
    if not said:
        return []
    year = int(content["year"][:4])
    total = next(row for row in content["workstreams"] if row["section"] == "all")
    return [
        _variances(variance_series(said), year, months_in(said)),
        _run_rate(run_rate(said), total, year, content["month"]),
        _bridge(_steps(content, total)),
        _range(content["bridge"]),
    ]


def _said(one: Mapping[str, Any]) -> Said:
    names = ("forecast_variance", "ytd_budget", "ytd_actual")
    amounts = {name: Decimal(one[name]) for name in names}
    return Said(one["month"], one["organisation"], **amounts)


def _short(year: int, number: int) -> str:
    return f"{FinanceMonthKey(year, number).starts_on:%b}"


def _variances(series: list[Series], year: int, months: list[int]) -> Chart:
    names = [_short(year, number) for number in months]
    drawn = to_draw(series)
    words = "; ".join(f"{one.name} {in_thousands(one.values[-1])}" for one in drawn)
    return Chart(
        "variance",
        "Forecast variance by month and partner, £000",
        f"Now: {words}. Unfavourable is in brackets.",
        _lines(drawn, names),
        names,
        [(one.name, [in_thousands(value) for value in one.values]) for one in series],
    )


def _run_rate(spends: list[MonthsSpend], total: Mapping[str, Any], year: int, number: int) -> Chart:
    actual, forecast = Decimal(total["ytd_actual"]), Decimal(total["forecast_outturn"])
    needed = needed_a_month(forecast=forecast, actual=actual, number=number)
    words = f"On average {in_thousands(actual / number)} a month was spent up to now"
    if needed is not None:
        words += f"; the forecast leaves {in_thousands(needed)} for each month to come"
    rows = [
        (_short(year, one.month), [in_thousands(one.budget), in_thousands(one.actual)])
        for one in spends
    ]
    return Chart(
        "run-rate",
        "Run rate: spent in each month, £000",
        f"{words}.",
        _bars(spends, [label for label, _ in rows]),
        ["Budget of the month", "Spent in the month"],
        rows,
    )


def _steps(content: Mapping[str, Any], total: Mapping[str, Any]) -> list[Step]:
    """By workstream, and what is attributed to none as one step."""
    rows = content["workstreams"]
    parts = {
        row["label"]: Decimal(row["forecast_variance"])
        for row in rows
        if row["section"] == "workstream" and row["kind"] == "line"
    }
    others = next(
        row for row in rows if row["section"] == "not attributed" and row["kind"] == "subtotal"
    )
    parts["Not attributed"] = Decimal(others["forecast_variance"])
    return budget_to_forecast(Decimal(total["annual_budget"]), parts)


def _bridge(steps: list[Step]) -> Chart:
    first, last = steps[0].end, steps[-1].end
    words = f"From a budget of {in_thousands(first)} to a forecast of {in_thousands(last)}."
    rows = [(one.label, [_step_words(one)]) for one in steps]
    return Chart(
        "bridge",
        "From budget to forecast, £000",
        f"{words} A step to the right is over its budget, one to the left under it; the two sums do not begin at nought.",
        _waterfall(steps),
        ["£000"],
        rows,
    )


def _step_words(step: Step) -> str:
    """Over or under the budget. Brackets are for what is unfavourable, and would say the opposite here."""
    if step.is_sum or step.amount == 0:
        return in_thousands(step.amount)
    return f"{in_thousands(abs(step.amount))} {'over' if step.amount > 0 else 'under'}"


def _range(bridge: Mapping[str, str]) -> Chart:
    found = risk_range(
        reported=Decimal(bridge["reported"]),
        risks=-Decimal(bridge["risks"]),
        offsets=Decimal(bridge["offsets"]),
    )
    points = [
        ("With every risk, unmitigated", found.worst),
        ("As reported", found.reported),
        ("With risks and what offsets them", found.mitigated),
        ("Without risks, with every opportunity", found.best),
    ]
    words = (
        f"Reported {in_thousands(found.reported)}; it may end between {in_thousands(found.worst)} "
        f"and {in_thousands(found.best)}."
    )
    return Chart(
        "range",
        "Risk-adjusted range of the forecast variance, £000",
        words,
        _range_drawing(found),
        ["£000"],
        [(label, [in_thousands(value)]) for label, value in points],
    )


# --- drawing ------------------------------------------------------------------------------------


def _svg(inner: str, words: str, *, height: int = HEIGHT, left: int = LEFT) -> SafeString:
    wide, high = WIDTH + left + RIGHT, height + TOP + BOTTOM
    return mark_safe(  # noqa: S308 # nosec B308 B703 - numbers and escaped words only
        f'<svg class="mon-chart" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" role="img"'
        f' aria-label="{escape(words)}" focusable="false"><g transform="translate({left} {TOP})">{inner}</g></svg>'
    )


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


def _lines(series: Sequence[Series], names: Sequence[str]) -> SafeString:
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
    found, lowest = "", -float(LABELS_APART)
    for y, name in sorted(ends):
        lowest = max(y + 4, lowest + LABELS_APART)
        found += f'<text x="{WIDTH + 8}" y="{lowest}">{escape(name)}</text>'
    return found


def _bars(spends: Sequence[MonthsSpend], names: Sequence[str]) -> SafeString:
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


def _waterfall(steps: Sequence[Step]) -> SafeString:
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
            f'<text x="{WIDTH + 8}" y="{y + 17}">{_step_words(one)}</text>'
        )
    said = "; ".join(f"{one.label} {_step_words(one)}" for one in steps)
    return _svg(
        drawn,
        f"From budget to forecast, £000: {said}.",
        height=len(steps) * (BAR_HEIGHT + 8),
        left=WORDS,
    )


def _label(text: str) -> str:
    """As much of it as there is room for beside the bars; the table says it whole."""
    return text if len(text) <= 21 else f"{text[:20].rstrip()}…"


def _range_drawing(found: Range) -> SafeString:
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
