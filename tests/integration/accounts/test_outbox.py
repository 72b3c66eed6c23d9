"""Mail that the server will not take must not hold up the mail behind it."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends import locmem

from icp.common.models import OutgoingMail
from icp.common.outbox import queue_mail, send_waiting, withdraw_mail
from tests.factories import NOW

pytestmark = pytest.mark.django_db


class FussyBackend(locmem.EmailBackend):
    """Refuses addresses at nowhere.example, and is away for those at away.example."""

    def send_messages(self, messages):
        for to in (recipient for message in messages for recipient in message.to):
            if to.endswith("@nowhere.example"):
                raise SMTPRecipientsRefused({to: (550, b"No such user")})
            if to.endswith("@away.example"):
                raise SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def fussy(settings):
    settings.EMAIL_BACKEND = f"{__name__}.FussyBackend"


def put(key, to, *, forget_body=False):
    queue_mail(key=key, to=to, subject=key, body="words", forget_body=forget_body)


def test_what_stands_behind_a_refused_address_leaves():
    put("first", "typo@nowhere.example")
    put("second", "post@example.org")
    assert send_waiting(at=NOW) == 1
    assert [message.subject for message in mail.outbox] == ["second"]
    assert OutgoingMail.objects.get(key="first").refused_at == NOW


def test_a_refused_address_is_tried_again_after_an_hour_and_given_up_after_three_days():
    put("first", "typo@nowhere.example")
    OutgoingMail.objects.update(made_at=NOW)
    send_waiting(at=NOW)
    OutgoingMail.objects.update(to="post@example.org")
    assert send_waiting(at=NOW + timedelta(minutes=59)) == 0
    assert send_waiting(at=NOW + timedelta(days=3)) == 0
    assert send_waiting(at=NOW + timedelta(hours=1)) == 1


def test_a_server_that_is_away_keeps_everything_waiting():
    put("first", "post@away.example")
    with pytest.raises(SMTPServerDisconnected):
        send_waiting(at=NOW)
    assert OutgoingMail.objects.get(sent_at__isnull=True, refused_at__isnull=True).key == "first"


def test_words_are_kept_unless_they_hold_a_secret():
    put("kept", "post@example.org")
    put("forgotten", "post@example.org", forget_body=True)
    send_waiting(at=NOW)
    assert dict(OutgoingMail.objects.values_list("key", "body")) == {
        "kept": "words",
        "forgotten": "",
    }
    assert [message.body for message in mail.outbox] == ["words", "words"]


def test_a_message_is_taken_back_only_while_it_waits():
    put("first", "post@example.org")
    assert withdraw_mail(key="first")
    put("second", "post@example.org")
    send_waiting(at=NOW)
    assert not withdraw_mail(key="second")
    assert OutgoingMail.objects.get().key == "second"
