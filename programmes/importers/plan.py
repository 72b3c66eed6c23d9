"""A plan from CSV or Excel, as its author wrote it (domain section 2: untidy rows arrive as they are)."""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from icp.common.numbers import whole_number
from icp.common.tabular import (
    Cell,
    CellError,
    Limits,
    OpenTable,
    Row,
    Table,
    TableError,
    open_table,
)
from icp.common.words import NotADate, parse_british_date
from programmes.importers.links import FileLink, NumberedRow, OwnLinks, Waited
from programmes.rules.durations import DeclaredDuration, UnknownDuration, read_duration
from programmes.rules.outline import Span
from programmes.rules.row_numbers import LONGEST_NUMBER, is_number

COLUMNS = (
    "programme",
    "plan_id",
    "outline_level",
    "kind",
    "name",
    "duration",
    "start",
    "finish",
    "complete",
    "scheduling",
)
# May be left out too: yes asks for the row to be removed from the plan.
ASKED = "removed"
# May be left out: a file without it leaves the owners, or the notes, as they are.
OPTIONAL = ("owner", "notes")
# What a row waits for; a file without it leaves that as it is.
LINKS = "predecessors"
# By which a file that the portal wrote knows its rows again, and what they said when it was written.
THEN = "predecessors_then"
KEPT = ("id", "version", THEN)
KINDS = ("summary", "task", "milestone")
SCHEDULING = ("auto", "manual")
YES, NO = ("yes", "y", "true"), ("no", "n", "false", "")
TBC = "tbc"
NAME_LIMIT, NUMBER_LIMIT, NOTES_LIMIT, DEEPEST = 500, LONGEST_NUMBER, 20_000, 20
LARGEST_KEY = 2**31 - 1
# A file with more bad cells than these is not read to its end: nobody works through more at a time.
MOST_ERRORS = 20_000


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One validated row. ``line`` is the file's row number; dates are None when not given or tbc.

    ``owner`` is the title of a post, empty for nobody; it and ``notes`` are None where the file has no such
    column. ``item`` and ``version`` are the row's key and what its version was when the file was written;
    ``agreed`` are the agreed dates that the file brings for a row that has none, ``earlier`` those of baselines before
    that, each with its number, the oldest first, and ``unsaid`` the fields of which
    it says nothing: a row that is in the plan keeps them.
    """

    line: int
    programme: str
    plan_id: str
    outline_level: int
    kind: str
    name: str
    duration: DeclaredDuration
    start: date | None
    start_tbc: bool
    finish: date | None
    finish_tbc: bool
    ticked: bool
    scheduling: str
    owner: str | None = None
    removed: bool = False
    notes: str | None = None
    item: int | None = None
    version: int | None = None
    agreed: Span | None = None
    earlier: tuple[tuple[int, Span], ...] = ()
    unsaid: frozenset[str] = frozenset()

    @property
    def reference(self) -> str:
        return f"{self.programme} {self.plan_id}"


@dataclass(frozen=True)
class Unnumbered:
    """A row of a file whose number, in ``column``, cannot be read. ``item`` is the key that the portal wrote
    beside it, if it did.
    """

    line: int
    column: str
    programme: str
    name: str
    item: int | None = None


@dataclass(frozen=True)
class PlanFile:
    """What a file says: its good rows in file order, and every bad cell.

    ``failed`` names the rows that have one, by programme and number: they are in the file all the same, and so
    are the ``unnumbered``.
    ``links`` is None where such a file says nothing of what waits for what. ``waited`` has the rows of which it says
    all that they wait for in the place, and what that was when the portal wrote the file (None: it does not tell);
    a file without it speaks of its own rows only, and ``linked`` has the key of each and what it waited for when the
    portal wrote it, where it tells. ``left_out`` says in sentences
    what the file holds and a plan of the portal does not. ``take`` names the fields, as row and field, in
    which the file is to win where the plan has changed meanwhile too, and ``remove`` the references of rows that
    the file does not have and that are to be removed from the plan.
    """

    rows: list[PlanRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    failed: set[tuple[str, str]] = field(default_factory=set)
    unnumbered: list[Unnumbered] = field(default_factory=list)
    links: list[FileLink] | None = None
    waited: Mapping[NumberedRow, Waited | None] = field(default_factory=dict)
    linked: dict[NumberedRow, tuple[int, Waited]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    take: frozenset[tuple[str, str]] = frozenset()
    remove: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """What the place has. ``posts``: the titles that a title or a holder's e-mail address, in small letters,
    stands for. For files without our numbers: ``programme``, the one whose rows they are, if that was said;
    ``names``, the codes by name in small letters; ``rows``, number and name of each programme's rows in plan
    order; and ``taken``, the numbers that are given away, those of removed rows too.
    """

    programmes: Collection[str]
    posts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    programme: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    taken: Mapping[str, Collection[str]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()


def read_plan(
    data: bytes,
    filename: str,
    *,
    programmes: Collection[str],
    posts: Mapping[str, Sequence[str]] | None = None,
    limits: Limits | None = None,
    progress: Callable[[int], None] | None = None,
) -> PlanFile:
    """Read and check a whole plan file against the codes of the place's ``programmes`` and its ``posts``
    (:class:`Known`).

    Raises:
        TableError: the file is not a table this portal reads, or its headings are not :data:`COLUMNS`.
    """
    table = open_table(data, filename, limits or Limits(), progress=progress)
    return plan_in(table, Known(programmes, posts or {}))


def plan_in(table: Table | OpenTable, known: Known) -> PlanFile:
    """The plan in a table that was read.

    Raises:
        TableError: its headings are not :data:`COLUMNS`.
    """
    table.require_columns(COLUMNS, (*OPTIONAL, ASKED, LINKS, *KEPT))
    return read_rows(table, known)


def read_rows(table: Table | OpenTable, known: Known) -> PlanFile:
    """The rows under those headings, and every bad cell; one row after the other, since there may be very many.

    Raises:
        TableError: there are more bad cells than :data:`MOST_ERRORS`.
    """
    found = PlanFile()
    problems = _Problems(table.problems)
    has = {name for name in OPTIONAL if table.has_column(name)}
    seen: dict[NumberedRow, int] = {}
    links = OwnLinks(known.programmes) if table.has_column(LINKS) else None
    for row in table.rows_in_time():
        reader = _RowReader(row, known, has=has)
        read = reader.read()
        key = (read.programme, read.plan_id)
        if links:
            wrote = read.version is not None
            reader.errors += links.read(row.get(LINKS), row.get(THEN), key, wrote=wrote)
        number = row.get("plan_id")
        if problems.are_at(number) or reader.refused(number):
            found.unnumbered.append(
                Unnumbered(row.number, number.column, read.programme, read.name, read.item)
            )
        if key in seen and read.plan_id:
            reader.errors.append(
                row.get("plan_id").error(
                    f"{read.programme} {read.plan_id} stands in row {seen[key]} already",
                    "Give each row of a programme its own number.",
                )
            )
        seen.setdefault(key, row.number)
        found.errors.extend(reader.errors)
        if not reader.errors and not problems.are_in(row):
            found.rows.append(read)
        else:
            found.failed.add(key)
            _check_count(table.problems, found.errors)
    found.errors[:0] = table.problems
    if links is None or not links.says_something:
        return found
    return replace(found, links=links.links, waited=links.waited)


class _Problems:
    """The cells of a table that could not be read at all, which may still grow in number."""

    def __init__(self, listed: list[CellError]) -> None:
        self.listed, self.taken = listed, 0
        self.rows: set[int] = set()
        self.references: set[str] = set()

    def are_in(self, row: Row) -> bool:
        self._take()
        return row.number in self.rows

    def are_at(self, cell: Cell) -> bool:
        self._take()
        return cell.reference in self.references

    def _take(self) -> None:
        for one in self.listed[self.taken :]:
            self.rows.add(one.row)
            self.references.add(one.reference)
        self.taken = len(self.listed)


def _check_count(*errors: list[CellError]) -> None:
    """
    Raises:
        TableError: they are too many.
    """
    if sum(len(some) for some in errors) > MOST_ERRORS:
        first = next(some for some in errors if some)[0]
        raise TableError(
            f"More than {MOST_ERRORS:,} cells need attention. Mend them in your file and bring it again. The first: {first}"
        )


@lru_cache(maxsize=10_000)
def _day(said: str | date) -> date | None:
    """One copy of each day, since a plan says the same days again and again."""
    return parse_british_date(said) if said else None


class _RowReader:
    """Reads one row, and collects what is wrong with each of its cells."""

    def __init__(self, row: Row, known: Known, *, has: Collection[str]) -> None:
        self.row, self.known, self.has = row, known, has
        self.errors: list[CellError] = []

    def read(self) -> PlanRow:
        start, start_tbc = self._date("start")
        finish, finish_tbc = self._date("finish")
        if start and finish and finish < start:
            self._refuse(
                "finish",
                f"it is before the start in {self.row.get('start').reference}",
                "Check which of the two dates is wrong.",
            )
        return PlanRow(
            line=self.row.number,
            programme=self._programme(),
            plan_id=self._number(),
            outline_level=self._level(),
            kind=self._word("kind", KINDS),
            name=self._name(),
            duration=self._duration(),
            start=start,
            start_tbc=start_tbc,
            finish=finish,
            finish_tbc=finish_tbc,
            ticked=self._yes("complete"),
            scheduling=self._word("scheduling", SCHEDULING),
            removed=self.row.get(ASKED).text != "" and self._yes(ASKED),
            owner=self._owner() if "owner" in self.has else None,
            notes=self._notes() if "notes" in self.has else None,
            item=self._kept("id"),
            version=self._kept("version"),
        )

    def refused(self, cell: Cell) -> bool:
        return any(error.reference == cell.reference for error in self.errors)

    def _refuse(self, column: str, problem: str, remedy: str) -> None:
        self.errors.append(self.row.get(column).error(problem, remedy))

    def _cell(self, column: str) -> Cell:
        return self.row.get(column)

    def _programme(self) -> str:
        code, programmes = sys.intern(self._cell("programme").text), self.known.programmes
        if code not in programmes:
            known = ", ".join(sorted(programmes)) or "none yet: import the programmes first"
            self._refuse("programme", "no programme has this code", f"Use one of: {known}.")
        return code

    def _number(self) -> str:
        text = self._cell("plan_id").text
        if text and not is_number(text):
            self._refuse(
                "plan_id",
                "it cannot be a row's number",
                f"Write up to {NUMBER_LIMIT} characters without a slash, such as 11.",
            )
        elif not text:
            self._refuse(
                "plan_id",
                "a row needs a number",
                f"Write the number people quote, up to {NUMBER_LIMIT} characters, such as 11.",
            )
        return text

    def _level(self) -> int:
        text = self._cell("outline_level").text
        level = whole_number(text, most=DEEPEST)
        if level:
            return level
        self._refuse(
            "outline_level",
            "it is not an outline level",
            f"Write a whole number from 1 (top) to {DEEPEST}.",
        )
        return 1

    def _word(self, column: str, words: tuple[str, ...]) -> str:
        text = self._cell(column).text.lower()
        if text not in words:
            self._refuse(column, "this word is not known", f"Write one of: {', '.join(words)}.")
        # Of each word one copy is enough for all rows.
        return sys.intern(text)

    def _name(self) -> str:
        text = self._cell("name").text
        if not text:
            self._refuse("name", "a row needs a name", "Write what is to be done or decided.")
        elif len(text) > NAME_LIMIT:
            self._refuse(
                "name",
                f"it has {len(text):,} characters",
                f"Shorten it to {NAME_LIMIT} characters.",
            )
        return text

    def _duration(self) -> DeclaredDuration:
        try:
            return read_duration(self._cell("duration").text)
        except UnknownDuration:
            self._refuse(
                "duration",
                "it is not a duration",
                "Write 43 days, 43 days? for an estimate, tbc, or nothing.",
            )
            return DeclaredDuration("", None, False)

    def _date(self, column: str) -> tuple[date | None, bool]:
        cell = self._cell(column)
        if cell.text.lower() == TBC:
            return None, True
        try:
            return _day(cell.day or cell.text), False
        except NotADate as problem:
            self._refuse(
                column,
                str(problem).split(": ")[0].split("” ", 1)[-1],
                "Write a date like 28/2/2020 or 2020-02-28, tbc, or nothing.",
            )
            return None, False

    def _owner(self) -> str:
        text = self._cell("owner").text
        titles = self.known.posts.get(" ".join(text.split()).casefold(), ())
        if not text or len(titles) == 1:
            return titles[0] if titles else ""
        if titles:
            problem = f"this person holds {len(titles)} posts here"
            remedy = f"Write the title of one of them: {'; '.join(titles)}."
        else:
            known = sorted({title for found in self.known.posts.values() for title in found})[:3]
            problem = "no post of this place has this title, and nobody with this address holds one"
            remedy = f"Write the title of a post, such as {'; '.join(known)}, or nothing."
            if not known:
                remedy = (
                    "The place has no posts yet: import the programmes first, or write nothing."
                )
        self._refuse("owner", problem, remedy)
        return ""

    def _notes(self) -> str:
        text = self._cell("notes").text
        if len(text) > NOTES_LIMIT:
            self._refuse(
                "notes",
                f"they have {len(text):,} characters",
                f"Shorten them to {NOTES_LIMIT:,} characters.",
            )
        return text

    def _kept(self, column: str) -> int | None:
        """A number that the portal wrote; None where there is none."""
        text = self._cell(column).text
        if text == "":
            return None
        if found := whole_number(text, most=LARGEST_KEY):
            return found
        self._refuse(
            column,
            "the portal did not write this here",
            "Leave the column as it was in the file, or clear the cell in a new row.",
        )
        return None

    def _yes(self, column: str) -> bool:
        text = self._cell(column).text.lower()
        if text not in (*YES, *NO):
            self._refuse(column, "this word is not known", "Write yes or no.")
        return text in YES
