"""While the shared cache is away people sign in all the same, and guessing is slowed down all the same."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from icp.common import cache as module
from icp.settings.base import caches_at
from tests.factories import PASSWORD, UserFactory
from tests.integration.accounts.conftest import (
    ABROAD,
    HOME,
    code_now,
    is_signed_in,
    sign_in,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache_is_away(settings, monkeypatch):
    monkeypatch.setattr(module, "_again", {})
    settings.CACHES = caches_at("unix:///nowhere/at-all.sock")
    caches["default"].own.clear()


def test_the_owner_signs_in(caplog):
    _, client = sign_in(UserFactory(), PASSWORD)
    assert is_signed_in(client)
    assert client.get(reverse("account")).status_code == 200
    assert "this process counts by itself" in caplog.text


def test_guesses_are_counted_by_the_process():
    user = UserFactory()
    for _ in range(5):
        sign_in(user, "not-the-password", address=ABROAD)
    answer, client = sign_in(user, PASSWORD, address=ABROAD)
    assert not is_signed_in(client)
    assert "Too many sign-ins have failed" in words(answer)
    _, owner = sign_in(user, PASSWORD, address=HOME)
    assert is_signed_in(owner)


def second_step(client):
    return client.post(reverse("mfa_authenticate"), {"code": code_now()})


def test_a_code_works_once(with_app):
    user = with_app(UserFactory())
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(user, PASSWORD, client=client)
    second_step(first)
    second_step(second)
    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_the_api_gives_a_token_and_slows_down_guessing():
    user = UserFactory()
    asked = {"email": user.email, "password": PASSWORD}
    client = APIClient(REMOTE_ADDR=ABROAD)
    assert client.post("/api/v1/token/", asked).status_code == 200
    for _ in range(5):
        client.post("/api/v1/token/", {**asked, "password": "not-the-password"})
    assert client.post("/api/v1/token/", asked).status_code == 429


def test_brakes_go_on_in_the_process(settings):
    settings.LIMITS_A_MINUTE = {**settings.LIMITS_A_MINUTE, "searches": 2}
    client = Client(REMOTE_ADDR=HOME)
    found = [client.get("/about/?q=a").status_code for _ in range(3)]
    assert found == [200, 200, 429]
