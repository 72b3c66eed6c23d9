"""The PDF of a finance report, set by typst from its content alone."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from finance.chart_drawing import for_print
from finance.charts import Chart, charts_of
from finance.exporters.printed import (
    bridge_steps,
    not_entered_words,
    risks,
    savings,
    schemes,
    sides,
    tables,
)
from icp.common.pdf import render_pdf
from icp.common.words import british_date


def report_pdf(
    content: Mapping[str, Any], *, checksum: str = "", created: datetime | None = None
) -> bytes:
    """The PDF's bytes. Without a checksum it is marked as a draft.

    Raises:
        PdfError: it could not be made.
    """
    charts = charts_of(content)
    data: dict[str, Any] = {
        "title": f"Finance report, {content['name']}",
        "subtitle": content["year"],
        "place": content["place"],
        "as_at": british_date(date.fromisoformat(content["as_at"])),
        "status": None if checksum else "Draft",
        "checksum": checksum or None,
        "tables": [asdict(one) for one in tables(content)],
        "risks": risks(content),
        "sides": sides(content),
        "savings": savings(content),
        "schemes": schemes(content),
        "charts": [_chart(one) for one in charts],
        "bridge": bridge_steps(content),
        "commentary": content["commentary"],
        "basis": content["basis"],
        "not_entered": not_entered_words(content),
    }
    if created:
        data["created"] = created
    return render_pdf(
        "finance/exporters/finance1.typ",
        data,
        drawings={one.name: for_print(one.drawing) for one in charts},
    )


def _chart(one: Chart) -> dict[str, Any]:
    """A chart without its drawing, which goes beside the data; ``alt`` says what that shows."""
    rows = [[label, *figures] for label, figures in one.rows]
    names = {"name": one.name, "title": one.title, "words": one.words, "columns": one.columns}
    return {**names, "alt": f"{one.title}: {one.words}", "rows": rows}
