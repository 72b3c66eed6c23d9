import io
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from icp.common.tabular import Limits, TableError, read_table
from icp.common.tabular.delimited import delimiter
from icp.common.tabular.table import column_letters
from icp.common.words import NotADate

MEMBERS = [
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
]


def workbook(rows, *, sheet="Plan", change=None):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    if change:
        change(book, page)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def repacked(data, changes):
    """The workbook with members replaced or added."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            if member.filename not in changes:
                new.writestr(member, old.read(member))
        for name, content in changes.items():
            new.writestr(name, content)
    return written.getvalue()


def changed_sheet(data, changes):
    """The workbook with its first sheet's XML changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    for old, new in changes.items():
        assert old in xml
        xml = xml.replace(old, new)
    return repacked(data, {"xl/worksheets/sheet1.xml": xml})


def texts(table):
    return [[row.text(column) for column in table.columns] for row in table.rows]


# Headings, rows and cells


def test_a_cell_knows_its_row_heading_and_reference():
    table = read_table(b"plan_id,Name,Finish\r\n11,Wi-Fi,28/2/2020\r\n", "plan.csv")
    cell = table.rows[0].get("finish")
    assert (cell.row, cell.column, cell.reference, cell.text) == (
        2,
        "Finish",
        "C2",
        "28/2/2020",
    )
    assert cell.date() == date(2020, 2, 28)


@pytest.mark.parametrize(
    "heading",
    ["plan_id", "Plan ID", " PLAN  id ", "plan-id", "\N{NO-BREAK SPACE}PlanId"],
)
def test_headings_match_whatever_their_case_spaces_and_underscores(heading):
    table = read_table(f"{heading},name\n11,Wi-Fi\n".encode(), "plan.csv")
    assert table.rows[0].text("plan_id") == "11"
    assert table.check_columns(["plan_id", "name"]).problems == []


def test_a_column_that_is_not_there_reads_as_blank():
    row = read_table(b"plan_id\n11\n", "plan.csv").rows[0]
    assert row.get("finish").is_blank
    assert row.get("finish").date() is None


def test_a_blank_cell_under_a_heading_still_knows_where_it_is():
    row = read_table(b"plan_id,name,finish\n11\n", "plan.csv").rows[0]
    assert row.get("finish").reference == "C2"


def test_row_numbers_are_those_the_spreadsheet_shows():
    table = read_table(b'id,note\n\n1,"two\nlines"\n,\n2,\n\n', "plan.csv")
    assert [row.number for row in table.rows] == [3, 5]
    assert table.rows[0].text("note") == "two\nlines"


def test_missing_unknown_and_duplicate_columns_are_all_named():
    table = read_table(b"Plan ID,finnish,Name,name\n1,,a,b\n", "plan.csv")
    check = table.check_columns(["plan_id", "name", "finish"], ["start"])
    assert (check.missing, check.unknown, check.duplicated) == (
        ["finish"],
        ["finnish"],
        ["Name", "name"],
    )
    with pytest.raises(TableError) as refused:
        table.require_columns(["plan_id", "name", "finish"], ["start"])
    assert str(refused.value) == (
        "The headings in row 1 are not right. Missing: finish. Not known: finnish. "
        "There more than once: Name and name. The columns are plan_id, name, finish and start."
    )


def test_optional_columns_may_be_left_out():
    read_table(b"plan_id\n1\n", "plan.csv").require_columns(["plan_id"], ["start"])


def test_a_value_under_no_heading_is_a_problem_of_that_cell():
    table = read_table(b"id,name\n1,a,lost\n", "plan.csv")
    assert [str(problem) for problem in table.problems] == [
        "Row 2, C (C2), “lost”: it is under no heading. Give its column a heading in row 1, or clear it."
    ]


def test_blank_columns_at_the_right_do_not_matter():
    table = read_table(b"id,name,,\n1,a,,\n", "plan.csv")
    assert table.columns == ["id", "name"]
    assert table.problems == []


