"""Who asks for too much in a minute is told to wait, and nobody waits for what another asked."""

import pytest
import redis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from icp.accounts.api_tokens import make_token
from icp.common import clock, counting
from icp.common.models import OutgoingMail
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    PeriodFactory,
    PlaceFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.integration.accounts.conftest import ABROAD, HOME, is_signed_in, sign_in, words


@pytest.fixture
def place(db):
    found = PlaceFactory()
    PeriodFactory(place=found)
    return found


@pytest.fixture
def allow(settings):
    """``allow(downloads=2)`` in a minute, and as many of all else as anybody likes."""

    def limits(**kinds):
        settings.LIMITS_A_MINUTE = {**settings.LIMITS_A_MINUTE, **kinds}

    return limits


def office(place, address=HOME):
    client = Client(REMOTE_ADDR=address)
    client.force_login(MembershipFactory(place=place).user)
    return client


def download(client, place):
    return client.get(reverse("rows-download", kwargs={"place": place.slug, "fmt": "csv"}))


def statuses(ask, times):
    return [ask().status_code for _ in range(times)]


def test_downloads_beyond_the_limit_are_answered_429_with_when_to_try_again(place, allow):
    allow(downloads=2)
    client = office(place)
    assert statuses(lambda: download(client, place), 3) == [200, 200, 429]
    refused = download(client, place)
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    page = words(refused)
    assert "More than 2 downloads by you in one minute are too many. Try again in " in page
    assert "What you saved before is kept." in page


def test_a_colleague_behind_the_same_address_is_not_kept_out(place, allow):
    allow(downloads=1)
    one, other = office(place), office(place)
    assert statuses(lambda: download(one, place), 2) == [200, 429]
    assert download(other, place).status_code == 200


def test_going_to_another_address_does_not_begin_anew(place, allow):
    allow(downloads=1)
    user = MembershipFactory(place=place).user
    for address, expected in ((HOME, 200), (ABROAD, 429)):
        client = Client(REMOTE_ADDR=address)
        client.force_login(user)
        assert download(client, place).status_code == expected


def test_whoever_waits_for_downloads_goes_on_with_pages(place, allow):
    allow(downloads=1, searches=1)
    client = office(place)
    assert statuses(lambda: download(client, place), 2) == [200, 429]
    assert client.get(reverse("rows", kwargs={"place": place.slug})).status_code == 200


def test_searches_are_counted_and_plain_lists_are_not(place, allow):
    allow(searches=2)
    client = office(place)
    rows = reverse("rows", kwargs={"place": place.slug})
    assert statuses(lambda: client.get(f"{rows}?q=a"), 3) == [200, 200, 429]
    assert statuses(lambda: client.get(rows), 3) == [200, 200, 200]


def test_uploads_are_counted_and_what_was_not_done_is_said(place, allow):
    allow(uploads=1)
    client = office(place)

    def bring():
        file = SimpleUploadedFile("plan.csv", b"programme,plan_id\n")
        where = reverse("import", kwargs={"place": place.slug})
        return client.post(where, {"kind": "plan", "file": file})

    assert bring().status_code != 429
    refused = bring()
    assert refused.status_code == 429
    assert "What you sent just now was not done" in words(refused)


def test_changes_to_reports_are_counted(place, allow):
    allow(reports=1)
    client = office(place)
    period = reverse("period", kwargs={"place": place.slug, "key": place.periods.get().key})
    first = client.post(period, {"close": "yes"}).status_code
    assert first != 429
    assert client.post(period, {"close": "yes"}).status_code == 429
    assert client.get(period).status_code == 200


def test_a_return_is_mailed_so_many_times_a_minute_and_no_more_is_sent(place, allow):
    allow(mails=2)
    programme = ProgrammeFactory(place=place)
    client = office(place)
    where = reverse("update-offline-mail", kwargs={"place": place.slug, "code": programme.code})
    assert statuses(lambda: client.post(where), 3) == [302, 302, 429]
    assert OutgoingMail.objects.count() == 2
    page = words(client.post(where))
    assert "More than 2 mails by you in one minute are too many." in page
    assert "What you sent just now was not done" in page


def test_who_is_signed_out_is_counted_by_address(db, allow):
    allow(searches=1)

    def look(address):
        return Client(REMOTE_ADDR=address).get("/about/?q=a").status_code

    assert [look(HOME), look(HOME), look(ABROAD)] == [200, 429, 200]
    page = words(Client(REMOTE_ADDR=HOME).get("/about/?q=a"))
    assert "searches from your network address in one minute" in page


def test_nobody_is_kept_from_signing_in_by_it(place, allow):
    allow(searches=1, downloads=1, uploads=1, reports=1)
    for _ in range(3):
        Client(REMOTE_ADDR=HOME).get("/about/?q=a")
        assert Client(REMOTE_ADDR=HOME).get("/accounts/login/?next=/").status_code == 200
    _, client = sign_in(UserFactory(), PASSWORD, address=HOME)
    assert is_signed_in(client)


def token_of(user):
    return make_token(user=user, name="Program", at=clock.now(), request=None).key


def ask_the_api(key):
    return APIClient(headers={"Authorization": f"Token {key}"}).get("/api/v1/places/")


def test_the_api_answers_429_with_a_sentence_and_retry_after(place, allow):
    allow(api=2)
    key = token_of(MembershipFactory(place=place).user)
    assert statuses(lambda: ask_the_api(key), 2) == [200, 200]
    refused = ask_the_api(key)
    assert refused.status_code == 429
    told = refused.json()
    assert told["errors"] == {}
    assert told["detail"].startswith("More than 2 requests to the API by you in one minute")
    assert f"in {refused.headers['Retry-After']} second" in told["detail"]


def test_all_tokens_and_browsers_of_a_person_count_together_and_others_do_not(place, allow):
    allow(api=1)
    user = MembershipFactory(place=place).user
    assert ask_the_api(token_of(user)).status_code == 200
    assert ask_the_api(token_of(user)).status_code == 429
    browser = Client()
    browser.force_login(user)
    assert browser.get("/api/v1/places/").status_code == 429
    assert ask_the_api(token_of(MembershipFactory(place=place).user)).status_code == 200


def test_it_is_over_after_a_minute(place, allow):
    allow(downloads=1)
    client = office(place)
    statuses(lambda: download(client, place), 3)
    counting.cache.clear()  # As the cache does by itself.
    assert download(client, place).status_code == 200


def test_without_a_limit_nothing_is_counted(place, allow, monkeypatch):
    allow(downloads=0)
    monkeypatch.setattr(counting, "one_more", None)
    assert statuses(lambda: download(office(place), place), 3) == [200, 200, 200]


def test_while_the_cache_is_away_everything_is_let_through_and_the_log_says_so(
    place, allow, monkeypatch, caplog
):
    def away(*args, **kwargs):
        raise redis.ConnectionError("nobody there")

    allow(downloads=1, api=1)
    monkeypatch.setattr(counting.cache, "add", away)
    client, key = office(place), token_of(MembershipFactory(place=place).user)
    assert statuses(lambda: download(client, place), 3) == [200, 200, 200]
    assert statuses(lambda: ask_the_api(key), 3) == [200, 200, 200]
    assert "Nothing is braked: the cache does not answer (ConnectionError)." in caplog.text


def test_where_no_address_is_known_nobody_is_counted_for_all(db, allow, settings):
    allow(searches=1)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    for hidden in ({"REMOTE_ADDR": ""}, {"headers": {"X-Forwarded-For": HOME}}):
        client = Client(**hidden)
        assert statuses(lambda client=client: client.get("/about/?q=a"), 3) == [200, 200, 200]
