"""Where the rows of a plan file stand among the rows of the plan."""

from itertools import pairwise

from programmes.importers.plan import PlanRow
from programmes.models import PlanItem


def merged_order(existing: dict[str, PlanItem], rows: list[PlanRow]) -> list[str]:
    """The file's order when it holds every row; else new rows go right after the file's row before them.

    Rows that the file leaves out keep the heading they stand under: a new row goes after those of them
    that stand deeper than itself. Each row is looked at a fixed number of times, however long the plan is.
    """
    named = {row.plan_id for row in rows}
    if existing.keys() <= named:
        return [row.plan_id for row in rows]
    following = dict(pairwise([None, *existing, None]))
    before = None
    for row in rows:
        if row.plan_id not in following:
            before = _last_deeper(before, row, following, existing, named)
            following[before], following[row.plan_id] = row.plan_id, following[before]
        before = row.plan_id
    return _in_order(following)


def order_note(existing: dict[str, PlanItem], rows: list[PlanRow], order: list[str]) -> str:
    """What becomes of the file's order where it is not the plan's, in a sentence; empty where it is."""
    both = [row.plan_id for row in rows if row.plan_id in existing]
    named = set(both)
    now = [number for number in existing if number in named]
    if both == now:
        return ""
    if [number for number in order if number in named] == both:
        return "The file has its rows in another order than the plan: that is taken over with its other changes."
    return (
        "The file has its rows in another order than the plan. They stay where they are, since the plan holds rows"
        " that the file does not name, or that were removed: move them in the portal."
    )


def _last_deeper(
    before: str | None,
    row: PlanRow,
    following: dict[str | None, str | None],
    existing: dict[str, PlanItem],
    named: set[str],
) -> str | None:
    """The last of the rows after ``before`` that the file leaves out and that stand deeper than ``row``."""
    ahead = following[before]
    while (
        ahead is not None
        and ahead not in named
        and existing[ahead].outline_level > row.outline_level
    ):
        before, ahead = ahead, following[ahead]
    return before


def _in_order(following: dict[str | None, str | None]) -> list[str]:
    order = []
    ahead = following[None]
    while ahead is not None:
        order.append(ahead)
        ahead = following[ahead]
    return order
