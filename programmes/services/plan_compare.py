"""Comparing a plan file with the plan: what each row would say, where it would stand, what is to be asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from icp.common.tabular import CellError
from icp.common.words import plural, sentence_list
from programmes import selectors
from programmes.importers.plan import PlanFile, PlanRow
from programmes.models import Period, Place, Programme
from programmes.rules.durations import DeclaredDuration
from programmes.rules.outline import Span, parents
from programmes.rules.positions import positions
from programmes.selectors.posts import titles_by_key
from programmes.services.asked_lines import DraftLine
from programmes.services.plan_asking import Asked, Asking, differences
from programmes.services.plan_circles import circles_of
from programmes.services.plan_conflicts import (
    PLACE,
    Meanwhile,
    place_words,
    wrong_keys,
)
from programmes.services.plan_leaving import leaving
from programmes.services.plan_links import (
    WAITS,
    LinkChanges,
    compare_links,
    links_that_wait,
)
from programmes.services.plan_order import merged, row_before
from programmes.services.plan_preview import Change, PlanPreview
from programmes.services.plan_rows import RowNow, rows_now
from programmes.services.plan_unnumbered import settle_unnumbered
from programmes.services.plan_words import nobody_gives, notes_of, shown

# So many links of new rows are named in one sentence, and no more.
NAMED_LINKS = 5
# What the file says of a row, by the name people see.
LABELS = {
    "outline_level": "outline level",
    "kind": "kind",
    "name": "name",
    "start": "start",
    "start_tbc": "start to be confirmed",
    "finish": "finish",
    "finish_tbc": "finish to be confirmed",
    "declared_duration": "duration",
    "scheduling": "scheduling",
    "ticked": "complete",
    "owner_id": "owner",
    "notes": "notes",
}
# Of a row that stays as it is.
NOTHING: Mapping[str, Any] = {}
WRITTEN = (
    *LABELS,
    "declared_days",
    "duration_estimated",
    "position",
    "baseline_start",
    "baseline_finish",
    "ticked_in_id",
)


@dataclass(frozen=True)
class _Around:
    """What a file is compared in: the period now reported, and the keys of the place's posts by title.

    ``failed`` are the rows, by programme and number, that the file names with a bad cell.
    """

    period: Period | None
    posts: dict[str, int]
    failed: set[tuple[str, str]]
    meanwhile: Meanwhile

    def shown(self, name: str, value: Any) -> str:
        """A field's value in words."""
        if name == "owner_id" and value:
            return next((title for title, key in self.posts.items() if key == value), "")
        return shown(value)


@dataclass
class Outcome:
    """The rows of one programme as they would stand; ``fields`` are those that differ in any changed row,
    ``removed`` the rows that go at once, and ``lines`` what is to be agreed before it is written.
    """

    programme: Programme
    lines: list[DraftLine] = field(default_factory=list)
    changed: list[RowNow] = field(default_factory=list)
    removed: list[RowNow] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    parents: list[tuple[RowNow, RowNow | None]] = field(default_factory=list)


def compare(*, place: Place, file: PlanFile) -> tuple[PlanPreview, list[Outcome], LinkChanges]:
    preview = PlanPreview(errors=list(file.errors), left_out=list(file.left_out))
    outcomes: list[Outcome] = []
    by_programme: dict[str, list[PlanRow]] = {}
    for row in file.rows:
        by_programme.setdefault(row.programme, []).append(row)
    period = selectors.period_to_report(place=place)
    holidays = selectors.holidays_of(place)
    posts = {title: key for key, title in titles_by_key(place=place)}
    programmes = list(Programme.objects.in_place(place).filter(code__in=by_programme).in_order())
    existing = rows_now(programmes)
    asking = Asking(programmes, posts)
    meanwhile = Meanwhile.of(
        rows=file.rows,
        existing=existing,
        programmes=programmes,
        titles={key: title for title, key in posts.items()},
        take=file.take,
    )
    preview.errors.extend(wrong_keys(file.rows, existing=existing, programmes=programmes))
    for programme in programmes:
        # What others changed meanwhile is no change of the file's, and nothing to ask for.
        rows = [
            _as_said(existing[programme.pk].get(row.plan_id), row)
            for row in by_programme[programme.code]
        ]
        rows = meanwhile.settled(existing[programme.pk], rows)
        moved = meanwhile.moved(programme, existing[programme.pk], rows)
        asked = asking.part(programme, existing[programme.pk], rows, moved)
        _tell_asked(preview, programme, asked)
        outcome = _compare_programme(
            programme,
            existing[programme.pk],
            asked.now,
            moved - asked.stay,
            _Around(period, posts, file.failed, meanwhile),
            preview,
        )
        outcome.lines = asked.lines
        _tell_baselines(preview, programme, rows, is_agreed=programme.pk in asking.agreed)
        outcomes.append(outcome)
        items = [item for item, _ in outcome.parents]
        preview.notes.extend(notes_of(programme, items, outcome.parents, holidays))
    preview.conflicts = meanwhile.conflicts
    preview.left, preview.errors = settle_unnumbered(
        preview.left,
        preview.errors,
        rows=file.unnumbered,
        items=_by_reference(outcomes) if file.unnumbered else {},
    )
    for outcome in outcomes if file.remove else ():
        _take_out(outcome, preview, asking, chosen=file.remove)
    return preview, outcomes, _compare_links(place, file, outcomes, preview)


