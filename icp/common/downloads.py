"""A table as a download: CSV as it is produced, Excel whole."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from icp.common.tabular import SheetForm, write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_response(
    *,
    fmt: Literal["csv", "xlsx"],
    filename: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    title: str = "",
    form: SheetForm | None = None,
) -> HttpResponseBase:
    """The rows to keep as a file. ``filename`` is without its ending, and may be any text. ``form`` is for
    Excel: a sheet to fill in.

    Raises:
        ValueError: a ``fmt`` other than csv and xlsx.
    """
    if fmt == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            write_csv(columns, rows), content_type="text/csv; charset=utf-8"
        )
    elif fmt == "xlsx":
        made = write_xlsx(
            columns, rows, sheet=title or filename, title=title or filename, form=form
        )
        response = HttpResponse(made, content_type=XLSX)
    else:
        raise ValueError(f"{fmt!r} is not a download format: csv or xlsx.")
    return as_attachment(response, filename=f"{safe_name(filename)}.{fmt}")


def as_attachment(response: HttpResponseBase, *, filename: str) -> HttpResponseBase:
    """``response`` with the headers that make a browser keep it and not guess at it."""
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, filename) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def safe_name(text: str) -> str:
    """Letters, digits and hyphens only, at most 100."""
    return slugify(text)[:100].strip("-") or "download"
