"""Words and printed figures of the money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finance.rules.positions import Amounts
from finance.rules.summary import SECTIONS, Line, Row
from icp.common.money import UNKNOWN, in_millions, in_thousands

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
COLUMNS = (
    ("annual_budget", "Annual budget"),
    ("ytd_budget", "Budget to date"),
    ("ytd_actual", "Actual to date"),
    ("ytd_variance", "Variance to date"),
    ("forecast_outturn", "Forecast outturn"),
    ("forecast_variance", "Forecast variance"),
    ("prior_forecast_variance", "Last month’s forecast variance"),
)
VARIANCES = ("ytd_variance", "forecast_variance", "prior_forecast_variance")


@dataclass(frozen=True)
class Figure:
    """One printed figure. ``is_adverse`` ones are in brackets and red; screen readers are told in words."""

    label: str
    text: str
    is_adverse: bool


@dataclass(frozen=True)
class PrintedRow:
    label: str
    kind: str
    figures: list[Figure]
    group: str = ""


@dataclass(frozen=True)
class SummaryTable:
    """One view of the month. ``columns`` are the headings of its figures."""

    name: str
    title: str
    columns: list[str]
    rows: list[PrintedRow]


def section_tables(
    lines: Sequence[Line], orders: Mapping[str, Sequence[str]]
) -> list[SummaryTable]:
    """The consolidated summary and the views of it, printed: £000, workstreams in £m to one place."""
    return [
        SummaryTable(
            name,
            TITLES[name],
            [label for _, label in COLUMNS],
            _rows(section(lines, order=orders[name]), name),
        )
        for name, section in SECTIONS.items()
    ]


def _rows(rows: Sequence[Row], name: str) -> list[PrintedRow]:
    printed, last = [], ""
    for row in rows:
        words = SECTION_WORDS[row.section]
        group = words if row.section != last else ""
        last = row.section
        printed.append(PrintedRow(row.label, row.kind, _figures(row, name), group))
    return printed


def _figures(row: Row, name: str) -> list[Figure]:
    write = in_millions if name == "workstreams" else in_thousands
    found = []
    for column, label in COLUMNS:
        value = getattr(row.amounts, column) if isinstance(row.amounts, Amounts) else None
        if row.amounts is None and column == "annual_budget":
            value = row.annual_budget
        text = UNKNOWN if value is None else write(value)
        adverse = column in VARIANCES and text.startswith("(")
        found.append(Figure(label, text, adverse))
    return found
