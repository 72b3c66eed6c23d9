"""A return that was filled in offline: cells to what was typed. What it means is for ``StatusForm`` to say."""

from dataclasses import dataclass, field

from icp.common.numbers import whole_number
from icp.common.tabular import Cell, CellError, Limits, read_table
from programmes.exporters.return_file import FILLED_IN, KEPT, TO_READ
from programmes.importers.plan import LARGEST_KEY


@dataclass(frozen=True)
class ReturnRow:
    """One row of the file: which row of the plan, what its status was when the file was written, what is typed."""

    line: int
    reference: str
    item: int
    version: int
    period: str
    cells: dict[str, Cell] = field(hash=False)

    @property
    def typed(self) -> dict[str, str]:
        return {name: cell.text for name, cell in self.cells.items()}


@dataclass(frozen=True)
class ReturnFile:
    rows: list[ReturnRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def read_return(data: bytes, filename: str, *, limits: Limits | None = None) -> ReturnFile:
    """Read a whole return.

    Raises:
        TableError: the file is not a table this portal reads, or has other headings than it was given.
    """
    table = read_table(data, filename, limits or Limits())
    table.require_columns((*FILLED_IN, *KEPT), TO_READ)
    found = ReturnFile(errors=list(table.problems))
    broken = {problem.row for problem in table.problems}
    seen: dict[int, int] = {}
    for row in table.rows_in_time():
        keys = [_key(row.text(name)) for name in ("id", "version")]
        item, version = keys
        if item is None or version is None:
            found.errors.append(
                row.get("row").error(
                    "it is no row that the portal wrote into this file",
                    "Take the file anew and fill that in; a new row of the plan needs a change request.",
                )
            )
        elif item in seen:
            found.errors.append(
                row.get("row").error(
                    f"it stands in row {seen[item]} already", "Remove one of the two."
                )
            )
        elif row.number not in broken:
            seen[item] = row.number
            cells = {name: row.get(heading) for heading, name in FILLED_IN.items()}
            found.rows.append(
                ReturnRow(row.number, row.text("row"), item, version, row.text("period"), cells)
            )
    return found


def _key(text: str) -> int | None:
    return whole_number(text, most=LARGEST_KEY)
