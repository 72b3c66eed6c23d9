"""What a cell says of the rows that a row waits for, in Microsoft Project's way and the portal's."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programmes.rules.predecessors import (
    NotALink,
    named_row,
    parts,
    read_link,
    write_links,
)
from programmes.rules.row_numbers import is_number


@pytest.mark.parametrize(
    ("text", "row", "kind", "days", "exact"),
    [
        ("12", "12", "FS", 0, True),
        ("3FS+2 days", "3", "FS", 2, True),
        ("7SS-1w", "7", "SS", -5, True),
        ("7ff - 1 day?", "7", "FF", -1, True),
        ("1.2.1SF+1 mon", "1.2.1", "SF", 20, True),
        ("IT 11 FS+2 days", "IT 11", "FS", 2, True),
        ("3FS+16 hrs", "3", "FS", 2, True),
        ("3FS+4 hrs", "3", "FS", 1, False),
        ("3FS+960 mins", "3", "FS", 2, True),
        ("3FS+2 edays", "3", "FS", 2, False),
        ("3FS+50%", "3", "FS", 0, False),
        ('"a;b" FF', "a;b", "FF", 0, True),
    ],
)
def test_a_link_says_the_row_then_the_kind_then_the_lag(text, row, kind, days, exact):
    link = read_link(text)
    assert (link.row, link.kind) == (row, kind)
    assert (link.lag.days, link.lag.exact) == (days, exact)


@pytest.mark.parametrize(
    "text",
    ["3FS+", "3FS+2 fortnights", "3+2", "=3", '"3', "FS+2 days or so", "3" * 201, "3FS+1001"],
)
def test_what_is_no_link_is_refused(text):
    with pytest.raises(NotALink):
        read_link(text)


def test_a_cell_holds_several_apart_at_semicolons_or_commas_outside_quotation_marks():
    assert parts('3FS+2 days;7SS-1w, 12 ;; "a;b,""c" FS;"open; end') == [
        "3FS+2 days",
        "7SS-1w",
        "12",
        '"a;b,""c" FS',
        '"open; end',
    ]


NUMBERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "),
    min_size=1,
    max_size=20,
).filter(lambda text: is_number(text) and text == text.strip())
LINKS = st.lists(
    st.tuples(
        st.sampled_from(["IT", "P&C"]),
        NUMBERS,
        st.sampled_from(["FS", "SS", "FF", "SF"]),
        st.integers(-1000, 1000),
    ),
    max_size=5,
)


@given(links=LINKS)
@example(links=[("IT", "12FS", "FS", 0), ("IT", "7 FS+2 days", "SS", -1), ("IT", 'a;"b', "FS", 1)])
def test_what_is_written_reads_the_same(links):
    cell = write_links((f"{code} {number}", kind, lag) for code, number, kind, lag in links)
    read = [read_link(part) for part in parts(cell)]
    named = [named_row(one.row, programme="EST", programmes={"IT", "P&C", "EST"}) for one in read]
    assert [(*row, one.kind, one.lag.days) for row, one in zip(named, read, strict=True)] == links
    assert all(one.lag.exact for one in read)


def test_a_number_alone_is_of_the_same_programme():
    assert named_row("11", programme="IT", programmes={"IT", "EST"}) == ("IT", "11")
    assert named_row("EST 3", programme="IT", programmes={"IT", "EST"}) == ("EST", "3")
    assert named_row("est 3", programme="IT", programmes={"IT", "EST"}) == ("EST", "3")
    assert named_row("est 3", programme="IT", programmes={"IT", "Est", "EST"}) == ("IT", "est 3")
    assert named_row("A 3", programme="IT", programmes={"IT", "EST"}) == ("IT", "A 3")


def test_the_blank_between_code_and_number_may_be_left_out_where_one_row_can_be_meant():
    assert named_row("EST3", programme="IT", programmes={"IT", "EST"}) == ("EST", "3")
    assert named_row("it11a", programme="EST", programmes={"IT", "EST"}) == ("IT", "11a")
    assert named_row("IT11", programme="EST", programmes={"IT", "IT1"}) == ("EST", "IT11")
    assert named_row("ITEM", programme="IT", programmes={"IT", "EST"}) == ("IT", "ITEM")
