"""What hangs on a row: its boards, files, and what it waits for or keeps waiting."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from icp.common.words import plural, short_date
from programmes.models import Attachment, Dependency, Place, PlanItem
from programmes.models.plan import PlanItemQuerySet
from programmes.selectors.rows import with_names


@dataclass(frozen=True)
class Beside:
    """``boards`` are names; files that were taken away are left out."""

    boards: list[str]
    files: list[Attachment]
    waits_for: list[Dependency]
    awaited_by: list[Dependency]


def beside(*, item: PlanItem) -> Beside:
    """All that hangs on a row. Four queries."""
    boards = item.goes_to.order_by("board__order", "board__name")  # type: ignore[attr-defined]
    waits = Dependency.objects.filter(successor=item).select_related(
        "predecessor__programme", "outside_programme"
    )
    awaited = Dependency.objects.filter(predecessor=item, successor__removed_at=None)
    return Beside(
        boards=list(boards.values_list("board__name", flat=True)),
        files=list(files_of(item).order_by("added_at", "pk")),
        waits_for=list(waits.order_by("pk")),
        awaited_by=list(awaited.select_related("successor__programme").order_by("pk")),
    )


def files_of(item: PlanItem) -> QuerySet[Attachment]:
    """The files attached to a row that were not taken away, with who added each and without what is in them."""
    found = Attachment.objects.filter(item=item, removed_at=None)
    return found.defer("content").select_related("added_by")


def promoted_rows(*, place: Place) -> PlanItemQuerySet:
    """The tasks and milestones shown on the place's page, those that finish first at the head."""
    rows = with_names(PlanItem.objects.filter(programme__place=place).counted().promoted())
    names, _ = rows.query.deferred_loading
    return rows.only(*names, "level").order_by("finish", "programme__order", "position", "pk")


def awaited_words(item: PlanItem, *, today: date) -> str:
    """Who will supply a date that is to be confirmed, by when, and how long it has been awaited; else nothing."""
    if not (item.start_tbc or item.finish_tbc):
        return ""
    which = "Both dates are" if item.start_tbc and item.finish_tbc else "A date is"
    who = f"{item.tbc_from.title} supplies it" if item.tbc_from else "nobody is named to supply it"
    when = f" by {short_date(item.tbc_by)}" if item.tbc_by else ""
    late = ", which has passed" if item.tbc_by and item.tbc_by < today else ""
    said = f"{which} to be confirmed: {who}{when}{late}."
    if item.tbc_since:
        days = (today - item.tbc_since).days
        said += f" Awaited since {short_date(item.tbc_since)}, {plural(days, 'day')}."
    return said
