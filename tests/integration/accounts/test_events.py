"""What happened at the door is recorded without secrets, cannot be rewritten, and is read by those who may."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from icp.accounts.models import EventKind, SignInEvent
from icp.common.models import DemoClock
from programmes.models import PlaceRole
from tests.factories import (
    NOW,
    PASSWORD,
    BoardMemberFactory,
    MembershipFactory,
    PlaceFactory,
    PostFactory,
    UserFactory,
)
from tests.integration.accounts.conftest import ABROAD, HOME, happened, sign_in, words

TYPED = "my-secret-typed-in-the-wrong-box"


def event(user, kind=EventKind.SIGNED_IN, at=NOW, **fields):
    return SignInEvent.objects.create(user=user, kind=kind, at=at, **fields)


@pytest.fixture
def place(db):
    # Who belongs does since then; what happens is told of at NOW, and read a week later.
    DemoClock.objects.create(today=date(2020, 2, 1))
    return PlaceFactory(name="Testshire", slug="testshire")


@pytest.fixture
def auditor(place):
    return MembershipFactory(place=place, role=PlaceRole.AUDITOR).user


def the_day(today):
    DemoClock.objects.update(today=today)


def here_since(place, name):
    """Somebody who came in when they were invited, which the record has forgotten."""
    user = UserFactory(name=name, last_login=datetime(2020, 2, 3, tzinfo=UTC))
    return MembershipFactory(place=place, user=user).user


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def listed(user, query="", place="testshire"):
    the_day(date(2020, 2, 21))
    return client_of(user).get(reverse("sign-ins", kwargs={"place": place}) + query)


def test_signing_in_failing_and_signing_out_are_recorded_with_who_when_and_where(db):
    user = UserFactory()
    sign_in(user, "wrong", address=ABROAD)
    _, client = sign_in(user)
    client.post(reverse("account_logout"))
    assert happened(user) == [EventKind.FAILED, EventKind.SIGNED_IN, EventKind.SIGNED_OUT]
    first = user.sign_in_events.order_by("pk").first()
    assert (first.address, first.how) == (ABROAD, "password")
    assert first.at is not None


def test_what_was_typed_is_never_kept(db):
    sign_in(f"{TYPED}@example.org", TYPED)
    sign_in(UserFactory(), TYPED)
    kept = str(list(SignInEvent.objects.values()))
    assert SignInEvent.objects.count() == 2
    assert TYPED not in kept
    assert PASSWORD not in kept


def test_an_event_cannot_be_changed_or_removed_even_by_the_owner_of_the_table(db):
    one = event(UserFactory())
    for sql in ("UPDATE accounts_signinevent SET how = 'x'", "DELETE FROM accounts_signinevent"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(sql)
    one.refresh_from_db()


def test_the_portals_own_role_may_add_events_and_nothing_else(app_connection):
    cursor = app_connection.cursor()
    cursor.execute(
        "INSERT INTO accounts_signinevent (at, kind, how, device, reason)"
        " VALUES (now(), 'failed', '', '', '')"
    )
    for sql in (
        "UPDATE accounts_signinevent SET how = 'x'",
        "DELETE FROM accounts_signinevent",
        "TRUNCATE accounts_signinevent",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(sql)


def test_the_auditor_and_the_administrator_read_the_list_and_nobody_else(place, auditor):
    for role in PlaceRole.values:
        user = MembershipFactory(place=place, role=role).user
        expected = 200 if role in (PlaceRole.AUDITOR, PlaceRole.ADMINISTRATOR) else 404
        assert listed(user).status_code == expected, role
    assert listed(MembershipFactory(role=PlaceRole.AUDITOR).user).status_code == 404


def test_the_list_holds_people_of_this_place_and_failures_without_an_account(place, auditor):
    here = MembershipFactory(place=place, user=UserFactory(name="Lead Here")).user
    elsewhere = MembershipFactory(user=UserFactory(name="Lead Elsewhere")).user
    event(here, address=HOME)
    event(elsewhere)
    event(None, EventKind.FAILED, address=ABROAD)
    page = words(listed(auditor))
    assert "Lead Here" in page
    assert "No account" in page
    assert ABROAD in page
    assert "Elsewhere" not in page


def at_noon(day):
    return datetime(2020, 2, day, 12, tzinfo=UTC)


def test_a_place_reads_of_somebody_only_from_when_they_came_until_they_left(place, auditor):
    person = MembershipFactory(user=UserFactory(name="Comes And Goes")).user
    event(person, at=at_noon(2), address="192.0.2.2")
    the_day(date(2020, 2, 3))
    seat = MembershipFactory(place=place, user=person)
    event(person, EventKind.FAILED, at=at_noon(4), address="192.0.2.4")
    event(person, at=at_noon(5), address="192.0.2.5")
    event(person, EventKind.FAILED, at=at_noon(6), address="192.0.2.6")
    the_day(date(2020, 2, 7))
    seat.delete()
    event(person, at=at_noon(8), address="192.0.2.8")
    lines = listed(auditor, "?who=Comes").context["lines"]
    assert [line.address for line in lines] == ["192.0.2.6", "192.0.2.5"]


def test_an_invitation_alone_shows_nothing_of_somebody_elsewhere(place, auditor):
    person = MembershipFactory(user=UserFactory(name="Never Came")).user
    event(person, at=at_noon(2))
    the_day(date(2020, 2, 3))
    PostFactory(place=place, holder=person)
    BoardMemberFactory(board__place=place, user=person)
    event(person, EventKind.FAILED, at=at_noon(4))
    assert listed(auditor, "?who=Never").context["lines"] == []


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?who=lead+one", {"Lead One"}),
        ("?kind=failures", {"Lead Two"}),
        ("?kind=token_made", {"Lead Three"}),
        ("?address=198.51.", {"Lead Two"}),
        ("?since=15/2/2020&who=lead", {"Lead Three"}),
        ("?until=13/2/2020", {"Lead Two"}),
        ("?since=14/2/2020&until=14/2/2020&who=lead", {"Lead One"}),
    ],
)
def test_the_list_is_filtered_by_person_kind_address_and_date(place, auditor, query, shown):
    people = {name: here_since(place, name) for name in ("Lead One", "Lead Two", "Lead Three")}
    event(people["Lead One"], address=HOME)
    event(people["Lead Two"], EventKind.FAILED, at=NOW - timedelta(days=1), address=ABROAD)
    event(people["Lead Three"], EventKind.TOKEN_MADE, at=NOW + timedelta(days=1))
    lines = listed(auditor, query).context["lines"]
    assert {line.person for line in lines} == shown


def test_a_date_that_is_none_is_named_and_shows_nothing(place, auditor):
    event(auditor)
    answer = listed(auditor, "?since=31/2/2020")
    assert "31/2/2020" in words(answer)
    assert answer.context["lines"] == []


def test_the_list_is_paged_with_a_constant_number_of_queries(place, auditor):
    for _ in range(3):
        event(MembershipFactory(place=place).user)
    the_day(date(2020, 2, 21))
    client = client_of(auditor)
    address = reverse("sign-ins", kwargs={"place": "testshire"})
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    the_day(date(2020, 2, 1))
    for _ in range(60):
        event(MembershipFactory(place=place).user)
    the_day(date(2020, 2, 21))
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(many) == len(few)
    assert len(page.context["lines"]) == 50


def test_the_list_is_exported_as_it_is_filtered(place, auditor):
    hostile = here_since(place, "=1+1")
    the_day(date(2020, 2, 21))
    event(hostile, EventKind.FAILED, address=ABROAD, how="password")
    event(auditor)
    address = reverse("sign-ins-download", kwargs={"place": "testshire", "fmt": "csv"})
    answer = client_of(auditor).get(f"{address}?kind=failed")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:3] == ["date", "time", "person"]
    assert [row[4] for row in rows[1:]] == ["Sign-in failed"]
    assert rows[1][2].endswith("=1+1")
    assert rows[1][2] != "=1+1"


def test_your_account_shows_its_owner_what_happened(db):
    user = UserFactory()
    sign_in(user, "wrong", address=ABROAD)
    _, client = sign_in(user)
    page = words(client.get(reverse("account")))
    assert "Sign-in failed (password)" in page
    assert ABROAD in page
    assert "If something here was not you" in page


def test_a_password_chosen_anew_by_mail_is_recorded_and_its_address_known_from_then_on(
    db, mailoutbox, settings
):
    settings.SIGN_IN_FAILURES = {"pair": 5, "address": 50, "account": 2}
    user = UserFactory()
    client = Client(REMOTE_ADDR=HOME)
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    page = client.get(link.partition("testserver")[2], follow=True)
    new = "seven-quiet-otters-paint"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert EventKind.PASSWORD_RESET in happened(user)
    for number in range(4):
        sign_in(user, "wrong", address=f"198.51.100.{number}")
    assert "_auth_user_id" in sign_in(user, new, address=HOME)[1].session
