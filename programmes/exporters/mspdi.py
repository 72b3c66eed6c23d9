"""A plan as a Microsoft Project file (MSPDI): Project 2002 to 365 and ProjectLibre open it, and it comes back.

Project moves what it schedules itself. A row is left to it only where it would come to the same dates; every
other row is "manually scheduled", so that nobody's dates move (domain section 2).
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring  # nosec B405 (writes only)

from icp.common.tabular.marks import tidy
from icp.common.workingdays import is_working_day
from programmes.exporters.project_plan import ProjectPlan
from programmes.models import Dependency, ItemKind, PlanItem, Programme
from programmes.rules.durations import computed_days
from programmes.rules.mspdi import (
    ESTIMATED,
    IN_DAYS,
    LINK_TYPES,
    MINUTES_A_DAY,
    Declared,
    duration_text,
    lag_text,
)
from programmes.rules.outline import Span, parents, spans_children
from programmes.rules.predecessors import WAITS_FOR_NOTHING, write_links

NAMESPACE = "http://schemas.microsoft.com/project"
# Project's own numbers of its text fields, and what they hold here.
TEXT_FIELDS = {
    "number": ("188743731", "Text1", "Portal number"),
    "declared": ("188743734", "Text2", "Portal: kept for the way back"),
    "owner": ("188743737", "Text3", "Owner"),
    "links": ("188743740", "Text4", "Portal: waited for when written"),
}
# So much of a text field Project keeps.
TEXT_IN_PROJECT = 255
MORNING, EVENING = "T08:00:00", "T17:00:00"
HOURS = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
START_NO_EARLIER = "4"
SUNDAY, SATURDAY = 1, 7


def write_mspdi(plan: ProjectPlan, *, at: datetime) -> bytes:
    """The file. ``at`` is when the plan was read."""
    root = Element("Project", xmlns=NAMESPACE)
    title = plan.programmes[0].name if plan.is_of_one else plan.place.name
    _add(
        root,
        SaveVersion="14",
        Name=f"{title}.xml",
        Title=title,
        CreationDate=f"{at:%Y-%m-%dT%H:%M:%S}",
    )
    _add(root, ScheduleFromStart="1", StartDate=f"{_first_day(plan, at).isoformat()}{MORNING}")
    _add(root, CalendarUID="1", DefaultStartTime="08:00:00", DefaultFinishTime="17:00:00")
    _add(
        root,
        MinutesPerDay=str(MINUTES_A_DAY),
        MinutesPerWeek=str(5 * MINUTES_A_DAY),
        DaysPerMonth="20",
    )
    _add(root, NewTasksAreManual="1")
    _fields(root)
    _calendar(root, plan, at)
    _Tasks(plan).write(SubElement(root, "Tasks"))
    SubElement(root, "Resources")
    SubElement(root, "Assignments")
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + tostring(
        root, encoding="utf-8"
    )


def _add(parent: Element, **values: str) -> None:
    """Elements with their texts, in this order; nothing for an empty one."""
    for name, value in values.items():
        if value:
            SubElement(parent, name).text = tidy(value)


def _first_day(plan: ProjectPlan, at: datetime) -> date:
    return min((day for row in plan.rows if (day := row.start or row.finish)), default=at.date())


def _fields(root: Element) -> None:
    defined = SubElement(root, "ExtendedAttributes")
    for number, name, alias in TEXT_FIELDS.values():
        _add(SubElement(defined, "ExtendedAttribute"), FieldID=number, FieldName=name, Alias=alias)


def _calendar(root: Element, plan: ProjectPlan, at: datetime) -> None:
    """Monday to Friday, less the bank holidays of the years that the plan is in."""
    calendar = SubElement(SubElement(root, "Calendars"), "Calendar")
    _add(calendar, UID="1", Name="Standard", IsBaseCalendar="1", BaseCalendarUID="-1")
    week = SubElement(calendar, "WeekDays")
    for number in range(SUNDAY, SATURDAY + 1):
        day = SubElement(week, "WeekDay")
        works = SUNDAY < number < SATURDAY
        _add(day, DayType=str(number), DayWorking=str(int(works)))
        if works:
            times = SubElement(day, "WorkingTimes")
            for begins, ends in HOURS:
                _add(SubElement(times, "WorkingTime"), FromTime=begins, ToTime=ends)
    holidays = _holidays_of_its_years(plan, at)
    if not holidays:
        return
    # Project 2002 and 2003 read the first form, later ones the second.
    for holiday in holidays:
        old = SubElement(week, "WeekDay")
        _add(old, DayType="0", DayWorking="0")
        _whole_day(old, holiday)
    exceptions = SubElement(calendar, "Exceptions")
    for holiday in holidays:
        one = SubElement(exceptions, "Exception")
        _add(one, EnteredByOccurrences="0")
        _whole_day(one, holiday)
        _add(one, Occurrences="1", Name="Bank holiday", Type="1", DayWorking="0")


def _whole_day(parent: Element, day: date) -> None:
    _add(
        SubElement(parent, "TimePeriod"),
        FromDate=f"{day.isoformat()}T00:00:00",
        ToDate=f"{day.isoformat()}T23:59:00",
    )


def _holidays_of_its_years(plan: ProjectPlan, at: datetime) -> list[date]:
    years = [day.year for row in plan.rows for day in (row.start, row.finish) if day] or [at.year]
    return sorted(day for day in plan.holidays if min(years) <= day.year <= max(years) + 1)


class _Tasks:
    """The rows in plan order; of several programmes each under its own heading."""

    def __init__(self, plan: ProjectPlan) -> None:
        self.plan = plan
        self.below: dict[int, list[Span]] = {}
        self.waits: dict[int, list[Dependency]] = {}
        for link in plan.links:
            self.waits.setdefault(link.successor_id, []).append(link)
        self.uid = {
            row.pk: number
            for number, row in enumerate(self._with_headings(), start=1)
            if isinstance(row, PlanItem)
        }

    def _with_headings(self) -> Iterator[PlanItem | Programme]:
        for programme in self.plan.programmes:
            if not self.plan.is_of_one:
                yield programme
            yield from (row for row in self.plan.rows if row.programme_id == programme.pk)

    def write(self, tasks: Element) -> None:
        number = 0
        for programme in self.plan.programmes:
            rows = [row for row in self.plan.rows if row.programme_id == programme.pk]
            outer = [] if self.plan.is_of_one else [1]
            if outer:
                number += 1
                self._heading(tasks, programme, number)
            above = parents([row.outline_level for row in rows])
            self._collect(rows, above)
            counts, numbered = _numbering(above)
            for row, path, headed in zip(rows, numbered, counts, strict=True):
                number += 1
                shown = [self.plan.programmes.index(programme) + 1] if outer else []
                self._row(tasks, row, [*shown, *path], has_rows=headed > 0)

    def _collect(self, rows: list[PlanItem], above: list[int | None]) -> None:
        """What stands below each row of a programme, at any depth."""
        for index, one in enumerate(rows):
            parent = above[index]
            while parent is not None and not one.is_summary:
                self.below.setdefault(rows[parent].pk, []).append(Span(one.start, one.finish))
                parent = above[parent]

    def _heading(self, tasks: Element, programme: Programme, number: int) -> None:
        task = SubElement(tasks, "Task")
        outline = str(self.plan.programmes.index(programme) + 1)
        _add(task, UID=str(number), ID=str(number), Name=programme.name, Active="1", Manual="0")
        _add(task, Type="1", IsNull="0", WBS=outline, OutlineNumber=outline, OutlineLevel="1")
        _add(task, Milestone="0", Summary="1")
        _text_field(task, "number", programme.code)

    def _row(self, tasks: Element, row: PlanItem, path: list[int], *, has_rows: bool) -> None:
        task = SubElement(tasks, "Task")
        uid, outline = str(self.uid[row.pk]), ".".join(map(str, path))
        days = _days(row, self.plan.holidays)
        manual = self._is_manual(row, days, has_rows=has_rows)
        _add(task, UID=uid, ID=uid, Name=row.name, Active="1", Manual=str(int(manual)))
        _add(task, Type="1", IsNull="0", WBS=outline, OutlineNumber=outline)
        _add(task, OutlineLevel=str(len(path)), Priority="500")
        start, finish = _moments(row)
        length = "" if days is None else duration_text(days)
        _add(task, Start=start, Finish=finish, Duration=length)
        if manual:
            _add(task, ManualStart=start, ManualFinish=finish, ManualDuration=length)
        _add(task, DurationFormat=str(IN_DAYS + ESTIMATED * row.duration_estimated))
        _add(task, Estimated=str(int(row.duration_estimated)))
        _add(task, Milestone=str(int(row.kind == ItemKind.MILESTONE)), Summary=str(int(has_rows)))
        percent = 100 if row.is_complete or row.ticked else self.plan.percent.get(row.pk, 0)
        _add(task, PercentComplete=str(percent))
        if start and not manual and not has_rows:
            _add(task, ConstraintType=START_NO_EARLIER, CalendarUID="-1", ConstraintDate=start)
        _add(task, Notes=row.notes)
        for link in self.waits.get(row.pk, ()):
            _add(
                SubElement(task, "PredecessorLink"),
                PredecessorUID=str(self.uid[link.predecessor_id]),  # type: ignore[index]
                Type=str(LINK_TYPES[link.kind]),
                CrossProject="0",
                LinkLag=lag_text(link.lag_days),
                LagFormat=str(IN_DAYS),
            )
        _text_field(task, "number", row.reference)
        _text_field(task, "declared", _declared(row, len(path), days, percent).text())
        _text_field(task, "owner", row.owner.title if row.owner else "")
        _text_field(task, "links", self._links(row))
        _baseline(task, row)
        _earlier(task, self.plan.earlier.get(row.pk, {}))

    def _links(self, row: PlanItem) -> str:
        """The row's own key and what the file says that it waits for, to tell later what was changed in it; empty where
        it is too long for that.
        """
        found = self.waits.get(row.pk, ())
        said = write_links(
            (link.predecessor.reference, link.kind, link.lag_days)  # type: ignore[union-attr]
            for link in found
        )
        text = f"{row.pk}: {said or WAITS_FOR_NOTHING}"
        return "" if len(text) > TEXT_IN_PROJECT else text

    def _is_manual(self, row: PlanItem, days: int | None, *, has_rows: bool) -> bool:
        """Whether Project would move its dates, were it left to schedule them."""
        if row.scheduling == "manual" or days is None or row.start is None or row.finish is None:
            return True
        if has_rows:
            return not spans_children(Span(row.start, row.finish), self.below.get(row.pk, []))
        on_working_days = all(
            is_working_day(d, self.plan.holidays) for d in (row.start, row.finish)
        )
        return (
            row.pk in self.waits or not on_working_days or (days == 0 and row.start != row.finish)
        )


def _numbering(above: list[int | None]) -> tuple[list[int], list[list[int]]]:
    """How many rows stand right under each row, and its place in the outline: [2, 1]."""
    counts = [0] * len(above)
    top = 0
    paths: list[list[int]] = []
    for parent in above:
        if parent is None:
            top += 1
            paths.append([top])
        else:
            counts[parent] += 1
            paths.append([*paths[parent], counts[parent]])
    return counts, paths


def _days(row: PlanItem, holidays: frozenset[date]) -> int | None:
    """What Project's own arithmetic gives, else what the author declared."""
    computed = computed_days(kind=row.kind, start=row.start, finish=row.finish, holidays=holidays)
    if row.kind == ItemKind.MILESTONE and row.declared_days:
        return row.declared_days
    return row.declared_days if computed is None else computed


