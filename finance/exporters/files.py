"""The finance report as a file, in each of its formats, from its content alone."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from finance.exporters.printed import COLUMNS, TITLES
from finance.exporters.report_pdf import report_pdf
from finance.exporters.workbook import workbook
from icp.common.checksums import canonical_json
from icp.common.tabular import write_csv


def report_csv(content: Mapping[str, Any]) -> bytes:
    """The three views as one table, in pounds."""
    columns = ["view", "section", "row", "kind", *(name for name, _ in COLUMNS)]
    return b"".join(write_csv(columns, _rows(content)))


def _rows(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    for name in TITLES:
        for row in content[name]:
            figures = [row[column] for column, _ in COLUMNS]
            yield [name, row["section"], row["label"], row["kind"], *figures]


# Each takes a report's content; a PDF so made is marked as a draft.
MADE: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "pdf": report_pdf,
    "xlsx": workbook,
    "csv": report_csv,
    "json": lambda content: canonical_json(dict(content)),
}
