"""Savings: sums of what is known, slippage, and a plan by month."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.savings import (
    Saving,
    performance_by,
    performance_of,
    plan_differs,
    planned_to_date,
)

amounts = st.decimals(-1_000_000, 1_000_000, places=2)
known = st.none() | amounts


def scheme(**more):
    return Saving(**{"organisation": "CCG", "name": "A", "saving_type": "Productivity", **more})


schemes = st.lists(
    st.builds(
        Saving,
        organisation=st.sampled_from(["CCG", "LBH", "CoLC"]),
        name=st.just("A"),
        saving_type=st.sampled_from(["Productivity", "Cash releasing"]),
        plan=known,
        plan_to_date=known,
        actual=known,
        forecast=known,
        mitigated=known,
    ),
    max_size=8,
)


def test_less_saved_than_planned_is_unfavourable():
    assert scheme(plan_to_date=Decimal(100), actual=Decimal(80)).slippage == -20


def test_what_is_not_known_has_no_slippage():
    assert scheme(plan_to_date=Decimal(100)).slippage is None
    assert scheme(actual=Decimal(100)).slippage is None
    whole = performance_of([scheme(plan_to_date=Decimal(100)), scheme(actual=Decimal(5))])
    assert (whole.slippage, whole.without_actual) == (0, 1)


@given(schemes)
def test_every_way_of_adding_schemes_up_comes_to_the_same_penny(found):
    whole = performance_of(found)
    for key in (lambda one: one.organisation, lambda one: one.saving_type):
        rows = performance_by(found, key)
        for name in (
            "count",
            "plan",
            "plan_to_date",
            "actual",
            "forecast",
            "slippage",
            "mitigated",
        ):
            assert sum(getattr(row, name) for row in rows) == getattr(whole, name)


@given(st.dictionaries(st.integers(1, 12), amounts, min_size=1))
def test_a_plan_by_month_reaches_the_years_plan_in_march(plan):
    whole = planned_to_date(plan, number=12)
    assert plan_differs(plan, whole) == 0
    assert plan_differs(plan, whole - 1) == 1
    for number in range(1, 12):
        further = planned_to_date(plan, number=number + 1) - planned_to_date(plan, number=number)
        assert further == plan.get(number + 1, 0)


def test_without_months_there_is_no_plan_to_date():
    assert planned_to_date({}, number=10) is None
    assert plan_differs({}, Decimal(100)) == 0
