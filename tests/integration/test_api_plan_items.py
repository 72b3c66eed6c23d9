"""Rows of a plan written by the API, by the pages' rules."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from icp.common.models import DemoClock
from programmes.models import PlanItem
from programmes.services.baselines import agree_baseline
from tests.factories import (
    TODAY,
    LeadershipFactory,
    PlanItemFactory,
    PostFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
ROWS = "/api/v1/plan-items/"


@pytest.fixture
def row():
    DemoClock.objects.create(today=TODAY)
    return PlanItemFactory(programme=ProgrammeFactory(code="IT"), plan_id="11")


@pytest.fixture
def lead(row):
    client = APIClient()
    client.force_authenticate(LeadershipFactory(programme=row.programme).post.holder)
    return client


def patch(client, row, tag=None, **fields):
    headers = {"If-Match": tag or client.get(f"{ROWS}{row.pk}/").headers["ETag"]}
    return client.patch(f"{ROWS}{row.pk}/", fields, format="json", headers=headers)


def test_what_is_named_changes_and_the_rest_stays(lead, row):
    post = PostFactory(place=row.programme.place, title="Data Officer")
    answer = patch(lead, row, notes="Ask again.", owner="Data Officer", finish="6/3/20")
    assert answer.status_code == 200
    found = answer.json()
    assert (found["notes"], found["owner"], found["finish"]) == (
        "Ask again.",
        post.title,
        "2020-03-06",
    )
    assert (found["name"], found["start"]) == ("Row 11", "2020-01-06")
    assert answer.headers["ETag"] == f'"{row.pk}-{found["version"]}"'


def test_a_stale_tag_changes_nothing_and_shows_what_is_stored(lead, row):
    old = lead.get(f"{ROWS}{row.pk}/").headers["ETag"]
    patch(lead, row, notes="Theirs")
    answer = patch(lead, row, old, notes="Mine")
    assert answer.status_code == 412
    assert answer.json()["current"]["notes"] == "Theirs"
    assert lead.patch(f"{ROWS}{row.pk}/", {"notes": "x"}, format="json").status_code == 428
    assert patch(lead, row, '"nonsense"', notes="Mine").status_code == 412


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("finish", "31/2/20"),
        ("owner", "Nobody's post"),
        ("kind", "wish"),
        ("name", ""),
        ("level", "board"),
        ("declared_duration", "a while"),
        ("finish", "tbc"),
        ("wish", "x"),
        ("notes", "a\x00b"),
    ],
)
def test_a_bad_value_is_named(lead, row, field, value):
    answer = patch(lead, row, **{field: value})
    assert answer.status_code == 400
    assert answer.json()["errors"]
    row.refresh_from_db()
    assert row.version == 1


def test_a_row_is_added_where_it_is_asked_for(lead, row):
    asked = {"programme": row.programme.pk, "name": "Routers", "after": row.pk, "start": "2/3/20"}
    answer = lead.post(ROWS, {**asked, "declared_duration": "5 days"}, format="json")
    assert answer.status_code == 201
    assert answer.json()["reference"] == "IT 12"
    made = PlanItem.objects.get(plan_id="12")
    assert made.finish == date(2020, 3, 6)
    assert made.position > row.position
    again = lead.post(ROWS, {**asked, "plan_id": "12"}, format="json")
    assert again.status_code == 409
    elsewhere = PlanItemFactory()
    answer = lead.post(ROWS, {**asked, "after": elsewhere.pk}, format="json")
    assert "after" in answer.json()["errors"]


def test_others_read_and_do_not_write(row):
    client = APIClient()
    other = LeadershipFactory(programme=ProgrammeFactory(place=row.programme.place))
    client.force_authenticate(other.post.holder)
    assert patch(client, row, notes="Mine").status_code == 403
    asked = {"programme": row.programme.pk, "name": "Mine"}
    assert client.post(ROWS, asked, format="json").status_code == 403
    client.force_authenticate(LeadershipFactory().post.holder)
    assert client.post(ROWS, asked, format="json").status_code == 404


def test_what_needs_agreement_is_asked_for_and_changes_nothing(lead, row):
    agree_baseline(programme=row.programme, items=[row])
    answer = patch(lead, row, finish="6/3/20")
    assert answer.status_code == 202
    asked = lead.post(ROWS, {"programme": row.programme.pk, "name": "Routers"}, format="json")
    assert (asked.status_code, asked.json()["change_request"]) == (202, "CR 1")
    assert answer.json()["change_request"] == "CR 1"
    assert (answer.json()["saved"], "the row is as it was" in answer.json()["detail"]) == ([], True)
    row.refresh_from_db()
    assert row.version == 1
    assert PlanItem.objects.count() == 1


def test_what_is_saved_at_once_beside_it_is_said(lead, row):
    agree_baseline(programme=row.programme, items=[row])
    found = patch(lead, row, finish="6/3/20", notes="Said.").json()
    assert found["saved"] == ["notes"]
    assert found["detail"].startswith("Saved at once: notes. The rest awaits agreement")
    row.refresh_from_db()
    assert (row.notes, row.finish) == ("Said.", date(2020, 2, 28))
