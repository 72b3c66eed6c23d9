"""Where the rows of a plan file stand among the rows of the plan."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from programmes.importers.plan import PlanRow
from programmes.rules.outline import parents
from programmes.rules.positions import longest_rising
from programmes.services.plan_rows import RowNow


@dataclass(frozen=True)
class Merged:
    """The numbers of a plan's and a file's rows in one order, and the outline level of each."""

    order: list[str]
    levels: Mapping[str, int]


def moved_rows(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """As few rows as will do to turn one order of the same rows into the other."""
    rank = {number: index for index, number in enumerate(before, 1)}
    kept = longest_rising([rank[number] for number in after])
    return {number for index, number in enumerate(after) if index not in kept}


def row_before(order: Sequence[str]) -> dict[str, str | None]:
    """The row that each comes after; None for the first."""
    return {number: before for before, number in pairwise([None, *order]) if number}


def merged(
    existing: Mapping[str, RowNow],
    rows: Sequence[PlanRow],
    moved: frozenset[str] = frozenset(),
) -> Merged:
    """The plan's order with the rows that are new, or ``moved``, right after the file's row before them.

    Rows that the file leaves out, removed ones among them, keep the heading they stand under, and what they
    come after there. Each row is looked at a fixed number of times, however long the plan is.
    """
    levels = {number: item.outline_level for number, item in existing.items()}
    levels |= {row.plan_id: row.outline_level for row in rows}
    if not moved:
        return Merged(_beside(existing, rows), levels)
    named = {row.plan_id for row in rows}
    stay = {n: item for n, item in existing.items() if n in named and n not in moved}
    return _with_the_others(_beside(stay, rows), levels, existing, named)


def _beside(existing: Mapping[str, RowNow], rows: Sequence[PlanRow]) -> list[str]:
    """A new row goes after those of the rows left out that stand deeper than itself."""
    named = {row.plan_id for row in rows}
    following = dict(pairwise([None, *existing, None]))
    before = None
    for row in rows:
        if row.plan_id not in following:
            before = _last_deeper(before, row, following, existing, named)
            following[before], following[row.plan_id] = row.plan_id, following[before]
        before = row.plan_id
    return _in_order(following)


def _last_deeper(
    before: str | None,
    row: PlanRow,
    following: dict[str | None, str | None],
    existing: Mapping[str, RowNow],
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


def _with_the_others(
    order: list[str], levels: dict[str, int], existing: Mapping[str, RowNow], named: set[str]
) -> Merged:
    """The file's rows in ``order``, and each other row of the plan under its heading, after the row it follows there."""
    above = dict(
        zip(
            order,
            (
                order[at] if at is not None else None
                for at in parents([levels[number] for number in order])
            ),
            strict=True,
        )
    )
    below: dict[str | None, list[str]] = defaultdict(list)
    for number in order:
        below[above[number]].append(number)
    called = {item.pk: number for number, item in existing.items()}
    last: dict[str | None, str] = {}
    for number, item in existing.items():
        heading = called[item.parent_id] if item.parent_id else None
        if number not in named:
            above[number] = heading
            levels[number] = levels[heading] + 1 if heading else 1
            here = below[heading]
            here.insert(here.index(last[heading]) + 1 if heading in last else 0, number)
        if above[number] == heading:
            last[heading] = number
    return Merged(_flat(below), levels)


def _flat(below: Mapping[str | None, list[str]]) -> list[str]:
    """Each row, and what stands below it, in order."""
    order: list[str] = []
    waiting = [*reversed(below[None])]
    while waiting:
        number = waiting.pop()
        order.append(number)
        waiting += reversed(below.get(number, ()))
    return order
