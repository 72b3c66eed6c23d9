"""Charts of the money: what each shows, its drawing, and the table that says the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from finance.chart_drawing import (
    bars_drawing,
    bridge_drawing,
    lines_drawing,
    range_drawing,
    step_words,
)
from finance.rules.charts import (
    MonthsSpend,
    Said,
    Series,
    Step,
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

# Prints an amount in a sentence.
Writer = Callable[[Decimal | None], str]


@dataclass(frozen=True)
class Chart:
    """A drawing and the table beside it; ``words`` is what it shows, in a sentence. ``values`` are its rows in pounds."""

    name: str
    title: str
    words: str
    drawing: SafeString | str
    columns: list[str]
    rows: list[tuple[str, list[str]]]
    values: list[Sequence[Decimal | None]]


def charts_of(
    content: Mapping[str, Any], *, write: Writer = in_thousands, whole: str = "All partners"
) -> list[Chart]:
    """The charts of a report's content; none of a report that was stamped before there were any, or without any figure.

    ``write`` prints the amounts in their words: in the unit of what stands around them. ``whole`` calls the partners
    that the content holds, together; empty where it is one.
    """
    said = [_said(one) for one in content.get("trend", ())]
    total = next((row for row in content["workstreams"] if row["section"] == "all"), None)
    if not said or total is None or total["ytd_actual"] is None:
        return []
    year = int(content["year"][:4])
    return [
        _variances(variance_series(said, whole=whole), year, months_in(said), write),
        _run_rate(run_rate(said), total, year, content["month"], write),
        _bridge(_steps(content, total), write),
        _range(content["bridge"], write),
    ]


def _said(one: Mapping[str, Any]) -> Said:
    names = ("forecast_variance", "ytd_budget", "ytd_actual")
    amounts = {name: Decimal(one[name]) for name in names}
    return Said(one["month"], one["organisation"], **amounts)


def _short(year: int, number: int) -> str:
    return f"{FinanceMonthKey(year, number).starts_on:%b}"


def _variances(series: list[Series], year: int, months: list[int], write: Writer) -> Chart:
    names = [_short(year, number) for number in months]
    drawn = to_draw(series)
    words = "; ".join(f"{one.name} {write(one.values[-1])}" for one in drawn)
    return Chart(
        "variance",
        "Forecast variance by month and partner, £000",
        f"Now: {words}. Unfavourable is in brackets.",
        lines_drawing(drawn, names),
        names,
        [(one.name, [in_thousands(value) for value in one.values]) for one in series],
        [one.values for one in series],
    )


def _run_rate(
    spends: list[MonthsSpend], total: Mapping[str, Any], year: int, number: int, write: Writer
) -> Chart:
    actual, forecast = Decimal(total["ytd_actual"]), Decimal(total["forecast_outturn"])
    needed = needed_a_month(forecast=forecast, actual=actual, number=number)
    words = f"On average {write(actual / number)} a month was spent up to now"
    if needed is not None:
        words += f"; the forecast leaves {write(needed)} for each month to come"
    rows = [
        (_short(year, one.month), [in_thousands(one.budget), in_thousands(one.actual)])
        for one in spends
    ]
    return Chart(
        "run-rate",
        "Run rate: spent in each month, £000",
        f"{words}.",
        bars_drawing(spends, [label for label, _ in rows]),
        ["Budget of the month", "Spent in the month"],
        rows,
        [(one.budget, one.actual) for one in spends],
    )


def _steps(content: Mapping[str, Any], total: Mapping[str, Any]) -> list[Step]:
    """By workstream, and what is attributed to none as one step."""
    kinds = {("workstream", "line"): "", ("not attributed", "subtotal"): "Not attributed"}
    parts = {
        kinds[row["section"], row["kind"]] or row["label"]: Decimal(row["forecast_variance"])
        for row in content["workstreams"]
        if (row["section"], row["kind"]) in kinds and row["forecast_variance"] is not None
    }
    return budget_to_forecast(Decimal(total["annual_budget"]), parts)


def _bridge(steps: list[Step], write: Writer) -> Chart:
    first, last = steps[0].end, steps[-1].end
    words = f"From a budget of {write(first)} to a forecast of {write(last)}."
    rows = [(one.label, [step_words(one)]) for one in steps]
    return Chart(
        "bridge",
        "From budget to forecast, £000",
        f"{words} A step to the right is over its budget, one to the left under it; the two sums do not begin at nought.",
        bridge_drawing(steps),
        ["£000"],
        rows,
        [(one.amount,) for one in steps],
    )


def _range(bridge: Mapping[str, str], write: Writer) -> Chart:
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
        f"Reported {write(found.reported)}; it may end between {write(found.worst)} "
        f"and {write(found.best)}."
    )
    return Chart(
        "range",
        "Risk-adjusted range of the forecast variance, £000",
        words,
        range_drawing(found),
        ["£000"],
        [(label, [in_thousands(value)]) for label, value in points],
        [(value,) for _, value in points],
    )
