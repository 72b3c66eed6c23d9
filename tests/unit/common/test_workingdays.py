from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icp.common.workingdays import (
    add_working_days,
    england_holidays,
    is_working_day,
    next_working_day,
    working_days,
)

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2019, 12, 1), date(2020, 6, 30)), max_size=30)
ENGLAND_2020 = england_holidays([2020])


def naive_working_days(start, finish, holidays=frozenset()):
    count, day = 0, start
    while day <= finish:
        count += day.weekday() < 5 and day not in holidays
        day += timedelta(days=1)
    return count


@pytest.mark.parametrize(
    ("start", "finish", "expected"),
    [
        # As the plan of January 2020 prints it: drawn without bank holidays.
        (date(2019, 11, 15), date(2020, 1, 17), 46),
        # Printed as 118, since it begins with a milestone: that difference is flagged, not imitated.
        (date(2019, 11, 15), date(2020, 4, 29), 119),
        (date(2020, 2, 28), date(2020, 2, 28), 1),
        (date(2020, 2, 28), date(2020, 3, 2), 2),
        (date(2020, 2, 24), date(2020, 3, 1), 5),
        (date(2020, 2, 29), date(2020, 3, 1), 0),
        (date(2020, 2, 29), date(2020, 2, 29), 0),
    ],
)
def test_both_ends_count_and_weekends_do_not(start, finish, expected):
    assert working_days(start, finish) == expected


def test_bank_holidays_are_taken_away_once():
    assert working_days(date(2020, 4, 6), date(2020, 4, 17)) == 10
    assert working_days(date(2020, 4, 6), date(2020, 4, 17), ENGLAND_2020) == 8


def test_a_holiday_at_a_weekend_takes_nothing_away():
    boxing_day = date(2020, 12, 26)
    assert boxing_day in ENGLAND_2020
    assert working_days(date(2020, 12, 21), date(2020, 12, 27), frozenset({boxing_day})) == 5


def test_a_finish_before_the_start_is_refused_in_words():
    with pytest.raises(ValueError, match="2020-01-30, is before the start, 2020-01-31"):
        working_days(date(2020, 1, 31), date(2020, 1, 30))


@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted), HOLIDAYS)
@example([date(2020, 2, 29), date(2020, 3, 1)], frozenset())
def test_the_count_is_that_of_a_calendar_walked_day_by_day(ends, holidays):
    start, finish = ends
    assert working_days(start, finish, holidays) == naive_working_days(start, finish, holidays)


@given(DAYS, st.integers(0, 300), HOLIDAYS)
def test_days_added_are_days_counted(day, count, holidays):
    reached = add_working_days(day, count, holidays)
    if count:
        assert is_working_day(reached, holidays)
        assert working_days(day + timedelta(days=1), reached, holidays) == count
    else:
        assert reached == day


@given(DAYS, st.integers(1, 300), HOLIDAYS)
def test_days_taken_back_are_days_counted(day, count, holidays):
    reached = add_working_days(day, -count, holidays)
    assert is_working_day(reached, holidays)
    assert working_days(reached, day - timedelta(days=1), holidays) == count


def test_the_next_working_day_skips_the_weekend_and_easter():
    assert next_working_day(date(2020, 1, 31)) == date(2020, 2, 3)
    assert next_working_day(date(2020, 4, 9), ENGLAND_2020) == date(2020, 4, 14)


def test_england_keeps_its_own_bank_holidays():
    assert date(2020, 5, 8) in ENGLAND_2020  # moved for VE Day
    assert date(2020, 5, 4) not in ENGLAND_2020
    assert date(2020, 3, 17) not in ENGLAND_2020  # Northern Ireland
    assert date(2020, 1, 2) not in ENGLAND_2020  # Scotland


def test_england_is_the_same_set_however_the_years_are_given():
    assert england_holidays(range(2019, 2021)) is england_holidays([2020, 2019, 2020])
    assert england_holidays([]) == frozenset()
