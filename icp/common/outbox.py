"""Mail that leaves only if the work it tells of was committed, and leaves once."""

import logging
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet

from icp.common.models import OutgoingMail

AT_ONCE = 50
# An address that the mail server refuses is tried again after this long, until the message is this old.
TRY_AGAIN_AFTER = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=3)

log = logging.getLogger(__name__)


def queue_mail(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    forget_body: bool = False,
    attachment: tuple[str, bytes] | None = None,
) -> None:
    """Put one message in the outbox, inside the caller's transaction; ``key`` makes it happen once.

    ``attachment`` is a file's name and bytes, which are forgotten as soon as they have left. With ``forget_body`` its words are erased as soon as it has left: for a link that lets somebody in.
    """
    from icp.common.tasks import send_waiting_mail

    _, new = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": " ".join(subject.split()),
            "body": body,
            "forget_body": forget_body,
            "attachment_name": attachment[0] if attachment else "",
            "attachment": attachment[1] if attachment else None,
        },
    )
    if new:
        from icp.common.queue import enqueue

        transaction.on_commit(partial(enqueue, send_waiting_mail))


def withdraw_mail(*, key: str) -> bool:
    """Take a message back out of the outbox; False when it has left already, or never was there."""
    taken, _ = OutgoingMail.objects.filter(key=key, sent_at__isnull=True).delete()
    return bool(taken)


def send_waiting(*, at: datetime) -> int:
    """Send what waits in the outbox; returns how many. Two senders never take the same message.

    A message whose address the mail server refuses is put aside, so that those behind it leave.

    Raises:
        OSError: the mail server is away; what waits is sent another time.
    """
    sent = 0
    for _ in range(AT_ONCE):
        mail = _send_one(at=at)
        if mail is None:
            break
        sent += mail.sent_at is not None
    return sent


def _to_send(at: datetime) -> QuerySet[OutgoingMail]:
    again = Q(refused_at__lte=at - TRY_AGAIN_AFTER, made_at__gt=at - GIVE_UP_AFTER)
    return OutgoingMail.objects.filter(Q(refused_at__isnull=True) | again, sent_at__isnull=True)


@transaction.atomic
def _send_one(*, at: datetime) -> OutgoingMail | None:
    """The message that was sent or refused; None when none waits."""
    mail = _to_send(at).select_for_update(skip_locked=True).order_by("pk").first()
    if mail is None:
        return None
    try:
        message = EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to])
        if mail.attachment is not None:
            message.attach(mail.attachment_name, bytes(mail.attachment))
        message.send()
    except SMTPRecipientsRefused:
        log.warning("The mail server refused the address of message %s.", mail.pk)
        mail.refused_at = at
    else:
        mail.sent_at = at
        mail.body = "" if mail.forget_body else mail.body
        mail.attachment = None
    mail.save(update_fields=["sent_at", "refused_at", "body", "attachment"])
    return mail