def _tell_baselines(
    preview: PlanPreview, programme: Programme, rows: Sequence[PlanRow], *, is_agreed: bool
) -> None:
    """What becomes of the baselines that the file has beside the one of now: they come in with the first plan only."""
    numbers = sorted({number for row in rows for number, _ in row.earlier})
    if not numbers:
        return
    called = f"{'Baseline' if len(numbers) == 1 else 'Baselines'} {sentence_list([*map(str, numbers)])} of the file"
    if is_agreed:
        preview.left_out.append(
            f"{called}: {programme.code} has agreed baselines here, and another comes by a change request only."
        )
    else:
        preview.notes.append(
            f"{called} {'comes' if len(numbers) == 1 else 'come'} in as what was agreed of {programme.code} before, in"
            " this order; what is agreed now is baseline 0."
        )


def _by_reference(outcomes: list[Outcome]) -> dict[str, RowNow]:
    return {item.reference: item for outcome in outcomes for item, _ in outcome.parents}


def _compare_links(
    place: Place, file: PlanFile, outcomes: list[Outcome], preview: PlanPreview
) -> LinkChanges:
    named = {(row.programme, row.plan_id) for row in file.rows}
    inside = named & _in_plan(outcomes)
    waiting = named - inside
    links = compare_links(
        place=place,
        file=file,
        inside=inside,
        known=_known(file, outcomes),
        going={(one.programme.code, one.plan_id) for found in outcomes for one in found.removed},
    )
    _tell_links(preview, links)
    preview.left_out += links_that_wait(file, waiting=waiting)
    preview.warnings += circles_of(
        place=place, file=file, waiting=waiting, differences=links.differences
    )
    return links


def _as_said(item: RowNow | None, row: PlanRow) -> PlanRow:
    """The row with what the plan has of it where its file says nothing."""
    if item is None or not row.unsaid:
        return row
    duration = DeclaredDuration(item.declared_duration, item.declared_days, item.duration_estimated)
    fields: dict[str, Any] = {
        name: duration if name == "duration" else getattr(item, name) for name in row.unsaid
    }
    return replace(row, **fields)


def _take_out(
    outcome: Outcome, preview: PlanPreview, asking: Asking, *, chosen: frozenset[str]
) -> None:
    """Have the rows go that somebody asked to remove: by agreement where the plan is agreed, else at once."""
    left = set(preview.left)
    found = leaving(outcome.parents, chosen=chosen & left, left=left)
    preview.notes += found.notes
    gone = {item.reference for item in found.rows}
    preview.left = [reference for reference in preview.left if reference not in gone]
    if outcome.programme.pk in asking.agreed:
        asked = asking.to_remove(outcome.programme, found.rows)
        _tell_asked(preview, outcome.programme, asked)
        outcome.lines += asked.lines
    else:
        outcome.removed = found.rows
        preview.removed += [item.reference for item in found.rows]


