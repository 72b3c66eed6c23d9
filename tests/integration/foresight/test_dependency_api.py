"""What rows wait for, by the API: read, said, changed and taken back by the page's rules."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from icp.audit.models import Change
from icp.common.models import DemoClock
from programmes.models import Dependency, PlanItem
from tests.factories import (
    NOW,
    TODAY,
    BoardMemberFactory,
    LeadershipFactory,
    MembershipFactory,
    PlaceFactory,
    PlanItemFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
ALL = "/api/v1/dependencies/"


def client_of(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def row():
    DemoClock.objects.create(today=TODAY)
    return PlanItemFactory(programme=ProgrammeFactory(code="IT"), plan_id="11")


@pytest.fixture
def other(row):
    estates = ProgrammeFactory(code="EST", place=row.programme.place)
    return PlanItemFactory(programme=estates, plan_id="1")


@pytest.fixture
def lead(row):
    return client_of(LeadershipFactory(programme=row.programme).post.holder)


@pytest.fixture
def reader(row):
    return client_of(BoardMemberFactory(board__place=row.programme.place).user)


@pytest.fixture
def one(row, other):
    return Dependency.objects.create(successor=row, predecessor=other, lag_days=3)


def said(client, **fields):
    return client.post(ALL, fields, format="json")


def patch(client, one, tag=None, **fields):
    headers = {"If-Match": tag or f'"{one.pk}-{one.version}"'}
    return client.patch(f"{ALL}{one.pk}/", fields, format="json", headers=headers)


def test_a_row_comes_to_wait_for_one_of_another_programme(lead, row, other):
    answer = said(lead, successor=row.pk, predecessor=other.pk, kind="SS", lag_days=-2)
    assert answer.status_code == 201
    told = answer.json()
    assert answer.headers["ETag"] == f'"{told["id"]}-1"'
    assert (told["successor_reference"], told["predecessor_reference"]) == ("IT 11", "EST 1")
    assert (told["kind"], told["lag_days"], told["version"]) == ("SS", -2, 1)
    change = Change.objects.get(kind="programmes.dependency", object_id=told["id"])
    assert (change.event, change.way) == ("insert", "api")


def test_a_row_comes_to_wait_for_something_outside(lead, row, other):
    asked = {"outside": "The tariff", "outside_programme": "est", "outside_date": "6/3/20"}
    told = said(lead, successor=row.pk, **asked).json()
    assert (told["outside"], told["outside_programme"], told["outside_date"]) == (
        "The tariff",
        "EST",
        "2020-03-06",
    )
    assert (told["predecessor"], told["kind"], told["lag_days"]) == (None, "FS", 0)


def test_what_is_named_changes_and_the_rest_stays(lead, one):
    answer = patch(lead, one, kind="FF")
    told = answer.json()
    assert (answer.status_code, told["kind"], told["lag_days"], told["version"]) == (
        200,
        "FF",
        3,
        2,
    )
    assert told["predecessor_reference"] == "EST 1"
    assert answer.headers["ETag"] == f'"{one.pk}-2"'
    told = patch(lead, one, "*", predecessor=None, outside="The contract").json()
    assert (told["predecessor"], told["outside"]) == (None, "The contract")


def test_a_stale_tag_changes_nothing_and_shows_what_is_stored(lead, one):
    patch(lead, one, note="Theirs")
    answer = patch(lead, one, note="Mine")
    assert answer.status_code == 412
    assert answer.json()["current"]["note"] == "Theirs"
    assert answer.headers["ETag"] == f'"{one.pk}-2"'
    stale = lead.delete(f"{ALL}{one.pk}/", headers={"If-Match": f'"{one.pk}-1"'})
    assert stale.status_code == 412
    assert lead.patch(f"{ALL}{one.pk}/", {"note": "x"}, format="json").status_code == 428
    assert lead.delete(f"{ALL}{one.pk}/").status_code == 428
    assert Dependency.objects.get(pk=one.pk).note == "Theirs"


def test_it_is_taken_back_once(lead, one):
    tag = lead.get(f"{ALL}{one.pk}/").headers["ETag"]
    assert lead.delete(f"{ALL}{one.pk}/", headers={"If-Match": tag}).status_code == 204
    assert not Dependency.objects.exists()
    assert lead.delete(f"{ALL}{one.pk}/", headers={"If-Match": tag}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("predecessor", 10**15, "predecessor"),
        ("kind", "XX", "kind"),
        ("lag_days", 1001, "lag_days"),
        ("outside", "a\x00b", "outside"),
        ("outside", "a" * 1_000_000, "outside"),
        ("outside", "Also this", "outside"),
        ("outside_programme", "NONE", "outside_programme"),
        ("outside_date", "31/2/20", "outside_date"),
        ("predecessor", None, "predecessor"),
        ("version", 4, "version"),
    ],
)
def test_a_bad_value_is_named_and_changes_nothing(lead, one, field, value, named):
    answer = patch(lead, one, **{field: value})
    assert answer.status_code == 400
    assert named in answer.json()["errors"]
    assert Dependency.objects.get(pk=one.pk).version == 1


def test_what_the_page_refuses_is_refused_here_in_the_same_words(lead, row, other, one):
    assert said(lead, successor=row.pk, predecessor=row.pk).json()["detail"] == (
        "IT 11 cannot wait for itself."
    )
    twice = said(lead, successor=row.pk, predecessor=other.pk)
    assert (twice.status_code, twice.json()["detail"]) == (409, "IT 11 waits for EST 1 already.")


def test_a_row_of_another_place_is_not_there(lead, row, one):
    elsewhere = PlanItemFactory(programme=ProgrammeFactory(place=PlaceFactory()))
    assert "predecessor" in patch(lead, one, predecessor=elsewhere.pk).json()["errors"]
    assert said(lead, successor=elsewhere.pk, outside="A").status_code == 404
    stranger = client_of(MembershipFactory(place=elsewhere.programme.place).user)
    assert stranger.get(ALL).json()["count"] == 0
    assert stranger.get(f"{ALL}{one.pk}/").status_code == 404
    assert patch(stranger, one, note="x").status_code == 404


def test_who_only_reads_reads_it_and_is_told_who_changes_it(reader, row, other, one):
    assert reader.get(f"{ALL}{one.pk}/").json()["lag_days"] == 3
    refused = [
        said(reader, successor=row.pk, outside="A"),
        patch(reader, one, note="x"),
        reader.delete(f"{ALL}{one.pk}/", headers={"If-Match": f'"{one.pk}-1"'}),
    ]
    assert [answer.status_code for answer in refused] == [403] * 3
    assert "leads and the office" in refused[0].json()["detail"]


def test_a_lead_changes_what_their_own_rows_wait_for_only(lead, row, other):
    assert said(lead, successor=other.pk, predecessor=row.pk).status_code == 403


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("programme=IT", 2),
        ("programme=EST", 2),
        ("row=it1", 1),
        ("row=IT+11", 1),
        ("row=EST+1", 2),
        ("kind=SS", 1),
        ("place=nowhere", 0),
    ],
)
def test_the_list_is_filtered(reader, row, other, one, query, count):
    second = PlanItemFactory(programme=row.programme, plan_id="1", position=2)
    Dependency.objects.create(successor=second, outside="The tariff")
    Dependency.objects.create(successor=other, outside="The standard", kind="SS")
    answer = reader.get(f"{ALL}?{query}")
    assert answer.json()["count"] == count


def test_rows_that_were_removed_wait_for_nothing(lead, row, one):
    PlanItem.objects.filter(pk=row.pk).update(removed_at=NOW)
    assert lead.get(ALL).json()["count"] == 0
    assert said(lead, successor=row.pk, outside="A").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(
    reader, row, other, one, django_assert_max_num_queries
):
    day = date(2020, 3, 6)
    for number in range(30):
        Dependency.objects.create(successor=row, outside=f"Thing {number}", outside_date=day)
    with django_assert_max_num_queries(10):
        assert len(reader.get(ALL).json()["results"]) == 31
