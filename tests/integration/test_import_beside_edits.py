"""A file imported while somebody edits the same plan: neither overwrites the other without a word."""

from threading import Event

import pytest

from programmes.errors import StaleRow
from programmes.importers.plan import COLUMNS
from programmes.models import PlanItem
from programmes.services import plan_import, rows
from programmes.services.editing import edit_row
from programmes.services.rows import NewRow
from tests.factories import NOW, TODAY, LeadershipFactory, ProgrammeFactory
from tests.integration.cycle.test_at_once import at_once
from tests.integration.test_import import imported, plan_file, the_plan

WITH_NOTES = (*COLUMNS, "notes")


@pytest.fixture
def it(transactional_db):
    programme = ProgrammeFactory(code="IT")
    imported(programme, {"plan_id": "1"}, {"plan_id": "2"})
    return programme


@pytest.fixture
def beside(it, monkeypatch):
    """An import that is held up between its comparison and its writing, and what is done meanwhile."""
    compared, write = Event(), plan_import._write

    def write_late(outcome):
        compared.set()
        done.wait(timeout=2)
        write(outcome)

    done = Event()
    monkeypatch.setattr(plan_import, "_write", write_late)

    def meanwhile(call):
        compared.wait(timeout=30)
        try:
            return call()
        finally:
            done.set()

    def both(*file, columns, call):
        return at_once(lambda: imported(it, *file, columns=columns), lambda: meanwhile(call))

    return both


def test_notes_written_meanwhile_are_kept_or_refused_aloud(it, beside):
    lead = LeadershipFactory(programme=it).post.holder
    row = PlanItem.objects.get(plan_id="1")

    def edit():
        return edit_row(
            item=row, values={"notes": "Mine."}, seen=row.version, by=lead, at=NOW, today=TODAY
        )

    file = ({"plan_id": "1", "name": "Renamed"}, {"plan_id": "2", "notes": "Theirs."})
    _, edited = beside(*file, columns=WITH_NOTES, call=edit)
    row.refresh_from_db()
    assert isinstance(edited, StaleRow) or row.notes == "Mine.", edited
    assert row.name == "Renamed"


def test_a_row_put_in_meanwhile_has_its_place(it, beside):
    def insert():
        return rows.insert_row(programme=it, parent=None, after=None, fields=NewRow(name="First"))

    file = ({"plan_id": "2", "name": "Now the first"}, {"plan_id": "1"})
    results = beside(*file, columns=COLUMNS, call=insert)
    assert not [one for one in results if isinstance(one, Exception)], results
    order = PlanItem.objects.order_by("position").values_list("plan_id", flat=True)
    assert list(order) == ["3", "2", "1"]


@pytest.mark.django_db
def test_one_cell_of_a_file_changes_one_row_however_rows_were_moved_before():
    it = ProgrammeFactory(code="IT")
    imported(it, *({"plan_id": number} for number in "123"))
    rows.move_row_up(item=PlanItem.objects.get(plan_id="3"))
    before = dict(PlanItem.objects.values_list("plan_id", "version"))
    imported(it, {"plan_id": "1"}, {"plan_id": "3", "name": "Renamed"}, {"plan_id": "2"})
    after = dict(PlanItem.objects.values_list("plan_id", "version"))
    assert {number for number in after if after[number] != before[number]} == {"3"}


@pytest.mark.django_db
def test_no_file_puts_a_row_under_one_that_was_removed():
    it = ProgrammeFactory(code="IT")
    imported(it, *({"plan_id": number} for number in "123"))
    rows.remove_row(item=PlanItem.objects.get(plan_id="2"), because="Not funded.")
    file = the_plan(it.place, plan_file({"plan_id": "1"}, {"plan_id": "3", "outline_level": "2"}))
    [error] = plan_import.preview_plan(place=it.place, file=file).errors
    assert (error.row, error.column) == (3, "outline_level")
    assert error.problem == "IT 3 would stand under IT 2, which was removed from the plan"