def _tell_links(preview: PlanPreview, links: LinkChanges) -> None:
    created, in_conflict = set(preview.created), {one.row for one in preview.conflicts}
    touched = {one.reference for one in links.differences} - created
    touched |= {one.row for one in links.conflicts}
    # Those that were counted as unchanged by what else the file says of them.
    preview.unchanged -= len(touched - preview.changed.keys() - in_conflict)
    preview.errors += links.errors
    preview.notes += links.notes
    preview.conflicts += links.conflicts
    new = []
    for one in links.differences:
        if one.reference in created:
            new.append(f"{one.reference} {WAITS} {one.becomes}")
        else:
            changes = preview.changed.setdefault(one.reference, [])
            changes.append(Change(WAITS, one.was, one.becomes))
    if new:
        preview.notes.append(_links_of_new(new))


def _links_of_new(said: list[str]) -> str:
    more = len(said) - NAMED_LINKS
    rest = f"; and {more:,} more" if more > 0 else ""
    return f"{plural(len(said), 'link')} of new rows: {'; '.join(said[:NAMED_LINKS])}{rest}."


def _in_plan(outcomes: list[Outcome]) -> set[tuple[str, str]]:
    """The rows that are in the plan, or come into it now."""
    return {
        (outcome.programme.code, item.plan_id)
        for outcome in outcomes
        for item, _ in outcome.parents
        if not item.removed_at
    }


def _known(file: PlanFile, outcomes: list[Outcome]) -> set[tuple[str, str]]:
    """The file's rows that the portal wrote into it: a copy of one in the file, under a new number, is none."""
    keys = {(row.programme, row.plan_id): row.item for row in file.rows if row.item}
    keys |= {row: key for row, (key, _) in file.linked.items()}
    return {
        (outcome.programme.code, item.plan_id)
        for outcome in outcomes
        for item, _ in outcome.parents
        if item.pk and keys.get((outcome.programme.code, item.plan_id)) == item.pk
    }


def _tell_asked(preview: PlanPreview, programme: Programme, asked: Asked) -> None:
    preview.errors.extend(asked.errors)
    preview.notes.extend(asked.notes)
    preview.waiting.extend(asked.waiting)
    preview.notes.extend(nobody_gives(_tbc_by_nobody(programme, asked)))
    for number, what, old, new in differences(asked.lines):
        changes = preview.asked.setdefault(f"{programme.code} {number}", [])
        changes.append(Change(what, shown(old), shown(new)))


def _tbc_by_nobody(programme: Programme, asked: Asked) -> list[str]:
    """The rows that are asked to have a date to be confirmed, and of which nobody is said to give it."""
    return [
        line.item.reference if line.item else f"{programme.code} {line.plan_id}"
        for line in asked.lines
        if (line.start_tbc or line.finish_tbc)
        and not (line.item.tbc_from_id if line.item else line.tbc_from)
    ]


def _compare_programme(
    programme: Programme,
    existing: dict[str, RowNow],
    rows: list[PlanRow],
    moved: frozenset[str],
    around: _Around,
    preview: PlanPreview,
) -> Outcome:
    for row in rows:
        if row.plan_id in existing and existing[row.plan_id].removed_at:
            preview.errors.append(
                CellError(
                    row.line,
                    "plan_id",
                    row.plan_id,
                    f"{programme.code} {row.plan_id} was removed from the plan",
                    "Leave the row out of the file, or have it restored first. A number is never used again.",
                )
            )
    wanted = {row.plan_id: row for row in rows}
    found = merged(existing, rows, moved)
    order = found.order
    replaced = _replaced(programme, existing, order, moved)
    outcome = Outcome(programme)
    items: list[RowNow] = []
    befores: list[Mapping[str, Any]] = []
    # A row that stays where it was keeps its position: no other row of the plan is written for it.
    places = positions([existing[n].position if n in existing else None for n in order])
    for position, plan_id in zip(places, order, strict=True):
        item = existing.get(plan_id) or RowNow(programme, plan_id=plan_id)
        said = [getattr(item, name) for name in WRITTEN]
        item.outline_level = found.levels[plan_id]
        if plan_id in wanted:
            _apply(item, wanted[plan_id], around)
        item.position = position
        items.append(item)
        befores.append(_differing(item, said) if item.pk else NOTHING)
    by_key = {item.pk: item for item in items if item.pk}
    above = parents([item.outline_level for item in items])
    for item, before, stands in zip(items, befores, above, strict=True):
        parent = items[stands] if stands is not None else None
        outcome.parents.append((item, parent))
        if item.plan_id in wanted and not item.removed_at and parent and parent.removed_at:
            preview.errors.append(_under_removed(wanted[item.plan_id], item, parent))
        moves = _moved(item, parent, by_key) + replaced.get(item.plan_id, [])
        _sort_out(item, before, moves, outcome, preview, around, in_file=item.plan_id in wanted)
    return outcome


