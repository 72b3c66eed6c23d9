"""Many edits of one grid at once, through a real web server: each is saved, or shown beside the other's."""

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

PEOPLE, AT_ONCE = 5, 16
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

    def save(self, item, *, cookie: str, reason: str, keeping_over: str = "") -> tuple[int, str]:
        """Save one row as it was opened first, as the page's script does while one types.

        ``keeping_over`` is the other person's version that the page showed beside one's own.
        """
        sent = {
            "row": item.pk,
            "do": f"save-{item.pk}",
            f"r{item.pk}-version": "0",
            f"r{item.pk}-rag": "amber",
            f"r{item.pk}-reason": reason,
            f"r{item.pk}-get_to_green": "Go on.",
        }
        if keeping_over:
            sent |= {f"r{item.pk}-saw": keeping_over, "take": f"{item.pk}-mine"}
        headers = {
            "Cookie": cookie,
            "X-CSRFToken": TOKEN,
            "X-One-Row": "1",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = HTTPConnection(self.host, timeout=120)
        try:
            connection.request("POST", self.path, urlencode(sent), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def seen_beside(page: str, item) -> str:
    """The version that the page shows beside one's own; nothing where the row is saved."""
    found = re.search(rf'name="r{item.pk}-saw" value="(\d+)"', page)
    return found.group(1) if found else ""


@pytest.mark.parametrize("count", [12, pytest.param(40, marks=pytest.mark.soak)])
def test_edits_by_five_at_once_lose_none(world, live_server, count):
    rows = [
        PlanItemFactory(programme=world.programme, plan_id=str(500 + n), position=500 + n)
        for n in range(count)
    ]
    people = [MembershipFactory(place=world.place, user=UserFactory()).user for _ in range(PEOPLE)]
    cookies = [cookie_of(user) for user in people]
    grid = Grid(live_server.url, f"/places/{world.place.slug}/update/IT/")
    told: Counter[str] = Counter()

    def edit(number: int) -> None:
        item, cookie, reason = rows[number % count], cookies[number // count], f"Edit {number}."
        seen = ""
        # Each refusal is another person's save, and each of them saves a row once.
        for _ in range(PEOPLE):
            status, page = grid.save(item, cookie=cookie, reason=reason, keeping_over=seen)
            assert status == 200
            seen = seen_beside(page, item)
            if not seen:
                told["saved"] += 1
                return
            told["refused"] += 1
            # What was typed stays on the page, and the other's value stands beside it.
            assert reason in page
            assert len(set(re.findall(r"Edit \d+\.", page))) > 1

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        list(pool.map(edit, range(count * PEOPLE)))

    assert told["saved"] == count * PEOPLE, told
    history = Status.pgh_event_model.objects.filter(item__in=rows)
    assert set(history.values_list("reason", flat=True)) == {
        f"Edit {number}." for number in range(count * PEOPLE)
    }
    assert set(Status.objects.filter(item__in=rows).values_list("version", flat=True)) == {PEOPLE}
    assert told["refused"] >= count * (PEOPLE - 1)
