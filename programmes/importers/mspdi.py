"""A plan from Microsoft Project's XML (MSPDI), as Project 2002 to 365, ProjectLibre and GanttProject write it.

Programs differ: with or without a namespace, UIDs or outline numbers; dates without seconds; days as P5D. A
row that the portal once wrote is known again by its number in a text field; what Project has no field for
lies beside it and is meant as long as Project's own fields beside it are as they were.
"""

from datetime import date
from xml.etree.ElementTree import Element  # nosec B405 (defusedxml reads)

from icp.common.tabular import Limits, TableError
from icp.common.words import plural
from icp.common.xml import read_xml
from programmes.importers.mspdi_rest import few, left_out_of, read_links
from programmes.importers.mspdi_tasks import (
    OWNER_FIELD,
    SHOWN,
    Task,
    is_milestone,
    rows_of,
    tasks_of,
    text_of,
    whole_of,
)
from programmes.importers.plan import (
    DEEPEST,
    NAME_LIMIT,
    NOTES_LIMIT,
    Known,
    PlanFile,
    PlanRow,
    Unnumbered,
)
from programmes.rules.durations import DeclaredDuration, read_duration
from programmes.rules.mspdi import (
    IN_DAYS,
    MINUTES_A_DAY,
    MOST_BASELINES,
    Declared,
    NotProject,
    is_estimated,
    read_day,
)
from programmes.rules.mspdi import read_duration as read_project_duration
from programmes.rules.outline import Span
from programmes.rules.row_numbers import is_number

MOST_TASKS = 20_000


def read_mspdi(
    data: bytes, filename: str, *, known: Known, limits: Limits | None = None
) -> PlanFile:
    """Read and check a whole project file.

    Raises:
        TableError: it is no project file, is hostile, or does not say which programme its rows are of.
    """
    root = read_xml(data, filename, limits or Limits())
    if root.tag != "Project" or root.find("Tasks") is None:
        raise TableError(
            "This XML is not a project: save it from your project program as XML (MSPDI), and send that."
        )
    return _Project(root, known).read()


