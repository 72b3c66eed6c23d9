"""Amounts as people type and read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp.common.money import (
    THOUSAND,
    NotMoney,
    in_millions,
    in_pounds,
    in_thousands,
    plain,
    read_money,
    write_money,
)

pennies = st.integers(-(10**14) + 1, 10**14 - 1).map(lambda pence: Decimal(pence) / 100)


@given(pennies, st.sampled_from((Decimal(1), THOUSAND)))
def test_what_is_written_is_read_again_to_the_penny(amount, unit):
    assert read_money(write_money(amount, unit=unit), unit=unit) == amount
    assert read_money(in_pounds(amount)) == amount


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1,234.56", 123456),
        ("(1,234)", -123400),
        ("£5", 500),
        ("-£5.5", -550),
        ("£-5", -500),
        ("−7", -700),
        ("7-", -700),
        (" .5 ", 50),
        ("+3", 300),
        ("( £2 )", -200),
    ],
)
def test_amounts_are_read_as_spreadsheets_write_them(text, pence):
    assert read_money(text) == Decimal(pence) / 100


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "1.234",
        "12,34",
        "1e5",
        "NaN",
        "Infinity",
        "=1+1",
        "(-5)",
        "--5",
        "1 2",
        "٣",
        "9" * 30,
        "9" * 9999,
        "(5",
        ".",
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(text):
    with pytest.raises(NotMoney, match=r"\.$"):
        read_money(text)


def test_thousands_take_no_more_than_pence():
    assert read_money("1.23456", unit=THOUSAND) == Decimal("1234.56")
    with pytest.raises(NotMoney, match="pence"):
        read_money("1.234567", unit=THOUSAND)


def test_unfavourable_stands_in_brackets_and_unknown_is_no_nought():
    assert in_thousands(Decimal(-1_030_500)) == "(1,031)"
    assert in_thousands(Decimal(499)) == "0"
    assert in_thousands(Decimal(-499)) == "0"
    assert in_thousands(None) == "–"
    assert in_millions(Decimal(20_153_000)) == "20.2"
    assert plain(None) is None
    assert plain(Decimal("-0")) == "0.00"
