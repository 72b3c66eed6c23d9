"""What the map's links ask the list for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.squares import MOVE, Move

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
STEPS = st.tuples(st.integers(1, 10), st.integers(1, 10))


@given(st.builds(Move, DAYS, DAYS, STEPS, STEPS))
def test_a_move_in_an_address_is_read_as_it_was_written(move):
    assert MOVE.match(move.text)
    assert Move.read(move.text) == move


@pytest.mark.parametrize("day", ["2020-02-31", "9999-12-31", "0001-01-01"])
def test_a_day_that_no_calendar_of_a_register_has_is_refused(day):
    text = f"2020-01-31_{day}_4-4_2-4"
    assert MOVE.match(text)
    with pytest.raises(ValueError, match=r"day|year|2020-01-31"):
        Move.read(text)
