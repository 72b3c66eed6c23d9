"""Where a file's rows come to stand among the rows of the plan, whatever both hold."""

from hypothesis import given
from hypothesis import strategies as st

from programmes.importers.plan import PlanRow
from programmes.models import PlanItem
from programmes.rules.durations import DeclaredDuration
from programmes.services.plan_asking import _FileOutline
from programmes.services.plan_order import merged_order

LEVELS = st.integers(1, 4)


def row(number, level):
    return PlanRow(
        line=2,
        programme="IT",
        plan_id=number,
        outline_level=level,
        kind="task",
        name=number,
        duration=DeclaredDuration("", None, False),
        start=None,
        start_tbc=False,
        finish=None,
        finish_tbc=False,
        ticked=False,
        scheduling="auto",
    )


@st.composite
def plans(draw):
    """A plan's rows by number, and those of a file: some of the plan's in any order, and new ones among them."""
    count = draw(st.integers(0, 8))
    there = {str(n): draw(LEVELS) for n in range(count)}
    kept = draw(st.permutations([number for number in there if draw(st.booleans())]))
    rows = [(number, draw(LEVELS)) for number in kept]
    for n in range(draw(st.integers(0, 6))):
        rows.insert(draw(st.integers(0, len(rows))), (f"new {n}", draw(LEVELS)))
    existing = {n: PlanItem(plan_id=n, outline_level=level) for n, level in there.items()}
    return existing, [row(*one) for one in rows]


def one_by_one(existing, rows):
    """The same, looked for from the start of the plan for every row."""
    named = {one.plan_id for one in rows}
    if existing.keys() <= named:
        return [one.plan_id for one in rows]
    order = list(existing)
    for index, one in enumerate(rows):
        if one.plan_id in order:
            continue
        place = order.index(rows[index - 1].plan_id) + 1 if index else 0
        while (
            place < len(order)
            and order[place] not in named
            and existing[order[place]].outline_level > one.outline_level
        ):
            place += 1
        order.insert(place, one.plan_id)
    return order


@given(plans())
def test_the_order_is_the_one_that_looking_row_by_row_gives(plan):
    existing, rows = plan
    assert merged_order(existing, rows) == one_by_one(existing, rows)


@given(plans())
def test_every_row_has_its_place_once(plan):
    existing, rows = plan
    assert sorted(merged_order(existing, rows)) == sorted({*existing, *(r.plan_id for r in rows)})


@given(plans())
def test_a_new_row_follows_the_last_row_before_it_that_is_there_under_the_same_heading(plan):
    existing, rows = plan
    outline = _FileOutline(existing, rows, {})
    for place, number in enumerate(outline.order):
        if number in existing:
            continue
        beside = [
            other
            for other in outline.order[:place]
            if other in existing
            and outline.parent[other] == outline.parent[number]
            and other not in outline.under_new
        ]
        assert outline.after[number] is (existing[beside[-1]] if beside else None)


@given(plans())
def test_what_hangs_on_a_new_row_is_known_however_deep_it_stands(plan):
    existing, rows = plan
    outline = _FileOutline(existing, rows, {})
    for number in outline.order:
        above, hangs = outline.parent[number], False
        while above is not None:
            hangs = hangs or above not in existing
            above = outline.parent[above]
        assert (number in outline.under_new) == hangs
