"""A plan in the sheet of another tool comes in by that tool's headings; what it does not say stays."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from icp.common.models import DemoClock
from icp.common.tabular import TableError, write_csv, write_xlsx
from programmes.importers.any_plan import read_any_plan
from programmes.models import PlanItem, PlanUpload
from programmes.selectors.known import known_of
from programmes.services.plan_import import import_plan, preview_plan
from tests.factories import (
    TODAY,
    MembershipFactory,
    PostFactory,
    ProgrammeFactory,
)
from tests.integration.test_import import imported
from tests.integration.test_import_pages import seen_on, upload

pytestmark = pytest.mark.django_db
PROJECT = (
    "ID",
    "Task Mode",
    "Task Name",
    "Duration",
    "Start",
    "Finish",
    "Predecessors",
    "Resource Names",
    "Outline Level",
    "% Complete",
    "Milestone",
)
PLAN = (
    ("1", "Auto Scheduled", "Phones", "4 wks", "Mon 06/01/20", "Fri 31/01/20", "", "", "1", "50%", "No"),
    ("2", "Manually Scheduled", "Lines", "15 days?", "Mon 06/01/20 08:00", "Fri 24/01/20 17:00", "", "IT Lead", "2", "100%", "No"),
    ("3", "Auto Scheduled", "Board decides", "0 days", "31 January 2020", "31 January 2020", "2", "Somebody[50%]", "2", "0%", "Yes"),
    ("4", "Auto Scheduled", "Desks", "0.5 days", "NA", "NA", "", "", "1", "0%", "No"),
)  # fmt: skip


@pytest.fixture
def it():
    programme = ProgrammeFactory(code="IT", name="IT Enabler")
    PostFactory(place=programme.place, title="IT Lead")
    return programme


def read(programme, headings, lines, *, code="", fmt="csv"):
    write = write_csv if fmt == "csv" else lambda columns, rows: [write_xlsx(columns, rows)]
    data = b"".join(write(headings, lines))
    return read_any_plan(data, f"plan.{fmt}", known=known_of(place=programme.place, programme=code))


def brought(programme, headings, lines, **more):
    file = read(programme, headings, lines, **more)
    assert file.errors == []
    return import_plan(place=programme.place, file=file, by=None)


def row(name):
    return PlanItem.objects.get(name=name)


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_sheet_of_microsoft_project_comes_in_by_its_own_headings(it, fmt):
    preview = brought(it, PROJECT, PLAN, fmt=fmt)
    assert preview.created == ["IT 1", "IT 2", "IT 3", "IT 4"]
    heading, lines, board, desks = PlanItem.objects.order_by("position").select_related("owner")
    assert [one.kind for one in (heading, lines, board, desks)] == [
        "summary",
        "task",
        "milestone",
        "task",
    ]
    assert (heading.declared_duration, lines.declared_duration) == ("20 days", "15 days?")
    assert (lines.parent, board.parent, desks.parent) == (heading, heading, None)
    assert (lines.start, lines.finish) == (date(2020, 1, 6), date(2020, 1, 24))
    assert (lines.ticked, heading.ticked, lines.owner.title) == (True, False, "IT Lead")
    assert (lines.scheduling, board.scheduling) == ("manual", "auto")
    assert (desks.start, desks.finish, desks.declared_duration) == (None, None, "")
    assert brought(it, PROJECT, PLAN, fmt=fmt).changes_nothing


def test_what_it_holds_and_a_plan_does_not_is_named(it):
    assert read(it, PROJECT, PLAN).left_out == [
        "Who does 1 row: no post of the place is called Somebody[50%].",
        "The duration of 1 row, which is not in whole days.",
    ]


def test_what_it_does_not_say_stays_as_the_plan_has_it(it):
    brought(it, PROJECT, PLAN)
    short = (("Lines", "24/1/2020"), ("Board decides, at last", "31/1/2020"))
    preview = brought(it, ("Title", "Due date"), short)
    assert preview.changed == {}
    assert preview.unchanged == 1
    assert preview.asked.keys() == {"IT 5"}
    lines = row("Lines")
    assert (lines.start, lines.outline_level, lines.kind) == (date(2020, 1, 6), 2, "task")
    assert (lines.declared_duration, lines.ticked, lines.scheduling) == ("15 days?", True, "manual")


def test_numbers_levels_and_agreed_dates_come_by_other_words_too(it):
    headings = ("Ref", "WBS", "Activity", "Begin", "End", "Baseline Finish", "% done", "Comments")
    lines = (
        ("IT 7", "1", "Phones", "6/1/20", "31/1/20", "", "0.5", ""),
        ("8", "1.1", "Lines", "6/1/20", "31/1/20", "24/1/20", "1", "Two sites."),
    )
    brought(it, headings, lines)
    lines = row("Lines")
    assert (lines.plan_id, lines.parent.plan_id, lines.notes) == ("8", "7", "Two sites.")
    assert (lines.baseline_finish, lines.finish) == (date(2020, 1, 24), date(2020, 1, 31))
    assert (lines.ticked, row("Phones").ticked) == (True, False)


@pytest.mark.parametrize(
    ("shares", "done"),
    [
        (("1", "0.5"), [True, False]),
        (("100", "1"), [True, False]),
        (("100%", "1%"), [True, False]),
        (("yes", "no"), [True, False]),
        (("Completed", "In progress"), [True, False]),
        (("", "1"), [False, True]),
    ],
)
def test_complete_is_said_in_shares_percents_or_words(it, shares, done):
    lines = [(f"Row {n}", "31/1/20", share) for n, share in enumerate(shares)]
    found = read(it, ("Task", "Finish", "% Complete"), lines).rows
    assert [one.ticked for one in found] == done


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("5d", "5 days"),
        ("1 wk?", "5 days?"),
        ("2 mons", "40 days"),
        ("16 hrs", "2 days"),
        ("3", "3 days"),
        ("1 day", "1 day"),
        ("tbc", "tbc"),
    ],
)
def test_durations_come_to_days(it, said, text):
    [found] = read(it, ("Task", "Finish", "Duration"), [("Row", "31/1/20", said)]).rows
    assert found.duration.text == text


def test_whose_rows_they_are_is_asked_where_nothing_says_it(it):
    ProgrammeFactory(code="EST", name="Estates", place=it.place)
    with pytest.raises(TableError, match="Choose the programme beside the file"):
        read(it, PROJECT, PLAN)
    assert {one.programme for one in read(it, PROJECT, PLAN, code="EST").rows} == {"EST"}
    [found] = read(it, ("Project", "Task", "End"), [("it enabler", "Row", "31/1/20")]).rows
    assert found.programme == "IT"


def test_a_bad_cell_is_named_where_it_stands_in_the_file(it):
    lines = (("Lines", "31/2/20", "2 fortnights"), ("", "31/1/20", ""))
    errors = read(it, ("Task Name", "Finish", "Duration"), lines).errors
    assert [(one.row, one.reference) for one in errors] == [(2, "B2"), (2, "C2"), (3, "A3")]
    assert "it is not a duration" in errors[1].problem


@pytest.mark.parametrize("heading", ["\x00", "x" * 100_000, "=1+1", ""])
def test_hostile_headings_and_cells_are_no_fault(it, heading):
    lines = (("Lines", "31/1/20", "9" * 5000),)
    for duration in ("Duration", "% Complete", "Outline Level", "WBS", heading):
        try:
            read(it, ("Task Name", "Finish", duration), lines)
        except TableError as refused:
            assert str(refused)


def test_our_own_headings_are_still_read_strictly(it):
    with pytest.raises(TableError, match="Missing: outline_level"):
        read(it, ("programme", "plan_id", "name", "finish"), [("IT", "1", "Row", "31/1/20")])


def test_the_page_takes_it_with_the_programme_chosen_beside_it(it, client):
    DemoClock.objects.create(today=TODAY)
    ProgrammeFactory(code="EST", place=it.place)
    client.force_login(MembershipFactory(place=it.place).user)
    data = b"".join(write_csv(PROJECT, PLAN))
    page = upload(client, it.place, data)
    assert "Choose the programme beside the file" in page.content.decode()
    client.post(
        reverse("import", kwargs={"place": it.place.slug}),
        {"kind": "plan", "programme": "IT", "file": _file(data)},
    )
    address = {"place": it.place.slug, "pk": PlanUpload.objects.get().pk}
    page = client.get(reverse("import-preview", kwargs=address))
    assert "Not carried from the file" in page.content.decode()
    client.post(reverse("import-apply", kwargs=address), seen_on(page))
    assert PlanItem.objects.filter(programme=it).count() == 4


def _file(data):
    return SimpleUploadedFile("project.csv", data)


def test_a_percentage_of_excel_is_a_share(it):
    book = openpyxl.Workbook()
    book.active.append(["Task Name", "Finish", "% Complete"])
    book.active.append(["Lines", date(2020, 1, 31), 1])
    book.active.append(["Desks", date(2020, 1, 31), 0.25])
    book.active["C2"].number_format = "0%"
    saved = BytesIO()
    book.save(saved)
    known = known_of(place=it.place)
    file = read_any_plan(saved.getvalue(), "plan.xlsx", known=known)
    assert [(one.name, one.ticked, one.finish) for one in file.rows] == [
        ("Lines", True, date(2020, 1, 31)),
        ("Desks", False, date(2020, 1, 31)),
    ]


def test_a_preview_of_it_writes_nothing(it):
    imported(it, {"plan_id": "1", "name": "Lines", "finish": "2020-03-31"})
    preview = preview_plan(place=it.place, file=read(it, PROJECT, PLAN))
    assert preview.asked.keys() == {"IT 1", "IT 2", "IT 3", "IT 4"}
    assert row("Lines").finish == date(2020, 3, 31)
