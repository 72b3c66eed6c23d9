"""The PDF of a report of the registers, set by typst from its content alone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from icp.common.pdf import render_pdf
from icp.common.words import british_date
from risks.exporters.printed import changes, columns, compared_words, rows


def report_pdf(
    content: Mapping[str, Any], *, checksum: str = "", created: datetime | None = None
) -> bytes:
    """The PDF's bytes. Without a checksum it is marked as a draft.

    Raises:
        PdfError: it could not be made.
    """
    data: dict[str, Any] = {
        "title": content["title"],
        "subtitle": content.get("register") or "All registers",
        "place": content["place"],
        "as_at": british_date(date.fromisoformat(content["as_at"])),
        "status": None if checksum else "Draft",
        "checksum": checksum or None,
        "narrative": content["narrative"],
        "compared": compared_words(content),
        "columns": columns(content),
        "rows": list(rows(content)),
        "changes": changes(content),
        "line": content["escalates_from"],
    }
    if created:
        data["created"] = created
    return render_pdf("risks/exporters/risks1.typ", data)
