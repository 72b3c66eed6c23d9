"""What waits for what, read from a column of a sheet: the portal's own, or that of another tool."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from icp.common.tabular import Cell, CellError
from icp.common.words import first_few, plural
from programmes.rules.predecessors import (
    LONGEST_LINK,
    NotALink,
    SaidLink,
    named_row,
    parts,
    read_link,
)

OURS = "Write the rows it waits for like IT 11 FS+2 days; IT 7 SS-5 days, or nothing."
THEIRS = "Write the IDs of rows of this file like 3FS+2 days;7SS-1w;12, or nothing."
# Programme and number; and what a row waits for: each row with kind and lag.
NumberedRow = tuple[str, str]
Waited = Mapping[NumberedRow, tuple[str, int]]
WAITED_FOR_NOTHING: Waited = {}
ITSELF = "a row cannot wait for itself"
FEW = 5
# As much as a cell of Excel holds: what the portal writes into one it reads again.
LONGEST = 32_767


@dataclass(frozen=True, slots=True)
class FileLink:
    """What a row of a file waits for, both by programme and number. ``lag_days`` are working days. ``cell`` is where
    a sheet says it.
    """

    line: int
    successor: NumberedRow
    predecessor: NumberedRow
    kind: str
    lag_days: int
    cell: Cell | None = field(default=None, compare=False)


@dataclass
class Links:
    """What a column says: its links, every bad cell, and a sentence for what cannot be carried."""

    links: list[FileLink] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def own_links(
    cell: Cell, successor: NumberedRow, *, programmes: Collection[str]
) -> tuple[list[FileLink], list[CellError]]:
    """What a cell of the portal's own column says, and what of it is wrong."""
    links: dict[NumberedRow, FileLink] = {}
    errors: list[CellError] = []
    for part in _parts(cell, errors):
        try:
            said = read_link(part)
        except NotALink as problem:
            errors.append(_refused(cell, part, str(problem), OURS))
            continue
        before = named_row(said.row, programme=successor[0], programmes=programmes)
        if problem_of := _wrong(before, successor, links):
            errors.append(_refused(cell, part, problem_of, "Take it out of the cell."))
        elif not said.lag.exact:
            whole = "Write the lag in whole working days."
            errors.append(_refused(cell, part, "its lag is no number of working days", whole))
        else:
            links[before] = _link(cell, successor, before, said)
    return [*links.values()], errors


def _wrong(before: NumberedRow, successor: NumberedRow, links: Collection[NumberedRow]) -> str:
    if before == successor:
        return ITSELF
    return f"{' '.join(before)} is named twice" if before in links else ""


class OwnLinks:
    """What the rows of a file wait for, by the portal's own columns."""

    def __init__(self, programmes: Collection[str]) -> None:
        self.programmes = programmes
        self.links: list[FileLink] = []
        self.waited: dict[NumberedRow, Waited | None] = {}
        # A column that nobody filled, in a file that the portal did not write, takes nothing back.
        self.says_something = False

    def read(self, now: Cell, then: Cell, row: NumberedRow, *, wrote: bool) -> list[CellError]:
        """Keep what the row's cell says ``now``, and what it said ``then``, when the portal ``wrote`` it; tell what of
        it is wrong.
        """
        links, errors = own_links(now, row, programmes=self.programmes)
        self.says_something |= wrote or not (now.is_blank and then.is_blank)
        self.links += links
        self.waited[row] = None
        if wrote or not then.is_blank:
            same = then.text == now.text
            old = links if same else own_links(then, row, programmes=self.programmes)[0]
            waited = {one.predecessor: (one.kind, one.lag_days) for one in old}
            self.waited[row] = waited or WAITED_FOR_NOTHING
        return errors


def sheet_links(
    cells: Iterable[tuple[NumberedRow, Cell]], *, rows: Mapping[str, Sequence[NumberedRow]]
) -> Links:
    """The links in another tool's column. ``cells`` has for each row its own name and its cell, ``rows`` the rows
    of the file by what the tool's cells call them.
    """
    return _Sheet(rows).read(cells)


class _Sheet:
    def __init__(self, rows: Mapping[str, Sequence[NumberedRow]]) -> None:
        self.rows = rows
        self.found = Links()
        self.elsewhere: list[str] = []
        self.rounded: list[str] = []

    def read(self, cells: Iterable[tuple[NumberedRow, Cell]]) -> Links:
        for successor, cell in cells:
            seen: set[NumberedRow] = set()
            for part in _parts(cell, self.found.errors):
                try:
                    link = self._one(cell, part, successor, seen)
                except NotALink as problem:
                    self.found.errors.append(_refused(cell, part, str(problem), THEIRS))
                    continue
                if link:
                    seen.add(link.predecessor)
                    self.found.links.append(link)
        self.found.left_out += self._left_out()
        return self.found

    def _one(
        self, cell: Cell, part: str, successor: NumberedRow, seen: Collection[NumberedRow]
    ) -> FileLink | None:
        """None for a link to something else than a row of the file.

        Raises:
            NotALink: it cannot be read, or not be one.
        """
        # With backslashes Microsoft Project names a row of another file.
        said = None if "\\" in part else read_link(part)
        named = self.rows.get(said.row.casefold(), ()) if said else ()
        if said is None or not named:
            self.elsewhere.append(f"{cell.reference} ({part})")
            return None
        if len(named) > 1:
            raise NotALink(f"{len(named)} rows of this file are called {said.row}")
        if named[0] == successor:
            raise NotALink(ITSELF)
        if named[0] in seen:
            raise NotALink(f"the row {said.row} is named twice")
        if not said.lag.exact:
            self.rounded.append(f"{cell.reference} ({part})")
        return _link(cell, successor, named[0], said)

    def _left_out(self) -> Iterator[str]:
        if self.elsewhere:
            yield (
                f"{plural(len(self.elsewhere), 'link')} to something that is no row of this file:"
                f" {first_few(self.elsewhere, FEW)}."
            )
        if self.rounded:
            yield (
                f"{plural(len(self.rounded), 'lag')} that {'is' if len(self.rounded) == 1 else 'are'} no number of"
                f" whole working days, and kept as the nearest: {first_few(self.rounded, FEW)}."
            )


def _link(cell: Cell, successor: NumberedRow, before: NumberedRow, said: SaidLink) -> FileLink:
    return FileLink(cell.row, successor, before, said.kind, said.lag.days, cell)


def _refused(cell: Cell, part: str, problem: str, remedy: str) -> CellError:
    """The part of the cell that is wrong."""
    return CellError(cell.row, cell.column, part, problem, remedy, cell.reference)


def _parts(cell: Cell, errors: list[CellError]) -> list[str]:
    """What the cell says of each link; nothing, and an error, where it says more than anybody would."""
    if len(cell.text) <= LONGEST:
        return parts(cell.text)
    problem = f"it has {len(cell.text):,} characters"
    errors.append(
        _refused(cell, cell.text[:LONGEST_LINK], problem, f"Shorten it to {LONGEST:,} characters.")
    )
    return []
