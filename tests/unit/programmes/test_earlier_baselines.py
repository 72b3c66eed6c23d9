"""Which of a plan's baselines Microsoft Project's numbers stand for."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.mspdi import MOST_BASELINES, earlier_baselines
from programmes.rules.outline import Span

DAY = date(2020, 1, 31)
SAID = st.dictionaries(st.integers(1, 20), st.none() | st.integers(0, 99), max_size=12)


def span(days):
    return None if days is None else Span(None, DAY + timedelta(days=days))


@given(said=SAID, newest=st.integers(1, 20))
def test_each_number_holds_what_the_last_baseline_up_to_it_says(said, newest):
    agreed = [(n, span(said[n])) for n in sorted(said)]
    found = earlier_baselines(agreed, newest=newest)
    carried = range(max(newest - MOST_BASELINES, 1), newest)
    for number, baseline in enumerate(carried, start=1):
        known = [said[n] for n in sorted(said) if n <= baseline]
        assert found.get(number) == (span(known[-1]) if known else None)
    assert set(found) <= set(range(1, len(carried) + 1))


def test_the_first_plan_is_number_1_and_the_newest_is_left_to_baseline_0():
    agreed = [(1, span(0)), (3, span(60))]
    assert earlier_baselines(agreed, newest=3) == {1: span(0), 2: span(0)}
    assert earlier_baselines(agreed, newest=1) == {}
