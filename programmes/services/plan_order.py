"""Where the rows of a plan file stand among the rows of the plan."""

from programmes.importers.plan import PlanRow
from programmes.models import PlanItem


def merged_order(existing: dict[str, PlanItem], rows: list[PlanRow]) -> list[str]:
    """The file's order when it holds every row; else new rows go right after the file's row before them.

    Rows that the file leaves out keep the heading they stand under: a new row goes after those of them
    that stand deeper than itself.
    """
    named = {row.plan_id for row in rows}
    if existing.keys() <= named:
        return [row.plan_id for row in rows]
    order = list(existing)
    known = set(existing)
    for index, row in enumerate(rows):
        if row.plan_id in known:
            continue
        place = order.index(rows[index - 1].plan_id) + 1 if index else 0
        while (
            place < len(order)
            and order[place] not in named
            and existing[order[place]].outline_level > row.outline_level
        ):
            place += 1
        order.insert(place, row.plan_id)
        known.add(row.plan_id)
    return order
