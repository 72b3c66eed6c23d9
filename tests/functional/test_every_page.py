"""Every page that the table of addresses knows, in a real browser: accessible, and never wider than the window."""

import pytest
from django.conf import settings
from playwright.sync_api import Error

from tests.access_table import ADDRESSES, opener
from tests.functional.axe import SCRIPT, assert_accessible, assert_fits
from tests.functional.sessions import let_in
from tests.house.test_access import clients, path_of, place  # noqa: F401

NOT_PAGES = ("v1:", "schema", "metrics", "readyz", "healthz")


def is_shown(page, address: str) -> bool:
    """Whether it is a page, and not a file to save or another address."""
    try:
        answer = page.goto(address)
    except Error as problem:
        assert "Download is starting" in str(problem)
        return False
    shown = "text/html" in answer.headers.get("content-type", "")
    return shown and answer.status == 200 and answer.request.redirected_from is None


def addresses(place):  # noqa: F811
    """The path of each address that may be a page, and the role that opens it."""
    for one in ADDRESSES:
        role = opener(one)
        if one.method == "GET" and role and not one.name.startswith(NOT_PAGES):
            yield one.name, path_of(one, place), role


def opened(browser, live_server, client):
    """A browser window that is signed in as the test client is; what it complains of is kept."""
    context = browser.new_context(viewport={"width": 320, "height": 800})
    if settings.SESSION_COOKIE_NAME in client.cookies:
        let_in(context, client, url=live_server.url)
    context.add_init_script(SCRIPT)
    page = context.new_page()
    page.complaints = []
    page.on(
        "console", lambda said: page.complaints.append(said.text) if said.type == "error" else 0
    )
    return page


def wrong_with(page) -> list[str]:
    found = []
    # The narrow window first, which it was opened in: its menu is folded when axe looks, and is not on its way there.
    for check in (
        lambda: assert_fits(page, width=320),
        lambda: assert_accessible(page),
        lambda: assert_fits(page, width=1280),
    ):
        try:
            check()
        except AssertionError as problem:
            found.append(str(problem)[:600])
    if page.evaluate("document.querySelectorAll('h1').length") != 1:
        found.append("not one heading of the first level")
    return found + page.complaints


@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_and_fits(place, clients, live_server, browser):  # noqa: F811
    windows, wrong, count = {}, [], 0
    for name, path, role in addresses(place):
        if role not in windows:
            windows[role] = opened(browser, live_server, clients[role])
        page = windows[role]
        page.complaints.clear()
        if is_shown(page, live_server.url + path):
            count += 1
            wrong += [f"{name} {path}: {one}" for one in wrong_with(page)]
    assert not wrong, "\n".join(wrong)
    assert count > 150
