"""Guessing is slowed down by account and by address, and keeps no colleague out."""

from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from icp.accounts import throttle
from icp.accounts.models import EventKind
from tests.factories import PASSWORD, UserFactory
from tests.integration.accounts.conftest import (
    ABROAD,
    HOME,
    happened,
    is_signed_in,
    sign_in,
    words,
)

WRONG = "not-the-password"


def guess(user, times, address=ABROAD):
    for _ in range(times):
        answer, _ = sign_in(user, WRONG, address=address)
    return answer


def test_after_five_failures_the_right_password_is_not_looked_at_from_there(db):
    user = UserFactory()
    guess(user, 5)
    answer, client = sign_in(user, PASSWORD, address=ABROAD)
    assert not is_signed_in(client)
    assert "Too many sign-ins have failed. Try again in 5 minutes, at " in words(answer)
    assert happened(user) == [EventKind.FAILED] * 5 + [EventKind.LOCKED]


def test_the_owner_gets_in_from_another_address_meanwhile(db):
    user = UserFactory()
    guess(user, 20)
    _, client = sign_in(user, PASSWORD, address=HOME)
    assert is_signed_in(client)


def known_browser(user):
    """A browser at the organisation's one address in which the person signed in last week."""
    _, client = sign_in(user, PASSWORD, address=HOME)
    client.post(reverse("account_logout"))
    return client


def try_again(client, user, password):
    login = {"login": user.email, "password": password}
    client.post(reverse("account_login"), login, REMOTE_ADDR=HOME)
    return is_signed_in(client)


def test_what_a_colleague_tries_at_the_same_address_keeps_no_known_browser_out(db):
    user = UserFactory()
    browser = known_browser(user)
    guess(user, 6, address=HOME)
    assert try_again(browser, user, PASSWORD)
    _, unknown = sign_in(user, PASSWORD, address=HOME)
    assert not is_signed_in(unknown)


def test_invented_accounts_tried_at_the_same_address_keep_no_known_browser_out(db, settings):
    settings.SIGN_IN_FAILURES = {"pair": 5, "address": 3, "account": 50}
    user = UserFactory()
    browser = known_browser(user)
    for number in range(4):
        sign_in(f"nobody{number}@example.org", WRONG, address=HOME)
    _, unknown = sign_in(user, PASSWORD, address=HOME)
    assert not is_signed_in(unknown)
    assert try_again(browser, user, PASSWORD)


def test_a_known_browser_is_slowed_down_by_its_own_count_and_touches_no_others(db):
    user = UserFactory()
    browser = known_browser(user)
    for _ in range(5):
        assert not try_again(browser, user, WRONG)
    assert not try_again(browser, user, PASSWORD)
    _, other = sign_in(user, PASSWORD, address=HOME)
    assert is_signed_in(other)


def test_a_browser_is_known_to_its_own_accounts_alone(db):
    user, colleague = UserFactory(), UserFactory()
    browser = known_browser(user)
    guess(colleague, 5, address=HOME)
    assert not try_again(browser, colleague, PASSWORD)


def test_a_browser_that_people_share_is_known_to_each_of_them(db):
    user, colleague = UserFactory(), UserFactory()
    browser = known_browser(user)
    try_again(browser, colleague, PASSWORD)
    browser.post(reverse("account_logout"))
    for one in (user, colleague):
        guess(one, 5, address=HOME)
    assert try_again(browser, user, PASSWORD)
    browser.post(reverse("account_logout"))
    assert try_again(browser, colleague, PASSWORD)


def test_a_cookie_of_before_a_new_password_and_a_forged_one_are_of_no_use(db, settings):
    user = UserFactory()
    browser = known_browser(user)
    user.set_password("nine-lanterns-over-the-weir")
    user.save()
    guess(user, 5, address=HOME)
    assert not try_again(browser, user, "nine-lanterns-over-the-weir")
    for forged in ("x", "e30:1abc:def", "=" * 5000):
        browser.cookies[settings.DEVICE_COOKIE_NAME] = forged
        assert not try_again(browser, user, "nine-lanterns-over-the-weir")


def test_the_cookie_is_out_of_reach_of_scripts_and_outlasts_the_session(db, settings):
    cookie = known_browser(UserFactory()).cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 60 * 60


