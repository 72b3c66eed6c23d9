"""Words of the monthly cycle for the pages."""

from dataclasses import dataclass
from datetime import date

from icp.common.words import british_date, plural
from programmes.models import Period, Return, ReturnState
from programmes.selectors import Progress, ReturnSummary


@dataclass(frozen=True)
class NextStep:
    """What the reader should do now. ``kind`` colours it: late, done or nothing."""

    title: str
    text: str
    kind: str = ""


def due_words(period: Period, *, today: date) -> str:
    """is due 2 March 2020, in 17 days; was due 2 March 2020; is due today"""
    days = (period.due_on - today).days
    if days < 0:
        return f"was due {british_date(period.due_on)}"
    if days == 0:
        return "is due today"
    return f"is due {british_date(period.due_on)}, in {plural(days, 'day')}"


def progress_words(progress: Progress) -> str:
    """3 of 27 rows updated, 2 need something more"""
    words = f"{progress.updated:,} of {plural(progress.total, 'row')} updated"
    lacking = len(progress.lacking)
    if lacking:
        words += f", {lacking:,} need{'s' if lacking == 1 else ''} something more"
    return words


def copy_words(progress: Progress, *, before: Period | None) -> str:
    """January 2020 to 4 rows; or what was last said, where some of it is older: each row names its month."""
    rows = plural(progress.copyable, "row")
    if before is None or progress.copyable_older:
        return f"what was last said to {rows}"
    return f"{before.name} to {rows}"


def next_step(*, period: Period, found: Return | None, progress: Progress, today: date) -> NextStep:
    """What a lead does next with this return."""
    if not period.is_live:
        return NextStep(f"{period.name} is closed", "Its returns stay as they are.", "done")
    if found and found.state == ReturnState.SIGNED_OFF:
        who = f"Signed off by {found.signed_off_by}."
        return NextStep(
            "Done for this month", f"{who} You can recall it until the period closes.", "done"
        )
    if found and found.state == ReturnState.SUBMITTED:
        who = f"Submitted by {found.submitted_by}, waiting for sign-off."
        return NextStep(
            "Nothing more to do", f"{who} You can recall it until the period closes.", "done"
        )
    late = "late" if today > period.due_on else ""
    due = f"The return {due_words(period, today=today)}."
    if progress.lacking:
        rows = plural(len(progress.lacking), "row")
        return NextStep(f"Finish {rows}, then submit", f"{due} {_overdue(progress)}".strip(), late)
    if progress.updated == 0:
        text = (
            f"Update the rows that changed, then submit. If none did, hand in a nil return. {due}"
        )
        return NextStep("Update your rows", text, late)
    return NextStep("Ready to submit", f"{due} {_overdue(progress)}".strip(), late)


def _overdue(progress: Progress) -> str:
    if not progress.overdue_unsaid:
        return ""
    rows = plural(progress.overdue_unsaid, "overdue row has", "overdue rows have")
    return f"{rows} no status yet: the report will show what the dates propose."


def summary_words(summary: ReturnSummary) -> str:
    """2 red, 1 amber, 4 changed since last period; 3 rows overdue"""
    counted = (
        f"{summary.red} red, {summary.amber} amber, {summary.changed} changed since last period"
    )
    if summary.period.is_frozen:
        return counted
    return f"{counted}; {plural(summary.overdue, 'row')} overdue"
