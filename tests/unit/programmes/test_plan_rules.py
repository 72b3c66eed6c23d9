"""Durations, the outline and periods: domain sections 2 and 3."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.durations import UnknownDuration, computed_days, differs, read_duration
from programmes.rules.outline import Span, parents, roll_up, spans_children
from programmes.rules.periods import month_after, month_of, reminders_due


@pytest.mark.parametrize(
    ("text", "days", "estimated"),
    [
        ("43 days?", 43, True),
        ("1 day", 1, False),
        ("0 days", 0, False),
        ("tbc", None, False),
        ("", None, False),
    ],
)
def test_durations_are_read_as_printed(text, days, estimated):
    found = read_duration(text)
    assert (found.text, found.days, found.estimated) == (text, days, estimated)


@pytest.mark.parametrize("text", ["43", "43 weeks", "-1 days", "days", "9999999 days"])
def test_other_words_are_not_a_duration(text):
    with pytest.raises(UnknownDuration):
        read_duration(text)


def test_a_task_counts_both_ends_and_a_milestone_nothing():
    start, finish = date(2019, 11, 15), date(2020, 1, 17)
    assert computed_days(kind="task", start=start, finish=finish) == 46
    assert computed_days(kind="milestone", start=finish, finish=finish) == 0
    assert computed_days(kind="task", start=None, finish=finish) is None


def test_the_slip_of_a_year_in_planned_care_is_flagged():
    computed = computed_days(kind="summary", start=date(2019, 10, 1), finish=date(2021, 9, 30))
    assert computed == 523
    assert differs(declared=262, computed=computed)
    assert not differs(declared=None, computed=computed)


def test_the_outline_gives_each_row_its_parent():
    assert parents([1, 2, 3, 3, 2, 1]) == [None, 0, 1, 1, 0, None]


def test_a_level_that_skips_one_still_hangs_from_the_row_above():
    assert parents([1, 3, 2]) == [None, 0, 0]


@given(st.lists(st.integers(1, 6), max_size=60))
def test_a_parent_is_earlier_and_higher(levels):
    for index, parent in enumerate(parents(levels)):
        if parent is not None:
            assert parent < index
            assert levels[parent] < levels[index]
            assert all(levels[between] >= levels[index] for between in range(parent + 1, index))


def test_roll_up_uses_start_else_finish():
    below = [Span(None, date(2020, 5, 29)), Span(date(2020, 6, 1), date(2020, 6, 30))]
    assert roll_up(below) == Span(date(2020, 5, 29), date(2020, 6, 30))
    assert roll_up([]) == Span(None, None)


def test_a_summary_that_does_not_span_its_children_is_seen():
    below = [Span(date(2019, 10, 1), date(2020, 1, 31)), Span(date(2020, 1, 6), date(2020, 4, 30))]
    assert spans_children(Span(date(2019, 10, 1), date(2020, 4, 30)), below)
    assert not spans_children(Span(date(2019, 9, 30), date(2020, 4, 30)), below)
    assert not spans_children(Span(date(2019, 10, 1), date(2021, 4, 30)), below)


def test_rows_without_both_dates_cannot_tell_and_a_summary_over_none_is_flagged():
    only_finish = Span(None, date(2020, 5, 29))
    assert not spans_children(Span(date(2020, 5, 29), date(2020, 5, 29)), [only_finish])


def test_february_2020_is_due_on_the_first_working_day_of_march():
    period = month_of(date(2020, 2, 14), due_working_days=1)
    assert (period.key, period.name) == ("2020-02", "February 2020")
    assert (period.starts_on, period.ends_on) == (date(2020, 2, 1), date(2020, 2, 29))
    assert period.due_on == date(2020, 3, 2)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_months_follow_each_other_without_gap_or_overlap(day):
    this = month_of(day, due_working_days=0)
    following = month_after(day, due_working_days=0)
    assert this.starts_on <= day <= this.ends_on
    assert (following.starts_on - this.ends_on).days == 1


def test_a_reminder_goes_out_on_its_day_and_once():
    due = date(2020, 3, 2)
    days = [5, 2, 0]
    assert reminders_due(due_on=due, days_before=days, on=date(2020, 2, 25), already=set()) == []
    assert reminders_due(due_on=due, days_before=days, on=date(2020, 2, 26), already=set()) == [5]
    assert reminders_due(due_on=due, days_before=days, on=date(2020, 2, 27), already={5}) == []
    assert reminders_due(due_on=due, days_before=days, on=due, already={5}) == [0]


def test_after_an_outage_only_the_newest_reminder_goes_out():
    found = reminders_due(
        due_on=date(2020, 3, 2), days_before=[5, 2, 0], on=date(2020, 3, 5), already=set()
    )
    assert found == [0]
