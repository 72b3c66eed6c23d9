"""A person guards their account in the browser: codes, passkeys, sessions and tokens, under the strict policy."""

import re
import time
from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Page, expect

from icp.accounts.models import EventKind
from programmes.models import PlaceRole
from tests.factories import PASSWORD, MembershipFactory, PlaceFactory, UserFactory
from tests.functional.axe import assert_accessible, assert_fits


@pytest.fixture
def administrator(transactional_db, stands_at, settings, live_server):
    """Of a place, with the second factor that production requires."""
    stands_at(date(2020, 2, 14))
    cache.clear()
    settings.SECOND_FACTOR_REQUIRED = True
    place = PlaceFactory(name="Testshire", slug="testshire")
    user = UserFactory(name="Director of Communityhealthandcarepartnerships")
    return MembershipFactory(place=place, user=user, role=PlaceRole.ADMINISTRATOR).user


@pytest.fixture
def portal_url(live_server) -> str:
    """By its name, as passkeys need."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def at(page: Page, portal_url):
    """``at("/accounts/")``: the page there."""
    problems = []
    page.on(
        "console",
        lambda said: problems.append(said.text) if "Content Security" in said.text else None,
    )

    def go(path: str = "/accounts/login/") -> Page:
        page.goto(portal_url + path)
        return page

    yield go
    assert not problems, problems


def check(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def sign_in_by_form(page: Page, user) -> None:
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def again(page: Page) -> None:
    """The password, asked for again."""
    expect(page.get_by_role("heading", name="Enter your password again")).to_be_visible()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_an_app(page: Page) -> str:
    page.get_by_role("button", name="Set up an app for codes").click()
    again(page)
    expect(page.get_by_role("heading", name="Set up an app for codes")).to_be_visible()
    check(page)
    secret = page.locator("dd code").inner_text()
    page.get_by_label("The code that the app shows now").fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    check(page)
    return secret


def passkey_device(page: Page) -> None:
    """The browser has a device with a lock of its own, which is always opened."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_an_administrator_sets_up_an_app_and_signs_in_with_its_code(at, administrator):
    page = at()
    check(page)
    sign_in_by_form(page, administrator)
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    check(page)
    expect(page.get_by_role("navigation", name="Menu")).to_have_count(0)
    secret = set_up_an_app(page)
    codes = page.locator("pre").inner_text().split()
    page.get_by_role("button", name="Sign out").click()

    at("/accounts/login/")
    sign_in_by_form(page, administrator)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    check(page)
    page.get_by_label("Code").fill("000000" if code_of(secret) != "000000" else "111111")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("This code does not work").first).to_be_visible()
    check(page)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert administrator.sign_in_events.filter(how="password and recovery code").exists()


def test_a_passkey_is_added_and_signs_in_without_a_password(at, administrator):
    page = at()
    passkey_device(page)
    sign_in_by_form(page, administrator)
    page.get_by_role("button", name="Set up a passkey").click()
    again(page)
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    check(page)
    page.get_by_label("Name, for you to know it by").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    at("/accounts/2fa/passkeys/")
    expect(page.get_by_text("signing in without a password")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Sign out").click()

    at("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    event = administrator.sign_in_events.filter(kind=EventKind.SIGNED_IN).latest("pk")
    assert event.how == "passkey"


def test_a_passkey_is_the_second_step_after_a_password(at, administrator):
    page = at()
    passkey_device(page)
    sign_in_by_form(page, administrator)
    page.get_by_role("button", name="Set up a passkey").click()
    again(page)
    page.get_by_label("Let me sign in with it alone").uncheck()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    at("/accounts/login/")
    sign_in_by_form(page, administrator)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    event = administrator.sign_in_events.filter(kind=EventKind.SIGNED_IN).latest("pk")
    assert event.how == "password and passkey"


def test_a_device_without_a_passkey_is_told_so_in_words(at, administrator):
    page = at("/accounts/login/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey was used")).to_be_visible()


def test_without_javascript_codes_work_and_passkeys_say_what_they_need(
    browser, live_server, administrator
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    sign_in_by_form(page, administrator)
    page.get_by_role("button", name="Set up an app for codes").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    secret = page.locator("dd code").inner_text()
    page.get_by_label("The code that the app shows now").fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    context.close()


def test_your_account_gathers_what_guards_it(at, sign_in, administrator, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    page = sign_in(administrator)
    at("/")
    page.get_by_role("link", name=re.compile("Your account")).click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    check(page)
    for link, heading in (
        ("Change your password", "Change your password"),
        ("Set up your second factors", "Second factors"),
        ("See where you are signed in", "Where you are signed in"),
        ("Make one – API tokens", "API tokens"),
    ):
        at("/accounts/")
        page.get_by_role("link", name=link, exact=True).click()
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        check(page)


def test_a_token_is_made_copied_and_revoked(at, sign_in, administrator, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    page = sign_in(administrator)
    at("/accounts/tokens/")
    page.get_by_label("What is it for?").fill("Monthly dashboard for the programme board")
    page.get_by_role("button", name="Make a token").click()
    again(page)
    expect(page.get_by_role("heading", name="Your new API token")).to_be_visible()
    check(page)
    page.get_by_role("link", name="I have copied it").click()
    check(page)
    page.get_by_role("button", name=re.compile("Revoke")).click()
    expect(page.get_by_text("does not work any more")).to_be_visible()


def test_the_sign_ins_of_the_place_are_read_filtered_and_fit(at, sign_in, administrator, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    page = sign_in(administrator)
    at("/")
    page.get_by_role("link", name="Sign-ins").first.click()
    expect(page.get_by_role("heading", name="Sign-ins")).to_be_visible()
    check(page)
    at("/places/testshire/sign-ins/?kind=failures")
    expect(page.get_by_text("Nothing answers to these filters")).to_be_visible()
    check(page)
