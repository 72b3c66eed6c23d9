"""Moving a row and sending it to boards by the API, by the pages' rules."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from icp.common.models import DemoClock
from programmes.models import Level, PlanItem
from programmes.services.baselines import agree_baseline
from tests.factories import (
    TODAY,
    BoardFactory,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
ROWS = "/api/v1/plan-items/"


@pytest.fixture
def rows():
    """IT 1 is a heading with 2 and 3 under it, then 4 and 5 at the top."""
    DemoClock.objects.create(today=TODAY)
    programme = ProgrammeFactory(code="IT")

    def row(number, **more):
        return PlanItemFactory(programme=programme, plan_id=str(number), position=number, **more)

    heading = row(1, kind="summary")
    below = [row(number, parent=heading, outline_level=2) for number in (2, 3)]
    return [heading, *below, row(4), row(5)]


@pytest.fixture
def lead(rows):
    client = APIClient()
    client.force_authenticate(LeadershipFactory(programme=rows[0].programme).post.holder)
    return client


def order(rows):
    """The plan as it stands: each row's number with its heading's."""
    found = PlanItem.objects.filter(programme=rows[0].programme).order_by("position")
    return " ".join(
        f"{parent}/{number}" if parent else number
        for number, parent in found.values_list("plan_id", "parent__plan_id")
    )


def move(client, row, tag=None, **body):
    headers = {"If-Match": tag or client.get(f"{ROWS}{row.pk}/").headers["ETag"]}
    return client.post(f"{ROWS}{row.pk}/move/", body, format="json", headers=headers)


@pytest.mark.parametrize(
    ("number", "step", "then"),
    [
        (3, "up", "1 1/3 1/2 4 5"),
        (2, "down", "1 1/3 1/2 4 5"),
        (4, "indent", "1 1/2 1/3 1/4 5"),
        (3, "outdent", "1 1/2 3 4 5"),
        (1, "down", "4 1 1/2 1/3 5"),
    ],
)
def test_a_row_moves_by_a_step_with_all_below_it(lead, rows, number, step, then):
    answer = move(lead, rows[number - 1], step=step)
    assert answer.status_code == 200
    assert order(rows) == then
    assert answer.headers["ETag"] == f'"{rows[number - 1].pk}-{answer.json()["version"]}"'


def test_a_row_is_put_under_another_heading_first_or_after_a_row(lead, rows):
    heading, two, _, four, five = rows
    assert move(lead, five, parent=heading.pk).status_code == 200
    assert order(rows) == "1 1/5 1/2 1/3 4"
    assert move(lead, four, parent=heading.pk, after=two.pk).json()["parent"] == "IT 1"
    assert order(rows) == "1 1/5 1/2 1/4 1/3"
    assert move(lead, five, parent=None).status_code == 200
    assert order(rows) == "5 1 1/2 1/4 1/3"


def test_who_moves_second_is_told_and_shown_where_it_stands(lead, rows):
    old = lead.get(f"{ROWS}{rows[3].pk}/").headers["ETag"]
    move(lead, rows[3], step="indent")
    answer = move(lead, rows[3], old, step="down")
    assert answer.status_code == 412
    assert answer.json()["current"]["parent"] == "IT 1"
    assert order(rows) == "1 1/2 1/3 1/4 5"
    again = move(lead, rows[3], answer.headers["ETag"], step="up")
    assert (again.status_code, order(rows)) == (200, "1 1/2 1/4 1/3 5")
    missing = lead.post(f"{ROWS}{rows[3].pk}/move/", {"step": "up"}, format="json")
    assert missing.status_code == 428


@pytest.mark.parametrize(
    ("body", "code", "named"),
    [
        ({"step": "sideways"}, 400, "step"),
        ({}, 400, "non_field_errors"),
        ({"step": "up", "parent": None}, 400, "non_field_errors"),
        ({"step": "up", "after": 1}, 400, "after"),
        ({"parent": 10**30}, 400, "parent"),
        ({"parent": "\x00"}, 400, "parent"),
        ({"parent": None, "after": "own"}, 409, None),
        ({"parent": "own"}, 409, None),
        ({"step": "outdent"}, 409, None),
        ({"where": "up"}, 400, "where"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_moves(lead, rows, body, code, named):
    row = rows[0]
    answer = move(lead, row, **{n: row.pk if v == "own" else v for n, v in body.items()})
    assert answer.status_code == code
    assert not named or named in answer.json()["errors"]
    assert order(rows) == "1 1/2 1/3 4 5"


def test_a_heading_of_another_plan_is_none_of_this_one(lead, rows):
    other = PlanItemFactory(programme=ProgrammeFactory(place=rows[0].programme.place))
    assert "parent" in move(lead, rows[1], parent=other.pk).json()["errors"]


def test_in_an_agreed_plan_the_order_is_free_still(lead, rows):
    agree_baseline(programme=rows[0].programme, items=rows)
    assert move(lead, rows[4], step="up").status_code == 200
    assert order(rows) == "1 1/2 1/3 5 4"


def test_others_read_and_move_nothing(rows):
    client = APIClient()
    other = LeadershipFactory(programme=ProgrammeFactory(place=rows[0].programme.place))
    client.force_authenticate(other.post.holder)
    assert move(client, rows[4], step="up").status_code == 403
    client.force_authenticate(MembershipFactory().user)
    refused = client.post(f"{ROWS}{rows[4].pk}/move/", {"step": "up"}, format="json")
    assert refused.status_code == 404


@pytest.fixture
def boards(rows):
    place = rows[0].programme.place
    return [
        BoardFactory(place=place, short_name=name, slug=name.lower(), order=number)
        for number, name in enumerate(("AOG", "ICB"))
    ]


def send(client, row, names, tag=None, **more):
    found = client.get(f"{ROWS}{row.pk}/boards/")
    headers = {"If-Match": tag or found.headers["ETag"]}
    body = {"boards": names, **more}
    return client.put(f"{ROWS}{row.pk}/boards/", body, format="json", headers=headers)


def test_the_boards_a_row_goes_to_are_chosen_read_and_found(lead, rows, boards):
    answer = send(lead, rows[3], ["ICB", "AOG", "ICB"], because="It needs both.")
    assert (answer.status_code, answer.json()) == (200, {"boards": ["AOG", "ICB"]})
    assert lead.get(f"{ROWS}{rows[3].pk}/").json()["boards"] == ["AOG", "ICB"]
    assert [row["reference"] for row in lead.get(f"{ROWS}?board=ICB").json()["results"]] == ["IT 4"]
    assert send(lead, rows[3], [], answer.headers["ETag"]).json() == {"boards": []}
    assert lead.get(f"{ROWS}?board=ICB").json()["count"] == 0


def test_who_chooses_boards_second_is_shown_the_others(lead, rows, boards):
    old = lead.get(f"{ROWS}{rows[3].pk}/boards/").headers["ETag"]
    send(lead, rows[3], ["AOG"])
    answer = send(lead, rows[3], ["ICB"], old)
    assert (answer.status_code, answer.json()["current"]) == (412, {"boards": ["AOG"]})
    assert send(lead, rows[3], ["ICB"], answer.headers["ETag"]).json() == {"boards": ["ICB"]}
    assert send(lead, rows[3], ["AOG"], "*").json() == {"boards": ["AOG"]}
    without = lead.put(f"{ROWS}{rows[3].pk}/boards/", {"boards": []}, format="json")
    assert without.status_code == 428


def test_a_row_that_is_shown_to_its_boards_keeps_one(lead, rows, boards):
    send(lead, rows[3], ["AOG"])
    PlanItem.objects.filter(pk=rows[3].pk).update(level=Level.BOARD)
    refused = send(lead, rows[3], [])
    assert refused.status_code == 409
    assert "name one at least" in refused.json()["detail"]
    assert lead.get(f"{ROWS}{rows[3].pk}/boards/").json() == {"boards": ["AOG"]}


@pytest.mark.parametrize("names", [["Elsewhere"], ["AO\x00G"], "AOG", [["AOG"]], None, ["A"] * 200])
def test_a_board_the_place_does_not_have_is_named(lead, rows, boards, names):
    BoardFactory(short_name="Elsewhere")
    answer = send(lead, rows[3], names)
    assert answer.status_code == 400
    assert any(name.startswith("boards") for name in answer.json()["errors"])


def test_a_new_row_goes_to_its_boards_at_once(lead, rows, boards):
    body = {
        "programme": rows[0].programme.pk,
        "name": "Routers",
        "level": "board",
        "boards": ["ICB"],
    }
    made = lead.post(ROWS, body, format="json")
    assert (made.status_code, made.json()["boards"], made.json()["level"]) == (
        201,
        ["ICB"],
        "board",
    )
    unknown = lead.post(ROWS, {**body, "boards": ["XYZ"]}, format="json")
    assert unknown.json()["errors"] == {"boards": ["Choose boards of this place."]}


def test_as_it_stood_a_row_goes_to_the_boards_of_then(lead, rows, boards):
    send(lead, rows[3], ["AOG"])
    DemoClock.objects.update(today=date(2020, 2, 20))
    send(lead, rows[3], ["ICB"])
    then = "as_at=2020-02-17T12:00"
    assert lead.get(f"{ROWS}{rows[3].pk}/?{then}").json()["boards"] == ["AOG"]
    assert lead.get(f"{ROWS}?board=AOG&{then}").json()["count"] == 1
    assert lead.get(f"{ROWS}?board=ICB&{then}").json()["count"] == 0
