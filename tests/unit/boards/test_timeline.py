"""Where dates lie on a drawing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from boards.rules.timeline import bar, scale_for, ticks

AS_AT = date(2020, 1, 31)


def content_row(**more):
    return {"kind": "task", "start": "2019-10-01", "finish": "2020-02-28", "complete": False} | more


def test_a_scale_holds_its_rows_on_whole_months():
    scale = scale_for([content_row()], as_at=AS_AT)
    assert (scale.first, scale.last) == (date(2019, 10, 1), date(2020, 2, 29))
    assert scale.before(date(2019, 10, 1)) == 0
    assert scale.at(date(2020, 2, 29)) == 1


def test_one_old_row_does_not_squeeze_the_others():
    scale = scale_for([content_row(start="2010-01-01")], as_at=AS_AT)
    assert scale.first == date(2019, 1, 1)
    assert scale_for([content_row(start="2010-01-01")], as_at=AS_AT, whole=True).first.year == 2010


def test_marks_say_their_state_in_words():
    scale = scale_for([content_row()], as_at=AS_AT)
    words = {
        bar(found, scale, as_at=AS_AT).words
        for found in (
            content_row(),
            content_row(finish="2020-01-31"),
            content_row(complete=True),
            content_row(finish=None),
        )
    }
    assert words == {
        "1 Oct 2019 to 28 Feb 2020",
        "1 Oct 2019 to 31 Jan 2020, overdue",
        "1 Oct 2019 to 28 Feb 2020, complete",
        "no finish date",
    }


def test_a_milestone_is_a_diamond_at_the_end_of_its_day():
    scale = scale_for([content_row()], as_at=AS_AT)
    found = bar(content_row(kind="milestone", finish="2020-02-29"), scale, as_at=AS_AT)
    assert (found.shape, found.ends) == ("diamond", 1)


days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(start=st.none() | days, finish=st.none() | days, forecast=st.none() | days, as_at=days)
def test_every_mark_lies_on_the_drawing(start, finish, forecast, as_at):
    found = content_row(
        start=start and start.isoformat(),
        finish=finish and finish.isoformat(),
        forecast=forecast and forecast.isoformat(),
    )
    for whole in (True, False):
        scale = scale_for([found], as_at=as_at, whole=whole)
        mark = bar(found, scale, as_at=as_at)
        assert 0 <= mark.begins <= 1
        assert 0 <= mark.ends <= 1
        assert mark.words
        assert 1 <= len(ticks(scale)) <= 9
