from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from icp.common import clock
from icp.common.models import SentMail


class SentMailBackend(BaseEmailBackend):
    """Keeps each message where the demonstration shows it, and sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at = clock.now()
        kept = SentMail.objects.bulk_create(
            SentMail(
                to=", ".join(m.recipients()),
                subject=str(m.subject),
                body=str(m.body),
                sent_at=at,
            )
            for m in email_messages
        )
        return len(kept)
