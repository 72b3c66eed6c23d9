"""One's own calendars of milestones by the API: made, listed without their address, stopped."""

import pytest
from rest_framework.test import APIClient

from icp.common.models import DemoClock
from programmes.models import CalendarFeed, Membership
from programmes.services.feeds import MOST, make_feed
from tests.factories import NOW, TODAY, BoardFactory, MembershipFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
ALL = "/api/v1/calendar-feeds/"


@pytest.fixture
def it():
    DemoClock.objects.create(today=TODAY)
    return ProgrammeFactory(code="IT")


@pytest.fixture
def member(it):
    return MembershipFactory(place=it.place).user


@pytest.fixture
def client(member):
    return client_of(member)


def client_of(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def made(client, place, **fields):
    return client.post(ALL, {"place": place.slug, **fields}, format="json")


def test_the_address_is_told_once_and_works_until_it_is_stopped(client, it):
    answer = made(client, it.place, kind="programme", programme="IT")
    assert answer.status_code == 201
    assert "no-store" in answer.headers["Cache-Control"]
    told = answer.json()
    path = "/" + told["address"].split("/", 3)[3]
    assert APIClient().get(path).status_code == 200
    [listed] = client.get(ALL).json()["results"]
    assert (listed["id"], listed["programme"], listed["board"]) == (told["id"], "IT", None)
    assert path.split("/")[-1].removesuffix(".ics") not in str(listed)
    assert client.delete(f"{ALL}{told['id']}/").status_code == 204
    assert APIClient().get(path).status_code == 404
    assert client.get(ALL).json()["count"] == 0
    assert client.delete(f"{ALL}{told['id']}/").status_code == 404


def test_nobody_sees_or_stops_anothers(client, it):
    theirs = make_feed(
        user=MembershipFactory(place=it.place).user, place=it.place, kind="mine", at=NOW
    ).feed
    assert client.get(ALL).json()["count"] == 0
    assert client.get(f"{ALL}{theirs.pk}/").status_code == 404
    assert client.delete(f"{ALL}{theirs.pk}/").status_code == 404
    assert CalendarFeed.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"kind": "programme"}, "programme"),
        ({"kind": "programme", "programme": "XX"}, "programme"),
        ({"kind": "board", "board": "ELSE"}, "board"),
        ({"kind": "mine", "programme": "IT"}, "programme"),
        ({"kind": "everything"}, "kind"),
        ({"kind": "mine", "board": "\x00"}, "board"),
        ({}, "kind"),
    ],
)
def test_what_it_cannot_show_is_named(client, it, fields, named):
    BoardFactory(short_name="ELSE")
    answer = made(client, it.place, **fields)
    assert answer.status_code == 400
    assert named in answer.json()["errors"]
    assert not CalendarFeed.objects.exists()


def test_a_place_in_which_one_is_nothing_is_not_there(client, it):
    elsewhere = ProgrammeFactory(code="EST")
    assert made(client, elsewhere.place, kind="mine").status_code == 404


def test_one_more_than_one_may_have_is_refused_in_words(client, it, member):
    for _ in range(MOST):
        make_feed(user=member, place=it.place, kind="mine", at=NOW)
    answer = made(client, it.place, kind="mine")
    assert answer.status_code == 409
    assert "Stop one" in answer.json()["detail"]


def test_whoever_left_has_none(client, it, member):
    made(client, it.place, kind="mine")
    Membership.objects.filter(user=member).delete()
    assert client.get(ALL).json()["count"] == 0
