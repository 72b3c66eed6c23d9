"""A plan edited in a file while others edit it in the portal: both are shown, and nothing is written unasked."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from icp.common.models import DemoClock
from icp.common.tabular import write_csv, write_xlsx
from programmes.exporters.plan_file import FORM, HEADINGS, cells, plan_rows
from programmes.importers.any_plan import read_any_plan
from programmes.models import PlanItem, PlanUpload
from programmes.selectors.known import known_of
from programmes.services.plan_conflicts import Conflict
from programmes.services.plan_import import Change, import_plan, preview_plan
from tests.factories import (
    TODAY,
    MembershipFactory,
    PlanItemFactory,
    ProgrammeFactory,
)
from tests.integration.test_import_pages import seen_on, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def it():
    return ProgrammeFactory(code="IT")


@pytest.fixture
def row(it):
    return PlanItemFactory(programme=it, plan_id="11", position=1, name="Roll out")


def downloaded(it):
    """The workbook as the portal writes it."""
    rows = cells(plan_rows(place=it.place))
    return write_xlsx(HEADINGS, rows, sheet="Plan", title="Plan", form=FORM)


def edited(data, **values):
    """That workbook with other values in its first row, by heading."""
    book = openpyxl.load_workbook(BytesIO(data))
    page = book.worksheets[0]
    for column in page.iter_cols(min_row=1, max_row=2):
        if column[0].value in values:
            column[1].value = values[column[0].value]
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(data, it, name="plan.xlsx"):
    file = read_any_plan(data, name, known=known_of(place=it.place))
    assert not file.errors
    return file


def test_the_key_and_version_are_hidden_and_locked_in_excel(it, row):
    book = openpyxl.load_workbook(BytesIO(downloaded(it)))
    page = book.worksheets[0]
    headings = {cell.value: cell for cell in page[1]}
    for name in ("id", "version"):
        column = headings[name].column_letter
        assert page.column_dimensions[column].hidden
        assert page[f"{column}2"].protection.locked
    assert page.protection.sheet
    assert not page[f"{headings['name'].column_letter}2"].protection.locked
    assert "Import" in str(book.worksheets[1]["A2"].value)


def test_what_only_others_changed_stands_though_the_file_says_what_was(it, row):
    data = edited(downloaded(it), name="Roll out everywhere")
    PlanItem.objects.filter(pk=row.pk).update(finish=date(2020, 4, 30), declared_duration="80 days")
    preview = import_plan(place=it.place, file=read(data, it), by=None)
    assert preview.conflicts == []
    assert preview.changed == {"IT 11": [Change("name", "Roll out", "Roll out everywhere")]}
    row.refresh_from_db()
    assert (row.name, row.finish, row.declared_duration) == (
        "Roll out everywhere",
        date(2020, 4, 30),
        "80 days",
    )


def test_what_both_changed_is_shown_and_the_plan_stands_unless_the_file_is_chosen(it, row):
    data = edited(downloaded(it), finish="30/4/2020", name="In the file")
    PlanItem.objects.filter(pk=row.pk).update(finish=date(2020, 5, 29), name="In the portal")
    file = read(data, it)
    preview = preview_plan(place=it.place, file=file)
    finish = Conflict("IT 11", "finish", "28 Feb 2020", "29 May 2020", "30 Apr 2020")
    assert preview.conflicts == [
        Conflict("IT 11", "name", "Roll out", "In the portal", "In the file"),
        finish,
    ]
    assert (preview.changed, preview.unchanged) == ({}, 0)
    import_plan(place=it.place, file=replace(file, take=frozenset({("IT 11", "finish")})), by=None)
    row.refresh_from_db()
    assert (row.name, row.finish) == ("In the portal", date(2020, 4, 30))


def test_both_changed_to_the_same_is_no_conflict(it, row):
    data = edited(downloaded(it), name="The same")
    PlanItem.objects.filter(pk=row.pk).update(name="The same")
    preview = preview_plan(place=it.place, file=read(data, it))
    assert (preview.conflicts, preview.changed, preview.unchanged) == ([], {}, 1)


def test_a_file_that_was_not_edited_changes_nothing_whatever_others_changed(it, row):
    for fmt in ("xlsx", "csv"):
        rows = cells(plan_rows(place=it.place))
        data = downloaded(it) if fmt == "xlsx" else b"".join(write_csv(HEADINGS, rows))
        PlanItem.objects.filter(pk=row.pk).update(name=f"Changed after {fmt}")
        preview = import_plan(place=it.place, file=read(data, it, f"plan.{fmt}"), by=None)
        assert preview.changes_nothing
        assert preview.unchanged == 1
        row.refresh_from_db()
        assert row.name == f"Changed after {fmt}"


def test_a_row_whose_number_was_changed_in_the_file_is_refused_at_its_cell(it, row):
    preview = preview_plan(place=it.place, file=read(edited(downloaded(it), plan_id="12"), it))
    (error,) = preview.errors
    assert (error.row, error.column) == (2, "plan_id")
    assert "this row is IT 11 in the plan" in str(error)


def test_a_row_copied_beside_its_own_is_a_new_row(it, row):
    lines = list(cells(plan_rows(place=it.place)))
    copy = [*lines, ("IT", "12", *lines[0][2:])]
    preview = preview_plan(
        place=it.place, file=read(b"".join(write_csv(HEADINGS, copy)), it, "p.csv")
    )
    assert (preview.errors, preview.created, preview.unchanged) == ([], ["IT 12"], 1)


@pytest.mark.parametrize("value", ["x", "-1", "0", "1.5", str(2**31), "9" * 5000])
def test_a_key_that_the_portal_did_not_write_is_refused_at_its_cell(it, row, value):
    line = list(next(cells(plan_rows(place=it.place))))
    line[HEADINGS.index("version")] = value
    file = read_any_plan(
        b"".join(write_csv(HEADINGS, [line])), "p.csv", known=known_of(place=it.place)
    )
    (error,) = file.errors
    assert error.column == "version"


def test_on_the_page_one_chooses_for_each_and_the_rest_stays(client, it, row):
    DemoClock.objects.create(today=TODAY)
    client.force_login(MembershipFactory(place=it.place).user)
    data = edited(downloaded(it), finish="30/4/2020", name="In the file")
    PlanItem.objects.filter(pk=row.pk).update(finish=date(2020, 5, 29), name="In the portal")
    page = upload(client, it.place, data, name="plan.xlsx")
    shown = page.content.decode()
    for words in (
        "Choose before you import",
        "In the portal",
        "In the file",
        "29 May 2020",
        "30 Apr 2020",
    ):
        assert words in shown
    pk = PlanUpload.objects.get().pk
    address = reverse("import-apply", kwargs={"place": it.place.slug, "pk": pk})
    client.post(address, {**seen_on(page), "conflict-1": "file", "conflict-x": "file"})
    row.refresh_from_db()
    assert (row.name, row.finish) == ("In the portal", date(2020, 4, 30))


def test_a_choice_made_over_another_preview_writes_nothing(client, it, row):
    DemoClock.objects.create(today=TODAY)
    client.force_login(MembershipFactory(place=it.place).user)
    data = edited(downloaded(it), name="In the file")
    PlanItem.objects.filter(pk=row.pk).update(name="In the portal")
    page = upload(client, it.place, data, name="plan.xlsx")
    PlanItem.objects.filter(pk=row.pk).update(name="Once more")
    pk = PlanUpload.objects.get().pk
    address = reverse("import-apply", kwargs={"place": it.place.slug, "pk": pk})
    refused = client.post(address, {**seen_on(page), "conflict-0": "file"}, follow=True)
    assert "The plan has changed since you saw the preview" in refused.content.decode()
    row.refresh_from_db()
    assert row.name == "Once more"


def test_of_many_conflicts_the_first_are_on_the_page_and_the_files_may_be_taken_in_all(
    client, it, row, monkeypatch
):
    monkeypatch.setattr("programmes.import_words.MOST_TICKS", 1)
    DemoClock.objects.create(today=TODAY)
    client.force_login(MembershipFactory(place=it.place).user)
    data = edited(downloaded(it), finish="30/4/2020", name="In the file")
    PlanItem.objects.filter(pk=row.pk).update(finish=date(2020, 5, 29), name="In the portal")
    page = upload(client, it.place, data, name="plan.xlsx")
    assert "Below are the first 1 of 2." in page.content.decode()
    assert "29 May 2020" not in page.content.decode()
    pk = PlanUpload.objects.get().pk
    address = reverse("import-apply", kwargs={"place": it.place.slug, "pk": pk})
    client.post(address, {**seen_on(page), "conflict-0": "plan", "every-conflict": "file"})
    row.refresh_from_db()
    assert (row.name, row.finish) == ("In the file", date(2020, 4, 30))
