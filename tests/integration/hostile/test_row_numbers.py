"""Numbers that nobody in good faith would write, in files and requests: refused at their cell, never a failure."""

from datetime import date

import pytest

from icp.common.tabular import write_csv
from programmes.exporters.return_file import HEADINGS
from programmes.importers.plan import COLUMNS
from programmes.importers.return_file import read_return
from programmes.models import ChangeLine, ChangeRequest, PlanItem
from programmes.services import rows
from programmes.services.baselines import agree_baseline
from programmes.services.rows import NewRow
from tests.factories import PlanItemFactory, ProgrammeFactory
from tests.integration.cycle.conftest import make_world
from tests.integration.test_change_api import draft
from tests.integration.test_import import plan_file, the_plan
from tests.integration.test_project_files import read

pytestmark = pytest.mark.django_db
# Python reads no number of more than 4,300 digits, and says so by an error.
ENDLESS = "00000000001" + "1" * 5000


@pytest.fixture(scope="module")
def made(standing):
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


@pytest.mark.parametrize("number", ["1/2", "/", ".", ".."])
def test_a_number_that_no_address_can_hold_is_refused_at_its_cell(number):
    it = ProgrammeFactory(code="IT")
    [error] = the_plan(it.place, plan_file({"plan_id": number})).errors
    assert (error.column, error.problem) == ("plan_id", "it cannot be a row's number")


def test_a_request_asks_for_no_such_number(world):
    answer = draft(world, {"kind": "add", "item_kind": "task", "name": "New", "plan_id": "1/2"})
    assert (answer.status_code, "1/2 cannot be a row's number" in answer.json()["detail"]) == (
        409,
        True,
    )
    assert not ChangeRequest.objects.exists()


def test_a_key_without_end_is_refused_at_its_cell():
    it = ProgrammeFactory(code="IT")
    file = the_plan(it.place, plan_file({"id": ENDLESS}, columns=(*COLUMNS, "id")))
    assert [error.column for error in file.errors] == ["id"]


def test_a_return_with_a_key_without_end_names_the_row():
    cells = {"row": "IT 11", "period": "2020-02", "id": ENDLESS, "version": "0"}
    data = b"".join(write_csv(HEADINGS, [[cells.get(name, "") for name in HEADINGS]]))
    [error] = read_return(data, "return.csv").errors
    assert error.problem == "it is no row that the portal wrote into this file"


def test_a_project_with_numbers_without_end_is_read_all_the_same():
    est = ProgrammeFactory(code="EST", name="Estates")
    field = f"<ExtendedAttribute><FieldID>188743731</FieldID><Value>EST {ENDLESS}</Value></ExtendedAttribute>"
    tasks = f"<Task><ID>1</ID><Name>Row</Name>{field}</Task>"
    data = f"<Project><Name>Estates</Name><Tasks>{tasks}</Tasks></Project>".encode()
    assert [error.column for error in read(data, est.place).errors] == ["Text1"]
    task = f'<task id="1" name="Row" start="2020-06-01" duration="{ENDLESS}"/>'
    data = f'<project name="Estates"><tasks>{task}</tasks></project>'.encode()
    assert [error.column for error in read(data, est.place, "plan.gan").errors] == ["duration"]


def test_the_next_number_can_be_written_whatever_one_row_is_called():
    it = ProgrammeFactory(code="IT")
    PlanItemFactory(programme=it, plan_id="9" * 20, position=1)
    PlanItemFactory(programme=it, plan_id="7", position=2)
    made = rows.insert_row(programme=it, parent=None, after=None, fields=NewRow(name="New"))
    assert made.plan_id == "8"


def test_a_date_that_is_not_sent_stays_as_it_was_agreed(world):
    row = world.items[2]
    start = date(2020, 9, 1)
    PlanItem.objects.filter(pk=row.pk).update(start=start, baseline_start=start)
    line = {"kind": "re-date", "item": row.pk, "finish": "18/12/2020"}
    assert draft(world, line).status_code == 201
    kept = ChangeLine.objects.get()
    assert (kept.start, kept.finish) == (start, date(2020, 12, 18))
    assert draft(world, {**line, "start": None}).status_code == 201
    assert ChangeLine.objects.order_by("pk").last().start is None
