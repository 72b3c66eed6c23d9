from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp.common.months import (
    add_months,
    month_end,
    month_label,
    month_start,
    months_and_days_between,
)

DAYS = st.dates(date(1995, 1, 1), date(2095, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 1, 15), 2, date(2020, 3, 15)),
        (date(2019, 12, 31), 2, date(2020, 2, 29)),
        (date(2018, 12, 31), 2, date(2019, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 2, date(2020, 4, 29)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 1, 31), -2, date(2019, 11, 30)),
        (date(2020, 1, 31), 0, date(2020, 1, 31)),
    ],
)
def test_months_on_is_the_same_day_or_the_last_of_the_month(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (date(2019, 12, 31), date(2020, 2, 29), (2, 0)),
        (date(2019, 12, 31), date(2020, 3, 1), (2, 1)),
        (date(2020, 1, 31), date(2020, 2, 28), (0, 28)),
        (date(2019, 11, 29), date(2020, 1, 31), (2, 2)),
        (date(2020, 1, 31), date(2020, 1, 31), (0, 0)),
    ],
)
def test_a_span_is_whole_months_then_days(earlier, later, expected):
    assert months_and_days_between(earlier, later) == expected


def test_a_span_backwards_is_refused():
    with pytest.raises(ValueError, match="later date comes before"):
        months_and_days_between(date(2020, 2, 1), date(2020, 1, 31))


def test_a_month_outside_the_calendar_is_refused():
    with pytest.raises(ValueError, match="outside the calendar"):
        add_months(date(9999, 12, 1), 1)
    with pytest.raises(ValueError, match="outside the calendar"):
        add_months(date(1, 1, 1), -1)


@given(DAYS, st.integers(-600, 600))
def test_the_month_reached_is_the_month_asked_for(day, months):
    reached = add_months(day, months)
    assert (reached.year - day.year) * 12 + reached.month - day.month == months
    assert reached.day == min(day.day, month_end(reached).day)


@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted))
def test_a_span_leads_back_to_the_later_day_and_is_the_longest_in_months(ends):
    earlier, later = ends
    span = months_and_days_between(earlier, later)
    assert add_months(earlier, span.months) + timedelta(days=span.days) == later
    assert span.months >= 0
    assert span.days >= 0
    assert add_months(earlier, span.months + 1) > later


@given(DAYS)
def test_a_month_holds_its_days(day):
    assert month_start(day) <= day <= month_end(day)
    assert month_start(day).day == 1
    assert (month_end(day) + timedelta(days=1)).day == 1


def test_a_month_has_a_name():
    assert month_label(date(2020, 2, 29)) == "February 2020"
