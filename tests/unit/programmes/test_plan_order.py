"""Where a file's rows come to stand among the rows of the plan, whatever both hold."""

from hypothesis import given
from hypothesis import strategies as st

from programmes.importers.plan import PlanRow
from programmes.models import PlanItem
from programmes.rules.durations import DeclaredDuration
from programmes.rules.outline import parents
from programmes.services.plan_asking import _FileOutline
from programmes.services.plan_order import merged, moved_rows, row_before

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
    assert merged(existing, rows).order == one_by_one(existing, rows)


@given(plans())
def test_every_row_has_its_place_once(plan):
    existing, rows = plan
    assert sorted(merged(existing, rows).order) == sorted({*existing, *(r.plan_id for r in rows)})


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


def no_level_skipped(draw, numbers):
    found, deepest = [], 1
    for number in numbers:
        level = draw(st.integers(1, deepest))
        found.append((number, level))
        deepest = min(level + 1, 4)
    return found


@st.composite
def reordered(draw):
    """A plan that hangs together, and a file with some of its rows in any order, and new ones."""
    there = no_level_skipped(draw, [str(n) for n in range(draw(st.integers(1, 9)))])
    above = parents([level for _, level in there])
    existing = {
        number: PlanItem(
            pk=key, plan_id=number, outline_level=level, parent_id=None if at is None else at + 1
        )
        for key, ((number, level), at) in enumerate(zip(there, above, strict=True), 1)
    }
    numbers = draw(st.permutations([number for number in existing if draw(st.booleans())]))
    for n in range(draw(st.integers(0, 4))):
        numbers.insert(draw(st.integers(0, len(numbers))), f"new {n}")
    return existing, [row(*one) for one in no_level_skipped(draw, numbers)]


def by_the_file(existing, rows):
    named = [one.plan_id for one in rows if one.plan_id in existing]
    now = [number for number in existing if number in set(named)]
    moved = frozenset(moved_rows(now, named))
    return merged(existing, rows, moved), moved


@given(reordered())
def test_the_order_of_a_file_counts_whatever_it_leaves_out(plan):
    existing, rows = plan
    found, _ = by_the_file(existing, rows)
    numbers = [one.plan_id for one in rows]
    assert [number for number in found.order if number in set(numbers)] == numbers
    assert sorted(found.order) == sorted({*existing, *numbers})


@given(reordered())
def test_a_row_that_the_file_leaves_out_keeps_its_heading_wherever_that_goes(plan):
    existing, rows = plan
    found, moved = by_the_file(existing, rows)
    if not moved:
        return
    above = parents([found.levels[number] for number in found.order])
    named = {one.plan_id for one in rows}
    called = {item.pk: number for number, item in existing.items()}
    for number, at in zip(found.order, above, strict=True):
        if number not in named:
            assert (found.order[at] if at is not None else None) == called.get(
                existing[number].parent_id
            )


@given(st.permutations(range(7)))
def test_as_few_rows_as_will_do_are_said_to_be_moved_and_one_of_them_stands_after_another(order):
    before, after = [str(n) for n in range(7)], [str(n) for n in order]
    moved = moved_rows(before, after)
    stay = [number for number in after if number not in moved]
    assert stay == sorted(stay)
    was, now = row_before(before), row_before(after)
    assert bool(moved) == any(was[number] != now[number] for number in moved)
    assert (before == after) == (not moved)
