"""Change requests and their lines as pages and downloads print them: words, ready for the template."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from icp.common.words import sentence_list, short_date
from programmes.models import ChangeLine, ChangeLineKind, ChangeRequest, ChangeState, Place
from programmes.row_lines import address_of_row
from programmes.rules.changes import has_effect, is_stale
from programmes.selectors.changes import facts_of_line

COLUMNS = (
    "request",
    "programme",
    "what",
    "state",
    "rows",
    "drafted",
    "drafted by",
    "proposed",
    "agreed by the programme",
    "agreed by the office",
    "ended",
    "why",
)
COMMAND = "the server"


@dataclass(frozen=True)
class LineShown:
    """One line: the row, what is asked, and its dates, the old above the new. ``note`` is what is wrong with it,
    ``said`` what else a new row says.
    """

    reference: str
    href: str
    name: str
    what: str
    old_start: str
    start: str
    old_finish: str
    finish: str
    note: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """Who said what when."""

    what: str
    who: str
    at: datetime
    because: str = ""


def shown_line(line: ChangeLine, *, place: Place, standing: bool) -> LineShown:
    """The line as a page prints it. Of a request that has ended nothing is wrong any more. No query."""
    item = line.item
    dated = line.kind in (ChangeLineKind.ADD, ChangeLineKind.REDATE)
    return LineShown(
        reference=item.reference if item else _new_reference(line),
        href=address_of_row(item, place) if item else "",
        name=item.name if item else line.name,
        what=line.get_kind_display(),
        old_start=_words(line.old_start, False) if item and line.kind == "re-date" else "",
        start=_words(line.start, line.start_tbc) if dated else "",
        old_finish=_words(line.old_finish, False) if item and line.kind != "add" else "",
        finish=_words(line.finish, line.finish_tbc) if dated else "",
        note=_note(line) if standing else "",
        said=tuple(_said(line) if line.kind == ChangeLineKind.ADD else _supplied(line)),
    )


def _said(line: ChangeLine) -> Iterator[str]:
    """Where a new row stands and what it says beside its dates, each in words. No query where all is loaded."""
    if line.parent or line.new_parent:
        above = line.parent.reference if line.parent else f"the new row {line.new_parent}"
        yield f"Under {above}"
    if line.split_from:
        yield f"Split from {line.split_from.reference}"
    if line.owner:
        yield f"Owner: {line.owner.title}"
    yield from _supplied(line)
    if line.is_placeholder:
        yield "A placeholder: it stands for rows still to come"
    if line.level:
        yield f"Shown to: {line.get_level_display()}"
    boards = [one.board.short_name for one in line.goes_to.all()]
    if boards:
        yield f"Goes to {sentence_list(boards)}"
    if line.notes:
        yield f"Notes: {line.notes}"


def _supplied(line: ChangeLine) -> Iterator[str]:
    if line.tbc_from and (line.start_tbc or line.finish_tbc):
        by = f", by {short_date(line.tbc_by)}" if line.tbc_by else ""
        yield f"The date comes from {line.tbc_from.title}{by}"


def _new_reference(line: ChangeLine) -> str:
    if line.plan_id:
        return f"{line.request.programme.code} {line.plan_id}"
    return "New"


def _words(day: date | None, tbc: bool) -> str:
    if tbc:
        return "tbc"
    return short_date(day) if day else "not set"


def _note(line: ChangeLine) -> str:
    facts = facts_of_line(line)
    if is_stale(facts):
        return "Changed in the agreed plan since this was written: look at it again."
    return "" if has_effect(facts) else "This would change nothing."


def steps_of(request: ChangeRequest) -> list[Step]:
    """What was done with it, in order. No query where its people are loaded."""
    drafted = Step("Drafted", _name(request.drafted_by), request.drafted_at)
    found = [
        ("Proposed", request.proposed_by, request.proposed_at),
        ("Agreed for the programme", request.programme_agreed_by, request.programme_agreed_at),
        ("Agreed for the programme office", request.office_agreed_by, request.office_agreed_at),
    ]
    steps = [drafted, *(Step(what, _name(who), at) for what, who, at in found if at)]
    steps.sort(key=lambda step: step.at)
    if request.ended_at:
        who = _name(request.ended_by) if request.ended_by else "Nobody touched it"
        state = request.get_state_display()
        steps.append(Step(state, who, request.ended_at, request.ended_because))
    return steps


def _name(person: Any) -> str:
    return str(person) if person else COMMAND


def waits_for(request: ChangeRequest) -> str:
    """Whose agreement it waits for, in words; nothing where it waits for none."""
    return {
        ChangeState.PROPOSED: "Waits for the programme and the programme office",
        ChangeState.PROGRAMME_AGREED: "Waits for the programme office",
        ChangeState.OFFICE_AGREED: "Waits for the programme",
    }.get(ChangeState(request.state), "")


def cells_of(request: ChangeRequest) -> tuple[Any, ...]:
    """The request for a download, under :data:`COLUMNS`. It carries ``line_count``."""
    return (
        request.reference,
        request.programme.name,
        request.title,
        request.get_state_display(),
        request.line_count,  # type: ignore[attr-defined]
        _day(request.drafted_at),
        _name(request.drafted_by),
        _day(request.proposed_at),
        _day(request.programme_agreed_at),
        _day(request.office_agreed_at),
        _day(request.ended_at),
        request.why,
    )


def _day(moment: datetime | None) -> date | str:
    return timezone.localtime(moment).date() if moment else ""
