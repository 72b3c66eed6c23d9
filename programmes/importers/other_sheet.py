"""A plan in the sheet of another tool: read by that tool's headings and turned into the portal's own columns.

What such a sheet does not say of a row that is in the plan stays as the plan has it. What it holds and a plan
of the portal does not is named, not dropped in silence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from icp.common.numbers import whole_number
from icp.common.tabular import Cell, Row, Table, TableError
from icp.common.tabular.table import Headed, normalised
from icp.common.words import NotADate, parse_british_date, plural, sentence_list
from programmes.importers.headings import found_in
from programmes.importers.links import Links, sheet_links
from programmes.importers.numbering import Numbering
from programmes.importers.plan import (
    COLUMNS,
    DEEPEST,
    KINDS,
    YES,
    Known,
    PlanFile,
    read_rows,
)
from programmes.rules.outline import Span

# The fields of a row that a missing column leaves as they are.
UNSAID = {
    "kind": ("kind",),
    "outline_level": ("outline_level",),
    "duration": ("duration",),
    "start": ("start", "start_tbc"),
    "finish": ("finish", "finish_tbc"),
    "complete": ("ticked",),
    "scheduling": ("scheduling",),
}
DONE = (*YES, "done", "complete", "completed", "closed", "finished", "100%")
# What a tool prints where there is nothing.
NOTHING = ("na", "n/a", "-", "none")
# Working days in one of each, as Microsoft Project counts them by default.
UNITS = {"d": 1.0, "w": 5.0, "m": 20.0, "h": 1 / 8}
DURATION = re.compile(
    r"(?P<count>\d{1,6}(?:\.\d{1,4})?) ?"
    r"(?P<unit>d|day|days|w|wk|wks|week|weeks|mo|mon|mons|month|months|h|hr|hrs|hour|hours)?(?P<estimated>\?)?"
)
DAY = re.compile(
    r"(?:[a-z]{3,9}\.?,? (?=\d))?(?P<day>.{1,60}?)(?:[ t]\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)?",
    re.IGNORECASE,
)
SHARE = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,6})?) ?(?P<percent>%)?")
FEW = 5
# What a row waits for, and by which column its rows are named there.
WAITING = (
    ("predecessors", "row_id"),
    ("unique_predecessors", "unique_id"),
    ("wbs_predecessors", "outline_number"),
)


def is_of_another_tool(table: Headed) -> bool:
    """Whether its headings are another tool's: it names rows and dates, and has no number of ours."""
    found = found_in(table.columns)
    return (
        not table.has_column("plan_id") and "name" in found and bool({"start", "finish"} & {*found})
    )


def read_other_sheet(table: Table, known: Known) -> PlanFile:
    """The plan that it holds. A row without a number is found again by its name, else gets the next free one.

    Raises:
        TableError: it does not say which programme's rows they are; what to do.
    """
    return _Sheet(table, known).read()


@dataclass
class _Named:
    """A row while it is given a number."""

    programme: str
    plan_id: str
    name: str

    def text(self, *names: str) -> str:
        return self.name