def _differing(item: RowNow, before: Sequence[Any]) -> Mapping[str, Any]:
    """What the row said ``before`` under each of :data:`WRITTEN`, where it says something else now."""
    now = (getattr(item, name) for name in WRITTEN)
    differing = {n: old for n, old, new in zip(WRITTEN, before, now, strict=True) if old != new}
    return differing or NOTHING


def _replaced(
    programme: Programme, existing: dict[str, RowNow], order: list[str], moved: frozenset[str]
) -> dict[str, list[Change]]:
    """Of the rows that the file moves: what each stood after, and comes after now. One that moves with the row before
    it is not said to.
    """
    present = {number for number, item in existing.items() if not item.removed_at}
    before = row_before([number for number in existing if number in present])
    after = row_before([n for n in order if n in present or n not in existing])
    return {
        number: [
            Change(
                PLACE,
                place_words(programme, before[number]),
                place_words(programme, after[number]),
            )
        ]
        for number in moved & present
        if before[number] != after[number]
    }


def _under_removed(row: PlanRow, item: RowNow, parent: RowNow) -> CellError:
    return CellError(
        row.line,
        "outline_level",
        str(row.outline_level),
        f"{item.reference} would stand under {parent.reference}, which was removed from the plan",
        f"Leave its level as it was and move it in the portal, or have {parent.reference} restored first.",
    )


def _moved(item: RowNow, parent: RowNow | None, by_key: Mapping[int, RowNow]) -> list[Change]:
    """That a row comes to stand under another heading, whether the file names it or not."""
    under_a_new_one = parent is not None and parent.pk is None
    stays = item.parent_id == (parent.pk if parent else None) and not under_a_new_one
    if item.pk is None or stays:
        return []
    above = by_key.get(item.parent_id) if item.parent_id else None
    old = (above.reference if above else "") if item.parent_id else "the top"
    return [Change("stands under", old, parent.reference if parent else "the top")]


def _apply(item: RowNow, row: PlanRow, around: _Around) -> None:
    item.outline_level, item.kind, item.name = row.outline_level, row.kind, row.name
    item.start, item.start_tbc = row.start, row.start_tbc
    item.finish, item.finish_tbc = row.finish, row.finish_tbc
    item.declared_duration = row.duration.text
    item.declared_days, item.duration_estimated = row.duration.days, row.duration.estimated
    item.scheduling = row.scheduling
    if row.ticked != item.ticked:
        ticked_in = around.period if row.ticked else None
        item.ticked, item.ticked_in_id = row.ticked, ticked_in.pk if ticked_in else None
    if row.owner is not None:
        item.owner_id = around.posts.get(row.owner)
    if row.notes is not None:
        item.notes = row.notes
    item.earlier = row.earlier
    # The first dates a row gets are its first agreed dates; others are asked for before it comes here.
    agreed = row.agreed if row.agreed and item.pk is None else Span(row.start, row.finish)
    item.baseline_start = item.baseline_start or agreed.start
    item.baseline_finish = item.baseline_finish or agreed.finish


def _sort_out(
    item: RowNow,
    before: Mapping[str, Any],
    moves: list[Change],
    outcome: Outcome,
    preview: PlanPreview,
    around: _Around,
    *,
    in_file: bool,
) -> None:
    """Put the row among the new, the changed or the unchanged. ``before`` is what it said where it says another thing
    now.
    """
    reference = item.reference
    if item.pk is None:
        preview.created.append(reference)
        return
    changes = [
        Change(label, around.shown(name, before[name]), around.shown(name, getattr(item, name)))
        for name, label in LABELS.items()
        if name in before
    ] + moves
    if before:
        outcome.changed.append(item)
        outcome.fields |= before.keys()
    if item.removed_at:
        # It goes with the heading that it stood under, and nobody looks for it.
        return
    if changes:
        preview.changed[reference] = changes
    elif in_file and around.meanwhile.is_in_conflict(item):
        pass
    elif in_file:
        preview.unchanged += 1
    elif (item.programme.code, item.plan_id) not in around.failed:
        preview.left.append(reference)
