"""The layout, the account's pages and the errors, in a browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from icp.accounts.models import User
from tests.functional.axe import assert_accessible, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)

SIGNED_OUT = [
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-used-already/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/about/",
    "/accessibility/",
    "/no-such-page/",
]
SIGNED_IN = ["/accounts/logout/", "/accounts/password/change/", "/accounts/email/"]


@pytest.fixture
def lead() -> User:
    user = User(email="lead@demo.invalid", name="Workstream Director: Prevention")
    user.set_password("a-long-pass-phrase")
    user.save()
    return user


@pytest.mark.parametrize("address", SIGNED_OUT)
def test_pages_for_everybody_are_accessible_and_fit_a_telephone(page: Page, live_server, address):
    page.goto(live_server.url + address)
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("address", SIGNED_IN)
def test_pages_of_the_account_are_accessible_and_fit_a_telephone(
    sign_in, lead, live_server, address
):
    page = sign_in(lead)
    page.goto(live_server.url + address)
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    assert_fits(page)


def test_a_person_signs_in_and_out_with_the_keyboard_alone(page: Page, live_server, lead):
    page.goto(live_server.url + "/accounts/login/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(lead.email)
    page.keyboard.press("Tab")
    page.keyboard.type("a-long-pass-phrase")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Workstream Director: Prevention").first).to_be_visible()
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()


def test_a_wrong_password_is_explained_first_and_focused(page: Page, live_server, lead):
    page.goto(live_server.url + "/accounts/login/")
    page.get_by_label("E-mail address").fill(lead.email)
    page.get_by_label("Password", exact=True).fill("not the pass phrase")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert_accessible(page)


def test_a_forgotten_password_is_replaced_by_a_link_in_the_mail(
    page: Page, live_server, lead, mailoutbox
):
    page.goto(live_server.url + "/accounts/login/")
    page.get_by_role("link", name="I have forgotten my password").click()
    page.get_by_label("E-mail").fill(lead.email)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    link = re.search(r"http\S+/accounts/password/reset/key/\S+", mailoutbox[0].body)
    assert link
    page.goto(link[0])
    assert_accessible(page)
    assert_fits(page)
    for box in page.locator("input[type=password]").all():
        box.fill("another-long-pass-phrase")
    page.get_by_role("button", name="Save the new password").click()
    expect(page.get_by_role("heading", name="Your password is changed")).to_be_visible()
    assert_accessible(page)


def test_the_skip_link_leads_to_the_content(page: Page, live_server):
    page.goto(live_server.url + "/about/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_page_of_the_demonstration_says_so_and_says_the_date(
    page: Page, live_server, stands_at
):
    stands_at(date(2020, 2, 14))
    page.goto(live_server.url + "/about/")
    expect(page.get_by_role("complementary", name="Demonstration")).to_contain_text(
        "today is 14 February 2020"
    )


def test_the_content_security_policy_stops_nothing_of_ours(page: Page, live_server):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(live_server.url + "/about/", wait_until="networkidle")
    assert page.evaluate("document.body.classList.contains('nhsuk-frontend-supported')")
    assert not complaints


def test_the_layout_works_without_javascript(browser, live_server):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/accounts/login/")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.close()
