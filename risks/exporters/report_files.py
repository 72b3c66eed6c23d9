"""The files of a report of the registers, each from its content alone: Excel, Word, CSV, JSON."""

from collections.abc import Callable, Mapping
from typing import Any

from icp.common.checksums import canonical_json
from icp.common.docx import Block, Heading, Paragraph, Table, write_docx
from icp.common.downloads import XLSX
from icp.common.tabular import Sheet, write_csv, write_xlsx
from risks.exporters.printed import beside, changes, columns, compared_words, rows

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Content = Mapping[str, Any]
LABELS = {"pdf": "PDF", "xlsx": "Excel", "docx": "Word", "csv": "CSV", "json": "JSON"}


def as_csv(content: Content) -> bytes:
    """The register, and below it, after an empty line, what stands beside it."""
    return b"".join(write_csv(columns(content), [*rows(content), [], *beside(content)]))


def as_xlsx(content: Content) -> bytes:
    title = str(content["title"])
    second = Sheet("What changed", ("Section", "What it says"), beside(content))
    return write_xlsx(columns(content), rows(content), sheet="Risks", title=title, second=second)


def as_docx(content: Content) -> bytes:
    """The paper in Word: the words, what changed, and the register."""
    blocks: list[Block] = [Paragraph(f"{content['place']}, as at {content['as_at']}")]
    if content["narrative"]:
        blocks += [Heading("Narrative"), Paragraph(content["narrative"])]
    blocks += [Heading("What changed"), Paragraph(compared_words(content))]
    for one in changes(content):
        said = "; ".join(one["lines"]) or "none"
        blocks.append(Paragraph(f"{one['heading']}: {said}"))
    blocks += [Heading("Risks and issues"), Table(columns(content), list(rows(content)))]
    return write_docx(title=content["title"], blocks=blocks)


def as_json(content: Content) -> bytes:
    """Byte for byte what the checksum was taken of."""
    return canonical_json(content)


MAKERS: dict[str, tuple[Callable[[Content], bytes], str]] = {
    "xlsx": (as_xlsx, XLSX),
    "docx": (as_docx, DOCX),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}
