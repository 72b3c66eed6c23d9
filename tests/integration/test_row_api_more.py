"""Rows split, several changed at once, files of a row, and what a slip would push, by the API as on the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programmes.models import Attachment, ChangeRequest, Dependency, PlanItem
from programmes.selectors.dependencies import linked_rows
from programmes.services.baselines import agree_baseline
from tests.factories import TODAY, PlaceFactory, PostFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
ROWS = "/api/v1/plan-items/"


def tag(row):
    row.refresh_from_db(fields=["version"])
    return f'"{row.pk}-{row.version}"'


def send(world, path, body, *, who=None, **headers):
    return world.client(who or world.lead).post(
        path, body, content_type="application/json", headers=headers
    )


def split(world, row, *, who=None, seen=None, **body):
    body = {"new_name": "The second part", **body}
    return send(world, f"{ROWS}{row.pk}/split/", body, who=who, **{"If-Match": seen or tag(row)})


def many(world, deed, *rows, who=None, **more):
    for row in rows:
        row.refresh_from_db(fields=["version"])
    body = {
        "programme": world.programme.pk,
        "rows": [{"id": row.pk, "version": row.version} for row in rows],
        **more,
    }
    return send(world, f"{ROWS}{deed}/", body, who=who)


def test_a_row_is_split_and_the_answer_is_the_second_part(world):
    row = world.items[2]
    answer = split(world, row, name="The first part", finish="1/6/2020", new_start="2/6/2020")
    assert answer.status_code == 201, answer.json()
    made = PlanItem.objects.get(pk=answer.json()["id"])
    row.refresh_from_db()
    assert (row.name, row.finish.isoformat()) == ("The first part", "2020-06-01")
    assert (made.name, made.split_from, made.finish.isoformat()) == (
        "The second part",
        row,
        "2020-10-30",
    )
    assert answer.headers["ETag"] == f'"{made.pk}-{made.version}"'


def test_a_split_says_which_field_is_wrong_by_its_own_name(world):
    answer = split(world, world.items[2], new_start="2/6/2020", new_finish="1/6/2020")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["new_finish"])
    assert list(split(world, world.items[2], new_name="\x00").json()["errors"]) == ["new_name"]


def test_a_split_of_a_row_that_was_changed_since_is_refused_with_what_stands_now(world):
    row = world.items[2]
    before = tag(row)
    PlanItem.objects.filter(pk=row.pk).update(name="Renamed")
    answer = split(world, row, seen=before)
    assert (answer.status_code, answer.json()["current"]["name"]) == (412, "Renamed")
    assert split(world, row, seen=" ").status_code == 428


def test_in_an_agreed_plan_a_split_and_a_shift_are_asked_for(world):
    agree_baseline(programme=world.programme, items=world.items)
    assert split(world, world.items[2], finish="1/6/2020").json()["change_request"] == "CR 1"
    answer = many(world, "shift", world.items[2], world.items[3], days=5)
    assert (answer.status_code, answer.json()["change_request"]) == (202, "CR 1")
    asked = ChangeRequest.objects.get().lines.order_by("pk")
    assert [(line.kind, line.item and line.item.plan_id) for line in asked] == [
        ("add", None),
        ("re-date", "13"),
        ("re-date", "14"),
    ]


def test_several_rows_get_an_owner_or_other_dates_all_or_none(world):
    PostFactory(place=world.place, title="Data Officer")
    rows = world.items[2:4]
    assert many(world, "give-owner", *rows, owner="Data Officer").json() == {"changed": 2}
    assert many(world, "shift", *rows, days=1).status_code == 200
    found = PlanItem.objects.get(pk=rows[0].pk)
    assert (found.owner.title, found.finish.isoformat()) == ("Data Officer", "2020-11-02")
    body = {"programme": world.programme.pk, "days": 1}
    stale = [{"id": row.pk, "version": 1} for row in rows]
    answer = send(world, f"{ROWS}shift/", {**body, "rows": stale})
    assert (answer.status_code, "changed while you were choosing" in answer.json()["detail"]) == (
        409,
        True,
    )
    assert PlanItem.objects.get(pk=rows[0].pk).finish == found.finish


def test_what_cannot_be_done_to_many_is_refused_by_name(world):
    row = world.items[2]
    assert list(many(world, "give-owner", row, owner="Nobody of here").json()["errors"]) == [
        "owner"
    ]
    assert list(many(world, "shift", row, days=10**6).json()["errors"]) == ["days"]
    assert list(many(world, "shift", days=1).json()["errors"]) == ["rows"]
    assert many(world, "shift", row, days=1, who=world.member).status_code == 403
    elsewhere = ProgrammeFactory(place=PlaceFactory())
    assert many(world, "shift", row, days=1, programme=elsewhere.pk).status_code == 404


def test_files_of_a_row_are_attached_listed_and_handed_out(world):
    path = f"{ROWS}{world.items[0].pk}/attachments/"
    client = world.client(world.lead)
    sent = client.post(path, {"file": SimpleUploadedFile("../plan.pdf", b"%PDF")})
    assert (sent.status_code, sent.json()["name"]) == (201, "plan.pdf")
    [listed] = world.client(world.member).get(path).json()["results"]
    for accepted in ("*/*", "application/octet-stream"):
        headers = {"Accept": accepted}
        got = world.client(world.member).get(f"{path}{listed['id']}/", headers=headers)
        assert (got.content, got.headers["Content-Type"]) == (b"%PDF", "application/octet-stream")
        assert got.headers["Content-Disposition"].startswith("attachment")
    other = f"{ROWS}{world.items[1].pk}/attachments/{listed['id']}/"
    assert client.get(other).status_code == 404


def test_a_file_is_checked_as_on_the_page(world, settings):
    settings.UPLOAD_MAX_BYTES = 10
    path = f"{ROWS}{world.items[0].pk}/attachments/"
    client = world.client(world.lead)
    for content, said in ((b"", "is empty"), (b"x" * 11, "is larger than")):
        answer = client.post(path, {"file": SimpleUploadedFile("a.txt", content)})
        assert (answer.status_code, said in answer.json()["detail"]) == (409, True)
    assert list(client.post(path, {}).json()["errors"]) == ["file"]
    sent = {"file": SimpleUploadedFile("a.txt", b"x")}
    assert world.client(world.member).post(path, sent).status_code == 403
    assert not Attachment.objects.exists()


def test_what_a_slip_would_push_is_said_and_nothing_is_changed(world):
    before, after = world.items[2], world.items[3]
    dates = {"start": "2020-11-02", "finish": "2020-11-13"}
    agreed = {f"baseline_{name}": day for name, day in dates.items()}
    PlanItem.objects.filter(pk=after.pk).update(**dates, **agreed)
    Dependency.objects.create(successor=after, predecessor=before)
    path = f"{ROWS}{before.pk}/slip/"
    client = world.client(world.member)
    [pushed] = client.get(f"{path}?days=10").json()["results"]
    [said] = linked_rows(place=world.place, today=TODAY).network.if_slips("IT 13", 10)
    assert (pushed["row"], pushed["via"], pushed["finish"]) == ("IT 14", "IT 13", "2020-11-13")
    assert (pushed["by"], pushed["would_be"]) == (said.by, said.would_be.isoformat())
    assert said.by > 5
    assert PlanItem.objects.get(pk=after.pk).finish.isoformat() == "2020-11-13"
    assert list(client.get(f"{path}?days=0").json()["errors"]) == ["days"]
    assert client.get(f"{ROWS}{after.pk}/slip/").json()["count"] == 0
