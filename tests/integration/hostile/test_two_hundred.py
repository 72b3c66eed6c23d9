"""Two hundred edits of one grid at once, through a real web server: each is saved, or shown beside the other's."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from programmes.models import Status
from tests.factories import MembershipFactory, PlanItemFactory, UserFactory
from tests.integration.cycle.conftest import make_world

ROWS, PEOPLE, AT_ONCE = 40, 5, 16
TOKEN = "a" * 32


@pytest.fixture
def world(transactional_db):
    return make_world()


def cookie_of(user) -> str:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


class Grid:
    """The page of one programme's update, as several browsers send to it."""

    def __init__(self, url: str, path: str) -> None:
        self.host, self.path = urlsplit(url).netloc, path

    def save(
        self, item, *, cookie: str, version: str, reason: str, take: str = ""
    ) -> tuple[int, str]:
        sent = {
            "row": item.pk,
            "do": f"save-{item.pk}",
            f"r{item.pk}-version": version,
            f"r{item.pk}-rag": "amber",
            f"r{item.pk}-reason": reason,
            f"r{item.pk}-get_to_green": "Go on.",
        }
        if take:
            sent[f"r{item.pk}-take"] = take
        headers = {
            "Cookie": cookie,
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = HTTPConnection(self.host, timeout=120)
        try:
            connection.request("POST", self.path, urlencode(sent), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def version_in(page: str, item) -> str:
    return re.search(rf'name="r{item.pk}-version" value="(\d+)"', page).group(1)


def test_two_hundred_edits_at_once_lose_none(world, live_server):
    rows = [
        PlanItemFactory(programme=world.programme, plan_id=str(500 + n), position=500 + n)
        for n in range(ROWS)
    ]
    people = [MembershipFactory(place=world.place, user=UserFactory()).user for _ in range(PEOPLE)]
    cookies = [cookie_of(user) for user in people]
    grid = Grid(live_server.url, f"/places/{world.place.slug}/update/IT/")
    told = Counter()

    def edit(number: int) -> None:
        item, cookie, reason = rows[number % ROWS], cookies[number // ROWS], f"Edit {number}."
        status, page = grid.save(item, cookie=cookie, version="0", reason=reason)
        while status == 422:
            told["refused"] += 1
            # What was typed stays on the page, and the other's value stands beside it.
            assert reason in page
            assert len(re.findall(r"Edit \d+\.", page)) > 1
            status, page = grid.save(
                item, cookie=cookie, version=version_in(page, item), reason=reason, take="mine"
            )
        told[status] += 1

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        list(pool.map(edit, range(ROWS * PEOPLE)))

    assert told[302] == ROWS * PEOPLE, told
    history = Status.pgh_event_model.objects.filter(item__in=rows)
    assert set(history.values_list("reason", flat=True)) == {
        f"Edit {number}." for number in range(ROWS * PEOPLE)
    }
    assert set(Status.objects.filter(item__in=rows).values_list("version", flat=True)) == {PEOPLE}
    assert told["refused"] >= ROWS * (PEOPLE - 1)
