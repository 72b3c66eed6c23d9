"""What goes into a Microsoft Project file, and what of the plan has no room there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from icp.common.words import plural, sentence_list
from programmes import selectors
from programmes.exporters.plan_file import plan_rows
from programmes.models import (
    Attachment,
    Dependency,
    ItemBoard,
    Place,
    PlanItem,
    Programme,
    Status,
)
from programmes.models.plan import Level

NAME_IN_PROJECT = 255
NAMED = 5


@dataclass(frozen=True)
class ProjectPlan:
    """``links`` are those between rows of the file; ``percent`` is what the last status says, by row."""

    place: Place
    programmes: list[Programme]
    rows: list[PlanItem]
    links: list[Dependency]
    percent: dict[int, int]
    holidays: frozenset[date]
    left_out: list[str]

    @property
    def is_of_one(self) -> bool:
        return len(self.programmes) == 1


def project_plan(*, place: Place, programme: Programme | None = None) -> ProjectPlan:
    """The rows of one programme, or of all, with all that a project file holds of them. Nine queries."""
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
        left_out=list(_left_out(rows, keys, links, inside)),
    )


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
