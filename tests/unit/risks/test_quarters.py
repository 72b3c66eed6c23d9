"""Quarters of a financial year, and the residual score of each."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from risks.rules.quarters import (
    Quarter,
    ends_a_quarter,
    quarter_of,
    quarters_of_year,
    residual_at,
)

DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@given(DAYS)
def test_a_day_is_within_its_quarter(day):
    found = quarter_of(day)
    assert found.starts_on <= day <= found.ends_on


@given(DAYS)
def test_quarters_follow_one_another_without_a_gap(day):
    year = quarters_of_year(day)
    for before, after in pairwise(year):
        assert before.ends_on + timedelta(days=1) == after.starts_on
    assert year[0].starts_on == date(year[0].year, 4, 1)


def test_january_to_march_is_the_fourth_quarter():
    assert quarter_of(date(2020, 3, 12)) == Quarter(2019, 4)
    assert Quarter(2019, 4).name == "Q4 2019/20"


def test_a_period_ends_a_quarter_where_its_days_hold_the_last_of_one():
    march = ends_a_quarter(starts_on=date(2020, 3, 1), ends_on=date(2020, 3, 31))
    january = ends_a_quarter(starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 31))
    week = ends_a_quarter(starts_on=date(2020, 3, 30), ends_on=date(2020, 4, 5))
    assert (march, january, week) == (Quarter(2019, 4), None, Quarter(2019, 4))


def residual(
    quarter, *, as_at, recorded=None, exists_from=date(2019, 4, 1), up_to=None, ended_on=None
):
    return residual_at(
        Quarter(2019, quarter),
        recorded=recorded or {},
        current=16,
        at_end={Quarter(2019, 3): 12},
        ended_on=ended_on,
        exists_from=exists_from,
        as_at=as_at,
        recorded_up_to=up_to,
    )


MARCH = date(2020, 3, 12)


def test_what_was_recorded_at_the_quarters_end_stands():
    assert residual(3, as_at=MARCH, recorded={Quarter(2019, 3): 20}) == 20


def test_the_quarter_in_progress_follows_the_current_score():
    assert residual(4, as_at=MARCH, up_to=date(2020, 2, 29)) == 16


def test_a_quarter_without_a_record_is_not_available():
    assert residual(1, as_at=MARCH, up_to=date(2020, 2, 29)) is None


def test_before_the_risk_existed_there_is_no_residual():
    assert residual(4, as_at=MARCH, exists_from=date(2020, 4, 2)) is None
    assert residual(2, as_at=MARCH, exists_from=date(2019, 10, 1), up_to=date(2019, 8, 31)) is None


def test_a_quarter_that_is_over_has_the_score_it_ended_with_until_its_period_is_closed():
    assert residual(3, as_at=date(2020, 1, 3), up_to=date(2019, 11, 30)) == 12


def test_on_its_last_day_a_quarter_is_still_in_progress():
    assert residual(3, as_at=date(2019, 12, 31), up_to=date(2019, 11, 30)) == 16


def test_a_risk_that_was_closed_has_no_residual_from_that_quarter_on():
    closed = date(2020, 2, 3)
    assert residual(4, as_at=MARCH, ended_on=closed) is None
    assert residual(4, as_at=date(2020, 2, 2), ended_on=closed) == 16
    assert residual(3, as_at=MARCH, recorded={Quarter(2019, 3): 20}, ended_on=closed) == 20


@given(st.integers(1, 4), DAYS)
def test_a_quarter_to_come_has_no_residual(number, day):
    quarter = Quarter(2019, number)
    if day < quarter.starts_on:
        assert residual(number, as_at=day) is None
