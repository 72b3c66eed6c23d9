"""The finance report as a file, in each of its formats, from its content alone."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from finance.exporters.printed import COLUMNS, OF_RISK, TITLES
from finance.exporters.report_pdf import report_pdf
from finance.exporters.workbook import workbook
from finance.models.exposure import OF_PARTNER
from icp.common.checksums import canonical_json
from icp.common.tabular import write_csv


def report_csv(content: Mapping[str, Any]) -> bytes:
    """The three views, risks, schemes and partners' savings as one table, in pounds; what a row's kind does not have
    is empty.
    """
    columns = [*HEAD, *FIGURES, *OF_RISK, *OF_SAVING]
    rows = ([row.get(name) for name in columns] for row in _rows(content))
    return b"".join(write_csv(columns, rows))


def _rows(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in TITLES:
        for row in content[name]:
            yield {"view": name, "row": row["label"], **row}
    for one in content["risks"]:
        row = f"{one['organisation']} {one['ref']}: {one['title']}"
        yield {**one, "view": "risks", "section": one["side"], "row": row, "kind": "line"}
    for one in content.get("schemes", ()):
        row = f"{one['organisation']}: {one['name']}"
        kind = {"view": "schemes", "section": one["saving_type"], "row": row, "kind": "line"}
        # A scheme's figures are called more shortly than those of a partner.
        longer = {"plan_full_year": "plan", "plan_ytd": "plan_to_date", "actual_ytd": "actual"}
        said = {name: one[short] for name, short in longer.items()}
        yield {**one, **said, "forecast_full_year": one["forecast"], **kind}
    for one in content["savings"]:
        kind = {"view": "savings", "section": "partner", "row": one["organisation"], "kind": "line"}
        yield {**one, **kind}


HEAD = ("view", "section", "row", "kind")
FIGURES = tuple(name for name, _ in COLUMNS)
OF_SAVING = (*OF_PARTNER, "slippage", "mitigated")


# Each takes a report's content; a PDF so made is marked as a draft.
MADE: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "pdf": report_pdf,
    "xlsx": workbook,
    "csv": report_csv,
    "json": lambda content: canonical_json(dict(content)),
}
