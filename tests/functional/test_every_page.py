"""Every page that the table of addresses knows, in a real browser: accessible, and never wider than the window."""

import pytest
from django.conf import settings

from tests.access_table import ADDRESSES, opener
from tests.functional.axe import assert_accessible, assert_fits
from tests.functional.sessions import let_in
from tests.house.test_access import clients, path_of, place  # noqa: F401

NOT_PAGES = ("v1:", "schema", "metrics", "readyz", "healthz")


def is_page(client, path: str) -> bool:
    answer = client.get(path)
    shown = "text/html" in answer.headers.get("Content-Type", "")
    return shown and answer.status_code == 200 and "attachment" not in str(answer.headers)


def pages(place, clients):  # noqa: F811
    """The path of each page, and the role that opens it."""
    for one in ADDRESSES:
        if one.method == "GET" and not one.name.startswith(NOT_PAGES):
            role = opener(one)
            path = path_of(one, place) if role else ""
            if role and is_page(clients[role], path):
                yield one.name, path, role


def opened(browser, live_server, client):
    """A browser window that is signed in as the test client is; what it complains of is kept."""
    context = browser.new_context(viewport={"width": 320, "height": 800})
    if settings.SESSION_COOKIE_NAME in client.cookies:
        let_in(context, client, url=live_server.url)
    page = context.new_page()
    page.complaints = []
    page.on(
        "console", lambda said: page.complaints.append(said.text) if said.type == "error" else 0
    )
    return page


def wrong_with(page, address: str) -> list[str]:
    page.complaints.clear()
    page.goto(address)
    found = []
    # The narrow window last: its menu is folded when axe looks, and is not on its way there.
    for check in (
        lambda: assert_fits(page, width=1280),
        lambda: assert_fits(page, width=320),
        lambda: assert_accessible(page),
    ):
        try:
            check()
        except AssertionError as problem:
            found.append(str(problem)[:600])
    if page.locator("h1").count() != 1:
        found.append("not one heading of the first level")
    return found + page.complaints


@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_and_fits(place, clients, live_server, browser):  # noqa: F811
    windows, wrong, count = {}, [], 0
    for name, path, role in list(pages(place, clients)):
        if role not in windows:
            windows[role] = opened(browser, live_server, clients[role])
        count += 1
        wrong += [
            f"{name} {path}: {one}" for one in wrong_with(windows[role], live_server.url + path)
        ]
    assert not wrong, "\n".join(wrong)
    assert count > 40
