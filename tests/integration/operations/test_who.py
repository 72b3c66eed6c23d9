"""The log names whoever was refused by a key: the same for one person, and nobody's without the secret."""

import io
import json
import logging
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.functional import SimpleLazyObject
from rest_framework.test import APIClient

from icp.accounts.api_tokens import make_token
from icp.common import clock
from icp.operations.logs import Json
from icp.operations.who import key_in, key_of
from tests.factories import MembershipFactory, PlaceFactory, UserFactory

NOWHERE = "/places/nowhere/"


@pytest.fixture
def lines(db):
    """What the log says of requests, as a collector reads it."""
    kept = []

    class Keep(logging.Handler):
        def emit(self, record):
            kept.append(json.loads(Json().format(record)))

    handler, log = Keep(), logging.getLogger("icp.requests")
    log.addHandler(handler)
    yield kept
    log.removeHandler(handler)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def told(command):
    out = io.StringIO()
    call_command("who_in_the_log", command, stdout=out)
    return out.getvalue().strip()


def test_a_refused_page_is_logged_with_a_key_in_place_of_the_person(lines):
    user = UserFactory(name="Somebody", email="somebody@example.org")
    browser(user).get(NOWHERE)
    (line,) = lines
    assert (line["status"], line["route"]) == (404, "place")
    assert re.fullmatch("[0-9a-f]{16}", line["person"])
    for word in ("Somebody", "somebody@example.org", "example.org"):
        assert word not in json.dumps(line)


def test_the_same_person_has_the_same_key_and_another_another(lines):
    one, other = UserFactory(), UserFactory()
    for user in (one, one, other):
        browser(user).get(NOWHERE)
    first, again, third = (line["person"] for line in lines)
    assert first == again != third


def test_what_is_allowed_and_who_is_signed_out_have_no_key(lines):
    place = PlaceFactory()
    browser(MembershipFactory(place=place).user).get(f"/places/{place.slug}/")
    Client().get("/no-such-page/")
    assert [line["status"] for line in lines] == [200, 404]
    assert not any("person" in line for line in lines)


def test_the_api_and_too_much_at_once_are_logged_alike(lines, settings):
    user = UserFactory()
    key = make_token(user=user, name="Program", at=clock.now(), request=None).key
    api = APIClient(headers={"Authorization": f"Token {key}"})
    api.get("/api/v1/places/0/")
    settings.LIMITS_A_MINUTE = {**settings.LIMITS_A_MINUTE, "api": 1}
    api.get("/api/v1/places/")
    api.get("/api/v1/places/")
    assert [line["status"] for line in lines] == [404, 200, 429]
    assert [line.get("person") for line in lines] == [key_of(user.pk), None, key_of(user.pk)]


def test_a_line_never_asks_who_it_is_where_nobody_has_asked_yet(rf):
    """That would ask the database, which may be why the page was refused."""
    request = rf.get("/")
    assert key_in(request) == ""
    request.user = SimpleLazyObject(lambda: pytest.fail("It asked."))
    assert key_in(request) == ""


def test_whoever_runs_the_server_finds_the_person_and_their_keys(lines):
    user = UserFactory(name="Somebody", email="somebody@example.org")
    UserFactory()
    browser(user).get(NOWHERE)
    key = lines[0]["person"]
    assert told(key) == "Somebody (somebody@example.org)"
    assert told("Somebody@example.org") == key


def test_a_changed_secret_changes_the_keys_and_the_old_one_still_leads_back(lines, settings):
    user = UserFactory(name="Somebody", email="somebody@example.org")
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another secret of the portal"
    assert key_of(user.pk) != key_of(user.pk, secret=before)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert told(key_of(user.pk, secret=before)) == "Somebody (somebody@example.org)"
    assert told(user.email).split() == [key_of(user.pk), key_of(user.pk, secret=before)]
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CommandError, match="Nobody has this key"):
        told(key_of(user.pk, secret=before))


@pytest.mark.parametrize("word", ["0" * 16, "", "x\x00", "nobody@example.org"])
def test_a_key_or_an_address_that_nobody_has_is_said_so(db, word):
    with pytest.raises(CommandError):
        told(word)
