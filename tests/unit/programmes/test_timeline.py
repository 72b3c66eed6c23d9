"""Where dates stand on a drawing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.timeline import MOST_MARKS, Timeline, timeline_over

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
def test_marks_are_few_in_order_and_inside(first, other):
    marks = timeline_over([first, other]).marks()
    places = [mark.at for mark in marks]
    assert places == sorted(set(places))
    assert all(0 <= place < 100 for place in places)
    assert len(marks) <= 2 * MOST_MARKS + 5


def test_a_later_day_stands_further_right():
    line = Timeline(date(2020, 1, 1), date(2020, 12, 31))
    assert line.at(date(2020, 1, 1)) == 0
    assert line.at(date(2020, 7, 1)) == 49.73
    assert line.width(date(2020, 1, 1), date(2020, 12, 31)) == 100
