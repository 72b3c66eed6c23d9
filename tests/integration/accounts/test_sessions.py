"""Sessions end after idleness and after a day, are listed in plain words, and can be ended from elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from icp.accounts.models import EventKind
from icp.accounts.session_lines import ago
from tests.factories import PASSWORD, UserFactory
from tests.integration.accounts.conftest import ABROAD, happened, is_signed_in, sign_in, words

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"
)


@pytest.fixture
def morning():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def test_an_idle_session_ends_and_the_sign_in_page_says_why(db, morning, settings):
    settings.SESSION_IDLE_MINUTES = 30
    user = UserFactory()
    _, client = sign_in(user)
    morning.move_to(MORNING + timedelta(minutes=31))
    page = client.get(reverse("account"), follow=True)
    assert page.request["PATH_INFO"] == reverse("account_login")
    assert "You were signed out because you did nothing for 30 minutes" in words(page)
    assert not is_signed_in(client)
    assert happened(user) == [EventKind.SIGNED_IN, EventKind.ENDED]
    assert not UserSession.objects.filter(user=user).exists()


def test_a_session_in_use_goes_on(db, morning, settings):
    settings.SESSION_IDLE_MINUTES = 30
    _, client = sign_in(UserFactory())
    for minutes in (25, 50, 75):
        morning.move_to(MORNING + timedelta(minutes=minutes))
        assert client.get(reverse("account")).status_code == 200


def test_after_a_day_it_ends_even_in_use(db, morning, settings):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 600, 12
    _, client = sign_in(UserFactory())
    morning.move_to(MORNING + timedelta(hours=7))
    assert client.get(reverse("account")).status_code == 200
    morning.move_to(MORNING + timedelta(hours=12, minutes=1))
    page = client.get(reverse("account"), follow=True)
    assert "signed in for 12 hours" in words(page)


def test_an_idle_session_is_no_way_into_the_api(db, morning):
    _, client = sign_in(UserFactory())
    assert client.get("/api/v1/places/").status_code == 200
    morning.move_to(MORNING + timedelta(hours=2))
    assert client.get("/api/v1/places/").status_code == 401


def test_using_a_page_twice_in_a_minute_writes_nothing_about_the_session(db, morning):
    _, client = sign_in(UserFactory())
    client.get(reverse("tokens"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("tokens"))
    assert not [q["sql"] for q in queries if q["sql"].startswith(("UPDATE", "INSERT"))]


def two_browsers(user):
    here, there = Client(headers={"User-Agent": CHROME}), Client(headers={"User-Agent": PHONE})
    sign_in(user, client=here)
    sign_in(user, client=there, address=ABROAD)
    return here, there


def test_sessions_are_listed_in_plain_words_this_one_first(db, morning):
    user = UserFactory()
    here, _ = two_browsers(user)
    sign_in(UserFactory(), address="203.0.113.5")
    page = words(here.get(reverse("sessions")))
    assert "2 browsers" in page
    assert page.index("Chrome on Windows") < page.index("Safari on an iPhone")
    assert ABROAD in page
    assert "203.0.113.5" not in page


def prove(client, address):
    """The password again, on the page that was led to from ``address``."""
    return client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": address}, follow=True
    )


def test_one_session_can_be_ended_from_elsewhere(db, morning):
    user = UserFactory()
    here, there = two_browsers(user)
    other = UserSession.objects.get(ip=ABROAD)
    address = reverse("session-end", kwargs={"pk": other.pk})
    here.post(address)
    prove(here, address)
    assert there.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert happened(user)[-1] == EventKind.SESSION_ENDED


def test_all_others_can_be_ended_at_once(db, morning):
    user = UserFactory()
    here, there = two_browsers(user)
    here.post(reverse("sessions-end-others"))
    page = prove(here, reverse("sessions-end-others"))
    assert "signed out of 1 other browser" in words(page)
    assert there.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("name", ["session-end", "sessions-end-others"])
def test_whoever_finds_a_browser_open_ends_no_session_without_the_password(db, morning, name):
    here, there = two_browsers(UserFactory())
    other = UserSession.objects.get(ip=ABROAD)
    address = reverse(name, kwargs={"pk": other.pk} if name == "session-end" else None)
    asked = here.post(address)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    here.post(reverse("account_reauthenticate"), {"password": "a guess", "next": address})
    assert there.get(reverse("account")).status_code == 200


def test_who_gave_the_password_a_moment_ago_is_not_asked_again(db, morning):
    here, there = two_browsers(UserFactory())
    prove(here, reverse("sessions"))
    here.post(reverse("sessions-end-others"))
    assert there.get(reverse("account")).status_code == 302


def test_coming_back_from_the_password_without_pressing_ends_nothing(db, morning):
    here, there = two_browsers(UserFactory())
    page = prove(here, reverse("sessions-end-others"))
    assert page.request["PATH_INFO"] == reverse("sessions")
    assert there.get(reverse("account")).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(db, morning):
    _, theirs = sign_in(UserFactory(), address=ABROAD)
    _, mine = sign_in(UserFactory())
    prove(mine, reverse("sessions"))
    other = UserSession.objects.get(ip=ABROAD)
    mine.post(reverse("session-end", kwargs={"pk": other.pk}))
    assert theirs.get(reverse("account")).status_code == 200


def test_a_changed_password_ends_the_other_sessions(db, morning):
    user = UserFactory()
    here, there = two_browsers(user)
    new = "seven-quiet-otters-paint"
    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert there.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert EventKind.PASSWORD_CHANGED in happened(user)


def test_how_long_ago_in_words():
    assert ago(MORNING, now=MORNING + timedelta(seconds=20)) == "less than a minute ago"
    assert ago(MORNING, now=MORNING + timedelta(minutes=1)) == "1 minute ago"
    assert ago(MORNING, now=MORNING + timedelta(hours=3)) == "3 hours ago"
    assert ago(MORNING, now=MORNING + timedelta(days=2)) == "2 days ago"