def test_a_cell_error_says_where_what_and_how_to_mend_it():
    cell = read_table(b"id,finish\n1,31 Feb\n", "plan.csv").rows[0].get("finish")
    with pytest.raises(NotADate):
        cell.date()
    error = cell.error("it is not a date", "Write it like 28/2/2020.")
    assert (error.row, error.column, error.value) == (2, "finish", "31 Feb")
    assert str(error) == "Row 2, finish (B2), “31 Feb”: it is not a date. Write it like 28/2/2020."


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_usual_encodings_are_read(encoding):
    data = "id,name\r\n1,Café – £5\r\n".encode(encoding)
    assert texts(read_table(data, "plan.csv")) == [["1", "Café – £5"]]


def test_utf_16_is_read_in_either_byte_order():
    text = "\N{ZERO WIDTH NO-BREAK SPACE}id\tname\r\n1\tCafé\r\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert texts(read_table(text.encode(encoding), "plan.txt")) == [["1", "Café"]]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("a,b;c,d", ","),
        ("a;b;c", ";"),
        ("a\tb", "\t"),
        ('"a,b,c";d', ";"),
        ("alone", ","),
        ("a,b;c", ","),
        ("a\nb;c", ","),
    ],
)
def test_the_delimiter_is_what_stands_most_often_in_the_headings(header, expected):
    assert delimiter(header) == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(line_end):
    assert texts(read_table(line_end.join(["id", "1", "2"]).encode(), "a.csv")) == [
        ["1"],
        ["2"],
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "“a.csv” is empty"),
        (b" \r\n", "“a.csv” is empty"),
        (b"\n1,2\n", "Row 1 is blank"),
        (b",,\n1,2\n", "Row 1 is blank"),
        (b"id,name\n1,\0\n", "“a.csv” is not a CSV or Excel file. Save it as"),
        (b"%PDF-1.7 ...", "is not a CSV or Excel file"),
        (b"id\n\x81\x8d", "is not a CSV or Excel file"),
        (
            b'id\n"open\n',
            "“a.csv” cannot be read at row 2: its quotation marks do not match",
        ),
        (b'id\n"a"b\n', "cannot be read at row 2"),
        (b"\xff\xfeabc", "is not a CSV or Excel file"),
        ("id,name\n1,a\n".encode("utf-16-le"), "is not a CSV or Excel file"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data, problem):
    with pytest.raises(TableError, match=problem):
        read_table(data, "a.csv")


def test_a_name_is_shown_without_its_folders_and_in_one_line():
    with pytest.raises(TableError, match=r"^“x�.csv” is empty"):
        read_table(b"", "C:\\Users\\me\\x\x00.csv")


def test_too_much_is_refused_with_the_limit():
    limits = Limits(size=1024 * 1024, rows=2, columns=2, characters=5)
    with pytest.raises(TableError, match="larger than 1 MB"):
        read_table(b"x" * (1024 * 1024 + 1), "a.csv", limits)
    with pytest.raises(TableError, match="more than 2 rows"):
        read_table(b"a\n1\n2\n3\n", "a.csv", limits)
    with pytest.raises(TableError, match="more than 2 columns"):
        read_table(b"a,b,c\n1\n", "a.csv", limits)
    with pytest.raises(TableError, match="more than 2 columns"):
        read_table(b"a,b\n1,2,3\n", "a.csv", limits)
    assert "longer than 5 characters" in str(
        read_table(b"a\n123456\n", "a.csv", limits).problems[0]
    )


@pytest.mark.parametrize(
    "row", [b"," * 4_000_000, b'"\n",' * 1_000_000, b'"",' * 1_000_000, b"x," * 2_000_000]
)
def test_a_row_of_millions_of_cells_is_refused_before_its_cells_are_made(row):
    tracemalloc.start()
    try:
        with pytest.raises(TableError, match="more than 100 columns"):
            read_table(b"id\n" + row, "a.csv")
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_blank_cells_far_to_the_right_do_not_matter():
    assert texts(read_table(b"id" + b"," * 16_383 + b"\n1" + b"," * 16_383, "a.csv")) == [["1"]]