class _Project:
    """Reads the rows of one file, and collects what is wrong with them and what was rounded."""

    def __init__(self, root: Element, known: Known) -> None:
        self.root, self.known = root, known
        self.day = max(whole_of(text_of(root, "MinutesPerDay"), MINUTES_A_DAY), 1)
        self.file = PlanFile(links=[])
        self.rounded: list[str] = []
        self.partly: list[str] = []

    def read(self) -> PlanFile:
        tasks = list(tasks_of(self.root))
        if len(tasks) > MOST_TASKS:
            raise TableError(f"The project has more than {plural(MOST_TASKS, 'task')}. Divide it.")
        for index, task in enumerate(tasks):
            task.has_rows = index + 1 < len(tasks) and tasks[index + 1].depth > task.depth
        rows, matched = rows_of(tasks, root=self.root, known=self.known)
        seen: dict[tuple[str, str], int] = {}
        for task in rows:
            self._row(task, seen)
        codes = self.known.programmes
        read_links(rows, self.file, minutes_a_day=self.day, programmes=codes)
        self._say_what_was_done(matched)
        self.file.left_out.extend(left_out_of(self.root, rows, holidays=self.known.holidays))
        return self.file

    def _say_what_was_done(self, matched: int) -> None:
        say = self.file.left_out.append
        if matched:
            were = "was" if matched == 1 else "were"
            say(f"{plural(matched, 'row')} without a portal number {were} found again by name.")
        if self.rounded:
            say(
                f"Durations that are not whole working days are kept rounded up: {few(self.rounded)}."
            )
        if self.partly:
            say(
                f"How far a row has come is said in the monthly update, not in the plan: {few(self.partly)}."
            )

    def _row(self, task: Task, seen: dict[tuple[str, str], int]) -> None:
        key = (task.programme, task.plan_id)
        if key in seen:
            task.refuse(
                "Text1",
                " ".join(key),
                f"{' '.join(key)} stands in task {seen[key]} already",
                "Clear the field in the new row.",
            )
        seen.setdefault(key, task.line)
        start, start_tbc = self._date(task, "Start", "start")
        finish, finish_tbc = self._date(task, "Finish", "finish")
        if start and finish and finish < start:
            if is_milestone(task):
                start = finish
            else:
                task.refuse(
                    "Finish", task.text("Finish"), "it is before the start", "Check both dates."
                )
        agreed = self._agreed(task)
        row = PlanRow(
            line=task.line,
            programme=task.programme,
            plan_id=task.plan_id,
            outline_level=self._level(task),
            kind=_kind(task),
            name=self._name(task),
            duration=self._duration(task),
            start=start,
            start_tbc=start_tbc,
            finish=finish,
            finish_tbc=finish_tbc,
            ticked=self._ticked(task),
            scheduling=_scheduling(task),
            owner=self._owner(task),
            notes=self._notes(task),
            version=whole_of(task.declared.version, 0) or None if task.declared else None,
            agreed=agreed.get(0),
            earlier=tuple((n, span) for n, span in sorted(agreed.items()) if n),
        )
        self.file.errors.extend(task.errors)
        if task.errors:
            self.file.failed.add(key)
        else:
            self.file.rows.append(row)

    def _level(self, task: Task) -> int:
        declared = task.declared
        level = task.depth
        if declared and declared.depth == str(task.whole("OutlineLevel", task.depth)):
            level = whole_of(declared.level, level)
        if not 1 <= level <= DEEPEST:
            task.refuse(
                "OutlineLevel",
                str(level),
                f"it is deeper than {DEEPEST} levels",
                "Move the row further out.",
            )
            return 1
        return level

    def _name(self, task: Task) -> str:
        name = task.text("Name")
        if not 0 < len(name) <= NAME_LIMIT:
            problem = f"it has {len(name):,} characters" if name else "a row needs a name"
            task.refuse("Name", name, problem, f"Write up to {NAME_LIMIT} characters.")
        if not is_number(task.plan_id):
            task.refuse("Text1", task.plan_id, "it is not a row's number", "Clear the field.")
            self.file.unnumbered.append(Unnumbered(task.line, "Text1", task.programme, name))
        return name

    def _notes(self, task: Task) -> str:
        notes = task.text("Notes")
        if len(notes) > NOTES_LIMIT:
            task.refuse(
                "Notes",
                notes,
                f"they have {len(notes):,} characters",
                f"Shorten them to {NOTES_LIMIT:,} characters.",
            )
        return notes

    def _date(self, task: Task, name: str, kept: str) -> tuple[date | None, bool]:
        """The day, and whether it is to be confirmed."""
        is_manual = task.text("Manual") == "1"
        written = task.text(f"Manual{name}") if is_manual else ""
        text = written or task.text(name)
        to_confirm = (task.declared and getattr(task.declared, kept) == "tbc") or (
            task.text(f"{name}Text").casefold() == "tbc"
        )
        # What a person never gave Project fills in by itself, beside an empty field of theirs.
        own = not text or (is_manual and not written and _keeps_manual_dates(self.root))
        if own:
            return None, bool(to_confirm)
        try:
            return read_day(text, ends=name == "Finish" and not is_milestone(task)), False
        except NotProject as problem:
            task.refuse(name, text, str(problem), "Write a date between 1990 and 2100.")
            return None, False

    def _duration(self, task: Task) -> DeclaredDuration:
        text = task.text("Duration", "ManualDuration")
        shape = task.whole("DurationFormat", IN_DAYS)
        estimated = task.text("Estimated") == "1" or is_estimated(shape)
        days = ""
        if text:
            try:
                read = read_project_duration(text, minutes_a_day=self.day, duration_format=shape)
            except NotProject as problem:
                task.refuse("Duration", text, str(problem), "Write it in days.")
                return DeclaredDuration("", None, False)
            days = str(read.days)
            if not read.exact:
                self.rounded.append(task.reference)
        declared = task.declared
        kept = read_duration(declared.duration) if declared and _is_known(declared) else None
        if declared and kept and days == declared.days and kept.estimated == estimated:
            return kept
        if not days:
            return DeclaredDuration("", None, False)
        mark = "?" if estimated else ""
        return read_duration(f"{days} {'day' if days == '1' else 'days'}{mark}")

    def _ticked(self, task: Task) -> bool:
        percent = task.whole("PercentComplete")
        if task.declared and task.declared.percent == str(percent):
            return task.declared.ticked == "yes"
        if 0 < percent < 100:
            self.partly.append(task.reference)
        return percent >= 100

    def _owner(self, task: Task) -> str | None:
        """The post in our own field; None, so that the owner stays, where it names none of the place."""
        named = task.fields.get(OWNER_FIELD, "")
        titles = self.known.posts.get(" ".join(named.split()).casefold(), ())
        if len(titles) == 1:
            return titles[0]
        if named:
            self.file.left_out.append(
                f"{task.reference}: no post of the place is called {named[:SHOWN]}, so its owner stays."
            )
        return "" if not named and task.declared and task.declared.owned == "no" else None

    def _agreed(self, task: Task) -> dict[int, Span]:
        """What each baseline says of the row, by its number; nothing for a baseline 0 without dates."""
        found: dict[int, Span] = {}
        for baseline in task.element.iter("Baseline"):
            number = whole_of(text_of(baseline, "Number") or "0", -1)
            if number in found or not 0 <= number <= MOST_BASELINES:
                continue
            span = self._span(task, baseline, number)
            if span is not None and (number or span != Span(None, None)):
                found[number] = span
        return found

    def _span(self, task: Task, baseline: Element, number: int) -> Span | None:
        days = []
        for name in ("Start", "Finish"):
            text = text_of(baseline, name)
            try:
                days.append(read_day(text) if text else None)
            except NotProject as problem:
                called = f"Baseline {number} {name}" if number else f"Baseline {name}"
                task.refuse(called, text, str(problem), "Save the baseline again.")
                return None
        return Span(*days)


def _keeps_manual_dates(root: Element) -> bool:
    """Whether the program that wrote the file knows dates that a person gave: Project since 2010."""
    return next(root.iter("ManualStart"), None) is not None or (
        next(root.iter("ManualFinish"), None) is not None
    )


def _is_known(declared: Declared) -> bool:
    try:
        read_duration(declared.duration)
    except ValueError:
        return False
    return True


def _kind(task: Task) -> str:
    declared = task.declared.kind if task.declared else ""
    marked = task.text("Milestone") in ("1", "true")
    if declared == "milestone" and marked:
        return declared
    if declared in ("summary", "task") and (not marked or task.has_rows):
        return declared
    if task.has_rows:
        return "summary"
    return "milestone" if marked else "task"


def _scheduling(task: Task) -> str:
    if task.declared and task.declared.scheduling in ("auto", "manual"):
        return task.declared.scheduling
    return "manual" if task.text("Manual") == "1" else "auto"
