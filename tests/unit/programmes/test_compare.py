"""What changed between two states of a plan."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.compare import (
    Change,
    ChangeOf,
    Move,
    RowState,
    compare,
    reverse,
)

REVERSED = {ChangeOf.ADDED: ChangeOf.REMOVED, ChangeOf.REMOVED: ChangeOf.ADDED}
DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))
ROWS = st.builds(
    RowState,
    name=st.sampled_from(["Lines", "Phones"]),
    start=st.none() | DAYS,
    finish=st.none() | DAYS,
    parent=st.sampled_from([None, 1, 2]),
    owner=st.sampled_from([None, 1, 2]),
)
PLANS = st.dictionaries(st.integers(1, 8), ROWS, max_size=8)


@given(PLANS)
def test_a_plan_does_not_differ_from_itself(plan):
    assert compare(plan, dict(plan)) == []


@given(PLANS, PLANS)
def test_comparing_the_other_way_round_tells_the_reverse(one, other):
    there, back = compare(one, other), compare(other, one)
    assert back == reverse(there)
    for change, reversed_ in zip(there, back, strict=True):
        assert reversed_.kinds == tuple(REVERSED.get(kind, kind) for kind in change.kinds)
        days = change.finish.working_days()
        assert reversed_.finish.working_days() == (None if days is None else -days)


@given(PLANS, PLANS)
def test_what_is_told_makes_the_one_plan_into_the_other(one, other):
    made = dict(one)
    for change in compare(one, other):
        made.pop(change.row, None)
        if change.after is not None:
            made[change.row] = change.after
    assert made == other


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"finish": date(2020, 4, 30)}, [ChangeOf.MOVED]),
        ({"name": "Phone lines"}, [ChangeOf.RENAMED]),
        ({"parent": 2, "owner": 3}, [ChangeOf.REPARENTED, ChangeOf.REOWNED]),
        ({"parent_name": "Called otherwise"}, []),
    ],
)
def test_a_change_is_named_for_what_it_is(changed, kinds):
    was = {"name": "Lines", "finish": date(2020, 3, 31), "parent": 1, "owner": 1}
    assert list(Change(1, RowState(**was), RowState(**{**was, **changed})).kinds) == kinds


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (date(2020, 1, 31), date(2020, 2, 3), "3 days later (1 working day)"),
        (date(2020, 1, 31), date(2020, 2, 29), "1 month later (20 working days)"),
        (date(2020, 3, 5), date(2020, 1, 2), "2 months 3 days earlier (45 working days)"),
        (None, date(2020, 1, 2), "now dated"),
        (date(2020, 1, 2), None, "no longer dated"),
    ],
)
def test_a_move_is_told_in_months_and_in_working_days(before, after, words):
    assert Move(before, after).words() == words


def test_a_bank_holiday_is_no_working_day_of_a_move():
    over_easter = Move(date(2020, 4, 9), date(2020, 4, 14))
    assert over_easter.working_days(frozenset({date(2020, 4, 10), date(2020, 4, 13)})) == 1
