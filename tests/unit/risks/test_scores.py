"""Scores, bands, movement, and the score that a source prints."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.rules.scores import (
    Band,
    Lines,
    Movement,
    Standing,
    band,
    moved,
    next_review,
    printed_disagrees,
    score,
    standing,
)

LINES = Lines()
STEPS = st.integers(1, 5)
SCORES = st.none() | st.integers(1, 25)


@given(STEPS, STEPS)
def test_a_score_is_likelihood_times_impact(likelihood, impact):
    assert score(likelihood=likelihood, impact=impact) == likelihood * impact


def test_a_score_of_one_half_is_unknown_not_nought():
    assert score(likelihood=4, impact=None) is None
    assert score(likelihood=None, impact=4) is None


@pytest.mark.parametrize(
    ("value", "expected"), [(15, Band.RED), (14, Band.AMBER), (8, Band.AMBER), (7, Band.GREEN)]
)
def test_fifteen_or_more_is_red(value, expected):
    assert band(value, LINES) == expected


@given(SCORES, SCORES)
def test_a_score_that_goes_up_one_way_goes_down_the_other(before, now):
    there = moved(before=before, now=now, existed=True).movement
    back = moved(before=now, now=before, existed=True).movement
    opposite = {
        Movement.UP: Movement.DOWN,
        Movement.DOWN: Movement.UP,
        Movement.SAME: Movement.SAME,
    }
    assert back == opposite[there]
    assert (there == Movement.SAME) == (before == now)


def test_a_risk_that_was_not_there_is_new_whatever_it_scores():
    assert moved(before=None, now=20, existed=False).words == "New"


def test_movement_says_from_what():
    assert moved(before=20, now=15, existed=True).words == "Down from 20"
    assert moved(before=None, now=15, existed=True).words == "Up from no score"


@pytest.mark.parametrize(
    ("printed", "current", "expected"),
    [("20", 16, True), ("16", 16, False), ("N/A", 25, True), ("n/a", None, False), ("", 16, False)],
)
def test_a_printed_score_is_flagged_where_it_is_another(printed, current, expected):
    assert printed_disagrees(printed=printed, current=current) is expected


@given(st.integers(1, 25))
def test_no_printed_score_that_is_the_product_is_flagged(current):
    assert not printed_disagrees(printed=str(current), current=current)


def test_a_red_risk_is_reviewed_after_a_month_and_a_green_one_after_six():
    assert next_review(on=date(2020, 1, 31), current=16, lines=LINES) == date(2020, 2, 29)
    assert next_review(on=date(2020, 1, 31), current=10, lines=LINES) == date(2020, 4, 30)
    assert next_review(on=date(2020, 1, 31), current=4, lines=LINES) == date(2020, 7, 31)


def test_a_risk_without_a_score_is_reviewed_as_if_it_were_red():
    assert next_review(on=date(2020, 1, 1), current=None, lines=LINES) == date(2020, 2, 1)


def test_a_score_stands_to_what_is_accepted_of_its_category():
    found = [standing(current=value, appetite=8, tolerance=12) for value in (8, 9, 12, 13, None)]
    assert found == [
        Standing.WITHIN_APPETITE,
        Standing.ABOVE_APPETITE,
        Standing.ABOVE_APPETITE,
        Standing.ABOVE_TOLERANCE,
        None,
    ]
