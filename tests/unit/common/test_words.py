from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp.common.words import (
    NotADate,
    british_date,
    first_few,
    months_and_days,
    parse_british_date,
    plural,
    quoted,
    sentence_list,
    short_date,
)

LEAP_DAY_EVE = date(2020, 2, 28)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_dates_are_written_the_british_way():
    assert british_date(date(2020, 1, 31)) == "31 January 2020"
    assert short_date(date(2020, 1, 3)) == "3 Jan 2020"


def test_counts_agree_with_their_noun():
    assert plural(1, "row") == "1 row"
    assert plural(0, "row") == "0 rows"
    assert plural(1204, "entry", "entries") == "1,204 entries"


def test_spans_leave_out_what_is_nought():
    assert months_and_days(2, 2) == "2 months 2 days"
    assert months_and_days(1, 0) == "1 month"
    assert months_and_days(0, 1) == "1 day"
    assert months_and_days(0, 0) == "0 days"


def test_lists_read_as_in_a_sentence():
    assert sentence_list([]) == ""
    assert sentence_list(["IT"]) == "IT"
    assert sentence_list(["IT", "Estates"]) == "IT and Estates"
    assert sentence_list(["IT", "Estates", "Workforce"]) == "IT, Estates and Workforce"


def test_of_a_long_list_the_first_are_named_and_the_others_counted():
    assert first_few([], 2) == ""
    assert first_few(["IT", "Estates"], 2) == "IT and Estates"
    assert first_few(["IT", "Estates", "Workforce"], 2) == "IT, Estates and 1 more"
    assert first_few(["IT", "Estates"], 2, count=1206) == "IT, Estates and 1,204 more"


@pytest.mark.parametrize(
    "text",
    [
        "28 Feb 20",
        "28 Feb 2020",
        "28-Feb-20",
        "28Feb2020",
        "28 february 2020",
        "28th February, 2020",
        "Fri 28 Feb 2020",
        "Friday, 28 February 2020",
        "Friday the 28th of February 2020",
        "28 Feb. ’20",
        "28/2/2020",
        "28/02/20",
        "28.2.20",
        "28-2-2020",
        " 28 / 02 / 2020 ",
        "28 02 2020",
        "2020-02-28",
        "2020/02/28",
        "2020-02-28T00:00:00",
        "2020-02-28 00:00:00",
        "28\N{NO-BREAK SPACE}February\t2020",
        date(2020, 2, 28),
        datetime(2020, 2, 28),
        datetime(2020, 2, 28, 17, 30),
    ],
)
def test_usual_british_and_iso_forms_are_read(text):
    assert parse_british_date(text) == LEAP_DAY_EVE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "“” is not a date: write it like 28 February 2020 or 28/2/2020."),
        ("tbc", "“tbc” is not a date: write it like 28 February 2020 or 28/2/2020."),
        (
            "2/28/2020",
            "“2/28/2020” is not in the calendar: the day comes first, then the month.",
        ),
        ("Feb 28 2020", "not a date"),
        ("February 2020", "not a date"),
        ("31 Feb 2020", "not in the calendar"),
        ("29 Feb 2019", "not in the calendar"),
        ("0/1/2020", "not in the calendar"),
        ("28 Fubruary 2020", "not in the calendar"),
        ("28/2/0020", "“28/2/0020” is outside 1990 to 2100: check the year."),
        ("28/2/2200", "outside 1990 to 2100"),
        ("1989-12-31", "outside 1990 to 2100"),
        ("28/2-2020", "not a date"),
        ("28/2/202", "not a date"),
        ("43889", "not a date"),
        ("2020-02-28T09:30", "not a date"),
        (
            "Monday 28 February 2020",
            "“Monday 28 February 2020”: 28 February 2020 is a Friday.",
        ),
        ("Blue 28 February 2020", "not a date"),
        ("٢٨/٢/٢٠٢٠", "not a date"),
        (date(1899, 12, 31), "outside 1990 to 2100"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(text, problem):
    with pytest.raises(NotADate, match=problem):
        parse_british_date(text)


def test_the_day_comes_first_where_both_orders_are_dates():
    assert parse_british_date("3/4/2020") == date(2020, 4, 3)


@given(st.text())
def test_no_text_raises_anything_but_not_a_date(text):
    try:
        assert isinstance(parse_british_date(text), date)
    except NotADate as problem:
        assert str(problem).isprintable()


@given(st.from_regex(r"\A[0-9a-zA-Z]{0,9}[ /.,\-:][0-9a-z]{0,9}[ /.,\-:][0-9]{0,5}\Z"))
def test_nothing_like_a_date_raises_anything_but_not_a_date(text):
    try:
        assert 1990 <= parse_british_date(text).year <= 2100
    except NotADate as problem:
        assert str(problem)


@given(DAYS)
def test_every_date_written_is_read_again(day):
    assert parse_british_date(british_date(day)) == day
    assert parse_british_date(short_date(day)) == day
    assert parse_british_date(day.isoformat()) == day
    assert parse_british_date(f"{day:%d/%m/%Y}") == day
    assert parse_british_date(f"{day:%A %d %B %Y}") == day


def test_quoted_text_is_short_and_on_one_line():
    assert quoted("a\nb\x00c") == "“a b\N{REPLACEMENT CHARACTER}c”"
    assert quoted("x" * 10_000) == f"“{'x' * 40}…”"
