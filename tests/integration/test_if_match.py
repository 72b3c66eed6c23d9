"""If-Match means the same at every address of the API that saves: RFC 9110, section 13.1.1."""

from dataclasses import dataclass
from typing import Any

import pytest
from rest_framework.test import APIClient

from programmes.api.versions import NO_TAG
from programmes.models import ChangeLineKind, ChangeRequest
from programmes.services.baselines import agree_baseline
from programmes.services.changes import DraftLine, draft_lines
from tests.factories import NOW
from tests.integration.cycle.conftest import make_world

pytestmark = pytest.mark.django_db


@dataclass
class Saved:
    """Something that a lead saves by the API: its address, and one change of it."""

    client: APIClient
    address: str
    change: dict[str, Any]

    def save(self, tag=None):
        headers = {} if tag is None else {"If-Match": tag}
        return self.client.patch(self.address, self.change, format="json", headers=headers)

    @property
    def tag(self):
        return self.client.get(self.address).headers["ETag"]


@pytest.fixture(scope="module")
def made(standing):
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


@pytest.fixture(params=["statuses", "plan-items", "change-requests"])
def saved(request, world):
    change, key = {"why": "Winter."}, 0
    if request.param == "statuses":
        change = {"reason": "Winter."}
        key = world.record(world.items[2], rag="green").pk
    elif request.param == "plan-items":
        change, key = {"notes": "Winter."}, world.items[1].pk
    else:
        key = _draft(world).pk
    client = APIClient()
    client.force_authenticate(world.lead)
    return Saved(client, f"/api/v1/{request.param}/{key}/", change)


def _draft(world) -> ChangeRequest:
    line = DraftLine(kind=ChangeLineKind.REMOVE, item=world.items[2])
    return draft_lines(programme=world.programme, lines=[line], by=world.lead, at=NOW, title="Less")


def test_the_tag_that_was_read_saves_once(saved):
    tag = saved.tag
    done = saved.save(tag)
    assert (done.status_code, done.headers["ETag"]) == (200, saved.tag)
    assert saved.tag != tag
    saved.change = dict.fromkeys(saved.change, "Autumn.")
    stale = saved.save(tag)
    assert (stale.status_code, stale.headers["ETag"]) == (412, saved.tag)
    assert "current" in stale.json()


def test_a_star_is_whichever_there_is(saved):
    assert saved.save("*").status_code == 200


def test_one_of_several_is_enough_and_a_proxy_may_have_weakened_it(saved):
    assert saved.save(f'"0-0", W/{saved.tag}').status_code == 200


@pytest.mark.parametrize("empty", [None, "", " , "])
def test_without_it_nothing_is_saved(saved, empty):
    before = saved.tag
    answer = saved.save(empty)
    assert (answer.status_code, answer.json()["detail"]) == (428, NO_TAG)
    assert saved.tag == before


@pytest.mark.parametrize("nonsense", ["1", '"-"', '"1-99999999999999999999"', "²", '"*"'])
def test_nonsense_matches_nothing(saved, nonsense):
    before = saved.tag
    assert saved.save(nonsense).status_code == 412
    assert saved.tag == before
