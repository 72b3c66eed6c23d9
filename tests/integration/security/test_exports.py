"""No export holds a cell that a spreadsheet would run, whatever people typed. Every export of the access table is read."""

import csv
import io
import re

import openpyxl
import pytest
from django.urls import get_resolver, reverse

from programmes.models import GlossaryEntry, Organisation, PlanItem, Post, Programme, Status
from tests import access_table
from tests.access_table import ADDRESSES
from tests.house.test_access import clients, furnish  # noqa: F401
from tests.integration.cycle.conftest import make_world

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    " =",
    "'=",
    "=cmd|' /C calc'!A0",
    "+HYPERLINK(",
    "@SUM(1)",
)
RUNS = re.compile(r"\s*[=+\-@]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")
FORMATS = ("csv", "xlsx")
# What people type, and an export may print.
TYPED = (
    (Programme, ("name",)),
    (PlanItem, ("name", "declared_duration")),
    (Post, ("title",)),
    (Organisation, ("name",)),
    (Status, ("reason", "get_to_green", "decision_needed", "need_to_know_note")),
)


def poison(world):
    """Each text that somebody can type begins as a formula does."""
    starts = iter(STARTS * 20)
    for model, fields in TYPED:
        rows = model.objects.order_by("pk")
        # A closed period's words never change.
        for row in rows.exclude(period=world.january) if model is Status else rows:
            for field in fields:
                if field == "declared_duration":
                    value = "=1+1"
                elif field == "decision_needed" and row.decision_from_id is None:
                    continue
                else:
                    value = f"{next(starts)}1+1 {model.__name__} {row.pk}"
                model.objects.filter(pk=row.pk).update(**{field: value})
    for person in (world.lead, world.sro, world.office, world.member, world.other_lead):
        person.name = f"{next(starts)}1 person {person.pk}"
        person.save()
    for start in ("=", "+", "-", "@"):
        GlossaryEntry.objects.create(
            place=world.place, acronym=f"{start}{ord(start)}", expansion=f"{start}1+1"
        )


@pytest.fixture
def place(db):
    world = make_world()
    for item in world.items[2:]:
        world.record(item, rag="amber", reason="=1+1", get_to_green="@SUM(1)")
    poison(world)
    return furnish(world)


# A plan as XML, and what somebody attached, as it was brought.
NOT_TABLES = ("project-file", "attachment-file", "paper-file", "risk-file")
# The finance report foots by formulas of its own: sums of cells, the difference of two, and the bars of its bridge.
CELL = r"[A-Z]+\d+"
BEFORE = rf"SUM\({CELL}:{CELL}\)"
OWN_FORMULA = re.compile(
    rf"=SUM\({CELL}(,{CELL})*\)|={CELL}-{CELL}"
    rf"|={CELL}|=MIN\({BEFORE},{BEFORE}\+{CELL}\)|=MAX\(-?{CELL},0\)"
)
WITH_FORMULAS = ("money-report-file",)
NOT_WRITTEN = {("report-file", "xlsx"), ("update-offline-file", "csv")}


def exports():
    """Each address that hands out a table, by name and format."""
    for one in ADDRESSES:
        if one.method == "GET" and re.search(r"-(download|csv|xlsx|file)$", one.name):
            for fmt in [one.name[-4:].strip("-")] if one.name.endswith(FORMATS) else FORMATS:
                if one.name not in NOT_TABLES and (one.name, fmt) not in NOT_WRITTEN:
                    yield one, fmt


def address(one, fmt, place) -> str:
    for possibilities, _, _, _ in get_resolver().reverse_dict.getlist(one.name):
        parts = {**place.parts, "fmt": fmt, "made": fmt, "pk": place.numbers.get(one.name)}
        return reverse(one.name, kwargs={name: parts[name] for name in possibilities[0][1]})
    raise AssertionError(one.name)


def cells_of(answer, fmt):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if fmt == "csv":
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
            yield from ((cell, "s") for cell in row)
        return
    for sheet in openpyxl.load_workbook(io.BytesIO(body)).worksheets:
        for row in sheet.iter_rows():
            yield from ((cell.value, cell.data_type) for cell in row)


def runs(value, kind) -> bool:
    if kind == "f":
        return True
    return isinstance(value, str) and bool(RUNS.match(value)) and not NUMBER.fullmatch(value)


def test_no_export_holds_a_cell_that_would_run(place, clients):  # noqa: F811
    marked = 0
    for one, fmt in exports():
        answer = clients[access_table.opener(one)].get(address(one, fmt, place))
        assert answer.status_code == 200, (one.name, fmt)
        cells = list(cells_of(answer, fmt))
        assert cells, (one.name, fmt)
        own = OWN_FORMULA if one.name in WITH_FORMULAS else re.compile(r"(?!)")
        bad = [
            value for value, kind in cells if runs(value, kind) and not own.fullmatch(str(value))
        ]
        assert bad == [], (one.name, fmt)
        marked += sum(1 for value, _ in cells if isinstance(value, str) and value[:1] == "'")
    assert marked > 60


def test_every_export_of_the_table_is_read():
    """An address that hands out CSV or Excel under another kind of name would be overlooked."""
    read = {one.name for one, _ in exports()}
    assert len(read) >= 14
    with_format = {
        name
        for name in (one.name for one in ADDRESSES if one.method == "GET")
        for possibilities, _, _, _ in get_resolver().reverse_dict.getlist(name)
        if "fmt" in possibilities[0][1]
    }
    assert with_format <= read


@pytest.mark.parametrize(
    ("value", "bad"),
    [
        ("=1", True),
        ("-1+1", True),
        ("-12.5", False),
        ("'=1", False),
        ("\t=1", True),
        ("a=1", False),
    ],
)
def test_the_check_knows_a_formula(value, bad):
    assert runs(value, "s") is bad