def test_it_is_over_when_the_window_is_whoever_kept_trying(db, settings):
    settings.SIGN_IN_WINDOW = 1
    user = UserFactory()
    guess(user, 5)
    throttle_ends()
    _, client = sign_in(user, PASSWORD, address=ABROAD)
    assert is_signed_in(client)


def throttle_ends():
    """The windows of the cache run out, as they do by themselves."""
    caches["default"].clear()


def test_a_window_is_never_prolonged_by_more_failures(db):
    user = UserFactory()
    ends = []
    for _ in range(9):
        try:
            throttle.begin(email=user.email, address=ABROAD, is_known=lambda: False)
        except throttle.TooManyFailed as refused:
            ends.append(refused.until)
    assert len(ends) == 4
    assert len(set(ends)) == 1


def test_one_address_that_tries_many_accounts_is_refused(db, settings):
    settings.SIGN_IN_FAILURES = {"pair": 5, "address": 3, "account": 50}
    for number in range(3):
        sign_in(f"nobody{number}@example.org", WRONG, address=ABROAD)
    answer, _ = sign_in("nobody4@example.org", WRONG, address=ABROAD)
    assert "Too many sign-ins have failed" in words(answer)
    other, _ = sign_in("nobody4@example.org", WRONG, address=HOME)
    assert "Too many" not in words(other)


def test_many_addresses_that_try_one_account_are_refused_but_not_its_owner_at_home(db, settings):
    settings.SIGN_IN_FAILURES = {"pair": 5, "address": 50, "account": 3}
    user = UserFactory()
    sign_in(user, PASSWORD, address=HOME)
    for number in range(4):
        sign_in(user, WRONG, address=f"198.51.100.{number}")
    _, stranger = sign_in(user, PASSWORD, address="198.51.100.99")
    _, owner = sign_in(user, PASSWORD, address=HOME)
    assert not is_signed_in(stranger)
    assert is_signed_in(owner)


def test_signing_in_clears_what_the_owner_mistyped_but_not_what_others_tried(db, settings):
    settings.SIGN_IN_FAILURES = {"pair": 5, "address": 4, "account": 50}
    user, other = UserFactory(), UserFactory()
    guess(user, 2)
    sign_in(user, PASSWORD, address=ABROAD)
    guess(other, 2)
    answer = guess(other, 1)
    assert "Too many" in words(answer), "A good sign-in must not wipe the count of the address."


def test_an_unknown_account_is_counted_like_a_known_one(db):
    answer = guess("nobody@example.org", 6)
    assert "Too many sign-ins have failed" in words(answer)


def test_the_api_counts_with_the_page_and_says_when_to_try_again(db):
    user = UserFactory()
    guess(user, 5)
    answer = APIClient(REMOTE_ADDR=ABROAD).post(
        "/api/v1/token/", {"email": user.email, "password": PASSWORD}, format="json"
    )
    assert answer.status_code == 429
    assert "Try again in 5 minutes" in answer.json()["detail"]
    assert int(answer.headers["Retry-After"]) == 300


def test_behind_the_proxy_the_browsers_own_address_counts(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = UserFactory()
    login = {"login": user.email, "password": WRONG}
    for number in range(6):
        # Whatever the browser claims itself stands before what the proxy adds.
        forged = f"10.0.0.{number}, {ABROAD}"
        Client().post(reverse("account_login"), login, headers={"X-Forwarded-For": forged})
    right = {"login": user.email, "password": PASSWORD}
    there, elsewhere = Client(), Client()
    there.post(reverse("account_login"), right, headers={"X-Forwarded-For": ABROAD})
    elsewhere.post(reverse("account_login"), right, headers={"X-Forwarded-For": HOME})
    assert not is_signed_in(there)
    assert is_signed_in(elsewhere)
    assert set(user.sign_in_events.values_list("address", flat=True)) == {ABROAD, HOME}


def test_many_attempts_at_once_do_not_slip_through(db):
    """The attempt is counted before the password is looked at: what begins is what may fail."""
    begun = 0
    for _ in range(30):
        try:
            throttle.begin(email="a@example.org", address=ABROAD, is_known=lambda: False)
            begun += 1
        except throttle.TooManyFailed:
            continue
    assert begun == 5
