"""API tokens: made with the password, shown once, kept as a hash, listed and revoked by their owner."""

import getpass
import re
from datetime import date
from hashlib import sha256

from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from icp.accounts import api_tokens
from icp.accounts.models import ApiToken, EventKind
from icp.common import clock
from icp.common.models import DemoClock
from tests.factories import PASSWORD, MembershipFactory, UserFactory
from tests.integration.accounts.conftest import HOME, happened, sign_in, words


def made(user, name="Dashboard"):
    return api_tokens.make_token(user=user, name=name, at=clock.now(), request=None)


def call(key, **extra):
    return APIClient(headers={"Authorization": f"Token {key}"}, **extra).get("/api/v1/places/")


def test_a_token_is_made_on_the_page_after_the_password_and_shown_once(db):
    user = UserFactory()
    _, client = sign_in(user)
    asked = client.post(reverse("token-make"), {"name": "Monthly dashboard"})
    assert reverse("account_reauthenticate") in asked.headers["Location"]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("token-make"), {"name": "Monthly dashboard"})
    key = page.content.decode().split("The token")[1].split(">")[1].split("<")[0]
    assert call(key).status_code == 200
    listed = client.get(reverse("tokens")).content.decode()
    assert "Monthly dashboard" in listed
    assert key not in listed
    assert EventKind.TOKEN_MADE in happened(user)


def test_only_a_hash_is_kept(db):
    one = made(UserFactory())
    stored = ApiToken.objects.get()
    assert stored.token_hash == sha256(one.key.encode()).hexdigest()
    assert one.key not in str(vars(stored))


def test_the_list_says_when_and_from_where_it_was_used(db):
    user = UserFactory()
    one = made(user)
    call(one.key, REMOTE_ADDR=HOME)
    _, client = sign_in(user)
    assert f"from {HOME}" in words(client.get(reverse("tokens")))


def test_a_revoked_token_stops_working_at_once(db):
    user = UserFactory()
    one, other = made(user), made(user, "Another")
    _, client = sign_in(user)
    client.post(reverse("token-revoke", kwargs={"pk": one.token.pk}))
    assert call(one.key).status_code == 401
    assert call(other.key).status_code == 200
    assert happened(user)[-1] == EventKind.TOKEN_REVOKED


CHOSEN = "nine-lanterns-over-the-weir"


def change_password(client):
    new = {"password1": CHOSEN, "password2": CHOSEN}
    return client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, **new}, follow=True
    )


def test_a_changed_password_revokes_every_token_of_that_person_and_says_so(db):
    user, other = UserFactory(), UserFactory()
    keys, others = [made(user).key, made(user, "Another").key], made(other).key
    _, client = sign_in(user)
    page = words(change_password(client))
    assert "2 API tokens of yours do not work any more." in page
    assert [call(key).status_code for key in keys] == [401, 401]
    assert call(others).status_code == 200
    assert happened(user)[-3:] == [*[EventKind.TOKEN_REVOKED] * 2, EventKind.PASSWORD_CHANGED]
    assert user.sign_in_events.filter(kind=EventKind.TOKEN_REVOKED).last().how == "new password"


def test_a_password_chosen_anew_by_mail_revokes_every_token_too(db, mailoutbox):
    user = UserFactory()
    one = made(user)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": user.email})
    (mail,) = mailoutbox
    assert "your API tokens stop working" in mail.body
    page = client.get(re.search(r"http://testserver(\S+)", mail.body)[1], follow=True)
    done = client.post(
        page.request["PATH_INFO"], {"password1": CHOSEN, "password2": CHOSEN}, follow=True
    )
    assert "1 API token of yours does not work any more." in words(done)
    assert call(one.key).status_code == 401
    assert happened(user)[-2:] == [EventKind.TOKEN_REVOKED, EventKind.PASSWORD_RESET]


