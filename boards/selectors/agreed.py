"""What change control agreed of the rows that a place's reports are built from."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from boards.rules.agreed import ADDED, REDATED, REMOVED, RESTORED
from boards.rules.facts import AgreedChange, Agreement, Row
from boards.selectors.plan_rows import removed_row
from programmes.models import AgreedDates, Baseline, Place, PlanItem, Programme


@dataclass(frozen=True)
class _Entry:
    """One entry of a baseline, with the key of its baseline."""

    baseline: int
    agreement: Agreement
    start: date | None


class Agreed:
    """The baselines of some programmes, read at once. Two queries, and one where rows were removed."""

    def __init__(self, programmes: list[Programme], *, place: Place) -> None:
        self.place = place
        self.programmes = {found.pk: found for found in programmes}
        found = Baseline.objects.filter(programme__in=programmes).select_related("request")
        self.baselines = {one.pk: one for one in found.order_by("programme__order", "number")}
        self.entries: dict[int, list[_Entry]] = defaultdict(list)
        entries = AgreedDates.objects.filter(baseline__programme__in=programmes)
        for item, baseline, start, finish, removed in entries.order_by(
            "baseline__number"
        ).values_list("item_id", "baseline_id", "start", "finish", "removed"):
            agreed_on = timezone.localdate(self.baselines[baseline].agreed_at)
            agreement = Agreement(agreed_on, finish, removed)
            self.entries[item].append(_Entry(baseline, agreement, start))

    def of(self, item: int) -> tuple[Agreement, ...]:
        """What was agreed of one row, the first first."""
        return tuple(entry.agreement for entry in self.entries.get(item, ()))

    def as_at(self, day: date, *, row: Row, item: int) -> Row | None:
        """The row with what was agreed of it by the end of a day; None where it was not in the plan then.

        A first baseline that came later tells of the days before it too: there was a plan, and nothing else was agreed.
        A row that a request added later was not there.
        """
        entries = self.entries.get(item, [])
        known = [entry for entry in entries if entry.agreement.agreed_on <= day]
        if entries and not known and not self.baselines[entries[0].baseline].request_id:
            known = entries[:1]
        if len(known) == len(entries):
            return replace(row, agreed=self.of(item))
        if not known or known[-1].agreement.removed:
            return None
        start, finish = known[-1].start, known[-1].agreement.finish
        return replace(
            row,
            start=start,
            finish=finish,
            plan_start=start,
            plan_finish=finish,
            start_tbc=row.start_tbc and not start,
            finish_tbc=row.finish_tbc and not finish,
            agreed=tuple(entry.agreement for entry in known),
        )

    def changes(self, rows: dict[int, Row]) -> tuple[AgreedChange, ...]:
        """What each agreed request did, in the order of the requests; ``rows`` are those in the plan, by key."""
        by_request = {key for key, found in self.baselines.items() if found.request_id}
        touched = {
            item
            for item, entries in self.entries.items()
            if any(entry.baseline in by_request for entry in entries)
        }
        known = {**rows, **self._gone(touched - rows.keys())}
        order = {key: number for number, key in enumerate(known)}
        return tuple(
            change
            for baseline in self.baselines
            if baseline in by_request
            for item in sorted(touched, key=order.__getitem__)
            if (change := self._change(item, baseline, known[item]))
        )

    def _gone(self, keys: set[int]) -> dict[int, Row]:
        """The rows that are in the plan no more."""
        if not keys:
            return {}
        items = PlanItem.objects.filter(pk__in=keys).select_related("parent", "ticked_in")
        found = {}
        for item in items.order_by("programme__order", "position"):
            programme = self.programmes[item.programme_id]
            row = removed_row(item, programme=programme, place=self.place)
            found[item.pk] = replace(row, agreed=self.of(item.pk))
        return found

    def _change(self, item: int, baseline: int, row: Row) -> AgreedChange | None:
        entries = self.entries[item]
        at = next((n for n, entry in enumerate(entries) if entry.baseline == baseline), None)
        request = self.baselines[baseline].request
        if at is None or request is None:
            return None
        now = entries[at].agreement
        before = entries[at - 1].agreement if at else None
        return AgreedChange(
            kind=_kind(before, now),
            row=row,
            reference=request.reference,
            title=request.title,
            why=request.why,
            agreed_on=now.agreed_on,
            old_finish=before.finish if before else None,
            new_finish=now.finish,
            old_start=entries[at - 1].start if at else None,
            new_start=entries[at].start,
        )


def _kind(before: Agreement | None, now: Agreement) -> str:
    if now.removed:
        return REMOVED
    if before is None:
        return ADDED
    return RESTORED if before.removed else REDATED
