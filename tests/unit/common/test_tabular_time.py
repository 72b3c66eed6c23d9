"""A file that would be read for minutes is refused while it is read, whatever makes it slow."""

import itertools
import random

import pytest

from icp.common.tabular import Limits, TableError, read_table
from programmes.importers.plan import COLUMNS, read_plan
from tests.unit.common.test_tabular_reading import repacked, workbook

SHEET = "xl/worksheets/sheet1.xml"
NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def ticking(seconds: float = 1.0) -> Limits:
    """Forty seconds, by a clock that moves on by ``seconds`` whenever it is looked at.

    It is looked at some fifteen times before the first row of a small workbook.
    """
    return Limits(seconds=40, clock=itertools.count(step=seconds).__next__)


def sheet_of(rows: str, data: bytes | None = None) -> bytes:
    """A small workbook whose sheet has these rows, as XML."""
    head = '<row r="1"><c t="inlineStr"><is><t>id</t></is></c></row>'
    xml = f"<worksheet {NAMES}><sheetData>{head}{rows}</sheetData></worksheet>"
    return repacked(data or workbook([["id"], [1]]), {SHEET: xml.encode()})


def words(count: int) -> list[str]:
    """Texts that no archive makes much smaller."""
    dice = random.Random(1)
    return [f"{dice.getrandbits(400):x}" for _ in range(count)]


def one_row_of(count: int) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in words(count))
    return f'<row r="2">{cells}</row>'


SLOW = {
    "lines of a CSV": b"id\n" + b"1\n" * 500,
    "blank lines of a CSV": b"id\n" + b"\n" * 500,
    "rows of a workbook": workbook([["id"], *([[1]] * 500)]),
    "rows that hold nothing": sheet_of("<row/>" * 500),
    "rows of blank cells": sheet_of(f"<row>{'<c/>' * 20}</row>" * 500),
    "formulas, which are looked for first": sheet_of("<row><c><f>1</f></c></row>" * 500),
    "one very wide row": sheet_of(one_row_of(6_000)),
}


@pytest.mark.parametrize("data", SLOW.values(), ids=SLOW)
def test_what_takes_too_long_is_refused_with_what_to_do(data):
    with pytest.raises(TableError) as refused:
        read_table(data, "C:\\plans\\plan.xlsx", ticking())
    assert str(refused.value) == (
        "“plan.xlsx” takes longer than 40 seconds to read. Copy the table alone, without blank rows and "
        "columns, into a new file, or divide it into several."
    )


@pytest.mark.parametrize("name", ["lines of a CSV", "rows of a workbook", "rows that hold nothing"])
def test_the_same_file_is_read_where_there_is_time(name):
    assert read_table(SLOW[name], "plan.xlsx", ticking(0.001)).columns == ["id"]


def test_looking_at_each_row_again_counts_along():
    """A plan's rows are checked one by one after they were read."""
    line = ",".join(
        ["IT", "1", "0", "task", "Name", "1 day", "3 Feb 2020", "3 Feb 2020", "", "auto"]
    )
    data = "\n".join([",".join(COLUMNS), *[line] * 20]).encode()
    looks = itertools.count()
    limits = Limits(seconds=30, clock=looks.__next__)
    assert len(read_table(data, "plan.csv", limits).rows) == 20
    assert next(looks) < 30
    with pytest.raises(TableError, match="takes longer than 30 seconds"):
        read_plan(
            data, "plan.csv", programmes={"IT"}, limits=Limits(seconds=30, clock=ticking().clock)
        )


def test_without_a_limit_of_time_anything_is_read():
    limits = Limits(seconds=float("inf"), clock=itertools.count(step=1000).__next__)
    assert len(read_table(SLOW["lines of a CSV"], "plan.csv", limits).rows) == 500
