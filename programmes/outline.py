"""A programme's plan as its page prints it: rows in outline, with flags and a drawing each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString

from icp.common.words import capitalised, short_date
from programmes.gantt import Bar, Lines, bar_of, drawing, was_words
from programmes.models import Period, Place, PlanItem
from programmes.row_lines import RowLine, line_of
from programmes.rules.durations import computed_days, differs
from programmes.rules.outline import Span
from programmes.rules.timeline import Timeline
from programmes.selectors.agreed import WasAgreed
from programmes.selectors.plan import spans_below
from programmes.selectors.rows import JudgedRow, judged


@dataclass(frozen=True)
class OutlineRow:
    """One row of the outline as printed. ``flags`` are sentences; ``context`` marks a heading repeated from
    the page before. Equal rows are drawn once (``drawn_once``).
    """

    line: RowLine
    anchor: str
    level: int
    summary: bool
    context: bool
    start: str
    finish: str
    duration: str
    flags: tuple[str, ...]
    bar: Bar
    timeline: Timeline | None
    lines: Lines

    @property
    def drawing(self) -> SafeString | str:
        return drawing(self.bar, on=self.timeline, lines=self.lines) if self.timeline else ""


@dataclass(frozen=True)
class Outline:
    """What the rows of one page are drawn with."""

    place: Place
    period: Period | None
    last: Period | None
    today: date
    timeline: Timeline | None
    holidays: frozenset[date]
    # What dependencies warn of, in sentences, by the row's reference.
    warned: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # What was once agreed, where that is asked for, by the row's key.
    was: Mapping[int, WasAgreed] = field(default_factory=dict)

    def rows(self, items: list[PlanItem], *, above: list[PlanItem]) -> list[OutlineRow]:
        everything = [*above, *items]
        below = spans_below([item for item in everything if item.is_summary])
        found = judged(
            everything, place=self.place, period=self.period, last=self.last, today=self.today
        )
        return [
            self._row(row, below.get(row.item.pk), context=index < len(above))
            for index, row in enumerate(found)
        ]

    def _row(self, row: JudgedRow, below: Span | None, *, context: bool) -> OutlineRow:
        item = row.item
        return OutlineRow(
            line=line_of(row, place=self.place),
            anchor=f"row-{item.programme.code}-{item.plan_id}",
            level=item.outline_level,
            summary=item.is_summary,
            context=context,
            start=_date(item.start, tbc=item.start_tbc),
            finish=_date(item.finish, tbc=item.finish_tbc),
            duration=item.declared_duration or "–",
            flags=tuple(self._flags(item, below)),
            bar=bar_of(
                item,
                late=row.judgement.overdue and not item.is_summary,
                was=self.was.get(item.pk),
            ),
            timeline=self.timeline,
            lines=Lines(self.today, self.period.ends_on if self.period else None),
        )

    def _flags(self, item: PlanItem, below: Span | None) -> list[str]:
        flags = []
        computed = computed_days(
            kind=item.kind, start=item.start, finish=item.finish, holidays=self.holidays
        )
        if differs(declared=item.declared_days, computed=computed):
            flags.append(f"Its dates give {computed} working days.")
        if item.is_summary and (below or Span(None, None)) != Span(item.start, item.finish):
            flags.append("Its dates do not span the rows below it.")
        if item.baseline_finish and item.baseline_finish != item.finish:
            flags.append(f"Agreed finish: {short_date(item.baseline_finish)}.")
        if was := self.was.get(item.pk):
            flags.append(f"{capitalised(was_words(was))}.")
        return [*flags, *self.warned.get(item.reference, ())]


def _date(day: date | None, *, tbc: bool) -> str:
    return short_date(day) if day else "tbc" if tbc else "not set"
