"""Applying what was agreed: rows come, go and get their agreed dates, and the baseline is written."""

from datetime import date

from django.utils import timezone

from icp.audit.recording import current_way, recorded
from programmes.errors import CannotChangePlan, CannotSave
from programmes.models import (
    Baseline,
    ChangeLine,
    ChangeLineKind,
    ChangeRequest,
    Level,
    PlanItem,
    Scheduling,
)
from programmes.rules.durations import read_duration
from programmes.selectors.changes import lines_of
from programmes.services.baselines import agree_baseline
from programmes.services.editing import send_to
from programmes.services.rows import NewRow, insert_row, remove_row, restore_row

DATES = ("start", "start_tbc", "finish", "finish_tbc")
DURATION = ("declared_duration", "declared_days", "duration_estimated")
AWAITED = ("tbc_from", "tbc_by", "tbc_since")


def apply_request(*, request: ChangeRequest) -> Baseline:
    """Change the plan as the request says, in the caller's transaction, and write the next baseline.

    Raises:
        CannotChangePlan: the plan does not take it any more; says which row.
    """
    with recorded(way=current_way(), reason=f"{request.reference}: {request.title}"):
        applied = _Applied(request)
        for line in lines_of(request):
            try:
                applied.apply(line)
            except CannotSave as problem:
                raise CannotChangePlan(
                    f"{request.reference} cannot be applied: {problem} Change it, and propose it again."
                ) from None
        items = PlanItem.objects.filter(pk__in=applied.touched).order_by("position")
        return agree_baseline(programme=request.programme, items=items, request=request)


class _Applied:
    """What was done so far: the keys of the rows that were touched, and where the last new row went."""

    def __init__(self, request: ChangeRequest) -> None:
        self.request = request
        self.touched: set[int] = set()
        self.new: dict[str, PlanItem] = {}
        self.last: dict[tuple[int | None, int | None], PlanItem] = {}

    def apply(self, line: ChangeLine) -> None:
        if line.kind == ChangeLineKind.ADD:
            self._add(line)
            return
        item = line.item
        assert item is not None
        self.touched.add(item.pk)
        if line.kind == ChangeLineKind.REMOVE:
            because = f"{self.request.reference}: {self.request.why}"
            self.touched |= {row.pk for row in remove_row(item=item, because=because)}
            return
        if line.kind == ChangeLineKind.RESTORE:
            restore_row(item=item)
        else:
            redate(item, line)

    def _add(self, line: ChangeLine) -> None:
        parent = self._heading(line)
        # Several new rows after the same one keep the order in which they were written.
        place = (parent.pk if parent else None, line.after_id)
        item = insert_row(
            programme=self.request.programme,
            parent=parent,
            after=self._after(line, parent),
            fields=_new_row(line),
        )
        send_to(item, [one.board for one in line.goes_to.all()])
        self.last[place] = item
        self.touched.add(item.pk)
        if line.plan_id:
            self.new[line.plan_id] = item
        line.item = item
        line.save(update_fields=["item"])

    def _after(self, line: ChangeLine, parent: PlanItem | None) -> PlanItem | None:
        key = parent.pk if parent else None
        after = self.last.get((key, line.after_id), line.after)
        if after is None or after.parent_id == key:
            return after
        # It was moved meanwhile. The order needs nobody's agreement, so this is no reason to refuse.
        rows = PlanItem.objects.present().filter(programme=self.request.programme, parent=key)
        return rows.order_by("position").last()

    def _heading(self, line: ChangeLine) -> PlanItem | None:
        if not line.new_parent:
            return line.parent
        if line.new_parent not in self.new:
            raise CannotSave(
                f"{line.name} stands under {line.new_parent}, which is not among them."
            )
        return self.new[line.new_parent]


def redate(item: PlanItem, line: ChangeLine) -> None:
    """The dates that were asked for are the row's agreed ones, and those of its plan."""
    item.refresh_from_db()
    for name in DATES:
        setattr(item, name, getattr(line, name))
    item.baseline_start, item.baseline_finish = line.start, line.finish
    if not (line.start_tbc or line.finish_tbc):
        item.tbc_from = item.tbc_by = item.tbc_since = None
    elif item.tbc_since is None:
        item.tbc_since = _asked_on(line)
    fields = [*DATES, *AWAITED, "baseline_start", "baseline_finish"]
    if line.declared_duration:
        duration = read_duration(line.declared_duration)
        item.declared_duration, item.declared_days = duration.text, duration.days
        item.duration_estimated = duration.estimated
        fields += DURATION
    item.save(update_fields=fields)


def _asked_on(line: ChangeLine) -> date:
    """A date is awaited since somebody asked for that, not since the others agreed to it."""
    return timezone.localdate(line.request.drafted_at)


def _new_row(line: ChangeLine) -> NewRow:
    duration = read_duration(line.declared_duration)
    since = _asked_on(line)
    awaited = line.start_tbc or line.finish_tbc
    return NewRow(
        name=line.name,
        kind=line.item_kind,
        plan_id=line.plan_id,
        start=line.start,
        start_tbc=line.start_tbc,
        finish=line.finish,
        finish_tbc=line.finish_tbc,
        baseline_start=line.start,
        baseline_finish=line.finish,
        declared_duration=duration.text,
        declared_days=duration.days,
        duration_estimated=duration.estimated,
        owner=line.owner,
        tbc_from=line.tbc_from if awaited else None,
        tbc_by=line.tbc_by if awaited else None,
        tbc_since=since if awaited else None,
        is_placeholder=line.is_placeholder,
        notes=line.notes,
        level=line.level or Level.PROGRAMME,
        scheduling=line.scheduling or Scheduling.MANUAL,
        split_from=line.split_from,
    )
