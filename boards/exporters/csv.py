"""A report as a table: one line for each row of each section, with the columns that its kind has."""

from collections.abc import Iterator
from typing import Any

from boards.rules.printed import Content, has_layout
from icp.common.tabular import write_csv

# What every kind has, in schema 1.
COLUMNS = (
    "programme",
    "plan_id",
    "name",
    "programme_name",
    "kind",
    "under",
    "start",
    "finish",
    "finish_tbc",
    "forecast",
    "actual",
    "complete",
    "rag",
    "rag_source",
    "slip",
    "late_by_days",
    "decision_from",
)
MORE_COLUMNS = {
    "exceptions": (
        "because",
        "rag_last",
        "rag_last_period",
        "rag_this",
        "reason",
        "get_to_green",
        "reason_shared_with",
        "decision_board",
        "decision_needed",
        "what",
    ),
    "now-green": (
        "rag_last",
        "rag_last_period",
        "rag_this",
        "reason_last",
        "get_to_green_last",
        "reason",
    ),
    "full-plan": (
        "level",
        "plan_start",
        "plan_finish",
        "declared_duration",
        "computed_days",
        "overdue",
        "flags",
    ),
}
# By layout and kind. A table that was published without them has no empty columns for them.
SINCE: dict[int, dict[str, tuple[str, ...]]] = {
    3: {"exceptions": ("corrects", "correction")},
    4: {
        "exceptions": (
            "first_agreed",
            "slip_in_total",
            "late_in_total_by_days",
            "since_last_report",
        )
    },
}


def columns_of(content: Content) -> tuple[str, ...]:
    kind = content["kind"]
    newer = [
        name
        for layout, columns in SINCE.items()
        if has_layout(content, layout)
        for name in columns.get(kind, ())
    ]
    return ("section", *COLUMNS, *MORE_COLUMNS.get(kind, ()), *newer)


def rows_of(content: Content) -> Iterator[list[Any]]:
    """The section's heading, then the row's values; lists as one cell."""
    columns = columns_of(content)[1:]
    for section in content["sections"]:
        for row in section["rows"]:
            yield [section["heading"], *(_cell(name, row.get(name)) for name in columns)]


def csv_of(content: Content) -> Iterator[bytes]:
    """The report as CSV for spreadsheets: UTF-8 with its mark, formulas made harmless."""
    return write_csv(columns_of(content), rows_of(content))


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return (" > " if name == "under" else "; ").join(value)
    return value
