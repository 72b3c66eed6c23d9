"""Where dates stand on a drawing."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.timeline import MONTH_WIDTH, YEAR_WIDTH, Timeline, timeline_over

DAYS = st.dates(date(1995, 1, 1), date(2095, 12, 31))


@given(st.lists(st.none() | DAYS, max_size=20))
def test_a_timeline_holds_every_day_it_was_made_over_in_whole_months(days):
    found = timeline_over(days)
    known = [day for day in days if day]
    if not known:
        assert found is None
        return
    assert found.first.day == 1
    assert all(found.holds(day) for day in known)


@given(first=DAYS, other=DAYS, start=DAYS, length=st.integers(0, 4000))
def test_every_bar_is_inside_and_something_wide(first, other, start, length):
    from datetime import timedelta

    line = timeline_over([first, other])
    finish = start + timedelta(days=length)
    assert 0 <= line.at(start) <= 100
    width = line.width(start, finish)
    assert width >= 0.4
    assert line.at(start) + width <= 100.4


@given(first=DAYS, other=DAYS)
def test_marks_stand_in_order_inside_and_no_closer_than_their_words_are_wide(first, other):
    marks = timeline_over([first, other]).marks()
    places = [mark.at for mark in marks]
    assert places == sorted(set(places))
    width = YEAR_WIDTH if len(marks[0].text) == 4 else MONTH_WIDTH
    assert all(after - place >= width for place, after in pairwise(places))
    assert 0 <= places[0] <= places[-1] <= 100 - width


def test_a_plan_of_two_years_has_a_mark_every_half_year():
    marks = Timeline(date(2019, 3, 1), date(2021, 3, 31)).marks()
    assert [mark.text for mark in marks] == ["Mar 2019", "Sep 2019", "Mar 2020", "Sep 2020"]


def test_a_later_day_stands_further_right():
    line = Timeline(date(2020, 1, 1), date(2020, 12, 31))
    assert line.at(date(2020, 1, 1)) == 0
    assert line.at(date(2020, 7, 1)) == 49.73
    assert line.width(date(2020, 1, 1), date(2020, 12, 31)) == 100
