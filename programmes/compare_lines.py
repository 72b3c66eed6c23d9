"""A compared row as its page prints it: the old struck through above the new, and the same in words."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from programmes.gantt import Ghost, Lines, ghosted
from programmes.models import ItemKind, Place
from programmes.rules.compare import Change, ChangeOf, Move, RowState, date_words
from programmes.rules.timeline import Timeline
from programmes.selectors.compare import Compared

COLUMNS = (
    "row",
    "programme",
    "change",
    "name before",
    "name after",
    "start before",
    "start after",
    "finish before",
    "finish after",
    "finish moved by working days",
    "finish moved by the calendar",
    "start moved by working days",
    "start moved by the calendar",
    "under before",
    "under after",
    "owner before",
    "owner after",
)


@dataclass(frozen=True)
class Pair:
    """A value before and after. Without ``was`` nothing changed, and ``now`` is all there is to say."""

    now: str
    was: str | None = None


@dataclass(frozen=True)
class ComparedLine:
    """One line of a comparison. ``removed`` and ``added`` rows are told whole."""

    reference: str
    href: str
    programme: str
    level: int
    kinds: tuple[str, ...]
    added: bool
    removed: bool
    name: Pair
    start: Pair
    finish: Pair
    moved: tuple[str, ...]
    under: Pair
    owner: Pair
    ghost: Ghost
    timeline: Timeline | None
    lines: Lines

    @property
    def drawing(self) -> SafeString | str:
        return ghosted(self.ghost, on=self.timeline, lines=self.lines) if self.timeline else ""


def line_of(
    row: Compared,
    *,
    place: Place,
    holidays: frozenset[date],
    timeline: Timeline | None,
    lines: Lines,
) -> ComparedLine:
    change = row.change
    parts = {"place": place.slug, "code": row.code, "plan_id": row.plan_id}
    return ComparedLine(
        reference=row.reference,
        href=reverse("item", kwargs=parts),
        programme=row.programme,
        level=row.level,
        kinds=tuple(kind.label for kind in change.kinds),
        added=change.before is None,
        removed=change.after is None,
        name=_pair(change, lambda state: state.name),
        start=_pair(change, lambda state: date_words(state.start, state.start_words)),
        finish=_pair(change, lambda state: date_words(state.finish, state.finish_words)),
        moved=_moved(change, holidays),
        under=_pair(change, lambda state: state.parent_name, ChangeOf.REPARENTED),
        owner=_pair(change, lambda state: state.owner_name, ChangeOf.REOWNED),
        ghost=Ghost(_span(change.before), _span(change.after), change.shown.kind),
        timeline=timeline,
        lines=lines,
    )


def _pair(change: Change, of, kind: ChangeOf | None = None) -> Pair:  # type: ignore[no-untyped-def]  # noqa: ANN001
    now = of(change.shown)
    if change.before is None or change.after is None:
        return Pair(now)
    was = of(change.before)
    differs = kind in change.kinds if kind else was != now
    return Pair(now or "none", was or "none") if differs else Pair(now)


def _moved(change: Change, holidays: frozenset[date]) -> tuple[str, ...]:
    if ChangeOf.MOVED not in change.kinds:
        return ()
    moves = (("Start", change.start), ("Finish", change.finish))
    return tuple(
        f"{name} {move.words(holidays)}" for name, move in moves if move.before != move.after
    )


def _span(state: RowState | None) -> tuple[date | None, date | None] | None:
    """What is drawn: a milestone is its day, wherever its start stands."""
    if state is None:
        return None
    return (None if state.kind == ItemKind.MILESTONE else state.start, state.finish)


def cells_of(row: Compared, *, holidays: frozenset[date]) -> tuple[object, ...]:
    """The row for a download, under :data:`COLUMNS`."""
    change = row.change
    before, after = change.before, change.after
    return (
        row.reference,
        row.programme,
        ", ".join(change.kinds) or "none",
        *_both(before, after, "name"),
        *_both(before, after, "start"),
        *_both(before, after, "finish"),
        *_counted(change.finish, holidays),
        *_counted(change.start, holidays),
        *_both(before, after, "parent_name"),
        *_both(before, after, "owner_name"),
    )


def _both(before: RowState | None, after: RowState | None, name: str) -> tuple[object, object]:
    return _cell(before, name), _cell(after, name)


def _cell(state: RowState | None, name: str) -> object:
    if state is None:
        return ""
    value = getattr(state, name)
    return getattr(state, f"{name}_words", "") if value is None else value


def _counted(move: Move, holidays: frozenset[date]) -> tuple[object, str]:
    days = move.working_days(holidays)
    return ("" if days is None else days), move.months if days else ""
