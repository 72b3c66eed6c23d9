"""What is kept for a time only: forgotten the night after, and not a night before."""

from datetime import timedelta

import psycopg2
import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.utils import timezone

from icp.accounts.models import EventKind, SignInEvent
from icp.common import clock, outbox
from icp.common.forgetting import forget_what_is_past
from icp.common.models import OutgoingMail
from icp.common.tasks import forget_what_is_past as nightly
from programmes.models import PlanUpload
from tests.factories import NOW, PlaceFactory, UserFactory

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def mail(key, **when):
    made = OutgoingMail.objects.create(key=key, to="a@example.org", subject="Hello", body="Words")
    OutgoingMail.objects.filter(pk=made.pk).update(made_at=NOW - 400 * DAY, **when)
    return made


def test_to_whom_mail_went_and_what_it_said_is_forgotten_after_its_days():
    old = mail("old", sent_at=NOW - 91 * DAY)
    new = mail("new", sent_at=NOW - 89 * DAY)
    refused = mail("refused", refused_at=NOW - 91 * DAY)
    waiting = mail("waiting")
    assert forget_what_is_past(at=NOW)["words and addresses of mail"] == 2
    for one in (old, refused):
        one.refresh_from_db()
        assert (one.to, one.subject, one.body) == ("", "", "")
    for one in (new, waiting):
        one.refresh_from_db()
        assert (one.to, one.body) == ("a@example.org", "Words")


def test_a_forgotten_message_is_not_sent_again(django_capture_on_commit_callbacks, mailoutbox):
    mail("once", sent_at=NOW - 91 * DAY)
    forget_what_is_past(at=NOW)
    outbox.queue_mail(key="once", to="a@example.org", subject="Hello", body="Words")
    assert outbox.send_waiting(at=NOW) == 0
    assert mailoutbox == []


def test_a_refused_message_that_was_forgotten_is_never_sent_to_nobody(mailoutbox):
    mail("refused", refused_at=NOW - 91 * DAY)
    forget_what_is_past(at=NOW)
    assert outbox.send_waiting(at=NOW + DAY) == 0
    assert mailoutbox == []


@pytest.mark.parametrize("applied", [None, NOW - 95 * DAY])
def test_an_uploaded_file_is_forgotten_imported_or_not(applied):
    place, person = PlaceFactory(), UserFactory()
    for days in (91, 89):
        PlanUpload.objects.create(
            place=place,
            kind=PlanUpload.Kind.PLAN,
            filename=f"{days}.csv",
            data=b"x",
            uploaded_by=person,
            uploaded_at=NOW - days * DAY,
            applied_at=applied,
        )
    assert forget_what_is_past(at=NOW)["uploaded files"] == 1
    assert PlanUpload.objects.get().filename == "89.csv"


def test_a_session_that_has_ended_is_forgotten_and_one_that_lives_stays():
    for moved in (-DAY, DAY):
        store = SessionStore()
        store.create()
        Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now() + moved)
    assert forget_what_is_past(at=NOW)["ended sessions"] == 1
    assert Session.objects.get().expire_date > timezone.now()


def test_forgetting_twice_forgets_nothing_more():
    mail("old", sent_at=NOW - 91 * DAY)
    forget_what_is_past(at=NOW)
    assert set(forget_what_is_past(at=NOW).values()) == {0}


def test_for_how_long_is_a_setting(settings):
    settings.KEEP_MAIL_DAYS = 10
    mail("old", sent_at=NOW - 11 * DAY)
    assert forget_what_is_past(at=NOW)["words and addresses of mail"] == 1


def test_the_timer_does_it_every_night():
    planned = settings.CELERY_BEAT_SCHEDULE["forget-what-is-past"]
    assert planned["task"] == nightly.name
    mail("old", sent_at=clock.now() - 91 * DAY)
    nightly.delay()
    assert OutgoingMail.objects.get().to == ""


def sign_in(days):
    return SignInEvent.objects.create(
        at=NOW - days * DAY, kind=EventKind.SIGNED_IN, user=UserFactory(), address="192.0.2.7"
    )


def test_old_sign_ins_are_forgotten_and_the_record_stays_append_only():
    old, new = sign_in(366), sign_in(364)
    assert forget_what_is_past(at=NOW)["sign-ins"] == 1
    assert SignInEvent.objects.get() == new
    assert old.pk != new.pk
    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        SignInEvent.objects.all().delete()


def test_nobody_has_young_sign_ins_forgotten():
    sign_in(10)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="90 days at least"):
        cursor.execute("SELECT icp_forget_sign_ins(%s, 1)", [NOW])


@pytest.mark.django_db(transaction=True)
def test_the_applications_own_role_forgets_old_sign_ins_and_no_others(app_connection):
    sign_in(366)
    sign_in(364)
    with app_connection, app_connection.cursor() as cursor:
        cursor.execute("SELECT icp_forget_sign_ins(%s, 365)", [NOW])
        assert cursor.fetchone() == (1,)
    with app_connection.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute("DELETE FROM accounts_signinevent")


def test_a_listed_session_goes_with_its_session():
    UserSession.objects.create(
        user=UserFactory(), ip="192.0.2.7", session_key="gone", user_agent="Browser"
    )
    forget_what_is_past(at=NOW)
    assert not UserSession.objects.exists()
