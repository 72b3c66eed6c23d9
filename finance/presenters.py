"""Words and printed figures of the money."""

from dataclasses import dataclass

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
