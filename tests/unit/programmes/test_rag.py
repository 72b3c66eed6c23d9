"""RAG, slip, tolerance and overdue: the rules of domain section 3, with fixed dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp.common.months import add_months
from programmes.rules.rag import (
    Rag,
    beyond_tolerance,
    early_beyond_tolerance,
    is_overdue,
    propose,
    slip,
    tolerance,
)

AS_AT = date(2020, 1, 31)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def proposal(agreed, *, forecast=None, actual=None, complete=False, as_at=AS_AT, months=2):
    return propose(
        agreed=agreed,
        forecast=forecast,
        actual=actual,
        complete=complete,
        as_at=as_at,
        tolerance_months=months,
    )


def test_two_months_to_the_day_is_within_tolerance():
    assert proposal(date(2019, 11, 30), as_at=date(2020, 1, 30)).rag == Rag.AMBER
    assert proposal(date(2019, 11, 30), as_at=date(2020, 1, 31)).rag == Rag.RED


def test_past_two_months_is_red_with_the_span_in_words():
    found = proposal(date(2019, 11, 29))
    assert found.rag == Rag.RED
    assert "2 months 2 days beyond the agreed finish" in found.because


def test_a_forecast_that_slips_a_day_is_amber_and_says_by_how_much():
    found = proposal(date(2020, 3, 31), forecast=date(2020, 4, 1))
    assert found.rag == Rag.AMBER
    assert found.because == "forecast 1 day beyond the agreed finish, 31 March 2020"


def test_a_forecast_on_the_agreed_finish_is_green():
    assert proposal(date(2020, 3, 31), forecast=date(2020, 3, 31)).rag == Rag.GREEN


def test_two_months_on_from_the_end_of_december_is_the_last_of_february():
    agreed = date(2019, 12, 31)
    assert proposal(agreed, forecast=date(2020, 2, 29)).rag == Rag.AMBER
    assert proposal(agreed, forecast=date(2020, 3, 1)).rag == Rag.RED


def test_a_forecast_that_has_passed_without_completion_counts_as_the_as_at_date():
    stale = slip(
        agreed=date(2019, 12, 31),
        forecast=date(2020, 1, 10),
        actual=None,
        complete=False,
        as_at=AS_AT,
    )
    assert stale.measured == AS_AT


def test_an_overdue_row_without_a_forecast_is_measured_to_the_as_at_date():
    found = slip(agreed=date(2019, 12, 31), forecast=None, actual=None, complete=False, as_at=AS_AT)
    assert found.days == 31


def test_nothing_is_proposed_without_an_agreed_finish():
    assert proposal(None, forecast=date(2020, 5, 1)) is None


def test_a_complete_row_is_measured_by_its_actual_finish():
    found = slip(
        agreed=date(2020, 1, 10),
        forecast=date(2020, 9, 1),
        actual=date(2020, 1, 12),
        complete=True,
        as_at=AS_AT,
    )
    assert found.days == 2


def test_the_due_day_itself_is_overdue_whatever_the_forecast():
    assert is_overdue(agreed=AS_AT, complete=False, as_at=AS_AT)
    assert not is_overdue(agreed=AS_AT + timedelta(days=1), complete=False, as_at=AS_AT)
    assert not is_overdue(agreed=AS_AT, complete=True, as_at=AS_AT)
    assert not is_overdue(agreed=None, complete=False, as_at=AS_AT)


@pytest.mark.parametrize(
    ("place", "programme", "item", "months"),
    [(2, None, None, 2), (2, 1, None, 1), (2, 1, 0, 0), (2, 6, None, 2), (3, None, 1, 1)],
)
def test_a_programme_or_a_row_may_be_tighter_and_never_looser(place, programme, item, months):
    assert tolerance(place=place, programme=programme, item=item) == months


@given(agreed=DAYS, forecast=st.none() | DAYS, as_at=DAYS, months=st.integers(0, 24))
def test_a_proposal_is_red_exactly_beyond_tolerance(agreed, forecast, as_at, months):
    found = proposal(agreed, forecast=forecast, as_at=as_at, months=months)
    expected = max(forecast, as_at) if forecast else max(agreed, as_at)
    if expected > add_months(agreed, months):
        assert found.rag == Rag.RED
    elif expected > agreed:
        assert found.rag == Rag.AMBER
    else:
        assert found.rag == Rag.GREEN


@given(agreed=DAYS, forecast=DAYS, as_at=DAYS, tight=st.integers(0, 12), more=st.integers(0, 12))
def test_a_wider_tolerance_never_makes_a_row_worse(agreed, forecast, as_at, tight, more):
    order = [Rag.GREEN, Rag.AMBER, Rag.RED]
    narrow = proposal(agreed, forecast=forecast, as_at=as_at, months=tight)
    wide = proposal(agreed, forecast=forecast, as_at=as_at, months=tight + more)
    assert order.index(wide.rag) <= order.index(narrow.rag)


@given(agreed=DAYS, forecast=DAYS, months=st.integers(0, 24))
def test_nothing_is_both_late_and_early_beyond_tolerance(agreed, forecast, months):
    found = slip(
        agreed=agreed,
        forecast=forecast,
        actual=None,
        complete=False,
        as_at=date(2015, 1, 1),
    )
    late = beyond_tolerance(found, months=months)
    early = early_beyond_tolerance(found, months=months)
    assert not (late and early)
    assert late <= found.is_late
    assert early <= found.is_early