def test_a_workbook_whose_rows_are_filled_up_to_thousands_of_millions_of_cells_is_refused():
    rows = b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (n, n) for n in range(3, 400))
    data = changed_sheet(workbook([["id"], [1]]), {b"</sheetData>": rows + b"</sheetData>"})
    assert len(data) < 20_000
    with pytest.raises(TableError, match="too large inside"):
        read_table(data, "a.xlsx")
    one = b'<row r="3"><c r="XFD3"/></row></sheetData>'
    small = changed_sheet(workbook([["id"], [1]]), {b"</sheetData>": one})
    assert texts(read_table(small, "a.xlsx")) == [["1"]]


def test_blank_rows_do_not_count_towards_the_limit():
    assert len(read_table(b"a\n1\n\n\n\n2\n", "a.csv", Limits(rows=2)).rows) == 2


# Excel


def test_dates_numbers_and_yes_or_no_come_as_they_are_meant():
    data = workbook(
        [
            ["id", "finish", "at", "score", "share", "done", "text"],
            [
                11,
                date(2020, 2, 28),
                datetime(2020, 2, 28, 9, 30),
                2.50,
                0.5,
                True,
                " 007 ",
            ],
            [11.0, datetime(2020, 2, 29), None, 0.1 + 0.2, 1e20, False, "a\nb"],
        ],
        change=lambda book, page: setattr(page["E2"], "number_format", "0%"),
    )
    table = read_table(data, "plan.xlsx")
    assert texts(table) == [
        ["11", "2020-02-28", "2020-02-28T09:30:00", "2.5", "50%", "yes", "007"],
        ["11", "2020-02-29", "", "0.3", "100000000000000000000", "no", "a\nb"],
    ]
    assert table.rows[0].get("finish").date() == date(2020, 2, 28)
    assert table.rows[0].get("finish").day == date(2020, 2, 28)
    assert table.sheet == "Plan"


def test_a_named_sheet_is_read_and_a_missing_one_names_those_there():
    def second(book, page):
        book.create_sheet("Costs").append(["id"])
        book["Costs"].append([7])

    data = workbook([["name"], ["a"]], change=second)
    assert texts(read_table(data, "a.xlsx")) == [["a"]]
    assert texts(read_table(data, "a.xlsx", sheet="costs")) == [["7"]]
    with pytest.raises(TableError, match=r"no sheet “Risks”\. Its sheets are “Plan”, “Costs”"):
        read_table(data, "a.xlsx", sheet="Risks")


def test_a_formula_without_a_saved_result_is_named():
    table = read_table(workbook([["id", "total"], [1, "=1+1"]]), "a.xlsx")
    assert str(table.problems[0]) == (
        "Row 2, total (B2): its formula has no saved result. "
        "Open the file in Excel and save it, or write the value in place of the formula."
    )


def test_a_formula_with_a_saved_result_is_that_result():
    data = changed_sheet(
        workbook([["id", "total", "words"], [1, 222, 333]]),
        {
            b'<c r="B2" t="n"><v>222</v>': b'<c r="B2"><f>1+1</f><v>2</v>',
            b'<c r="C2" t="n"><v>333</v>': b'<c r="C2" t="str"><f>""</f><v></v>',
        },
    )
    table = read_table(data, "a.xlsx")
    assert table.problems == []
    assert texts(table) == [["1", "2", ""]]


def test_an_error_value_is_named():
    table = read_table(workbook([["id"], ["#REF!"]]), "a.xlsx")
    assert (
        str(table.problems[0])
        == "Row 2, id (A2), “#REF!”: it is an error in the spreadsheet. Correct it there."
    )


def test_a_date_outside_the_calendar_is_named():
    def far(book, page):
        page["A2"] = 99_999_999
        page["A2"].number_format = "dd/mm/yyyy"

    assert read_table(workbook([["finish"]], change=far), "a.xlsx").problems[0].reference == "A2"


def test_blank_rows_and_a_wrong_declared_size_do_not_matter():
    data = changed_sheet(workbook([["id"], [1], [None], [2]]), {b"A1:A4": b"A1:A2"})
    table = read_table(data, "a.xlsx")
    assert [(row.number, row.text("id")) for row in table.rows] == [(2, "1"), (4, "2")]


