"""The finance report's workbook works out by itself what the report says."""

from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from finance.exporters.content import SIDE_FIGURES, row_content
from finance.exporters.files import report_csv
from finance.exporters.printed import COLUMNS
from finance.exporters.workbook import workbook
from finance.rules.positions import Amounts
from finance.rules.summary import SECTIONS, Line
from tests.unit.finance.test_summary import PARTNERS, STREAMS, absent, lines

ORDERS = {"consolidated": PARTNERS, "workstreams": STREAMS, "organisations": PARTNERS}


def content_of(found):
    views = {
        name: [row_content(row) for row in section(found, order=ORDERS[name])]
        for name, section in SECTIONS.items()
    }
    words = {"place": "Hackney", "name": "Month 10, January 2020", "year": "2019/20"}
    return words | views | {"risks": [], "savings": [], "commentary": [], "basis": []}


def worked_out(sheet, cell):
    """A cell as a spreadsheet works it out: a difference or a sum of other cells, in pence; text adds nothing."""
    said = cell.value
    if not isinstance(said, str) or not said.startswith("="):
        return Decimal(0) if isinstance(said, str) else Decimal(str(said)).quantize(Decimal("0.01"))
    if said.startswith("=SUM("):
        parts = said.removeprefix("=SUM(").removesuffix(")").split(",")
        return sum((worked_out(sheet, sheet[one]) for one in parts), Decimal(0))
    first, second = said.removeprefix("=").split("-")
    return worked_out(sheet, sheet[first]) - worked_out(sheet, sheet[second])


def assert_foots(found):
    content = content_of(found)
    book = load_workbook(BytesIO(workbook(content)))
    for name in SECTIONS:
        sheet = book[name.capitalize()]
        for line, row in enumerate(content[name], start=5):
            for place, (column, _) in enumerate(COLUMNS, start=3):
                if row[column] is not None:
                    cell = sheet.cell(line, place)
                    assert worked_out(sheet, cell) == Decimal(row[column]), (name, row["label"])


def test_what_partners_save_and_what_sides_come_to_is_in_the_files():
    saved = {"organisation": "CCG", "plan_full_year": "5000.00", "plan_ytd": None}
    saved |= {"actual_ytd": "4000.00", "forecast_full_year": "4800.00", "at_risk": "0.00"}
    side = {"side": "risk", "count": 3, "unknown": 1} | dict.fromkeys(SIDE_FIGURES)
    content = content_of([]) | {"savings": [saved], "exposure": [side | {"weighted": "250.00"}]}
    book = load_workbook(BytesIO(workbook(content)))
    assert [cell.value for cell in book["Savings by partner"][2]][:4] == [
        "CCG",
        5000,
        "not known",
        4000,
    ]
    assert [cell.value for cell in book["Exposure"][2]][:5] == [
        "Risks",
        3,
        1,
        "not known",
        250,
    ]
    headings, *_, last = report_csv(content).decode("utf-8-sig").splitlines()
    told = dict(zip(headings.split(","), last.split(","), strict=True))
    assert (told["view"], told["row"]) == ("savings", "CCG")
    assert (told["actual_ytd"], told["plan_ytd"]) == ("4000.00", "")


@settings(max_examples=20, deadline=None)
@given(lines, st.lists(absent, max_size=5))
def test_every_formula_comes_to_what_the_report_says(found, lacking):
    assert_foots(found + lacking)


@pytest.mark.parametrize("workstream", ["", "Prevention"])
def test_a_view_foots_where_every_line_is_attributed_and_where_none_is(workstream):
    amounts = Amounts(Decimal(100), Decimal(80), Decimal(90), Decimal(110), Decimal(-5))
    assert_foots([Line("CCG", "pooled", "Care", amounts, workstream=workstream)])
