"""The API of change requests, by the same rules as the pages."""

import pytest

from programmes.models import ChangeRequest, PlanItem
from programmes.services.baselines import agree_baseline
from tests.factories import MembershipFactory, PlaceFactory, PostFactory
from tests.integration.cycle.conftest import make_world
from tests.proposing import TOUCHES_NOTHING

pytestmark = pytest.mark.django_db
LIST = "/api/v1/change-requests/"


@pytest.fixture(scope="module")
def made(standing):
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


def send(world, who, method, path, body=None, tag=""):
    headers = {"If-Match": tag} if tag else {}
    client = world.client(who)
    return getattr(client, method)(
        path, data=body or {}, content_type="application/json", headers=headers
    )


def draft(world, *lines, **more):
    body = {
        "place": world.place.slug,
        "programme": "IT",
        "title": "Move the parts",
        **TOUCHES_NOTHING,
        "lines": lines or [{"kind": "re-date", "item": world.items[2].pk, "finish": "18/12/2020"}],
        **more,
    }
    return send(world, world.lead, "post", LIST, body)


def act(world, who, made, name, **body):
    path = f"{LIST}{made.json()['id']}/{name}/"
    return send(world, who, "post", path, body, made.headers["ETag"])


def test_a_request_goes_from_its_draft_to_the_plan(world):
    made = draft(world, why="Winter.")
    assert (made.status_code, made.json()["reference"]) == (201, "CR 1")
    for who, name, body in (
        (world.lead, "propose", {}),
        (world.office, "agree", {"side": "office"}),
        (world.lead, "agree", {"side": "programme"}),
    ):
        made = act(world, who, made, name, **body)
        assert made.status_code == 200, made.json()
    assert made.json()["state"] == "agreed"
    assert PlanItem.objects.get(pk=world.items[2].pk).baseline_finish.isoformat() == "2020-12-18"


def test_an_edit_needs_the_version_that_was_read(world):
    made = draft(world)
    path = f"{LIST}{made.json()['id']}/"
    assert send(world, world.lead, "patch", path, {"why": "Winter."}).status_code == 428
    tag = made.headers["ETag"]
    assert send(world, world.lead, "patch", path, {"why": "Winter."}, tag).json()["version"] == 2
    late = send(world, world.office, "patch", path, {"why": "Other."}, tag)
    assert (late.status_code, late.json()["current"]["why"]) == (412, "Winter.")
    act_on_it = send(world, world.lead, "post", f"{path}propose/", {}, tag)
    assert act_on_it.status_code == 412


def test_what_cannot_be_is_refused_by_name(world):
    answer = draft(world, {"kind": "re-date", "item": world.items[0].pk, "finish": "31/2/2020"})
    assert list(answer.json()["errors"]) == ["lines.0.finish"]
    answer = draft(world, {"kind": "remove", "item": 10**9})
    assert list(answer.json()["errors"]) == ["lines.0.item"]
    answer = draft(world, {"kind": "remove", "item": world.items[0].pk}, surprise="x")
    assert list(answer.json()["errors"]) == ["surprise"]
    answer = draft(world, {"kind": "add", "item_kind": "task"})
    assert (answer.status_code, "needs a name" in answer.json()["detail"]) == (409, True)
    answer = draft(world, title="\x00")
    assert answer.status_code == 400
    assert not ChangeRequest.objects.exists()


def test_no_effect_names_the_row(world):
    same = {"kind": "re-date", "item": world.items[2].pk, "finish": "2020-10-30"}
    answer = act(world, world.lead, draft(world, same, why="So."), "propose")
    assert (answer.status_code, "IT 13" in answer.json()["detail"]) == (409, True)


def test_lists_are_filtered_and_hold_nothing_of_another_place(world):
    draft(world)
    found = world.client(world.member).get(f"{LIST}?state=draft&programme=IT").json()
    assert [one["number"] for one in found["results"]] == [1]
    assert world.client(world.member).get(f"{LIST}?state=agreed").json()["count"] == 0
    stranger = MembershipFactory(place=PlaceFactory()).user
    assert world.client(stranger).get(LIST).json()["count"] == 0
    assert world.client(stranger).get(f"{LIST}{found['results'][0]['id']}/").status_code == 404


def test_a_board_member_only_reads(world):
    made = draft(world)
    assert act(world, world.member, made, "propose").status_code == 403
    read = world.client(world.member).get(f"{LIST}{made.json()['id']}/")
    assert (read.status_code, read.headers["ETag"]) == (200, made.headers["ETag"])


def test_a_page_of_the_list_takes_few_queries(world, django_assert_max_num_queries):
    for _ in range(12):
        draft(world)
    client = world.client(world.member)
    with django_assert_max_num_queries(25):
        assert len(client.get(LIST).json()["results"]) == 12


def test_a_request_says_what_it_touches_and_who_was_consulted_before_it_is_proposed(world):
    made = draft(world, why="", effect_on_money=" ", consulted="")
    answer = act(world, world.lead, made, "propose")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["why", "effect_on_money", "consulted"]
    assert answer.json()["detail"] == (
        "CR 1 is not proposed yet. It has to say why, its effect on money and who was consulted."
    )
    path = f"{LIST}{made.json()['id']}/"
    said = {"why": "Winter.", "effect_on_money": "None", "consulted": "The supplier."}
    made = send(world, world.lead, "patch", path, said, made.headers["ETag"])
    assert act(world, world.lead, made, "propose").json()["state"] == "proposed"


def test_a_line_says_who_supplies_a_date_that_is_tbc_and_by_when(world):
    PostFactory(place=world.place, title="Parts supplier")
    line = {"kind": "re-date", "item": world.items[2].pk, "finish": "tbc"}
    assert list(draft(world, line).json()["errors"]) == ["lines.0.tbc_from", "lines.0.tbc_by"]
    unknown = line | {"tbc_from": "Nobody of here", "tbc_by": "2020-11-01"}
    assert list(draft(world, unknown).json()["errors"]) == ["lines.0.tbc_from"]
    made = draft(world, line | {"tbc_from": "Parts supplier", "tbc_by": "2020-11-01"})
    assert made.json()["lines"][0]["tbc_from"] == "Parts supplier"