class _Sheet:
    def __init__(self, table: Table, known: Known) -> None:
        self.table, self.known = table, known
        self.at = found_in(table.columns)
        if "outline_number" in self.at:
            self.at.setdefault("outline_level", self.at["outline_number"])
        self.whole_percent = any(
            float(share["number"]) > 1
            for row in table.rows
            if (share := SHARE.fullmatch(self.text(row, "complete")))
        )
        self.strangers: list[str] = []
        self.odd_durations = 0
        self.read_too: set[str] = set()
        self.unnamed: list[str] = []

    def text(self, row: Row, ours: str) -> str:
        return row.get(self.at[ours]).text if ours in self.at else ""

    def read(self) -> PlanFile:
        levels = [self._level(row) for row in self.table.rows]
        shift = 1 if 0 in levels else 0
        numbers = self._numbers()
        rows = [
            self._row(row, named, level + shift, self._deeper(levels, at))
            for at, (row, named, level) in enumerate(
                zip(self.table.rows, numbers, levels, strict=True)
            )
        ]
        columns = [*COLUMNS, *(name for name in ("owner", "notes", "removed") if name in self.at)]
        file = read_rows(replace(self.table, columns=columns, rows=rows), self.known)
        said_kind = {"kind", "milestone", "summary"} & {*self.at}
        unsaid = frozenset(
            field
            for ours, fields in UNSAID.items()
            if ours not in self.at and not (ours == "kind" and said_kind)
            for field in fields
        )
        agreed = {row.number: self._agreed(row) for row in self.table.rows}
        file.rows[:] = [
            replace(row, unsaid=unsaid, agreed=agreed.get(row.line)) for row in file.rows
        ]
        links = self._links(numbers)
        return replace(
            file,
            links=links.links if links else None,
            errors=[*file.errors, *(links.errors if links else ())],
            left_out=[*file.left_out, *self._left_out(), *(links.left_out if links else ())],
        )

    def _links(self, numbers: Sequence[_Named]) -> Links | None:
        """None where no row says what it waits for, or in no way that names rows of the file."""
        said = [pair for pair in WAITING if any(self.text(row, pair[0]) for row in self.table.rows)]
        self.unnamed = [self.at[ours] for ours, names in said if names not in self.at]
        usable = next((pair for pair in said if pair[1] in self.at), None)
        if usable is None:
            return None
        ours, names = usable
        self.read_too = {ours, names}
        keys = [(named.programme, named.plan_id) for named in numbers]
        rows: dict[str, list[tuple[str, str]]] = {}
        for row, key in zip(self.table.rows, keys, strict=True):
            rows.setdefault(self.text(row, names).casefold(), []).append(key)
        cells = (row.get(self.at[ours]) for row in self.table.rows)
        return sheet_links(zip(keys, cells, strict=True), rows=rows)

    def _numbers(self) -> list[_Named]:
        found = [self._named(row) for row in self.table.rows]
        Numbering(self.known).give(found)
        return found

    def _named(self, row: Row) -> _Named:
        said = self.text(row, "programme")
        code = self.known.names.get(said.casefold(), said) if said else self._programme()
        number = self.text(row, "plan_id")
        first, _, rest = number.partition(" ")
        if rest and first in self.known.programmes:
            code, number = first, rest.strip()
        return _Named(code, number, self.text(row, "name"))

    def _programme(self) -> str:
        if self.known.programme:
            return self.known.programme
        if len(self.known.programmes) == 1:
            [only] = self.known.programmes
            return only
        raise TableError(
            "The file does not say which programme its rows are of. Choose the programme beside the file,"
            " or add a column “programme” with its code in every row."
        )

    def _level(self, row: Row) -> int:
        number = self.text(row, "outline_number")
        if self.at.get("outline_level") != self.at.get("outline_number"):
            # What is no level is refused at its cell.
            found = whole_number(self.text(row, "outline_level"), most=DEEPEST)
            return 1 if found is None else found
        parts = [part for part in number.split(".") if part]
        return max(1, min(len(parts), DEEPEST))

    @staticmethod
    def _deeper(levels: Sequence[int], at: int) -> bool:
        return at + 1 < len(levels) and levels[at + 1] > levels[at]

    def _row(self, row: Row, named: _Named, level: int, over_others: bool) -> Row:
        """The same row under the portal's own headings; each cell where it stands in the file."""
        duration = self._duration(self.text(row, "duration"))
        said_level = self.text(row, "outline_level")
        by_number = self.at.get("outline_level") == self.at.get("outline_number")
        said = {
            "programme": named.programme,
            "plan_id": named.plan_id,
            "outline_level": str(level)
            if by_number or whole_number(said_level, most=DEEPEST) is not None or not said_level
            else said_level,
            "kind": self._kind(row, duration, over_others),
            "name": named.name,
            "duration": duration,
            "complete": "yes" if self._is_complete(self.text(row, "complete")) else "no",
            "scheduling": "auto" if "auto" in self.text(row, "scheduling").lower() else "manual",
            "owner": self._owner(self.text(row, "owner")),
            "notes": self.text(row, "notes"),
            "removed": self.text(row, "removed"),
        }
        cells = {normalised(ours): self._cell(row, ours, text) for ours, text in said.items()}
        for ours in ("start", "finish"):
            cells[ours] = self._date(row, ours)
        return Row(row.number, cells)

    def _cell(self, row: Row, ours: str, text: str) -> Cell:
        heading = self.at.get(ours)
        if heading is None:
            return Cell(f"row {row.number}", row.number, ours, text)
        return replace(row.get(heading), text=text, day=None)

    def _date(self, row: Row, ours: str) -> Cell:
        if ours not in self.at:
            return Cell(f"row {row.number}", row.number, ours, "")
        cell = row.get(self.at[ours])
        if cell.day is not None or cell.is_blank:
            return cell
        if cell.text.lower() in NOTHING:
            return replace(cell, text="")
        found = DAY.fullmatch(cell.text)
        return replace(cell, text=found["day"]) if found else cell

    def _kind(self, row: Row, duration: str, over_others: bool) -> str:
        said = self.text(row, "kind").lower()
        if said in KINDS:
            return said
        if self.text(row, "summary").lower() in YES or over_others:
            return "summary"
        is_milestone = self.text(row, "milestone").lower() in YES or duration.startswith("0 day")
        return "milestone" if is_milestone else "task"

    def _duration(self, text: str) -> str:
        """In days, as the portal writes it; nothing where it does not come to whole days."""
        text = text.lower()
        if text in ("", "tbc", *NOTHING):
            return "tbc" if text == "tbc" else ""
        found = DURATION.fullmatch(text)
        if not found:
            return text
        days = float(found["count"]) * UNITS[(found["unit"] or "d")[0]]
        if days != int(days):
            self.odd_durations += 1
            return ""
        return plural(int(days), "day").replace(",", "") + (found["estimated"] or "")

    def _is_complete(self, text: str) -> bool:
        share = SHARE.fullmatch(text)
        if share is None:
            return text.lower() in DONE
        number = float(share["number"])
        return number >= (100 if share["percent"] or self.whole_percent else 1)

    def _owner(self, text: str) -> str:
        if not text or len(self.known.posts.get(" ".join(text.split()).casefold(), ())) == 1:
            return text
        self.strangers.append(text)
        return ""

    def _agreed(self, row: Row) -> Span | None:
        days = []
        for ours in ("baseline_start", "baseline_finish"):
            cell = row.get(self.at[ours]) if ours in self.at else None
            found = DAY.fullmatch(cell.text) if cell and cell.text else None
            try:
                days.append(
                    parse_british_date(cell.day or found["day"]) if cell and found else None
                )
            except NotADate:
                days.append(None)
        start, finish = days
        return Span(start, finish) if start or finish else None

    def _left_out(self) -> list[str]:
        said = []
        said_by_id = {name for pair in WAITING for name in pair} - {"outline_number"}
        used = {
            heading
            for ours, heading in self.at.items()
            if ours not in said_by_id or ours in self.read_too
        }
        others = [
            heading
            for heading in self.table.columns
            if heading and heading not in used and heading not in self.unnamed
        ]
        if others:
            said.append(
                f"The column{'s' if len(others) > 1 else ''} {sentence_list(others)}: a plan of the portal has"
                " nothing like it."
            )
        if self.unnamed and not self.read_too:
            said.append(
                f"What rows wait for, in {sentence_list(self.unnamed)}: the file has no column ID (or Unique ID, or"
                " WBS) by which that names its rows."
            )
        if self.strangers:
            few = sentence_list(list(dict.fromkeys(self.strangers))[:FEW])
            said.append(
                f"Who does {plural(len(self.strangers), 'row')}: no post of the place is called {few}."
            )
        if self.odd_durations:
            said.append(
                f"The duration of {plural(self.odd_durations, 'row')}, which is not in whole days."
            )
        return said
