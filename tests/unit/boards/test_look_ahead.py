"""Look ahead: due in the next period, not complete, not overdue; and what is overdue and still open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.rules.content import build
from boards.rules.facts import Span
from boards.rules.spans import span_after
from tests.unit.boards.facts import JANUARY, facts, ids, row, said

dates = st.dates(date(2019, 6, 1), date(2020, 8, 31))


def ahead(*rows, **more):
    return build("look-ahead", facts(*rows, **more))["sections"]


@pytest.mark.parametrize(
    ("finish", "main", "overdue"),
    [
        (date(2020, 1, 30), [], ["11"]),
        (date(2020, 1, 31), [], ["11"]),
        (date(2020, 2, 1), ["11"], []),
        (date(2020, 2, 29), ["11"], []),
        (date(2020, 3, 1), [], []),
        (None, [], []),
    ],
)
def test_the_agreed_finish_decides_where_a_row_stands(finish, main, overdue):
    found = ahead(row(finish=finish))
    assert ([ids(section) for section in found]) == [main, overdue]


def test_a_forecast_brings_a_later_row_into_the_next_period():
    assert ids(ahead(row(finish=date(2020, 6, 30), said=(said(forecast=date(2020, 2, 3)),)))[0])


def test_a_forecast_in_the_next_period_does_not_hide_that_a_row_is_overdue():
    main, overdue = ahead(row(finish=date(2020, 1, 20), said=(said(forecast=date(2020, 2, 3)),)))
    assert (ids(main), ids(overdue)) == ([], ["11"])


def test_an_undated_row_with_a_forecast_is_looked_ahead_to():
    assert ids(ahead(row(finish=None, said=(said(forecast=date(2020, 2, 3)),)))[0]) == ["11"]


def test_complete_rows_and_summaries_are_in_neither_section():
    found = ahead(
        row("1", kind="summary"),
        row("2", kind="summary", finish=date(2019, 12, 1)),
        row("3", ticked=True),
        row("4", said=(said("complete"),)),
        row("5", ticked=True, finish=date(2019, 12, 1)),
    )
    assert [ids(section) for section in found] == [[], []]


def test_a_tick_that_a_later_import_brought_does_not_reach_back():
    main, _ = ahead(row(ticked=True, ticked_on=date(2020, 2, 29)))
    assert ids(main) == ["11"]


def test_the_headings_name_the_next_month_and_say_overdue():
    main, overdue = ahead()
    assert main["heading"] == "Look ahead: February 2020"
    assert overdue["heading"] == "Overdue and still open"
    assert main["note"]
    assert overdue["note"] == "Nothing is overdue."


def test_a_row_without_a_leads_rag_shows_what_dates_propose_as_such():
    proposed, declared = ahead(row("1"), row("2", said=(said("amber"),)))[0]["rows"]
    assert (proposed["rag"], proposed["rag_source"]) == ("green", "dates")
    assert (declared["rag"], declared["rag_source"]) == ("amber", "lead")


def test_last_periods_rag_is_not_this_periods():
    found = ahead(
        row(said=(said("red", period=Span("x", "x", date(2019, 12, 1), date(2019, 12, 31))),))
    )
    assert found[0]["rows"][0]["rag_source"] == "dates"


def test_a_week_is_followed_by_a_week():
    week = Span("2020-w06", "Week 6", date(2020, 2, 3), date(2020, 2, 9))
    following = span_after(week)
    assert (following.starts_on, following.ends_on) == (date(2020, 2, 10), date(2020, 2, 16))
    assert following.name == "10 February 2020 to 16 February 2020"


def test_december_is_followed_by_january():
    assert span_after(Span("", "", date(2019, 12, 1), date(2019, 12, 31))) == JANUARY


@given(finish=st.none() | dates, forecast=st.none() | dates, ticked=st.booleans())
def test_a_row_is_never_in_both_sections_and_never_in_one_without_cause(finish, forecast, ticked):
    main, overdue = ahead(row(finish=finish, ticked=ticked, said=(said(forecast=forecast),)))
    as_at = JANUARY.ends_on
    assert not (main["rows"] and overdue["rows"])
    assert bool(overdue["rows"]) == (not ticked and finish is not None and finish <= as_at)
    due = any(day and as_at < day <= as_at + timedelta(29) for day in (finish, forecast))
    assert bool(main["rows"]) == (not ticked and due and not overdue["rows"])
