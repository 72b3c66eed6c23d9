"""What became of what a look-ahead named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.rules.kept import COUNTED, Outcome, Promise, Since, hold, rate

FIRST, LAST = date(2020, 2, 1), date(2020, 2, 29)
DUE, MAY = date(2020, 2, 20), date(2020, 5, 1)


def held(since: Since, *, as_at: date = LAST, finish: date | None = DUE, forecast=None):
    promise = Promise("IT 11", "IT", "11", "Lines", finish, forecast)
    return hold(promise, since, first=FIRST, last=LAST, as_at=as_at)


@pytest.mark.parametrize(
    ("since", "outcome"),
    [
        (Since(complete=True, actual=DUE), Outcome.DONE),
        (Since(complete=True), Outcome.DONE),
        (Since(complete=True, actual=date(2020, 2, 21)), Outcome.LATE),
        (Since(agreed=DUE), Outcome.MISSED),
        (Since(agreed=MAY), Outcome.MOVED),
        (Since(agreed=date(2020, 2, 28)), Outcome.MISSED),
        # A forecast needs nobody's leave, and so moves no promise.
        (Since(agreed=DUE, forecast=MAY), Outcome.MISSED),
        (Since(agreed=DUE, removed=True), Outcome.REMOVED),
        (Since(complete=True, removed=True), Outcome.DONE),
    ],
)
def test_at_the_months_end_each_row_has_its_outcome(since, outcome):
    assert held(since).outcome == outcome


@pytest.mark.parametrize(
    ("as_at", "outcome"),
    [
        (date(2020, 2, 14), Outcome.OPEN),
        (DUE, Outcome.OPEN),
        (date(2020, 2, 21), Outcome.MISSED),
    ],
)
def test_while_the_month_runs_a_row_is_missed_once_its_day_has_passed(as_at, outcome):
    assert held(Since(agreed=DUE), as_at=as_at).outcome == outcome


def test_on_the_last_day_of_the_month_there_is_no_more_to_come():
    assert held(Since(agreed=LAST), as_at=LAST, finish=LAST).outcome == Outcome.MISSED


def test_a_row_that_was_named_for_its_forecast_is_due_on_it():
    assert held(Since(agreed=MAY), finish=MAY, forecast=DUE).due == DUE


def test_a_row_agreed_for_later_all_along_and_not_done_as_forecast_is_missed():
    assert held(Since(agreed=MAY), finish=MAY, forecast=DUE).outcome == Outcome.MISSED


OUTCOMES = st.lists(
    st.builds(
        Since,
        complete=st.booleans(),
        actual=st.none() | st.dates(FIRST, MAY),
        agreed=st.none() | st.dates(FIRST, MAY),
        removed=st.booleans(),
    ),
    max_size=10,
)


@given(OUTCOMES, st.dates(FIRST, LAST))
def test_a_rate_is_of_what_was_due_and_still_agreed(all_since, as_at):
    kept = [held(since, as_at=as_at) for since in all_since]
    found = rate(kept)
    assert found.of == sum(one.outcome in COUNTED for one in kept)
    assert 0 <= found.done <= found.of
    assert (found.percent is None) == (found.of == 0)
