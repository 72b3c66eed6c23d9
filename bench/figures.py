"""A figure with its limit, and the table of them."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """``value`` in ``unit``; ``limit`` is the most it may be, and None where none is set."""

    name: str
    size: str
    value: float
    unit: str = ""
    limit: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.limit is None else self.value <= self.limit

    @property
    def cells(self) -> tuple[str, ...]:
        met = {None: "", True: "yes", False: "NO"}[self.met]
        limit = "" if self.limit is None else f"{self.limit:g}"
        value = f"{self.value:.2f}".rstrip("0").rstrip(".")
        return (self.name, self.size, f"{value} {self.unit}".strip(), limit, met, self.note)


HEADINGS = ("figure", "plan", "value", "limit", "met", "")


def table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Columns as wide as their longest cell, for a terminal."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    ruled = [lines[0], tuple("-" * width for width in widths), *lines[1:]]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in ruled
    )


def keep(figures: list[Figure], pages: list[dict[str, Any]]) -> Path:
    """Everything measured, as JSON with the machine it was measured on."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    path = RESULTS / f"{now:%Y-%m-%d-%H%M%S}.json"
    kept = {
        "measured_at": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "figures": [asdict(figure) | {"met": figure.met} for figure in figures],
        "pages": pages,
    }
    path.write_text(json.dumps(kept, indent=1) + "\n")
    return path


def _commit() -> str:
    """What was measured; "+" says that files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout.strip()