def test_old_and_locked_workbooks_are_refused_with_the_remedy():
    with pytest.raises(
        TableError, match=r"old Excel file \(.xls\) or protected by a password.*\.xlsx"
    ):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "plan.xls")


def test_another_kind_of_archive_is_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(TableError, match=r"“letter\.docx” is not a CSV or Excel file"):
        read_table(written.getvalue(), "letter.docx")


@pytest.mark.parametrize("keep", [10, 100, 2000, -30])
def test_a_damaged_workbook_is_refused(keep):
    with pytest.raises(TableError, match=r"“a\.xlsx” is damaged"):
        read_table(workbook([["id"], [1]])[:keep], "a.xlsx")


@pytest.mark.parametrize("member", MEMBERS)
def test_nonsense_inside_a_workbook_is_refused(member):
    data = repacked(workbook([["id"], [1]]), {member: b"<nonsense"})
    with pytest.raises(TableError, match=r"“a\.xlsx” is damaged"):
        read_table(data, "a.xlsx")


@pytest.mark.parametrize(
    "member",
    [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
    ],
)
def test_an_xml_bomb_is_refused(member):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet().write_string("A1", "id")
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a11;</x>'.encode()
    with pytest.raises(TableError, match="damaged"):
        read_table(repacked(written.getvalue(), {member: bomb}), "a.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    data = repacked(workbook([["id"], [1]]), {"xl/media/big.bin": bytes(3 * 1024 * 1024)})
    assert len(data) < 20_000
    with pytest.raises(TableError, match="too large inside"):
        read_table(data, "a.xlsx", Limits(unpacked=1024 * 1024))


def test_a_zip_with_very_many_members_is_refused():
    data = repacked(workbook([["id"], [1]]), {f"x/{n}": b"" for n in range(60)})
    with pytest.raises(TableError, match="too large inside"):
        read_table(data, "a.xlsx", Limits(members=50))


def test_a_workbook_wider_or_longer_than_the_limits_is_refused():
    limits = Limits(rows=2, columns=2)
    with pytest.raises(TableError, match="more than 2 columns"):
        read_table(workbook([["a", "b", "c"], [1, 2, 3]]), "a.xlsx", limits)
    with pytest.raises(TableError, match="more than 2 columns"):
        read_table(workbook([["a"], [1, None, None, None, 5]]), "a.xlsx", limits)
    with pytest.raises(TableError, match="more than 2 rows"):
        read_table(workbook([["a"], [1], [2], [3]]), "a.xlsx", limits)


def test_a_row_number_beyond_any_sheet_is_left_alone():
    changes = {b'<row r="2"': b'<row r="99999999999"', b'r="A2"': b'r="A99999999999"'}
    assert read_table(changed_sheet(workbook([["id"], [1]]), changes), "a.xlsx").rows == []


PLAN = workbook([["id", "finish", "note"], [1, date(2020, 2, 28), "=A2"], [2.5, None, "late"]])


@given(st.data())
def test_no_change_to_a_workbook_raises_anything_but_a_table_error(data):
    changed = bytearray(PLAN)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    refused_or_read(bytes(changed))


@given(st.sampled_from(MEMBERS), st.data())
def test_no_change_inside_a_workbook_raises_anything_but_a_table_error(member, data):
    with zipfile.ZipFile(io.BytesIO(PLAN)) as archive:
        content = archive.read(member)
    at = data.draw(st.integers(0, len(content)))
    put = data.draw(st.binary(max_size=3) | st.sampled_from([b"9" * 400, b"<c/>", b"-", b"1e999"]))
    drop = data.draw(st.integers(0, 3))
    refused_or_read(repacked(PLAN, {member: content[:at] + put + content[at + drop :]}))


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_table_error(data):
    refused_or_read(data)


def refused_or_read(data):
    try:
        read_table(data, "a.xlsx")
    except TableError as problem:
        assert "a.xlsx" in str(problem) or "Row 1" in str(problem) or "columns" in str(problem)
