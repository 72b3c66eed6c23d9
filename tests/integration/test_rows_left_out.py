"""Rows of the plan that a file does not have stay, unless somebody asks for them to be removed."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from icp.common.models import DemoClock
from icp.common.tabular import write_csv, write_xlsx
from programmes import import_words, tasks
from programmes.exporters.mspdi import write_mspdi
from programmes.exporters.plan_file import FORM, HEADINGS, cells, plan_rows
from programmes.exporters.project_plan import project_plan
from programmes.models import AgreedDates, ChangeRequest, PlanItem, PlanUpload
from programmes.services.plan_import import import_plan, preview_plan
from programmes.services.plan_leaving import BECAUSE
from tests.factories import (
    NOW,
    TODAY,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    ProgrammeFactory,
)
from tests.integration.test_import import agree_all, imported, plan_file, the_plan
from tests.integration.test_import_pages import seen_on, upload

pytestmark = pytest.mark.django_db
PLAN = (
    {"plan_id": "1", "kind": "summary", "name": "Phones"},
    {"plan_id": "2", "outline_level": "2", "name": "Lines"},
    {"plan_id": "3", "outline_level": "2", "name": "Desks"},
    {"plan_id": "4", "name": "Office"},
)


@pytest.fixture
def it():
    DemoClock.objects.create(today=TODAY)
    return ProgrammeFactory(code="IT")


@pytest.fixture
def agreed(it):
    imported(it, *PLAN)
    return it


@pytest.fixture
def by_hand(it):
    """The same plan, made in the portal and not agreed yet."""
    heading = PlanItemFactory(
        programme=it,
        plan_id="1",
        position=1,
        kind="summary",
        name="Phones",
        start=None,
        finish=None,
    )
    for number, name in (("2", "Lines"), ("3", "Desks")):
        PlanItemFactory(
            programme=it,
            plan_id=number,
            position=int(number),
            parent=heading,
            outline_level=2,
            name=name,
        )
    PlanItemFactory(programme=it, plan_id="4", position=4, name="Office")
    return it


@pytest.fixture
def office(client, it):
    client.force_login(MembershipFactory(place=it.place).user)
    return client


def file_of(programme, *rows, remove=()):
    file = the_plan(programme.place, plan_file(*rows))
    assert file.errors == []
    return type(file)(rows=file.rows, remove=frozenset(remove))


def brought(programme, *rows, remove=()):
    file = file_of(programme, *rows, remove=remove)
    return import_plan(place=programme.place, file=file, by=None)


def present():
    return set(PlanItem.objects.present().values_list("plan_id", flat=True))


def test_nothing_goes_unasked(agreed):
    preview = brought(agreed, PLAN[3])
    assert preview.left == ["IT 1", "IT 2", "IT 3"]
    assert preview.changes_nothing
    assert present() == {"1", "2", "3", "4"}


def test_in_an_agreed_plan_one_request_asks_for_it_beside_what_else_the_file_asks(agreed):
    new = {"plan_id": "5", "name": "Routers"}
    preview = brought(agreed, PLAN[0], PLAN[1], PLAN[3], new, remove=["IT 3"])
    assert preview.asked.keys() == {"IT 5", "IT 3"}
    assert (preview.removed, preview.left, present()) == ([], [], {"1", "2", "3", "4"})
    request = ChangeRequest.objects.get()
    assert [line.kind for line in request.lines.order_by("pk")] == ["add", "remove"]
    agree_all(request)
    assert present() == {"1", "2", "4", "5"}


def test_a_heading_takes_along_what_the_file_leaves_out_below_it_by_name(agreed):
    brought(agreed, PLAN[3], remove=["IT 1"])
    request = ChangeRequest.objects.get()
    assert [line.item.plan_id for line in request.lines.order_by("pk")] == ["3", "2", "1"]
    agree_all(request)
    assert present() == {"4"}


def test_a_heading_over_a_row_of_the_file_stays_and_the_preview_says_why(agreed):
    preview = brought(agreed, PLAN[1], PLAN[3], remove=["IT 1", "IT 3"])
    assert "IT 1 is not removed: IT 2 stands under it. Move that elsewhere first." in preview.notes
    assert preview.left == ["IT 1"]
    assert [line.item.plan_id for line in ChangeRequest.objects.get().lines.all()] == ["3"]


def test_what_is_asked_for_already_is_not_asked_for_twice(agreed):
    brought(agreed, *PLAN[:3], remove=["IT 4"])
    again = brought(agreed, *PLAN[:3], remove=["IT 4"])
    assert again.waiting == ["IT 4 waits to be agreed in CR 1."]
    assert ChangeRequest.objects.count() == 1


def test_before_the_first_plan_is_agreed_it_is_removed_at_once_and_agreed_as_removed(by_hand):
    preview = brought(by_hand, *PLAN[:3], remove=["IT 4"])
    assert preview.removed == ["IT 4"]
    row = PlanItem.objects.get(plan_id="4")
    assert (row.removed_at is not None, row.removed_because) == (True, BECAUSE)
    assert [entry.removed for entry in AgreedDates.objects.filter(item=row)] == [True]
    assert not ChangeRequest.objects.exists()


def test_only_what_the_file_leaves_out_can_go_so(agreed):
    preview = brought(agreed, *PLAN, remove=["IT 4", "IT 99", "EST 1"])
    assert preview.changes_nothing
    assert present() == {"1", "2", "3", "4"}


def taken(programme, fmt):
    """The plan as the portal hands it out, without its last row."""
    if fmt == "xml":
        data = write_mspdi(
            project_plan(place=programme.place, programme=programme), at=NOW
        ).decode()
        *_, last = re.findall(r"<Task>.*?</Task>", data, re.S)
        assert "Office" in last
        return data.replace(last, "").encode()
    lines = [one for one in cells(plan_rows(place=programme.place)) if one[1] != "4"]
    if fmt == "csv":
        return b"".join(write_csv(HEADINGS, lines))
    return write_xlsx(HEADINGS, lines, sheet="Plan", title="Plan", form=FORM)


def address(name, programme):
    kept = PlanUpload.objects.latest("pk")
    return reverse(f"import-{name}", kwargs={"place": programme.place.slug, "pk": kept.pk})


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "xml"])
def test_on_the_page_a_tick_asks_for_it_whatever_the_file_is(agreed, office, fmt):
    page = upload(office, agreed.place, taken(agreed, fmt), name=f"plan.{fmt}")
    text = page.content.decode()
    assert "In the plan, not in the file" in text
    assert 'name="remove" value="IT 4"' in text
    assert "Remove IT 4 Office" in text
    assert "checked" not in text
    sent = seen_on(page) | {"remove": ["IT 4", "IT 9\x00", "x" * 9000]}
    office.post(address("apply", agreed), sent)
    assert [line.item.plan_id for line in ChangeRequest.objects.get().lines.all()] == ["4"]


def test_without_a_tick_the_page_leaves_them(agreed, office):
    page = upload(office, agreed.place, taken(agreed, "csv"))
    office.post(address("apply", agreed), seen_on(page))
    assert not ChangeRequest.objects.exists()
    assert "left as they are" in office.get(address("preview", agreed)).content.decode()


def test_of_very_many_rows_the_first_are_offered_and_all_at_once(by_hand, office, monkeypatch):
    monkeypatch.setattr(import_words, "MOST_TICKS", 2)
    page = upload(office, by_hand.place, plan_file(PLAN[3]))
    shown = page.content.decode()
    assert "Below are the first 2 of 3." in shown
    assert ("Remove IT 2 Lines" in shown, "Remove IT 3 Desks" in shown) == (True, False)
    assert "Remove all 3 rows that are not in the file" in shown
    office.post(address("apply", by_hand), seen_on(page) | {"remove": "*"})
    assert present() == {"4"}
    assert "3 removed" in office.get(address("preview", by_hand)).content.decode()


def test_all_of_them_are_a_list_to_read_before(by_hand, office):
    upload(office, by_hand.place, plan_file(PLAN[3]))
    listed = office.get(address("left-csv", by_hand)).getvalue().decode("utf-8-sig").splitlines()
    assert listed[0] == "programme,number,name,kind,start,finish,owner"
    assert [line.split(",")[:3] for line in listed[1:]] == [
        ["IT", "1", "Phones"],
        ["IT", "2", "Lines"],
        ["IT", "3", "Desks"],
    ]


def test_a_worker_removes_what_was_ticked(
    agreed, office, settings, django_capture_on_commit_callbacks
):
    settings.UPLOAD_AT_ONCE_BYTES = 10
    with django_capture_on_commit_callbacks(execute=True):
        upload(office, agreed.place, taken(agreed, "csv"))
    page = office.get(address("preview", agreed))
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address("apply", agreed), seen_on(page) | {"remove": ["IT 4", "IT 1"]})
    tasks.import_upload(upload_id=PlanUpload.objects.get().pk)
    assert [line.item.plan_id for line in ChangeRequest.objects.get().lines.all()] == ["4"]


def test_by_command_all_that_is_missing_is_asked_for(agreed, tmp_path):
    path = tmp_path / "plan.csv"
    path.write_bytes(taken(agreed, "csv"))
    said = StringIO()
    words = ["import_plan", str(path), "--place", agreed.place.slug]
    call_command(*words, "--remove-missing", "--dry-run", stdout=said)
    assert "To be agreed: IT 4: in the plan: yes → no" in said.getvalue()
    assert not ChangeRequest.objects.exists()
    call_command(*words, stdout=StringIO())
    assert not ChangeRequest.objects.exists()
    call_command(*words, "--remove-missing", stdout=StringIO())
    assert ChangeRequest.objects.get().lines.get().kind == "remove"


def test_a_lead_who_is_not_of_the_office_decides_nothing_here(agreed, client):
    client.force_login(LeadershipFactory(programme=agreed).post.holder)
    page = client.get(reverse("import", kwargs={"place": agreed.place.slug}))
    assert page.status_code in (403, 404)


def test_a_preview_with_a_choice_writes_nothing(by_hand):
    preview = preview_plan(place=by_hand.place, file=file_of(by_hand, *PLAN[:3], remove=["IT 4"]))
    assert preview.removed == ["IT 4"]
    assert present() == {"1", "2", "3", "4"}
