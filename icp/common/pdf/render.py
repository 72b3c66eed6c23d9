"""A typst template and data to PDF bytes."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from icp.common.pdf.printable import REPLACEMENT, covered, printable

ROOT = Path(__file__).resolve().parents[3]
FONTS = Path(__file__).parent / "fonts"
# The exporter refuses a document that misses what this standard needs and it can see: an alternative text, a
# heading, a title. What only a person can judge it does not see, so no page of ours claims conformance.
STANDARD: Literal["ua-1"] = "ua-1"


class PdfError(RuntimeError):
    """The PDF could not be made. ``str()`` says why."""


def render_pdf(
    template: str, data: Mapping[str, Any], *, drawings: Mapping[str, str] | None = None
) -> bytes:
    """The PDF of ``template``, a path like ``boards/exporters/report.typ``, with ``data``.

    The template reads the data as JSON (``data`` of ``base.typ``), so no text of it is ever markup. ``data`` must
    have a ``title``; ``created`` (a datetime, or its ISO form) is the date in the document's properties, and the
    clock is never asked: the same template, data and library give the same bytes. ``drawings`` are SVG by name, for
    ``drawing`` of ``base.typ``; they hold their own style.

    Raises:
        PdfError: there is no such template, or typst refused it.
    """
    source = (ROOT / template).resolve()
    if source.suffix != ".typ" or not source.is_relative_to(ROOT) or not source.is_file():
        raise PdfError(f"There is no PDF template {template}.")
    ready = _ready(data)
    inputs = {
        "data": json.dumps(ready, ensure_ascii=False, sort_keys=True, allow_nan=False),
        "replacement": REPLACEMENT,
        "drawings": json.dumps({name: covered(svg) for name, svg in (drawings or {}).items()}),
    }
    try:
        compiler = typst.Compiler(
            source,
            root=ROOT,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            # Packages are looked for in an empty place: a template brings all it needs.
            package_path=FONTS,
            package_cache_path=FONTS,
        )
        made = compiler.compile(
            format="pdf", pdf_standards=STANDARD, timestamp=_timestamp(ready.get("created"))
        )
    except typst.TypstError as problem:
        hints = "".join(f" ({hint})" for hint in problem.hints)
        raise PdfError(f"The PDF could not be made: {problem.message}{hints}.") from problem
    except BaseException as problem:
        # A fault inside typst itself arrives as a panic, which is no Exception and would end a worker.
        if type(problem).__name__ != "PanicException":
            raise
        raise PdfError(f"The PDF could not be made: typst failed ({problem}).") from problem
    if not isinstance(made, bytes):
        raise PdfError("The PDF could not be made: it came in pieces.")
    return made


@cache
def _fonts() -> typst.Fonts:
    # Those inside typst stay as a fallback: DejaVu Sans Mono has signs and alphabets that Liberation Sans lacks.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def _ready(value: Any) -> Any:
    """``value`` in JSON's types, dates in ISO form, and only characters that can be printed."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {str(key): _ready(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_ready(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _timestamp(created: str | None) -> int:
    """Seconds; 0 where none is given, which ``base.typ`` does not print."""
    if created is None:
        return 0
    moment = datetime.fromisoformat(created)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
