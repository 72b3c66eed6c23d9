"""Pooled budgets over their life, and ring-fenced money by quarter."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.pooling import life_cost, quarters_of, standing

pounds = st.decimals(0, 10_000_000, places=2)


def test_three_years_and_two_options_of_287000_cost_at_most_1435000():
    found = life_cost({"CCG": Decimal(208_000), "LBH": Decimal(79_000)}, years=3, options=2)
    assert found.a_year == 287_000
    assert found.certain == 861_000
    assert found.at_most == 1_435_000
    assert [optional for _, _, optional in found.by_year(2020)] == [False] * 3 + [True] * 2


@given(st.dictionaries(st.text(max_size=3), pounds), st.integers(1, 20), st.integers(0, 20))
def test_the_years_make_the_whole_life(contributions, years, options):
    found = life_cost(contributions, years=years, options=options)
    assert sum(cost for _, cost, _ in found.by_year(2020)) == found.at_most
    assert sum(cost for _, cost, optional in found.by_year(2020) if not optional) == found.certain


@given(pounds, st.lists(st.tuples(st.integers(1, 4), pounds)))
def test_what_is_left_is_the_allocation_less_all_that_is_committed(allocation, commitments):
    quarters = quarters_of(allocation, commitments)
    assert quarters[-1].balance == allocation - sum(amount for _, amount in commitments)
    assert sum(one.committed for one in quarters) == sum(amount for _, amount in commitments)


def test_every_board_must_approve():
    assert standing([]) == "No board is asked yet"
    assert standing(["approved", "waiting"]) == "Waiting for 1 of 2 boards"
    assert standing(["approved", "refused", "waiting"]) == "Refused"
    assert standing(["approved"]) == "Approved by all boards"
