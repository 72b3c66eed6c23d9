"""A plan from GanttProject's own ``.gan`` file: tasks inside tasks, a start and a number of working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element  # nosec B405 (defusedxml reads)

from icp.common.numbers import whole_number
from icp.common.tabular import CellError, Limits, TableError
from icp.common.tabular.marks import tidy
from icp.common.words import plural
from icp.common.workingdays import add_working_days, is_working_day
from icp.common.xml import read_xml
from programmes.importers.links import FileLink
from programmes.importers.numbering import Numbering
from programmes.importers.plan import (
    DEEPEST,
    NAME_LIMIT,
    NOTES_LIMIT,
    Known,
    PlanFile,
    PlanRow,
)
from programmes.rules.durations import read_duration
from programmes.rules.mspdi import LONGEST_LAG, NotProject, read_day

KINDS = {"1": "SS", "2": "FS", "3": "FF", "4": "SF"}
LONGEST = 20_000
SHOWN = 200


def is_gantt_project(data: bytes) -> bool:
    """Its root is called ``project``, in small letters."""
    return b"<project" in data[:2000] and b"<Project" not in data[:2000]


def read_gantt_project(
    data: bytes, filename: str, *, known: Known, limits: Limits | None = None
) -> PlanFile:
    """Read and check a whole file.

    Raises:
        TableError: it is no such file, is hostile, or does not say which programme its rows are of.
    """
    root = read_xml(data, filename, limits or Limits())
    tasks = root.find("tasks")
    if root.tag != "project" or tasks is None:
        raise TableError(
            "This XML is not a project: save it as XML (MSPDI) or .gan, and send that."
        )
    name = root.get("name", "").casefold()
    only = next(iter(known.programmes)) if len(known.programmes) == 1 else ""
    code = known.programme or known.names.get(name, "") or only
    if not code:
        raise TableError(
            "This file does not say which programme its rows belong to: choose the programme beside the file."
        )
    rows = [
        _Task(element, line, depth, code)
        for line, (element, depth) in enumerate(_tasks(tasks), start=1)
    ]
    Numbering(known).give(rows)
    file = PlanFile(links=[])
    for row in rows:
        _read(row, file, known)
    _links(rows, file)
    _say_what_stays_out(root, rows, file)
    return file


@dataclass
class _Task:
    element: Element
    line: int
    depth: int
    programme: str
    plan_id: str = ""

    def text(self, *names: str) -> str:
        return tidy(self.element.get(names[0].lower(), "")).strip()

    @property
    def has_rows(self) -> bool:
        return self.element.find("task") is not None


def _tasks(tasks: Element) -> Iterator[tuple[Element, int]]:
    """In the file's order, with their depth; the reader allows no depth that could exhaust this."""
    waiting = [(task, 1) for task in reversed(tasks.findall("task"))]
    while waiting:
        task, depth = waiting.pop()
        yield task, depth
        waiting.extend((below, depth + 1) for below in reversed(task.findall("task")))


def _read(row: _Task, file: PlanFile, known: Known) -> None:
    errors: list[CellError] = []

    def refuse(column: str, value: str, problem: str, remedy: str) -> None:
        errors.append(
            CellError(row.line, column, value[:SHOWN], problem, remedy, f"task {row.line}")
        )

    name, notes = row.text("name"), tidy(row.element.findtext("notes") or "").strip()
    days, written = row.text("duration") or "0", row.text("start")
    start = None
    if not 0 < len(name) <= NAME_LIMIT:
        refuse("name", name, f"it has {len(name):,} characters", f"Write 1 to {NAME_LIMIT}.")
    if len(notes) > NOTES_LIMIT:
        refuse("notes", notes, f"they have {len(notes):,} characters", "Shorten them.")
    if row.depth > DEEPEST:
        refuse(
            "level", str(row.depth), f"it is deeper than {DEEPEST} levels", "Move it further out."
        )
    length = whole_number(days, most=LONGEST)
    if length is None:
        refuse("duration", days, "it is not a number of days", f"Write 0 to {LONGEST:,}.")
    try:
        start = read_day(written) if written else None
    except NotProject as problem:
        refuse("start", written, str(problem), "Write a date between 1990 and 2100.")
    file.errors.extend(errors)
    if errors:
        file.failed.add((row.programme, row.plan_id))
        return
    milestone = row.element.get("meeting") == "true" and not row.has_rows
    length = 0 if milestone or length is None else length
    finish = start
    if start and length > 1:
        first_counts = is_working_day(start, known.holidays)
        finish = add_working_days(start, length - 1 if first_counts else length, known.holidays)
    kind = "summary" if row.has_rows else "milestone" if milestone else "task"
    file.rows.append(
        PlanRow(
            line=row.line,
            programme=row.programme,
            plan_id=row.plan_id,
            outline_level=row.depth,
            kind=kind,
            name=name,
            duration=read_duration(f"{length} {'day' if length == 1 else 'days'}"),
            start=start,
            start_tbc=False,
            finish=finish,
            finish_tbc=False,
            ticked=row.text("complete") == "100",
            scheduling="auto",
            notes=notes,
        )
    )


def _links(rows: list[_Task], file: PlanFile) -> None:
    """GanttProject writes a link beside the row before: ``id`` names the row that waits."""
    by_id = {row.element.get("id", ""): row for row in rows}
    assert file.links is not None
    seen: set[tuple[int, int]] = set()
    for row in rows:
        for link in row.element.findall("depend"):
            after = by_id.get(link.get("id", ""))
            lag = link.get("difference", "0")
            days = whole_number(lag.removeprefix("-"), most=LONGEST_LAG)
            if after is None or after is row or days is None:
                file.left_out.append(f"{row.programme} {row.plan_id}: a link that cannot be read.")
                continue
            if (after.line, row.line) in seen:
                file.left_out.append(
                    f"{after.programme} {after.plan_id} waits twice for {row.programme} {row.plan_id}:"
                    " the first counts."
                )
                continue
            seen.add((after.line, row.line))
            file.links.append(
                FileLink(
                    after.line,
                    (after.programme, after.plan_id),
                    (row.programme, row.plan_id),
                    KINDS.get(link.get("type", "2"), "FS"),
                    -days if lag.startswith("-") else days,
                )
            )


def _say_what_stays_out(root: Element, rows: list[_Task], file: PlanFile) -> None:
    partly = sum(1 for row in rows if row.text("complete") not in ("", "0", "100"))
    if partly:
        file.left_out.append(
            f"How far {plural(partly, 'row')} came: that is said in the monthly update, not in the plan."
        )
    resources = len(root.findall("resources/resource"))
    if resources:
        file.left_out.append(
            f"{plural(resources, 'resource')}: who does the work is not part of a plan here."
        )
