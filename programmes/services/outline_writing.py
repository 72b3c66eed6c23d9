"""The outline of one plan as it is stored: read, held, edited by a rule, and written back where it differs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from programmes.errors import CannotSave
from programmes.models import AgreedDates, ItemKind, PlanItem, Programme, Status
from programmes.rules import outline_edits as edits
from programmes.rules.outline_edits import CannotEdit, OutlineLine
from programmes.rules.positions import positions

BATCH = 1000
PLACE_IN_OUTLINE = ("parent", "position", "outline_level")


def hold_plan(*, programme: Programme) -> None:
    """Edits of one plan follow each other: this one is next, until the transaction ends."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


class Outline:
    """The rows of one plan as they stand; unless ``hold`` is off, until the transaction ends. Two queries."""

    def __init__(self, programme: Programme, *, hold: bool = True) -> None:
        if hold:
            hold_plan(programme=programme)
        self.items = list(
            PlanItem.objects.filter(programme=programme)
            .order_by("position")
            .only("pk", "kind", "removed_at", *PLACE_IN_OUTLINE)
        )
        self.lines: edits.Lines = tuple(
            OutlineLine(item.pk, item.parent_id, item.removed_at is not None) for item in self.items
        )

    def edited(
        self, change: Callable[..., edits.Lines], what: Any, **where: int | None
    ) -> edits.Lines:
        try:
            return change(self.lines, what, **where)
        except CannotEdit as problem:
            raise CannotSave(str(problem)) from None

    def write(
        self,
        lines: edits.Lines,
        *,
        new: Mapping[int, PlanItem] | None = None,
        moving: int | None = None,
    ) -> None:
        """Store what differs, the ``new`` rows among it; where rows changed places it is ``moving`` that moved."""
        new = new or {}
        by_key = {item.pk: item for item in self.items}
        # Only what rows come to stand under now: an author's task with rows below it stays as it is.
        become = _headings(lines) - _headings(self.lines)
        _make_headings([by_key[key] for key in become if key in by_key], agreed_to=moving is None)
        for key in become & new.keys():
            new[key].kind = ItemKind.SUMMARY
        by_key |= new
        if [line.key for line in lines] == [item.pk for item in self.items]:
            moving = None
        given = [
            None if line.key in new or line.key == moving else by_key[line.key].position
            for line in lines
        ]
        changed = []
        for line, depth, position in zip(lines, edits.depths(lines), positions(given), strict=True):
            item, parent = by_key[line.key], line.parent
            if line.key in new:
                item.outline_level, item.position = depth, position
            elif (item.parent_id, item.outline_level, item.position) != (parent, depth, position):
                item.parent_id, item.outline_level, item.position = parent, depth, position
                changed.append(item)
        if changed:
            PlanItem.objects.bulk_update(changed, PLACE_IN_OUTLINE, batch_size=BATCH)
        _create([(new[line.key], line.parent) for line in lines if line.key in new], by_key)


def _create(new: Iterable[tuple[PlanItem, int | None]], by_key: Mapping[int, PlanItem]) -> None:
    """Level by level, so that the row each hangs on has its own key by then."""
    by_level: dict[int, list[tuple[PlanItem, int | None]]] = defaultdict(list)
    for item, parent in new:
        by_level[item.outline_level].append((item, parent))
    for _, level in sorted(by_level.items()):
        for item, parent in level:
            item.parent = by_key[parent] if parent is not None else None
        PlanItem.objects.bulk_create([item for item, _ in level], batch_size=BATCH)


def _headings(lines: edits.Lines) -> set[int]:
    """The rows that a row of the plan stands under."""
    return {line.parent for line in lines if line.parent is not None and not line.removed}


def _make_headings(above: list[PlanItem], *, agreed_to: bool) -> None:
    """What rows stand under is a heading, and no lead reports on a heading.

    A heading is not counted, so a row that was agreed becomes one by agreement only: not by a move.
    """
    others = [item.pk for item in above if not item.is_summary]
    if not others:
        return
    reported = Status.objects.filter(item__in=others).select_related("item__programme").first()
    if reported:
        raise CannotSave(
            f"{reported.item.reference} has been reported on as a {reported.item.kind}: "
            "no row can stand under it. Add a heading instead."
        )
    entries = AgreedDates.objects.filter(item__in=() if agreed_to else others)
    agreed = entries.select_related("item__programme").first()
    if agreed:
        raise CannotSave(
            f"{agreed.item.reference} is agreed as a {agreed.item.kind}: no row can stand under it."
            " Add a heading instead."
        )
    PlanItem.objects.filter(pk__in=others).update(kind=ItemKind.SUMMARY)
