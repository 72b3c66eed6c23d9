"""What of a Microsoft Project file goes beside its rows: what waits for what; and what does not come in at all."""

from collections.abc import Collection, Iterator
from datetime import date
from xml.etree.ElementTree import Element  # nosec B405 (defusedxml reads)

from icp.common.tabular import CellError
from icp.common.words import plural
from programmes.importers.links import FileLink, Waited
from programmes.importers.mspdi_tasks import LINKS_FIELD, SHOWN, Task, text_of, whole_of
from programmes.importers.plan import PlanFile
from programmes.rules.mspdi import IN_DAYS, LINK_KINDS, NotProject, read_day, read_lag
from programmes.rules.predecessors import (
    WAITS_FOR_NOTHING,
    NotALink,
    named_row,
    parts,
    read_link,
)


def read_links(
    rows: list[Task], file: PlanFile, *, minutes_a_day: int, programmes: Collection[str]
) -> None:
    """Into ``file``: the links between its rows, a sentence for each that cannot be one, and what the portal
    wrote that they were.
    """
    by_uid = {task.text("UID", "ID"): task for task in rows}
    seen: set[tuple[str, str, str, str]] = set()
    for task in rows:
        then = _written(task, programmes)
        if then is not None:
            file.linked[task.programme, task.plan_id] = then
        for link in task.element.iter("PredecessorLink"):
            _read_link(
                task, link, by_uid.get(text_of(link, "PredecessorUID")), seen, file, minutes_a_day
            )


def _written(task: Task, programmes: Collection[str]) -> tuple[int, Waited] | None:
    """The key that the portal wrote and what the row waited for then; None where it did not, or none can be read."""
    number, _, text = task.fields.get(LINKS_FIELD, "").partition(": ")
    key = whole_of(number, 0)
    if task.declared is None or key <= 0 or not text:
        return None
    try:
        said = [] if text == WAITS_FOR_NOTHING else [read_link(part) for part in parts(text)]
    except NotALink:
        return None
    named = [named_row(one.row, programme=task.programme, programmes=programmes) for one in said]
    links = zip(named, said, strict=True)
    return key, {row: (one.kind, one.lag.days) for row, one in links}


def _read_link(
    task: Task,
    link: Element,
    before: Task | None,
    seen: set[tuple[str, str, str, str]],
    file: PlanFile,
    minutes_a_day: int,
) -> None:
    reference = task.reference
    if before is None or before is task or text_of(link, "CrossProject") == "1":
        file.left_out.append(f"{reference} waits for something that is no row of this file.")
        return
    pair = (task.programme, task.plan_id, before.programme, before.plan_id)
    if pair in seen:
        file.left_out.append(f"{reference} waits twice for {before.reference}: the first counts.")
        return
    seen.add(pair)
    try:
        lag = read_lag(
            text_of(link, "LinkLag"),
            minutes_a_day=minutes_a_day,
            lag_format=whole_of(text_of(link, "LagFormat"), IN_DAYS),
        )
    except NotProject as problem:
        text = text_of(link, "LinkLag")
        file.errors.append(
            CellError(
                task.line,
                "LinkLag",
                text[:SHOWN],
                str(problem),
                "Write it in days.",
                f"task {task.line}",
            )
        )
        return
    if not lag.exact:
        file.left_out.append(
            f"{reference}: the lag after {before.reference} is not a number of"
            f" whole working days, and is kept as {plural(lag.days, 'day')}."
        )
    kind = LINK_KINDS.get(whole_of(text_of(link, "Type"), 1), "FS")
    assert file.links is not None
    file.links.append(FileLink(task.line, pair[:2], pair[2:], kind, lag.days))


def left_out_of(root: Element, rows: list[Task], *, holidays: frozenset[date]) -> Iterator[str]:
    """A sentence for each kind of thing that a plan of the portal does not hold."""
    for name, words in (("Resources", "resource"), ("Assignments", "assignment")):
        found = root.find(name)
        count = sum(
            1
            for one in (found if found is not None else ())
            if text_of(one, "UID") not in ("", "0")
        )
        if count:
            yield (
                f"{plural(count, words)}: who does the work and how much is not part of a plan here."
            )
    constrained = [
        t for t in rows if t.declared is None and t.whole("ConstraintType") not in (0, 4)
    ]
    if constrained:
        yield (f"Constraints other than a start date: {few([t.reference for t in constrained])}.")
    deadlines = [t for t in rows if t.text("Deadline")]
    if deadlines:
        yield (f"Deadlines: {few([t.reference for t in deadlines])}.")
    inactive = [t for t in rows if t.text("Active") == "0"]
    if inactive:
        yield (f"That these are inactive: {few([t.reference for t in inactive])}.")
    differing = _other_holidays(root, holidays)
    if differing:
        yield (
            "Its calendar has other days off than the place has"
            f" ({', '.join(day.isoformat() for day in differing[:3])}): durations here count by the place's."
        )


def _other_holidays(root: Element, holidays: frozenset[date]) -> list[date]:
    """Days off in the project's calendars, of Monday to Friday, that are none in the place."""
    found: set[date] = set()
    for exception in root.iter("Exception"):
        if text_of(exception, "DayWorking") == "1":
            continue
        try:
            found.add(read_day(text_of(exception, "TimePeriod/FromDate")))
        except NotProject:
            continue
    return sorted(day for day in found - holidays if day.weekday() < 5)


def few(references: list[str]) -> str:
    more = f" and {len(references) - 5:,} more" if len(references) > 5 else ""
    return ", ".join(references[:5]) + more
