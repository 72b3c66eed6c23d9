"""A spreadsheet as read: rows and cells that know where they stand, and what is wrong with them."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from icp.common.words import parse_british_date, plural, quoted, sentence_list

# Of a heading so much is compared: what is compared is kept, and a heading may be 32,767 characters long.
LONGEST_HEADING = 200


class TableError(ValueError):
    """The file as a whole cannot be read. ``str()`` says what is wrong and what to do."""


@dataclass(frozen=True)
class Limits:
    """The largest file that is read, and how long. Sizes in bytes; ``unpacked`` is an Excel file's, inside, and
    ``sheets`` what its worksheets, which are read row by row, may come to where that is more.

    A small file can take minutes: an archive of 100 KB holds millions of cells. ``clock`` tells seconds.
    """

    size: int = 10 * 1024 * 1024
    unpacked: int = 40 * 1024 * 1024
    sheets: int = 0
    members: int = 2_000
    rows: int = 20_000
    columns: int = 100
    characters: int = 32_767
    seconds: float = 30.0
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class Deadline:
    """Until when a file has to be read. ``shown`` is what its owner calls it."""

    shown: str
    seconds: float
    ends: float
    clock: Callable[[], float]

    @classmethod
    def of(cls, limits: Limits, shown: str) -> "Deadline":
        """That of a file whose reading begins now."""
        return cls(shown, limits.seconds, limits.clock() + limits.seconds, limits.clock)

    def check(self) -> None:
        """Ask as the reading goes on.

        Raises:
            TableError: it has taken too long; what to do.
        """
        if self.clock() > self.ends:
            raise TableError(
                f"{self.shown} takes longer than {self.seconds:g} seconds to read. Copy the table alone, "
                "without blank rows and columns, into a new file, or divide it into several."
            )


@dataclass(frozen=True, slots=True)
class CellError:
    """One bad cell: where it is, what stands there, what is wrong, and what to write instead."""

    row: int
    column: str
    value: str
    problem: str
    remedy: str
    reference: str = ""

    def __str__(self) -> str:
        """Row 12, finish (C12), “31 Feb”: it is not in the calendar. Write a date like 28/2/2020."""
        place = f"Row {self.row}, {self.column}"
        place += f" ({self.reference})" if self.reference else ""
        shown = f", {quoted(self.value)}" if self.value else ""
        return f"{place}{shown}: {self.problem.rstrip('.')}. {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``text`` is what it says, a date in ISO form; ``day`` only where it is the spreadsheet's own date."""

    reference: str
    row: int
    column: str
    text: str
    day: date | None = None

    @property
    def is_blank(self) -> bool:
        return self.text == ""

    def date(self) -> date | None:
        """The date it holds, ``None`` when blank.

        Raises:
            NotADate: it holds something else.
        """
        return None if self.is_blank else parse_british_date(self.day or self.text)

    def error(self, problem: str, remedy: str) -> CellError:
        """This cell as an error to list."""
        return CellError(self.row, self.column, self.text, problem, remedy, self.reference)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank, with the number that the spreadsheet shows: the headings are row 1."""

    number: int
    cells: dict[str, Cell]

    def get(self, column: str) -> Cell:
        """The cell under that heading; a blank one when the file has no such column."""
        found = self.cells.get(normalised(column))
        return found or Cell(f"row {self.number}", self.number, column, "")

    def text(self, column: str) -> str:
        """What the cell under that heading says; nothing when there is no such column."""
        return self.get(column).text


@dataclass(frozen=True)
class ColumnCheck:
    """The file's headings against those expected. ``expected`` is in the order to list them."""

    expected: list[str]
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """One sentence for each kind of problem; none when all is well."""
        found = [
            (self.missing, "Missing: {}."),
            (self.unknown, "Not known: {}."),
            (self.duplicated, "There more than once: {}."),
        ]
        return [words.format(sentence_list(names)) for names, words in found if names]


class Headed:
    """A table by its headings. ``columns`` are they, as written."""

    columns: list[str]

    def has_column(self, name: str) -> bool:
        """Whether the file has that heading, however it is written."""
        return any(normalised(column) == normalised(name) for column in self.columns)

    def check_columns(self, required: Iterable[str], optional: Iterable[str] = ()) -> ColumnCheck:
        """What is missing, unknown or there twice. Case, spaces and underscores do not matter."""
        required = list(required)
        expected = [*required, *optional]
        counts = Counter(normalised(name) for name in self.columns)
        known = {normalised(name) for name in expected}
        return ColumnCheck(
            expected=expected,
            missing=[name for name in required if normalised(name) not in counts],
            unknown=[name for name in self.columns if normalised(name) not in known],
            duplicated=list(
                dict.fromkeys(name for name in self.columns if counts[normalised(name)] > 1)
            ),
        )

    def require_columns(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse a file whose headings are not those expected.

        Raises:
            TableError: names the columns that are missing, unknown or there twice, and lists those expected.
        """
        check = self.check_columns(required, optional)
        if check.problems:
            expected = sentence_list(check.expected)
            raise TableError(
                f"The headings in row 1 are not right. {' '.join(check.problems)} The columns are {expected}."
            )


@dataclass(frozen=True)
class Table(Headed):
    """``columns`` are the headings as written; ``problems`` the cells that could not be read at all."""

    columns: list[str]
    rows: list[Row]
    problems: list[CellError] = field(default_factory=list)
    sheet: str = ""
    deadline: Deadline | None = field(default=None, compare=False, repr=False)

    def rows_in_time(self) -> Iterator[Row]:
        """The rows, for whoever does more with each than look at it.

        Raises:
            TableError: reading the file and this took too long together.
        """
        for row in self.rows:
            if self.deadline:
                self.deadline.check()
            yield row


@dataclass(frozen=True)
class OpenTable(Headed):
    """A table whose rows are read one by one and once, since all of them together would be too much to hold.

    ``problems`` grows as they are: when a row is given, its own are there.
    """

    columns: list[str]
    rows: Iterator[Row]
    problems: list[CellError]
    sheet: str
    deadline: Deadline

    def rows_in_time(self) -> Iterator[Row]:
        """As of a :class:`Table`; once."""
        for row in self.rows:
            self.deadline.check()
            yield row

    def whole(self, most: int | None = None) -> Table:
        """All of it at once, of ``most`` so many rows.

        Raises:
            TableError: it cannot be read, or has more rows.
        """
        rows: list[Row] = []
        for row in self.rows:
            if most is not None and len(rows) == most:
                raise too_long(most)
            rows.append(row)
        return Table(self.columns, rows, self.problems, self.sheet, self.deadline)


def too_long(rows: int) -> TableError:
    """The refusal of a table with more rows than that."""
    return TableError(
        f"The table has more than {plural(rows, 'row')}. Divide it into several files."
    )


def normalised(heading: str) -> str:
    """``Plan ID``, ``plan_id`` and ``PLAN-ID`` are one heading. None that is known is as long as what is cut off."""
    return _normalised(heading[:LONGEST_HEADING])


@lru_cache(maxsize=256)
def _normalised(heading: str) -> str:
    return re.sub(r"[\s_\-]+", "", heading.casefold())


def column_letters(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, last = divmod(index - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
