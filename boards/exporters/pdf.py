"""The PDF of a report, set by typst from its content alone. Each content schema keeps its own template."""

from datetime import datetime

from boards.exporters.print1 import printed
from boards.rules.printed import Content
from icp.common.pdf import render_pdf

BY_SCHEMA = {1: (printed, "boards/exporters/report1.typ")}


def render(content: Content, *, checksum: str = "", created: datetime | None = None) -> bytes:
    """The PDF's bytes. ``created`` is the date in its properties; without a checksum none is printed.

    Raises:
        PdfError: it could not be made.
    """
    prepare, template = BY_SCHEMA[content["schema"]]
    data = prepare(content) | {"checksum": checksum or None}
    if created:
        data["created"] = created
    return render_pdf(template, data)
