"""A plan's row as reports are built from it."""

from boards.rules.facts import Row
from programmes.models import Place, PlanItem
from programmes.models import Programme as ProgrammeRow
from programmes.rules.rag import tolerance


def row_of(
    item: PlanItem,
    *,
    programme: ProgrammeRow,
    place: Place,
    under: tuple[str, ...],
) -> Row:
    """The row without what was said and agreed of it."""
    return Row(
        programme=programme.code,
        plan_id=item.plan_id,
        name=item.name,
        kind=item.kind,
        level=item.outline_level,
        under=under,
        start=item.baseline_start or item.start,
        finish=item.baseline_finish,
        start_tbc=item.start_tbc,
        finish_tbc=item.finish_tbc,
        plan_start=item.start,
        plan_finish=item.finish,
        declared_duration=item.declared_duration,
        declared_days=item.declared_days,
        estimated=item.duration_estimated,
        ticked=item.ticked,
        ticked_on=item.ticked_in.ends_on if item.ticked_in else None,
        tolerance_months=tolerance(
            place=place.tolerance_months,
            programme=programme.tolerance_months,
            item=item.tolerance_months,
        ),
    )


def removed_row(item: PlanItem, *, programme: ProgrammeRow, place: Place) -> Row:
    """A row in the plan no more: of what it stood under, the nearest heading alone is known."""
    under = (item.parent.name,) if item.parent else ()
    return row_of(item, programme=programme, place=place, under=under)
