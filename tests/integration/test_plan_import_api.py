"""Plan files by the API: brought, previewed, decided on and put aside, by the Import page's rules."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from icp.common.tabular import write_csv
from programmes.models import ChangeRequest, PlanItem, PlanUpload
from programmes.services.plan_leaving import BECAUSE
from tests.factories import (
    LeadershipFactory,
    MembershipFactory,
    PlaceFactory,
    PlanItemFactory,
    ProgrammeFactory,
)
from tests.integration.test_import import imported, plan_file
from tests.integration.test_import_conflicts import downloaded, edited
from tests.integration.test_large_uploads import ROWS, plan
from tests.integration.test_other_sheets import PLAN, PROJECT

pytestmark = pytest.mark.django_db
ALL = "/api/v1/plan-imports/"


@pytest.fixture
def office(it):
    return client_of(MembershipFactory(place=it.place).user)


def client_of(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def bring(client, where, data, *, name="plan.csv", **more):
    asked = {"place": where.slug, "file": SimpleUploadedFile(name, data), **more}
    return client.post(ALL, asked, format="multipart")


def apply(client, brought, tag=None, **choices):
    headers = {"If-Match": tag or brought.headers["ETag"]}
    address = f"{ALL}{brought.json()['id']}/apply/"
    return client.post(address, choices, format="json", headers=headers)


def listed(client, brought, name):
    return client.get(f"{ALL}{brought.json()['id']}/{name}/").json()["results"]


def test_who_audits_a_place_brings_it_no_plan_whatever_else_they_hold(it):
    both = MembershipFactory(place=it.place).user
    assert bring(client_of(both), it.place, plan_file()).status_code == 201
    MembershipFactory(place=it.place, user=both, role="auditor")
    assert bring(client_of(both), it.place, plan_file()).status_code == 404
    assert client_of(both).get(ALL).json()["count"] == 0


def test_a_file_is_previewed_then_applied_once(office, it):
    brought = bring(office, it.place, plan_file({"plan_id": "1"}, {"plan_id": "2"}))
    assert brought.status_code == 201
    told = brought.json()
    assert (told["state"], told["counts"]["created"], told["counts"]["failed"]) == ("ready", 2, 0)
    assert [one["row"] for one in listed(office, brought, "differences")] == ["IT 1", "IT 2"]
    assert not PlanItem.objects.exists()
    done = apply(office, brought)
    assert (done.status_code, done.json()["state"]) == (200, "imported")
    assert PlanItem.objects.count() == 2
    assert apply(office, brought, "*").status_code == 409
    assert office.delete(f"{ALL}{told['id']}/").status_code == 409


def test_a_difference_names_the_field_and_both_values(office, it):
    PlanItemFactory(programme=it, plan_id="1", position=1, name="Roll out")
    brought = bring(office, it.place, edited(downloaded(it), name="Roll in"), name="plan.xlsx")
    assert listed(office, brought, "differences") == [
        {"row": "IT 1", "what": "changed", "field": "name", "old": "Roll out", "new": "Roll in"}
    ]


def test_bad_cells_are_named_and_nothing_is_imported(office, it):
    brought = bring(office, it.place, plan_file({"plan_id": "1", "finish": "31 Feb 2020"}))
    assert brought.json()["counts"]["failed"] == 1
    [error] = listed(office, brought, "errors")
    assert (error["row"], error["column"], error["value"]) == (2, "finish", "31 Feb 2020")
    assert error["problem"]
    assert error["remedy"]
    refused = apply(office, brought)
    assert refused.status_code == 409
    assert "1 cell needs attention. H2" in refused.json()["detail"]
    assert not PlanItem.objects.exists()


def test_the_plan_stands_in_a_conflict_unless_the_file_is_taken(office, it):
    row = PlanItemFactory(programme=it, plan_id="1", position=1, name="Roll out")
    data = edited(downloaded(it), name="In the file")
    PlanItem.objects.filter(pk=row.pk).update(name="In the portal")
    brought = bring(office, it.place, data, name="plan.xlsx")
    [conflict] = listed(office, brought, "conflicts")
    assert conflict == {
        "number": 0,
        "row": "IT 1",
        "field": "name",
        "was": "Roll out",
        "plan": "In the portal",
        "file": "In the file",
    }
    unknown = apply(office, brought, take=[1])
    assert (unknown.status_code, [*unknown.json()["errors"]]) == (400, ["take"])
    assert apply(office, brought, take=[0]).status_code == 200
    row.refresh_from_db()
    assert row.name == "In the file"


def test_a_row_that_the_file_does_not_have_stays_unless_it_is_named(office, it):
    for number in ("1", "2", "3"):
        PlanItemFactory(programme=it, plan_id=number, position=int(number))
    brought = bring(office, it.place, plan_file({"plan_id": "1"}))
    assert listed(office, brought, "missing") == [{"row": "IT 2"}, {"row": "IT 3"}]
    assert apply(office, brought, remove=["IT 1"]).status_code == 400
    assert apply(office, brought, remove=["IT 3"]).status_code == 200
    gone = PlanItem.objects.exclude(removed_at=None).values_list("plan_id", "removed_because")
    assert list(gone) == [("3", BECAUSE)]


def test_what_needs_to_be_agreed_drafts_a_change_request(office, it):
    imported(it, {"plan_id": "1"})
    brought = bring(office, it.place, plan_file({"plan_id": "1"}, {"plan_id": "2"}))
    assert brought.json()["counts"]["asked"] == 1
    done = apply(office, brought).json()
    assert done["requests"] == [ChangeRequest.objects.get().reference]
    assert PlanItem.objects.count() == 1


def test_a_plan_that_changed_since_is_shown_again_first(office, it):
    row = PlanItemFactory(programme=it, plan_id="1", position=1, name="Roll out")
    brought = bring(office, it.place, plan_file({"plan_id": "1", "name": "Roll in"}))
    PlanItem.objects.filter(pk=row.pk).update(name="Meanwhile")
    stale = apply(office, brought)
    assert stale.status_code == 412
    assert stale.json()["current"]["counts"]["changed"] == 1
    row.refresh_from_db()
    assert row.name == "Meanwhile"
    address = f"{ALL}{brought.json()['id']}/apply/"
    assert office.post(address, {}, format="json").status_code == 428
    assert apply(office, brought, stale.headers["ETag"]).status_code == 200


def test_a_large_file_is_read_and_imported_by_a_worker(
    office, it, settings, django_capture_on_commit_callbacks
):
    settings.UPLOAD_AT_ONCE_BYTES = 10_000
    with django_capture_on_commit_callbacks(execute=True):
        brought = bring(office, it.place, plan())
    assert (brought.status_code, brought.json()["state"]) == (202, "waiting")
    assert brought.json()["counts"] is None
    address = f"{ALL}{brought.json()['id']}/"
    read = office.get(address)
    assert (read.json()["state"], read.json()["counts"]["created"]) == ("ready", ROWS)
    with django_capture_on_commit_callbacks(execute=True):
        begun = apply(office, read)
    assert (begun.status_code, begun.json()["state"]) == (202, "applying")
    assert office.get(address).json()["state"] == "imported"
    assert PlanItem.objects.count() == ROWS


def test_while_a_worker_reads_there_is_nothing_to_decide(office, it, settings):
    settings.UPLOAD_AT_ONCE_BYTES = 10_000
    brought = bring(office, it.place, plan())
    assert apply(office, brought, "*").status_code == 409
    assert office.get(f"{ALL}{brought.json()['id']}/differences/").status_code == 409


def test_a_file_that_the_place_as_it_is_now_cannot_read_says_why(office, it):
    brought = bring(office, it.place, b"".join(write_csv(PROJECT, PLAN)))
    assert brought.json()["state"] == "ready"
    ProgrammeFactory(code="EST", place=it.place)
    address = f"{ALL}{brought.json()['id']}/"
    told = office.get(address)
    assert (told.status_code, told.json()["state"], told.json()["counts"]) == (200, "failed", None)
    assert "Choose the programme beside the file" in told.json()["problem"]
    assert "ETag" not in told.headers
    assert office.get(f"{address}differences/").status_code == 409
    assert apply(office, brought).status_code == 409
    assert not PlanItem.objects.exists()


def test_differences_come_in_pages(office, it):
    brought = bring(office, it.place, plan_file(*({"plan_id": str(n)} for n in range(1, 8))))
    page = office.get(f"{ALL}{brought.json()['id']}/differences/?page=2&page_size=5").json()
    assert (page["count"], [one["row"] for one in page["results"]]) == (7, ["IT 6", "IT 7"])
    assert office.get(f"{ALL}{brought.json()['id']}/differences/?wish=1").status_code == 400


@pytest.mark.parametrize(
    ("data", "more", "named"),
    [
        (b"nonsense\x00\xff", {}, "file"),
        (b"", {}, "file"),
        (b"a" * 16_000_000, {}, "file"),
        (plan_file({"plan_id": "1"}), {"programme": "NONE"}, "programme"),
        (plan_file({"plan_id": "1"}), {"wish": "x"}, "wish"),
        (plan_file({"plan_id": "1"}), {"place": "a\x00b"}, "place"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_kept(office, it, data, more, named):
    answer = bring(office, it.place, data, **more)
    assert answer.status_code == 400
    assert named in answer.json()["errors"]
    assert not PlanUpload.objects.exists()


def test_a_file_is_put_aside(office, it):
    brought = bring(office, it.place, plan_file({"plan_id": "1"}))
    assert office.delete(f"{ALL}{brought.json()['id']}/").status_code == 204
    assert not PlanUpload.objects.exists()


def test_nobody_but_the_office_learns_of_it(office, it):
    data = plan_file({"plan_id": "1"})
    brought = bring(office, it.place, data)
    for other in (
        LeadershipFactory(programme=it).post.holder,
        MembershipFactory(place=it.place, role="auditor").user,
        MembershipFactory(place=PlaceFactory()).user,
    ):
        client = client_of(other)
        assert bring(client, it.place, data).status_code == 404
        assert client.get(ALL).json()["count"] == 0
        assert client.get(f"{ALL}{brought.json()['id']}/").status_code == 404
        assert apply(client, brought).status_code == 404
        assert client.delete(f"{ALL}{brought.json()['id']}/").status_code == 404
    assert office.get(ALL).json()["count"] == 1


def test_a_form_of_another_site_brings_no_file(it):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(MembershipFactory(place=it.place).user)
    file = SimpleUploadedFile("plan.csv", plan_file({"plan_id": "1"}))
    answer = strict.post(ALL, {"place": it.place.slug, "file": file})
    assert answer.status_code == 403
    assert not PlanUpload.objects.exists()


def test_a_date_that_the_file_changes_before_anything_is_agreed_is_written(office, it):
    PlanItemFactory(programme=it, plan_id="1", position=1)
    data = edited(downloaded(it), finish="30/4/2020")
    apply(office, bring(office, it.place, data, name="plan.xlsx"))
    assert PlanItem.objects.get().finish == date(2020, 4, 30)
