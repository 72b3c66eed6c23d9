"""Words and printed figures of the money."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from finance.selectors.forecasting import LineForecasts

TITLES = {
    "consolidated": "Consolidated summary, £000",
    "workstreams": "Performance by workstream, £m",
    "organisations": "Position by partner, £000",
}
SECTION_WORDS = {
    "pooled": "Pooled",
    "aligned": "Aligned",
    "fund": "Integrated Commissioning Fund",
    "in collaboration": "In collaboration, beside the fund",
    "all": "",
    "workstream": "",
    "not attributed": "Not attributed to a workstream",
    "organisation": "",
}


def is_unfavourable(text: str) -> bool:
    """Whether a variance is unfavourable, as it is printed: in brackets."""
    return text.startswith("(")


@dataclass(frozen=True)
class Figure:
    """One printed figure. ``is_adverse`` ones are in brackets and red; screen readers are told in words."""

    text: str
    is_adverse: bool


@dataclass(frozen=True)
class PrintedRow:
    label: str
    kind: str
    figures: list[Figure]
    group: str = ""
    without: str = ""
    lines: str = ""


@dataclass(frozen=True)
class SummaryTable:
    """One view of the month. ``columns`` are the headings of its figures."""

    name: str
    title: str
    columns: list[str]
    rows: list[PrintedRow]


def printed_forecasts(one: LineForecasts, write: Callable[[Decimal | None], str]) -> dict[str, Any]:
    """One line three ways. ``then`` is last year to date and in whole, in pence, for the page's script; empty where it
    gives no profile.
    """
    said = one.forecasts
    figures = {
        "budget": one.annual_budget,
        "actual": one.actual,
        "own": said.own,
        "straight": said.straight,
        "from_straight": said.from_straight,
        "last_year": said.last_year,
        "from_last_year": said.from_last_year,
    }
    then = {} if one.then is None else {"to_date": one.then.to_date, "outturn": one.then.outturn}
    return {
        "line": one.line,
        "then": {name: f"{value * 100:.0f}" for name, value in then.items()},
        **{name: write(value) for name, value in figures.items()},
    }
