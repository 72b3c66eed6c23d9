"""A return that a lead fills in offline: the workbook, and what comes back from it."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from icp.common import outbox
from icp.common.models import OutgoingMail
from programmes import services
from programmes.models import PlanUpload, Status
from tests.factories import NOW
from tests.integration.test_import_pages import seen_on

PARTS = {"place": "testshire", "code": "IT"}


def address(name, **parts):
    return reverse(name, kwargs={**PARTS, **parts})


@pytest.fixture
def lead(world):
    return world.client(world.lead)


def taken(client):
    return client.get(address("update-offline-file")).content


def filled(data, values):
    """The workbook with other values, by reference and heading."""
    book = openpyxl.load_workbook(BytesIO(data))
    page = book.worksheets[0]
    column = {cell.value: cell.column for cell in page[1]}
    line = {page.cell(row, 1).value: row for row in range(2, page.max_row + 1)}
    for (reference, heading), value in values.items():
        page.cell(line[reference], column[heading]).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def brought_back(client, data, name="return.xlsx"):
    form = {"period": "2020-02", "file": SimpleUploadedFile(name, data)}
    return client.post(address("update-offline"), form, follow=True)


def save(client, page, **choices):
    pk = PlanUpload.objects.latest("pk").pk
    return client.post(
        address("update-offline-apply", pk=pk), {**seen_on(page), **choices}, follow=True
    )


def said(world, number):
    return Status.objects.filter(item=world.items[number - 1], period=world.february).first()


def test_the_workbook_has_the_rows_of_the_period_with_lists_and_locked_columns(world, lead):
    book = openpyxl.load_workbook(BytesIO(taken(lead)))
    page, how = book.worksheets
    assert [page.cell(row, 1).value for row in range(2, 6)] == ["IT 11", "IT 12", "IT 13", "IT 14"]
    headings = {cell.value: cell.column_letter for cell in page[1]}
    assert page[f"{headings['RAG last time']}2"].value == "Red"
    for name in ("id", "version", "period"):
        assert page.column_dimensions[headings[name]].hidden
    assert page[f"{headings['name']}2"].protection.locked
    assert not page[f"{headings['reason']}2"].protection.locked
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in page.data_validations.dataValidation
    }
    assert "Green" in lists[f"{headings['RAG']}2"]
    assert "AOG" in lists[f"{headings['decision needed from']}2"]
    assert "February 2020 return of IT Enabler" in how["A1"].value


def test_what_was_filled_in_is_shown_then_saved_by_the_same_rules(world, lead):
    data = filled(
        taken(lead),
        {
            ("IT 11", "RAG"): "Amber",
            ("IT 11", "reason"): "Parts came late.",
            ("IT 11", "get to green"): "Fit them in March.",
            ("IT 11", "forecast finish"): date(2020, 3, 31),
            ("IT 12", "% complete"): "40%",
        },
    )
    page = brought_back(lead, data)
    shown = page.content.decode()
    assert "Parts came late." in shown
    assert "31 March 2020" in shown
    assert not Status.objects.filter(period=world.february).exists()
    done = save(lead, page)
    assert "2 rows saved, 2 unchanged" in done.content.decode()
    row = said(world, 1)
    assert (row.rag, row.reason, row.forecast_finish) == (
        "amber",
        "Parts came late.",
        date(2020, 3, 31),
    )
    assert row.updated_by == world.lead
    assert said(world, 2).percent_complete == 40
    assert said(world, 3) is None


def test_a_workbook_that_nobody_filled_in_saves_nothing(world, lead):
    world.say_the_red_row()
    page = brought_back(lead, taken(lead))
    assert "The portal already says what this file says" in page.content.decode()
    data = taken(lead)
    world.record(world.items[0], version=1, rag="amber")
    page = brought_back(lead, data)
    assert "The portal already says what this file says" in page.content.decode()
    assert said(world, 1).rag == "amber"


def test_what_both_changed_is_chosen_and_the_portals_stands_else(world, lead):
    world.say_the_red_row()
    data = filled(
        taken(lead),
        {("IT 11", "reason"): "From the train.", ("IT 11", "get to green"): "Buy others."},
    )
    world.record(world.items[0], version=1, by=world.office, reason="From the office.")
    page = brought_back(lead, data)
    shown = page.content.decode()
    for words in ("Choose before you save", "Late parts.", "From the office.", "From the train."):
        assert words in shown
    save(lead, page)
    assert (said(world, 1).reason, said(world, 1).get_to_green) == (
        "From the office.",
        "Buy others.",
    )
    page = brought_back(lead, data)
    save(lead, page, **{"conflict-0": "file"})
    assert said(world, 1).reason == "From the train."


def test_wrong_cells_are_named_and_nothing_is_saved(world, lead):
    data = filled(
        taken(lead),
        {
            ("IT 11", "RAG"): "purple",
            ("IT 12", "forecast finish"): "31 Feb 2020",
            ("IT 13", "% complete"): 140,
            ("IT 14", "decision asked for"): "Agree it",
            ("IT 14", "RAG"): "Green",
        },
    )
    page = brought_back(lead, data)
    shown = page.content.decode()
    for cell in ("E2", "G3", "F4", "K5"):
        assert cell in shown
    assert "Choose a RAG from the list." in shown
    assert 'name="seen"' not in shown
    pk = PlanUpload.objects.get().pk
    lead.post(address("update-offline-apply", pk=pk), {"seen": "x"})
    assert not Status.objects.filter(period=world.february).exists()


def test_a_row_of_another_programme_or_period_is_refused_at_its_row(world, lead):
    for values in ({("IT 12", "period"): "2020-01"}, {("IT 12", "id"): 999_999}):
        shown = brought_back(lead, filled(taken(lead), values)).content.decode()
        assert "A3" in shown
        assert "Take the file anew" in shown


def test_a_return_that_changed_since_the_preview_is_not_saved_over(world, lead):
    page = brought_back(lead, filled(taken(lead), {("IT 12", "RAG"): "Green"}))
    world.record(world.items[1], rag="red", reason="Stuck.", get_to_green="Ask.")
    refused = save(lead, page)
    assert "Somebody has changed this return since you saw the preview" in refused.content.decode()
    assert said(world, 2).rag == "red"


def test_a_return_that_is_handed_in_takes_nothing(world, lead):
    world.say_the_red_row()
    page = brought_back(lead, filled(taken(lead), {("IT 12", "RAG"): "Green"}))
    world.submit()
    assert "Recall it to change a row" in save(lead, page).content.decode()
    assert said(world, 2) is None


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"PK\x03\x04 no", b"a,b\r\n1,2\r\n", b"%PDF-1.7", b"RAG\r\n" + b"x" * 10]
)
def test_a_file_that_is_no_return_is_refused_in_words(world, lead, data):
    page = brought_back(lead, data)
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert not PlanUpload.objects.exists()


def test_it_is_mailed_on_request_with_the_workbook_and_kept_no_longer_than_it_takes(world, lead):
    lead.post(address("update-offline-mail"), {"period": "2020-02"})
    outbox.send_waiting(at=NOW)
    message = mail.outbox[-1]
    assert message.to == [world.lead.email]
    name, data, _ = message.attachments[0]
    assert name == "it-return-february-2020.xlsx"
    assert openpyxl.load_workbook(BytesIO(data)).worksheets[0]["A2"].value == "IT 11"
    assert OutgoingMail.objects.latest("pk").attachment is None


def test_others_do_not_take_it_or_bring_it_back(world, lead):
    brought_back(lead, taken(lead))
    pk = PlanUpload.objects.get().pk
    for user, status in ((world.other_lead, 403), (world.sro, 403), (world.member, 403)):
        client = world.client(user)
        assert client.get(address("update-offline-file")).status_code == status
        assert client.get(address("update-offline-preview", pk=pk)).status_code == status
    office = world.client(world.office)
    assert (
        office.get(reverse("import-preview", kwargs={"place": "testshire", "pk": pk})).status_code
        == 404
    )


def test_a_closed_month_takes_nothing(world, lead):
    page = brought_back(lead, filled(taken(lead), {("IT 12", "RAG"): "Green"}))
    for one in (world.programme, world.other):
        world.february.returns.update_or_create(
            programme=one,
            defaults={"state": "submitted", "submitted_by": world.office, "submitted_at": NOW},
        )
    services.close_period(period=world.february, by=world.office, at=NOW, today=date(2020, 3, 2))
    assert "is closed" in save(lead, page).content.decode()
    assert said(world, 2) is None
