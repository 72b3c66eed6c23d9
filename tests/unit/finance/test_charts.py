"""What the charts show: axes that hold everything, bridges that arrive, run rates that add up."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.charts import (
    MOST_LINES,
    Said,
    axis_over,
    budget_to_forecast,
    needed_a_month,
    risk_range,
    run_rate,
    to_draw,
    variance_series,
)

pounds = st.decimals(-1_000_000_000, 1_000_000_000, places=2)


def said(month, actual, organisation="CCG", variance=0, budget=0):
    return Said(month, organisation, Decimal(variance), Decimal(budget), Decimal(actual))


@given(st.lists(pounds, max_size=20))
def test_an_axis_holds_every_value_and_nought_with_few_round_marks(values):
    axis = axis_over(values)
    for value in (*values, Decimal(0)):
        assert 0 <= axis.share(value) <= 1
    assert Decimal(0) in axis.marks
    assert 2 <= len(axis.marks) <= 8
    assert axis.marks[-1] == axis.high


@given(pounds, st.dictionaries(st.text(min_size=1, max_size=3), pounds, max_size=6))
def test_a_bridge_ends_at_budget_less_all_variances(budget, variances):
    steps = budget_to_forecast(budget, variances)
    assert steps[-1].end == budget - sum(variances.values())
    changes = steps[1:-1]
    for one, following in pairwise(changes):
        assert one.end == following.start
    assert all(one.amount for one in changes)


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=12))
def test_months_by_themselves_add_up_to_the_figure_to_date(actuals):
    found = [said(month, actual) for month, actual in enumerate(actuals, start=1)]
    assert sum(one.actual for one in run_rate(found)) == actuals[-1]


def test_a_month_after_one_that_is_missing_is_not_known():
    first, third = run_rate([said(1, 10), said(3, 40)])
    assert (first.actual, third.actual) == (10, None)


def test_a_month_that_one_partner_did_not_say_is_not_known_nor_is_the_month_after_it():
    found = [
        said(number, actual * number, name)
        for name, actual in (("CCG", 100), ("LBH", 50))
        for number in range(1, 5)
        if (name, number) != ("LBH", 2)
    ]
    assert [one.actual for one in run_rate(found)] == [150, None, None, 150]
    assert variance_series(found)[-1].values == (0, None, 0, 0)


def test_what_is_left_for_each_month_to_come():
    assert needed_a_month(forecast=Decimal(1200), actual=Decimal(1000), number=10) == 100
    assert needed_a_month(forecast=Decimal(1200), actual=Decimal(1000), number=12) is None


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDEFGH"), st.integers(1, 12), st.integers(-99, 99)), min_size=1
    )
)
def test_all_partners_is_the_sum_of_the_partners_of_each_month(parts):
    kept = {(name, month): variance for name, month, variance in parts}
    found = [said(month, 0, name, variance) for (name, month), variance in kept.items()]
    *partners, whole = variance_series(found)
    for number, value in enumerate(whole.values):
        parts = [one.values[number] for one in partners]
        assert value == (None if None in parts else sum(parts))
    assert len(to_draw([*partners, whole])) <= MOST_LINES + 1


@given(pounds, st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2))
def test_reported_and_mitigated_lie_between_the_worst_and_the_best(reported, risks, offsets):
    found = risk_range(reported=reported, risks=risks, offsets=offsets)
    assert found.worst <= found.reported <= found.best
    assert found.worst <= found.mitigated <= found.best


def test_one_partner_alone_is_drawn_without_a_sum():
    series = variance_series([said(1, 10, variance=5), said(2, 20, variance=6)], whole="")
    assert [one.name for one in series] == ["CCG"]
    assert to_draw(series) == series
