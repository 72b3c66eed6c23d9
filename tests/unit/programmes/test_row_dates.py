"""Dates and duration of a row, each from the other (domain section 2)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp.common.workingdays import england_holidays, working_days
from programmes.rules.durations import read_duration
from programmes.rules.row_dates import CannotTell, RowDates, filled_in, shifted

MONDAY, FRIDAY = date(2020, 1, 6), date(2020, 1, 10)
EMPTY = RowDates()
ENGLAND = england_holidays(range(2019, 2024))
DAYS = st.dates(date(2020, 1, 1), date(2022, 12, 31))


def dates(start=None, finish=None, duration=""):
    return RowDates(start=start, finish=finish, duration=read_duration(duration))


def filled(typed, before=EMPTY, kind="task", holidays=frozenset()):
    return filled_in(typed, before=before, kind=kind, holidays=holidays)


def test_a_start_and_a_duration_give_the_finish():
    assert filled(dates(MONDAY, duration="5 days")).finish == FRIDAY
    assert filled(dates(MONDAY, duration="6 days?")).finish == date(2020, 1, 13)


def test_two_dates_give_the_duration():
    assert filled(dates(MONDAY, FRIDAY)).duration.text == "5 days"


def test_a_new_finish_gives_another_duration_which_stays_an_estimate():
    before = dates(MONDAY, FRIDAY, "5 days?")
    found = filled(dates(MONDAY, date(2020, 1, 13), "5 days?"), before=before)
    assert (found.duration.text, found.duration.days) == ("6 days?", 6)


def test_a_new_duration_moves_the_finish():
    before = dates(MONDAY, FRIDAY, "5 days")
    assert filled(dates(MONDAY, FRIDAY, "2 days"), before=before).finish == date(2020, 1, 7)


def test_what_was_left_alone_stays_though_it_does_not_fit():
    untidy = dates(date(2019, 10, 1), date(2021, 9, 30), "262 days")
    assert filled(untidy, before=untidy) == untidy


def test_dates_and_duration_typed_together_stay_as_typed():
    typed = dates(MONDAY, FRIDAY, "9 days")
    assert filled(typed, before=dates(MONDAY, MONDAY, "1 day")) == typed


def test_only_a_finish_or_only_a_duration_is_enough():
    assert filled(dates(finish=FRIDAY)) == dates(finish=FRIDAY)
    assert filled(dates(duration="43 days?")) == dates(duration="43 days?")


def test_bank_holidays_count_where_the_place_keeps_them():
    # Good Friday and Easter Monday of 2020.
    found = filled(dates(date(2020, 4, 9), duration="2 days"), holidays=ENGLAND)
    assert found.finish == date(2020, 4, 14)


def test_a_milestone_takes_no_time():
    assert filled(dates(finish=FRIDAY, duration="5 days"), kind="milestone").duration.days == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (dates(FRIDAY, MONDAY), "finish"),
        (dates(MONDAY, duration="99999 days"), "duration"),
        (dates(date(2099, 1, 1), duration="9999 days"), "duration"),
    ],
)
def test_what_cannot_be_says_where_to_put_it_right(typed, field):
    with pytest.raises(CannotTell) as refused:
        filled(typed)
    assert refused.value.field == field


@given(start=DAYS, days=st.integers(1, 400), off=st.sampled_from([frozenset(), ENGLAND]))
def test_the_finish_that_a_duration_gives_has_that_duration(start, days, off):
    finish = filled(dates(start, duration=f"{days} days"), holidays=off).finish
    assert working_days(start, finish, off) == days


@given(start=DAYS, span=st.integers(0, 300), by=st.integers(-200, 200))
def test_a_shift_keeps_dates_in_order(start, span, by):
    finish = date.fromordinal(start.toordinal() + span)
    moved = shifted(dates(start, finish), by, ENGLAND)
    assert moved.start <= moved.finish


def test_a_shift_moves_by_working_days_and_leaves_what_is_awaited():
    moved = shifted(RowDates(finish=FRIDAY, start_tbc=True), 1)
    assert (moved.start, moved.start_tbc, moved.finish) == (None, True, date(2020, 1, 13))
    assert shifted(dates(MONDAY, FRIDAY), -5) == dates(date(2019, 12, 30), date(2020, 1, 3))
    with pytest.raises(CannotTell):
        shifted(dates(MONDAY), 10**9)
