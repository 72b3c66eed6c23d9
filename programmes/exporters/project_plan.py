"""What goes into a Microsoft Project file, and what of the plan has no room there."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from icp.common.words import plural, sentence_list
from programmes import selectors
from programmes.exporters.plan_file import plan_rows
from programmes.models import (
    AgreedDates,
    Attachment,
    Baseline,
    Dependency,
    ItemBoard,
    Place,
    PlanItem,
    Programme,
    Status,
)
from programmes.models.plan import Level
from programmes.rules.mspdi import MOST_BASELINES, earlier_baselines
from programmes.rules.outline import Span

NAME_IN_PROJECT = 255
NAMED = 5


# Of each row, by key: what its programme's earlier baselines agreed of it, by Project's number of the baseline.
Earlier = dict[int, dict[int, Span]]


@dataclass(frozen=True)
class ProjectPlan:
    """``links`` are those between rows of the file; ``percent`` is what the last status says, by row; ``earlier`` are
    the agreed dates before those of now.
    """

    place: Place
    programmes: list[Programme]
    rows: list[PlanItem]
    links: list[Dependency]
    percent: dict[int, int]
    holidays: frozenset[date]
    left_out: list[str]
    earlier: Earlier

    @property
    def is_of_one(self) -> bool:
        return len(self.programmes) == 1


def project_plan(*, place: Place, programme: Programme | None = None) -> ProjectPlan:
    """The rows of one programme, or of all, with all that a project file holds of them. Eleven queries."""
    rows = list(plan_rows(place=place, programme=programme))
    keys = {row.pk for row in rows}
    programmes = (
        list(Programme.objects.in_place(place).in_order()) if not programme else [programme]
    )
    links = list(
        Dependency.objects.filter(successor__in=keys)
        .select_related("predecessor__programme", "successor__programme")
        .order_by("successor_id", "pk")
    )
    inside = [link for link in links if link.predecessor_id in keys]
    newest = _newest(programmes)
    said = Status.objects.filter(item__in=keys, percent_complete__isnull=False)
    return ProjectPlan(
        place=place,
        programmes=programmes,
        rows=rows,
        links=inside,
        percent={
            one.item_id: one.percent_complete or 0
            for one in said.order_by("period__ends_on", "pk").only("item_id", "percent_complete")
        },
        holidays=selectors.holidays_of(place),
        left_out=[*_left_out(rows, keys, links, inside), *_baselines_left_out(programmes, newest)],
        earlier=_earlier(keys, newest),
    )


def _earlier(keys: Collection[int], newest: Mapping[int, int]) -> Earlier:
    """What was agreed of these rows before what is agreed now. One query."""
    agreed = AgreedDates.objects.filter(item__in=keys).order_by("item_id", "baseline__number")
    fields = ("item__programme_id", "item_id", "baseline__number", "start", "finish", "removed")
    said: dict[tuple[int, int], list[tuple[int, Span | None]]] = {}
    for programme, key, number, start, finish, removed in agreed.values_list(*fields):
        stood = None if removed else Span(start, finish)
        said.setdefault((programme, key), []).append((number, stood))
    return {
        key: earlier_baselines(spans, newest=newest[programme])
        for (programme, key), spans in said.items()
        if newest[programme] > 1
    }


def _newest(programmes: Collection[Programme]) -> dict[int, int]:
    """The number of each programme's newest baseline, by its key. One query."""
    found = Baseline.objects.filter(programme__in=programmes).values_list("programme")
    return dict(found.annotate(Max("number")))


def _baselines_left_out(
    programmes: Collection[Programme], newest: Mapping[int, int]
) -> Iterator[str]:
    codes = {programme.pk: programme.code for programme in programmes}
    for key, count in sorted(newest.items()):
        if count > MOST_BASELINES + 1:
            yield (
                f"Of the {count} baselines of {codes[key]} the newest {MOST_BASELINES + 1} are in the file:"
                " Project keeps no more."
            )
        if count > 1:
            yield f"When, why and by whom the baselines of {codes[key]} were agreed stays in the portal."


def _left_out(
    rows: list[PlanItem], keys: set[int], links: list[Dependency], inside: list[Dependency]
) -> Iterator[str]:
    """A sentence for each kind of thing that stays behind."""
    yield "RAG, forecasts, reasons and what else the monthly returns say stay in the portal."
    for link in links:
        if link.predecessor_id is None:
            yield f"{link.successor.reference} waits for something outside the place: {link.outside}."
        elif link not in inside:
            yield f"{link.successor.reference} waits for {link.predecessor.reference}, which is not in this file."  # type: ignore[union-attr]
    yield from _named("a note on what it waits for", [k.successor for k in inside if k.note])
    yield from _named(
        f"a name longer than the {NAME_IN_PROJECT} characters that Project shows",
        [row for row in rows if len(row.name) > NAME_IN_PROJECT],
    )
    yield from _named(
        "a date to be confirmed, which Project shows as none",
        [row for row in rows if row.start_tbc or row.finish_tbc],
    )
    yield from _named("a tolerance of its own", [row for row in rows if row.tolerance_months])
    yield from _named(
        "a level above its programme", [row for row in rows if row.level != Level.PROGRAMME]
    )
    boards = set(ItemBoard.objects.filter(item__in=keys).values_list("item_id", flat=True))
    yield from _named("boards it goes to", [row for row in rows if row.pk in boards])
    papers = Attachment.objects.filter(item__in=keys, removed_at__isnull=True)
    attached = set(papers.values_list("item_id", flat=True))
    yield from _named("papers attached", [row for row in rows if row.pk in attached])


def _named(what: str, rows: list[PlanItem]) -> Iterator[str]:
    """IT 1, IT 2 and 3 more rows have …"""
    if not rows:
        return
    names = [row.reference for row in rows[:NAMED]]
    if len(rows) > NAMED:
        names.append(plural(len(rows) - NAMED, "more row"))
    yield f"{sentence_list(names)} {'has' if len(rows) == 1 else 'have'} {what}."
