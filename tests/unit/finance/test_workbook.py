"""The finance report's workbook works out by itself what the report says."""

from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from finance.exporters.content import row_content
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


@settings(max_examples=20, deadline=None)
@given(lines, st.lists(absent, max_size=5))
def test_every_formula_comes_to_what_the_report_says(found, lacking):
    assert_foots(found + lacking)


@pytest.mark.parametrize("workstream", ["", "Prevention"])
def test_a_view_foots_where_every_line_is_attributed_and_where_none_is(workstream):
    amounts = Amounts(Decimal(100), Decimal(80), Decimal(90), Decimal(110), Decimal(-5))
    assert_foots([Line("CCG", "pooled", "Care", amounts, workstream=workstream)])
