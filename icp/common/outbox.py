"""Mail that leaves only if the work it tells of was committed, and leaves once."""

from datetime import datetime
from functools import partial

from django.core.mail import EmailMessage
from django.db import transaction

from icp.common.models import OutgoingMail

AT_ONCE = 50


def queue_mail(*, key: str, to: str, subject: str, body: str) -> None:
    """Put one message in the outbox, inside the caller's transaction; ``key`` makes it happen once."""
    from icp.common.tasks import send_waiting_mail

    _, new = OutgoingMail.objects.get_or_create(
        key=key, defaults={"to": to, "subject": " ".join(subject.split()), "body": body}
    )
    if new:
        from icp.common.queue import enqueue

        transaction.on_commit(partial(enqueue, send_waiting_mail))


def send_waiting(*, at: datetime) -> int:
    """Send what waits in the outbox; returns how many. Two senders never take the same message."""
    sent = 0
    while _send_one(at=at):
        sent += 1
        if sent >= AT_ONCE:
            break
    return sent


@transaction.atomic
def _send_one(*, at: datetime) -> bool:
    waiting = (
        OutgoingMail.objects.select_for_update(skip_locked=True)
        .filter(sent_at__isnull=True)
        .order_by("pk")
        .first()
    )
    if waiting is None:
        return False
    EmailMessage(subject=waiting.subject, body=waiting.body, to=[waiting.to]).send()
    waiting.sent_at = at
    waiting.save(update_fields=["sent_at"])
    return True
