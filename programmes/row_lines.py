"""A judged row as a list prints it: words and addresses, ready for the template."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse

from programmes.models import Place, PlanItem
from programmes.selectors.rows import JudgedRow

COLUMNS = (
    "row",
    "programme",
    "name",
    "kind",
    "under",
    "start",
    "finish",
    "agreed finish",
    "forecast finish",
    "complete",
    "RAG (declared)",
    "RAG last reported",
    "last reported in",
    "RAG proposed from dates",
    "because",
    "owner",
)


@dataclass(frozen=True)
class RowLine:
    """One line of a list. ``rag`` is the lead's; ``complete_before`` a row that was complete before this
    period and has no other word since; ``proposed`` what dates suggest where there is neither.
    """

    reference: str
    href: str
    name: str
    under: str
    programme: str
    kind: str
    start: date | None
    agreed: date | None
    agreed_words: str
    forecast: date | None
    rag: str | None
    complete_before: bool
    last_rag: str | None
    last_period: str
    proposed: str | None
    late: str
    owner: str


def address_of_row(item: PlanItem, place: Place) -> str:
    return _address(place.slug, item.programme.code, item.plan_id)


# A list asks for fifty addresses at once, and mostly for those that it was asked for before.
@lru_cache(maxsize=4000)
def _address(place: str, code: str, plan_id: str) -> str:
    return reverse("item", kwargs={"place": place, "code": code, "plan_id": plan_id})


def line_of(row: JudgedRow, *, place: Place) -> RowLine:
    item, judgement = row.item, row.judgement
    return RowLine(
        reference=item.reference,
        href=address_of_row(item, place),
        name=item.name,
        under=item.parent.name if item.parent else "",
        programme=item.programme.name,
        kind=item.kind,
        start=item.baseline_start or item.start,
        agreed=item.baseline_finish,
        agreed_words="tbc" if item.finish_tbc else "not set",
        forecast=item.forecast_finish,
        rag=row.rag,
        complete_before=item.is_complete and not row.rag and not item.is_summary,
        last_rag=row.last.rag if row.last else None,
        last_period=row.last.period.name if row.last else "",
        proposed=judgement.proposed.rag
        if judgement.proposed and not row.rag and not item.is_complete
        else None,
        late=_late(row),
        owner=item.owner.title if item.owner else "",
    )


def _late(row: JudgedRow) -> str:
    if row.judgement.overdue and row.judgement.slip:
        return f"Overdue: {row.judgement.slip.words}"
    if row.judgement.slip and row.judgement.slip.is_late:
        verb = "Finished" if row.item.is_complete else "Forecast"
        return f"{verb} {row.judgement.slip.words}"
    return ""


def cells_of(row: JudgedRow) -> tuple[object, ...]:
    """The row for a download, under :data:`COLUMNS`. Declared and proposed RAG never share a column."""
    item, proposed = row.item, row.judgement.proposed
    return (
        item.reference,
        item.programme.name,
        item.name,
        item.get_kind_display(),
        item.parent.name if item.parent else "",
        item.start or ("tbc" if item.start_tbc else ""),
        item.finish or ("tbc" if item.finish_tbc else ""),
        item.baseline_finish or "",
        item.forecast_finish or "",
        "yes" if item.is_complete else "no",
        row.rag or "",
        (row.last.rag or "") if row.last else "",
        row.last.period.name if row.last else "",
        proposed.rag.value if proposed else "",
        proposed.because if proposed else "",
        item.owner.title if item.owner else "",
    )
