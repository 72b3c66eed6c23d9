"""Taking a row out of a plan and bringing it back by the API, by the pages' rules."""

import pytest
from rest_framework.test import APIClient

from icp.common.models import DemoClock
from programmes.models import ChangeRequest, PlanItem
from programmes.services.baselines import agree_baseline
from tests.factories import TODAY, LeadershipFactory, PlanItemFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
ROWS = "/api/v1/plan-items/"


@pytest.fixture
def rows():
    """IT 1 is a heading with 2 under it, then 3 at the top."""
    DemoClock.objects.create(today=TODAY)
    programme = ProgrammeFactory(code="IT")
    heading = PlanItemFactory(programme=programme, plan_id="1", position=1, kind="summary")
    below = PlanItemFactory(
        programme=programme, plan_id="2", position=2, parent=heading, outline_level=2
    )
    return [heading, below, PlanItemFactory(programme=programme, plan_id="3", position=3)]


@pytest.fixture
def lead(rows):
    client = APIClient()
    client.force_authenticate(LeadershipFactory(programme=rows[0].programme).post.holder)
    return client


def tag_of(client, row):
    return client.get(f"{ROWS}{row.pk}/").headers["ETag"]


def post(client, row, what, tag, **body):
    headers = {"If-Match": tag} if tag else {}
    return client.post(f"{ROWS}{row.pk}/{what}/", body, format="json", headers=headers)


def present():
    return "".join(
        PlanItem.objects.present().order_by("position").values_list("plan_id", flat=True)
    )


def test_a_row_goes_with_what_stands_below_it_and_each_comes_back_by_itself(lead, rows):
    gone = post(lead, rows[0], "remove", tag_of(lead, rows[0]), because="Not funded.")
    assert (gone.status_code, gone.json()) == (200, {"removed": ["IT 1", "IT 2"]})
    assert present() == "3"
    assert PlanItem.objects.get(pk=rows[1].pk).removed_because == "Not funded."
    assert lead.get(f"{ROWS}{rows[0].pk}/").status_code == 404
    back = post(lead, rows[0], "restore", gone.headers["ETag"])
    assert (back.status_code, back.json()["reference"]) == (200, "IT 1")
    assert present() == "13"


def test_in_an_agreed_plan_a_request_asks_for_both(lead, rows):
    agree_baseline(programme=rows[0].programme, items=rows)
    asked = post(lead, rows[2], "remove", tag_of(lead, rows[2]), because="Not funded.")
    assert (asked.status_code, asked.json()["change_request"], present()) == (202, "CR 1", "123")
    PlanItem.objects.filter(pk=rows[1].pk).update(removed_at="2020-02-14T10:00Z")
    asked = post(lead, rows[1], "restore", "*")
    assert (asked.status_code, present()) == (202, "13")
    kinds = ChangeRequest.objects.get().lines.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["remove", "restore"]


def test_nobody_removes_what_somebody_just_changed(lead, rows):
    old = tag_of(lead, rows[2])
    PlanItem.objects.filter(pk=rows[2].pk).update(name="Renamed")
    answer = post(lead, rows[2], "remove", old, because="Not funded.")
    assert (answer.status_code, answer.json()["current"]["name"]) == (412, "Renamed")
    assert post(lead, rows[2], "remove", "", because="Not funded.").status_code == 428
    assert present() == "123"


@pytest.mark.parametrize(
    ("what", "body", "code"),
    [
        ("remove", {}, 400),
        ("remove", {"because": ""}, 400),
        ("remove", {"because": "\x00"}, 400),
        ("remove", {"because": "x" * 1_000_000}, 400),
        ("remove", {"because": "No.", "all": True}, 400),
        ("restore", {}, 409),
        ("restore", {"because": "No."}, 400),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_goes(lead, rows, what, body, code):
    assert post(lead, rows[2], what, "*", **body).status_code == code
    assert present() == "123"


def test_a_removed_row_of_another_place_is_not_there(lead):
    other = PlanItemFactory(removed_at="2020-02-14T10:00Z", removed_because="Gone.")
    assert post(lead, other, "restore", "*").status_code == 404
    for key in ("nonsense", 10**30):
        assert lead.post(f"{ROWS}{key}/restore/", {}, format="json").status_code == 404
