"""API tokens: made with the password, shown once, kept as a hash, listed and revoked by their owner."""

from hashlib import sha256

from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from icp.accounts import api_tokens
from icp.accounts.models import ApiToken, EventKind
from tests.factories import NOW, PASSWORD, MembershipFactory, UserFactory
from tests.integration.accounts.conftest import HOME, happened, sign_in, words


def made(user, name="Dashboard"):
    return api_tokens.make_token(user=user, name=name, at=NOW, request=None)


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