def test_a_password_set_by_the_command_ends_every_token_and_session(db, monkeypatch):
    user, other = UserFactory(), UserFactory()
    key, others = made(user).key, made(other).key
    (_, browser), (_, others_browser) = sign_in(user), sign_in(other)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: CHOSEN)
    call_command("changepassword", user.email)
    assert (call(key).status_code, call(others).status_code) == (401, 200)
    assert not UserSession.objects.filter(user=user).exists()
    assert [one.get(reverse("tokens")).status_code for one in (browser, others_browser)] == [
        302,
        200,
    ]
    assert happened(user)[-2:] == [EventKind.PASSWORD_CHANGED, EventKind.TOKEN_REVOKED]
    assert user.sign_in_events.get(kind=EventKind.PASSWORD_CHANGED).how == "from the command line"
    _, again = sign_in(user, CHOSEN)
    assert again.get(reverse("tokens")).status_code == 200


def test_a_password_that_is_only_hashed_anew_ends_nothing(db, settings):
    user = UserFactory()
    key = made(user).key
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    before = user.password
    _, browser = sign_in(user)
    user.refresh_from_db()
    assert user.password != before
    assert call(key).status_code == 200
    assert browser.get(reverse("tokens")).status_code == 200


def test_a_token_works_until_the_end_of_its_last_day_and_then_says_so(db, settings):
    settings.API_TOKEN_DAYS = 90
    DemoClock.objects.create(today=date(2020, 1, 31))
    user = UserFactory()
    one = made(user)
    assert timezone.localtime(one.token.ends_at).date() == date(2020, 4, 30)
    for today, status in ((date(2020, 4, 30), 200), (date(2020, 5, 1), 401)):
        DemoClock.objects.update(today=today)
        answer = call(one.key)
        assert answer.status_code == status, today
    assert answer.json()["detail"] == (
        "This token worked until the end of 30 April 2020. Make a new one in the portal, under Your account."
    )
    _, client = sign_in(user)
    assert "Over since 30 Apr 2020" in words(client.get(reverse("tokens")))


def test_a_token_that_is_over_is_none_of_the_twenty(db, monkeypatch):
    monkeypatch.setattr(api_tokens, "MOST", 1)
    DemoClock.objects.create(today=date(2020, 1, 31))
    user = UserFactory()
    made(user)
    DemoClock.objects.update(today=date(2020, 5, 1))
    assert call(made(user, "The next").key).status_code == 200


def test_nobody_revokes_a_token_of_somebody_else(db):
    one = made(UserFactory())
    _, client = sign_in(UserFactory())
    assert client.post(reverse("token-revoke", kwargs={"pk": one.token.pk})).status_code == 404
    assert call(one.key).status_code == 200


def test_each_sign_in_to_the_api_makes_its_own_and_gives_up_only_that(db):
    user = UserFactory()
    told = {"email": user.email, "password": PASSWORD, "name": "Nightly"}
    keys = [APIClient().post("/api/v1/token/", told, format="json").json()["token"] for _ in "ab"]
    APIClient(headers={"Authorization": f"Token {keys[0]}"}).delete("/api/v1/token/")
    assert [call(key).status_code for key in keys] == [401, 200]


def test_a_token_of_a_closed_account_does_not_work(db):
    user = UserFactory()
    one = made(user)
    user.is_active = False
    user.save()
    assert call(one.key).status_code == 401


def test_twenty_are_enough(db, monkeypatch):
    monkeypatch.setattr(api_tokens, "MOST", 2)
    user = UserFactory()
    told = {"email": user.email, "password": PASSWORD}
    answers = [APIClient().post("/api/v1/token/", told, format="json") for _ in "abc"]
    assert [answer.status_code for answer in answers] == [200, 200, 409]
    assert "Revoke one" in answers[2].json()["detail"]


def test_a_token_sees_what_its_owner_sees(db):
    membership = MembershipFactory()
    one = made(membership.user)
    assert call(one.key).json()["count"] == 1


def test_the_page_of_an_unnamed_token_says_what_is_missing(db):
    _, client = sign_in(UserFactory())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("token-make"), {"name": ""})
    assert page.status_code == 422
    assert "Say what the token is for" in words(page)


def test_signed_out_there_is_no_page(db):
    assert Client().get(reverse("tokens")).status_code == 302
