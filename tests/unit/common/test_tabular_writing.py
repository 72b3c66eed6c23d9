import io
import sys
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icp.common.tabular import read_table, write_csv, write_xlsx
from icp.common.tabular.marks import mark, tidy, unmark

TEXT = st.text(max_size=30) | st.text("'=+-@\t\r\n\"; ,ab_x005FD", max_size=12)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), max_size=6)
)


def as_read(text):
    return tidy(text).strip()


def expected(rows):
    return [read for row in rows if any(read := [as_read(text) for text in row])]


def texts(data, filename):
    table = read_table(data, filename)
    assert table.problems == []
    return [[row.text(column) for column in table.columns] for row in table.rows]


@given(TABLES)
@example([["=1+1", "'=1+1", "''=1+1", "'plain"]])
@example([["_x0041_", "_x005F_", "_x000D_", "a\r\nb"]])
@example([["", "a;b", "c\td", 'e"f']])
def test_text_comes_back_from_csv_as_it_was(rows):
    columns = [f"c{n}" for n in range(len(rows[0]) if rows else 1)]
    assert texts(b"".join(write_csv(columns, rows)), "a.csv") == expected(rows)


@given(TABLES)
@example([["=1+1", "'=1+1", "''=1+1", "'plain"]])
@example([["_x0041_", "_x005F_", "_x000D_", "a\r\nb"]])
@example([["#REF!", "TRUE", "007", "2020-02-28", "http://x", "{=1}"]])
def test_text_comes_back_from_excel_as_it_was(rows):
    columns = [f"c{n}" for n in range(len(rows[0]) if rows else 1)]
    assert texts(write_xlsx(columns, rows), "a.xlsx") == expected(rows)


UNSEEN = "\ufeff\u200b\u200d\u2060\xad\u202e\U000e0041\ufe0f\x7f\x85"
WIDE = "＝＋－＠﹦﹢﹣﹫"


@given(st.text() | st.text("'=+-@\t\r\n ab") | st.text("'=\t ab" + UNSEEN + WIDE))
def test_a_mark_is_taken_away_exactly_once(text):
    assert unmark(mark(text)) == text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", " =1", "'=1"])
def test_what_a_spreadsheet_might_run_is_marked(text):
    assert mark(text) == f"'{text}"
    assert not mark(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_no_character_that_is_not_seen_hides_a_formula():
    hidden = (chr(code) for code in range(sys.maxunicode + 1))
    for one in hidden:
        if unicodedata.category(one) in ("Cf", "Cc", "Zs", "Zl", "Zp"):
            assert mark(f"{one}=1") == f"'{one}=1", f"U+{ord(one):04X}"


@given(st.text(UNSEEN + " "), st.sampled_from("=+-@" + WIDE), st.text())
def test_a_formula_behind_what_is_not_seen_is_marked_and_comes_back(before, sign, after):
    text = before + sign + after
    assert mark(text) == f"'{text}"
    assert unmark(mark(text)) == text


@given(st.lists(st.text("'a=" + UNSEEN + WIDE, max_size=8), min_size=1, max_size=3))
def test_unseen_characters_and_wide_signs_come_back_from_a_file(row):
    columns = [f"c{n}" for n in range(len(row))]
    assert texts(b"".join(write_csv(columns, [row])), "a.csv") == expected([row])
    assert texts(write_xlsx(columns, [row]), "a.xlsx") == expected([row])


@pytest.mark.parametrize("text", ["", "a=1", "11", "'quoted'", "’tis", "£5", "(1,234)"])
def test_other_text_is_left_alone(text):
    assert mark(text) == text
    assert unmark(text) == text


@pytest.mark.parametrize("heading", ["a;b", "a\tb", "=a", 'a"b', "a,b"])
def test_headings_of_any_kind_come_back(heading):
    for data in (
        b"".join(write_csv([heading], [["x"]])),
        write_xlsx([heading], [["x"]]),
    ):
        table = read_table(data, "a")
        assert table.columns == [heading]
        assert table.rows[0].text(heading) == "x"


ROW = [
    -5,
    Decimal("-1234.50"),
    -0.5,
    date(2020, 2, 28),
    datetime(2020, 2, 28, 9, 30, tzinfo=UTC),
    True,
    None,
    "-x",
]


def test_csv_is_what_excel_opens_and_numbers_are_never_marked():
    data = b"".join(write_csv(list("abcdefgh"), [ROW]))
    assert data == (
        b"\xef\xbb\xbfa,b,c,d,e,f,g,h\r\n"
        b"-5,-1234.50,-0.5,2020-02-28,2020-02-28T09:30:00+00:00,yes,,'-x\r\n"
    )


def test_excel_holds_real_numbers_and_dates():
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx(list("abcdefgh"), [ROW]))).active
    values = [cell.value for cell in page[2]]
    assert values == [
        -5,
        -1234.5,
        -0.5,
        datetime(2020, 2, 28),
        datetime(2020, 2, 28, 9, 30),
        "yes",
        None,
        "'-x",
    ]
    assert page["D2"].is_date
    assert page["A2"].data_type == "n"


def test_excel_has_its_headings_in_sight_filtered_and_widths_that_fit():
    rows = [["11", "x" * 500], ["12", "short"]]
    book = openpyxl.load_workbook(
        io.BytesIO(write_xlsx(["id", "name"], rows, sheet="City & Hackney: plan"))
    )
    page = book.active
    assert page.title == "City & Hackney  plan"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert page["A1"].font.bold
    assert page.column_dimensions["A"].width < page.column_dimensions["B"].width < 62


def test_formulas_and_addresses_stay_text_in_excel():
    page = openpyxl.load_workbook(
        io.BytesIO(write_xlsx(["a"], [["=1+1"], ["{=1}"], ["http://a.example"]]))
    ).active
    assert [cell.data_type for cell in page["A"]] == ["s"] * 4
    assert page["A4"].hyperlink is None


def test_a_text_too_long_for_a_cell_says_that_it_is_cut():
    page = openpyxl.load_workbook(io.BytesIO(write_xlsx(["a"], [["x" * 40_000]]))).active
    assert len(page["A2"].value) == 32_767
    assert page["A2"].value.endswith("… (cut: a cell holds no more)")


def test_csv_is_written_a_part_at_a_time():
    parts = list(write_csv(["a"], ([n] for n in range(1000))))
    assert len(parts) > 4
    assert b"".join(parts).count(b"\r\n") == 1001


def test_a_table_without_rows_still_has_its_headings():
    assert read_table(b"".join(write_csv(["a", "b"], [])), "a.csv").columns == [
        "a",
        "b",
    ]
    assert read_table(write_xlsx(["a", "b"], []), "a.xlsx").columns == ["a", "b"]


def test_the_same_rows_and_moment_give_the_same_workbook():
    made = [write_xlsx(["a"], [["x"]], created=datetime(2020, 2, 1)) for _ in range(2)]
    assert made[0] == made[1]
