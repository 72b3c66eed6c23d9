from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp.common.numbers import LARGEST, NotAPercentage, read_percent, whole_number


@given(st.integers(0, LARGEST))
def test_plain_digits_are_read(number):
    assert whole_number(str(number)) == number


@given(st.text() | st.none() | st.integers())
def test_anything_else_is_none_and_never_an_error(text):
    found = whole_number(text)
    assert found is None or (isinstance(text, str) and int(text) == found)


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1.0", "1_000", "²", "٣", "9" * 5000, str(LARGEST + 1), None]
)
def test_what_a_page_did_not_write_is_no_number(text):
    assert whole_number(text) is None


def test_a_number_above_the_highest_allowed_is_none():
    assert whole_number("9", most=9) == 9
    assert whole_number("10", most=9) is None
    assert whole_number("0000000009", most=9) is None


@given(st.decimals(0, 100, places=2))
def test_a_percentage_is_read_with_its_sign_and_without(percent):
    assert read_percent(str(percent)) == read_percent(f" {percent} % ") == percent


@pytest.mark.parametrize(
    "text", ["", "%", "-1", "100.01", "12.345", "NaN", "Infinity", "1e400", "half", "\ud800"]
)
def test_what_is_no_percentage_is_refused(text):
    with pytest.raises(NotAPercentage):
        read_percent(text)


def test_nought_and_the_whole_are_percentages():
    assert [read_percent(text) for text in ("0", "100%")] == [Decimal(0), Decimal(100)]
