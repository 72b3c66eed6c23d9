"""What the sheets of other tools call the columns of a plan: Microsoft Project, Smartsheet, Planner and the like."""

from collections.abc import Mapping, Sequence

from icp.common.tabular.table import normalised

# Ours, and their words for it, the likeliest first.
WORDS: Mapping[str, Sequence[str]] = {
    "programme": ("programme", "program", "workstream", "project", "project name"),
    "plan_id": ("number", "no", "no.", "ref", "ref.", "reference", "text1", "item no"),
    "outline_level": ("outline level", "level", "indent", "hierarchy level"),
    "outline_number": ("outline number", "wbs", "wbs code"),
    "name": (
        "name",
        "task name",
        "task",
        "title",
        "activity",
        "activity name",
        "item",
        "deliverable",
    ),
    "kind": ("kind", "type", "task type"),
    "milestone": ("milestone", "is milestone"),
    "summary": ("summary", "is summary"),
    "duration": ("duration", "duration (days)", "working days"),
    "start": ("start", "start date", "scheduled start", "planned start", "begin", "from"),
    "finish": (
        "finish",
        "finish date",
        "end",
        "end date",
        "due",
        "due date",
        "scheduled finish",
        "planned finish",
        "deadline date",
        "to",
    ),
    "complete": (
        "% complete",
        "percent complete",
        "complete",
        "completed",
        "done",
        "% done",
        "progress",
    ),
    "scheduling": ("scheduling", "task mode", "mode"),
    "owner": (
        "owner",
        "lead",
        "assigned to",
        "assignee",
        "resource names",
        "responsible",
        "responsible person",
    ),
    "notes": ("notes", "note", "comments", "comment", "description", "details"),
    "baseline_start": ("baseline start",),
    "baseline_finish": ("baseline finish", "baseline end"),
    "removed": ("removed",),
    "row_id": ("id", "row id", "task id", "row number", "row"),
    "predecessors": ("predecessors", "predecessor"),
    "unique_id": ("unique id",),
    "unique_predecessors": ("unique id predecessors",),
    "wbs_predecessors": ("wbs predecessors",),
}


def found_in(headings: Sequence[str]) -> dict[str, str]:
    """Ours that the file has, each with the heading it stands under there; the likeliest where several could be."""
    there: dict[str, str] = {}
    for heading in headings:
        there.setdefault(normalised(heading), heading)
    found: dict[str, str] = {}
    for ours, words in WORDS.items():
        for word in words:
            here = there.get(normalised(word))
            if here is not None and here not in found.values():
                found[ours] = here
                break
    return found
