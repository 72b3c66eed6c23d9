"""What browsers are told in production: its own settings in force, asked over encrypted and plain lines."""

import pytest
from django.test import Client

from icp.accounts.models import User
from tests.factories import PASSWORD, UserFactory

from .conftest import HOST

EVIL_HOSTS = ("evil.example", f"{HOST}.evil.example", f"evil.example#@{HOST}", "127.0.0.1:1")


@pytest.fixture
def browser(production, db):
    return Client(SERVER_NAME=HOST, raise_request_exception=False)


def over_https(client, address, **asked):
    return client.get(address, secure=True, **asked)


def test_every_answer_says_that_only_encrypted_lines_will_do(browser):
    for address in ("/about/", "/accounts/login/", "/no-such-page/", "/healthz", "/api/v1/places/"):
        said = over_https(browser, address).headers["Strict-Transport-Security"]
        assert said == "max-age=31536000; includeSubDomains; preload"


def test_a_plain_line_is_led_to_the_encrypted_one(browser):
    answer = browser.get("/about/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{HOST}/about/")


def test_the_api_answers_no_plain_line_by_leading_on(browser):
    """A program that sends its key unencrypted must notice."""
    answer = browser.get("/api/v1/places/", headers={"Authorization": "Token x"})
    assert answer.status_code == 403
    assert "https" in answer.json()["detail"]


def test_cookies_are_bound_to_this_host_and_encrypted_lines(browser):
    person = UserFactory()
    page = over_https(browser, "/accounts/login/")
    assert page.status_code == 200
    browser.post(
        "/accounts/login/",
        {"login": person.email, "password": PASSWORD},
        secure=True,
        headers={"Referer": f"https://{HOST}/accounts/login/"},
    )
    assert set(browser.cookies) >= {"__Host-sessionid", "__Host-csrftoken"}
    for cookie in browser.cookies.values():
        assert cookie.key.startswith("__Host-"), cookie.key
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", ""), cookie.key
        assert cookie["samesite"] == "Lax", cookie.key
    assert browser.cookies["__Host-sessionid"]["httponly"] is True


def test_a_new_session_begins_with_each_sign_in(browser):
    person = UserFactory()
    browser.cookies["__Host-sessionid"] = "a-session-that-somebody-else-chose"
    browser.post(
        "/accounts/login/",
        {"login": person.email, "password": PASSWORD},
        secure=True,
        headers={"Referer": f"https://{HOST}/accounts/login/"},
    )
    assert browser.cookies["__Host-sessionid"].value != "a-session-that-somebody-else-chose"


@pytest.mark.parametrize("host", EVIL_HOSTS)
def test_a_host_that_is_not_ours_is_refused(browser, host):
    answer = over_https(browser, "/about/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.content.decode()


def test_a_proxys_word_for_the_host_is_not_taken(browser):
    answer = browser.get("/about/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.headers["Location"] == f"https://{HOST}/about/"


def test_an_error_tells_nothing_of_the_inside(browser, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("secret-of-the-inside in /srv/portal/views.py")

    monkeypatch.setattr("icp.common.context.portal", fail)
    monkeypatch.setattr("programmes.context.here", fail)
    answer = over_https(browser, "/")
    page = answer.content.decode()
    assert answer.status_code == 500
    for word in ("secret-of-the-inside", "Traceback", "/srv/", "RuntimeError", "Django", "SELECT"):
        assert word not in page


def test_debugging_is_off_and_no_setting_from_outside_turns_it_on(production, monkeypatch):
    from .conftest import production_settings

    monkeypatch.setenv("DEBUG", "1")
    monkeypatch.setenv("DJANGO_DEBUG", "1")
    assert production_settings(monkeypatch).DEBUG is False
    assert production.DEMO is False


def test_static_files_have_the_policy_and_their_folders_are_not_listed(
    production, settings, tmp_path, db
):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "portal.css").write_text("p{}")
    settings.STATIC_ROOT = str(tmp_path)
    browser = Client(SERVER_NAME=HOST)
    found = over_https(browser, "/static/css/portal.css")
    assert found.status_code == 200
    assert "frame-ancestors 'none'" in found.headers["Content-Security-Policy"]
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" in found.headers
    for address in (
        "/static/",
        "/static/css/",
        "/static/css",
        "/static/../manage.py",
        "/.git/HEAD",
    ):
        assert over_https(browser, address).status_code == 404, address


def test_the_demonstrations_pages_do_not_exist_in_production(browser, production, settings):
    settings.DEMO = production.DEMO
    browser.force_login(UserFactory())
    for address in ("/demo/clock/", "/demo/mail/", "/demo/mail/1/"):
        assert over_https(browser, address).status_code == 404


def test_nobody_is_let_in_by_a_password_in_an_address(browser):
    person = UserFactory()
    over_https(browser, f"/accounts/login/?login={person.email}&password={PASSWORD}")
    assert "__Host-sessionid" not in browser.cookies
    assert User.objects.get(pk=person.pk).last_login is None
