"""Editing an outline: whatever is done to it, it stays one (domain section 2)."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules import outline_edits as edits
from programmes.rules.outline import parents
from programmes.rules.outline_edits import CannotEdit, NewLine, OutlineLine
from programmes.rules.positions import positions
from programmes.rules.row_numbers import next_number


def restored(lines: edits.Lines, key: int) -> edits.Lines:
    return edits.restored_all(lines, [key])


ONE_KEY: dict[str, Callable] = {
    "up": edits.moved_up,
    "down": edits.moved_down,
    "in": edits.indented,
    "out": edits.outdented,
    "remove": edits.removed,
    "restore": restored,
}
KEYS = st.integers(1, 25)
MAYBE = st.none() | KEYS
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ONE_KEY)), KEYS)
    | st.tuples(st.sampled_from(["insert", "move"]), KEYS, MAYBE, MAYBE),
    max_size=60,
)


def outline(*rows: str) -> edits.Lines:
    """1, 2<1, 3<1-: row 1 at the top, row 2 under it, row 3 under it and removed."""
    lines = []
    for row in rows:
        key, _, parent = row.rstrip("-").partition("<")
        lines.append(OutlineLine(int(key), int(parent) if parent else None, row.endswith("-")))
    return tuple(lines)


def written(lines: edits.Lines) -> str:
    return " ".join(
        f"{line.key}{f'<{line.parent}' if line.parent else ''}{'-' if line.removed else ''}"
        for line in lines
    )


PLAN = outline("1", "2<1", "3<2", "4<1", "5")


def apply(lines, step):
    name, key, *where = step
    if name in ONE_KEY:
        return ONE_KEY[name](lines, key)
    edit = edits.inserted if name == "insert" else edits.moved
    return edit(lines, key, parent=where[0], after=where[1])


@given(STEPS)
def test_no_sequence_of_edits_makes_an_orphan_a_cycle_or_a_row_twice(steps):
    lines: edits.Lines = outline("1", "2<1", "3<1", "4<3", "5")
    at = [1024 * (index + 1) for index in range(5)]
    for step in steps:
        known = {line.key for line in lines}
        place = {line.key: position for line, position in zip(lines, at, strict=True)}
        try:
            lines = apply(lines, step)
        except CannotEdit:
            continue
        assert edits.is_sound(lines)
        # No row is ever lost: a removed one keeps its number.
        assert known <= {line.key for line in lines}
        # An import works out headings from the levels, and must come to the same.
        headings = parents(edits.depths(lines))
        assert [lines[i].key if i is not None else None for i in headings] == [
            line.parent for line in lines
        ]
        at = positions([place.get(line.key) for line in lines])
        assert at == sorted(set(at))
        assert at[0] > 0


@given(st.lists(st.none() | st.integers(0, 40), max_size=30))
def test_positions_rise_whatever_was_there(current):
    found = positions(current)
    assert len(found) == len(current)
    assert found == sorted(set(found))
    assert all(position > 0 for position in found)


def test_a_row_between_two_with_room_moves_no_other():
    assert positions([1024, None, 2048]) == [1024, 1536, 2048]
    assert positions([1024, None]) == [1024, 2048]
    assert positions([1, None, 2]) == [1024, 2048, 3072]


def test_a_row_that_goes_down_is_the_only_one_given_another_position():
    assert positions([2048, 3072, 1024, 4096]) == [2048, 3072, 3584, 4096]


@pytest.mark.parametrize(
    ("edit", "key", "result"),
    [
        (edits.moved_up, 4, "1 4<1 2<1 3<2 5"),
        (edits.moved_down, 2, "1 4<1 2<1 3<2 5"),
        (edits.moved_down, 1, "5 1 2<1 3<2 4<1"),
        (edits.indented, 5, "1 2<1 3<2 4<1 5<1"),
        (edits.indented, 4, "1 2<1 3<2 4<2 5"),
        (edits.outdented, 3, "1 2<1 3<1 4<1 5"),
        (edits.outdented, 2, "1 4<1 2 3<2 5"),
        (edits.removed, 2, "1 2<1- 3<2- 4<1 5"),
    ],
)
def test_an_edit_takes_along_what_stands_below(edit, key, result):
    assert written(edit(PLAN, key)) == result


@pytest.mark.parametrize(
    ("edit", "key", "why"),
    [
        (edits.moved_up, 2, "first row"),
        (edits.moved_down, 5, "last row"),
        (edits.indented, 2, "no row above"),
        (edits.outdented, 1, "top level"),
        (edits.moved_up, 9, "no such row"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(edit, key, why):
    with pytest.raises(CannotEdit, match=why):
        edit(PLAN, key)


def test_a_row_cannot_stand_below_itself():
    with pytest.raises(CannotEdit, match="under itself"):
        edits.moved(PLAN, 1, parent=3, after=None)


def test_a_new_row_follows_all_that_stands_below_the_one_before_it():
    assert written(edits.inserted(PLAN, 6, parent=1, after=2)) == "1 2<1 3<2 6<1 4<1 5"
    assert written(edits.inserted(PLAN, 6, parent=1, after=None)) == "1 6<1 2<1 3<2 4<1 5"
    with pytest.raises(CannotEdit, match="another heading"):
        edits.inserted(PLAN, 6, parent=1, after=3)


def test_a_row_comes_back_where_it_stood_or_after_the_heading_that_is_still_out():
    out = edits.removed(PLAN, 2)
    assert written(restored(out, 2)) == "1 2<1 3<2- 4<1 5"
    assert written(restored(out, 3)) == "1 2<1- 3<1 4<1 5"
    everything_out = edits.removed(PLAN, 1)
    assert written(restored(everything_out, 3)) == "1- 2<1- 4<1- 3 5"


def test_the_next_number_is_above_every_number_there_ever_was():
    assert next_number(["1", "12", "A7", "3"]) == "13"
    assert next_number([]) == "1"


def one_by_one(lines, new):
    """Each put in by itself: after the last of those that were put after the same row before it."""
    last = {}
    for one in new:
        where = (one.parent, one.after)
        lines = edits.inserted(lines, one.key, parent=one.parent, after=last.get(where, one.after))
        last[where] = one.key
    return lines


@given(
    st.lists(st.tuples(st.none() | st.integers(1, 14), st.none() | st.integers(1, 5)), max_size=9)
)
def test_rows_put_in_together_stand_as_if_put_in_one_by_one(wanted):
    lines, new = outline("1", "2<1", "3<1", "4<3", "5"), []
    for key, (parent, after) in enumerate(wanted, 6):
        try:
            one_by_one(lines, [*new, NewLine(key, parent, after)])
        except CannotEdit:
            continue
        new.append(NewLine(key, parent, after))
    found = edits.inserted_all(lines, new)
    assert found == one_by_one(lines, new)
    assert edits.is_sound(found)


@given(st.sets(st.integers(1, 5)))
def test_rows_taken_out_together_take_along_what_stands_below_each(keys):
    lines = found = outline("1", "2<1", "3<1", "4<3", "5")
    for key in keys:
        found = edits.removed(found, key)
    assert edits.removed_all(lines, keys) == found


@given(STEPS, st.lists(KEYS, max_size=12))
def test_rows_that_come_back_together_hang_as_if_one_came_after_the_other(steps, keys):
    lines: edits.Lines = outline("1", "2<1", "3<1", "4<3", "5", "6<5", "7<6", "8<6")
    for step in [*steps, ("remove", 1), ("remove", 5)]:
        try:
            lines = apply(lines, step)
        except CannotEdit:
            continue
    there = [key for key in keys if key in {line.key for line in lines}]
    one_by_one = lines
    for key in there:
        one_by_one = restored(one_by_one, key)
    together = edits.restored_all(lines, there)
    # Only their order differs: each that stood under a heading that stays out comes after the one before.
    assert {*together} == {*one_by_one}
    assert edits.is_sound(together)


def test_rows_of_a_heading_that_stays_out_come_back_in_their_order():
    out = edits.removed(outline("1", "2<1", "3<1", "4"), 1)
    assert written(edits.restored_all(out, [2, 3])) == "1- 2 3 4"


def test_a_heading_that_comes_back_first_has_its_rows_below_it_again():
    out = edits.removed(PLAN, 2)
    assert written(edits.restored_all(out, [2, 3])) == "1 2<1 3<2 4<1 5"
    assert written(edits.restored_all(out, [3, 2])) == "1 2<1 3<1 4<1 5"
