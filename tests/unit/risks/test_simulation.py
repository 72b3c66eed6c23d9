"""The simulation of combined exposure."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from risks.rules.simulation import Line, simulate

PERCENT = st.integers(0, 100).map(Decimal)
LINES = st.lists(st.builds(Line, st.integers(-(10**7), 10**7).map(Decimal), PERCENT), max_size=20)


@settings(max_examples=40)
@given(LINES)
def test_no_draw_lies_outside_all_that_can_happen(lines):
    found = simulate(lines, draws=200)
    lowest = sum(min(one.value, 0) for one in lines)
    highest = sum(max(one.value, 0) for one in lines)
    assert lowest <= found.tenth <= found.median <= found.ninth <= found.worst <= highest


@settings(max_examples=20)
@given(LINES)
def test_the_same_lines_give_the_same_outcome(lines):
    assert simulate(lines, draws=100) == simulate(lines, draws=100)


def test_what_is_certain_is_in_every_draw_and_what_cannot_be_in_none():
    found = simulate([Line(Decimal(100), Decimal(100)), Line(Decimal(7), Decimal(0))])
    assert (found.tenth, found.mean, found.worst) == (100, 100, 100)


def test_the_mean_is_near_the_weighted_sum():
    lines = [Line(Decimal(1000 * n), Decimal(n % 90 + 5)) for n in range(1, 101)]
    found = simulate(lines)
    assert found.weighted == sum(one.value * one.probability / 100 for one in lines)
    assert abs(found.mean - found.weighted) < found.weighted / 100


def test_one_line_in_four_happens_in_a_quarter_of_the_draws():
    found = simulate([Line(Decimal(10_000), Decimal(25))])
    assert 2400 < found.mean < 2600
    assert (found.median, found.ninth) == (0, 10_000)
