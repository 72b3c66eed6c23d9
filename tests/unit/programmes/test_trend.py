"""What was expected when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.trend import Chart, Expected, Trend, expected_finish

ENDS = [date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31)]
MAY, JUNE = date(2020, 5, 1), date(2020, 6, 1)


def trend(*finishes) -> Trend:
    return Trend("IT 11", tuple(map(Expected, ENDS, finishes)))


@pytest.mark.parametrize(
    ("finishes", "words"),
    [
        ((MAY, MAY, MAY), "kept"),
        ((MAY, JUNE, JUNE), "slipped 31 days in 1 move"),
        ((JUNE, None, MAY), "brought forward 31 days in 1 move"),
        ((MAY, JUNE, MAY), "back where it was in 2 moves"),
        ((None, None, MAY), "no trend yet"),
    ],
)
def test_a_trend_says_whether_the_date_is_kept(finishes, words):
    assert trend(*finishes).words == words


@pytest.mark.parametrize(
    ("agreed", "forecast", "complete", "expected"),
    [
        (MAY, None, False, MAY),
        (MAY, JUNE, False, JUNE),
        (date(2020, 1, 1), None, False, ENDS[1]),
        (MAY, date(2020, 2, 1), False, ENDS[1]),
        (date(2020, 1, 1), None, True, date(2020, 1, 1)),
        (None, None, False, None),
    ],
)
def test_a_day_that_has_passed_is_expected_no_more(agreed, forecast, complete, expected):
    found = expected_finish(agreed=agreed, forecast=forecast, complete=complete, as_at=ENDS[1])
    assert found == expected


@given(st.lists(st.none() | st.dates(MAY, date(2024, 1, 1)), min_size=3, max_size=3))
def test_every_point_stands_inside_the_drawing_and_a_later_one_higher(finishes):
    known = trend(*finishes).known
    days = [point.finish for point in known]
    chart = Chart(tuple(ENDS), min(days, default=MAY), max(days, default=MAY), 600, 300)
    for point in known:
        assert 0 <= chart.across(point.as_at) <= 600
        assert 0 <= chart.up(point.finish) <= 300
    heights = [chart.up(day) for day in sorted(days)]
    assert heights == sorted(heights, reverse=True)
