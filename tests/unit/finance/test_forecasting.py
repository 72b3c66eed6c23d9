"""Reckoning a year from part of it: beside the lead's own, never instead."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.forecasting import Forecasts, by_last_year, straight_line

pounds = st.decimals(-1_000_000, 1_000_000, places=2)
spent = st.decimals("0.01", 1_000_000, places=2)


def test_ten_months_of_a_hundred_make_a_hundred_and_twenty():
    assert straight_line(actual=Decimal(100), number=10) == 120
    assert straight_line(actual=None, number=10) is None


@given(pounds)
def test_in_march_the_straight_line_is_what_was_spent(actual):
    assert straight_line(actual=actual, number=12) == actual


@given(pounds, spent)
def test_a_year_that_was_over_by_then_expects_nothing_more(actual, whole):
    assert by_last_year(actual=actual, then_to_date=whole, then_outturn=whole) == actual


def test_last_years_profile_scales_this_years_spending():
    found = by_last_year(actual=Decimal(90), then_to_date=Decimal(75), then_outturn=Decimal(100))
    assert found == 120


def test_nothing_is_reckoned_from_nothing_or_from_a_turn_of_sign():
    for to_date, outturn in ((None, 1), (1, None), (0, 1), (1, 0), (-1, 1), (1, -1)):
        values = [None if one is None else Decimal(one) for one in (to_date, outturn)]
        assert (
            by_last_year(actual=Decimal(5), then_to_date=values[0], then_outturn=values[1]) is None
        )


def test_the_leads_own_is_compared_and_kept():
    said = Forecasts(own=Decimal(100), straight=Decimal(120), last_year=None)
    assert (said.own, said.from_straight, said.from_last_year) == (100, -20, None)