def _moments(row: PlanItem) -> tuple[str, str]:
    """A milestone stands at the end of its day."""
    ends = f"{row.finish.isoformat()}{EVENING}" if row.finish else ""
    if row.kind == ItemKind.MILESTONE and row.start and row.start == row.finish:
        return ends, ends
    return (f"{row.start.isoformat()}{MORNING}" if row.start else ""), ends


def _declared(row: PlanItem, depth: int, days: int | None, percent: int) -> Declared:
    return Declared(
        kind=row.kind,
        scheduling=row.scheduling,
        level=str(row.outline_level),
        depth=str(depth),
        duration=row.declared_duration,
        days="" if days is None else str(days),
        start="tbc" if row.start_tbc else "",
        finish="tbc" if row.finish_tbc else "",
        ticked="yes" if row.ticked else "no",
        percent=str(percent),
        owned="yes" if row.owner else "no",
        version=str(row.version),
    )


def _text_field(task: Element, name: str, value: str) -> None:
    if value:
        field = SubElement(task, "ExtendedAttribute")
        _add(field, FieldID=TEXT_FIELDS[name][0], Value=value)


def _baseline(task: Element, row: PlanItem) -> None:
    """The agreed dates."""
    if row.baseline_start or row.baseline_finish:
        _agreed(task, 0, Span(row.baseline_start, row.baseline_finish))


def _earlier(task: Element, agreed: Mapping[int, Span]) -> None:
    """What was agreed before; without dates where the row was agreed without any."""
    for number, span in sorted(agreed.items()):
        _agreed(task, number, span)


def _agreed(task: Element, number: int, span: Span) -> None:
    agreed = SubElement(task, "Baseline")
    _add(agreed, Number=str(number))
    if span.start:
        _add(agreed, Start=f"{span.start.isoformat()}{MORNING}")
    if span.finish:
        _add(agreed, Finish=f"{span.finish.isoformat()}{EVENING}")
