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
                body=str(m.body) + _attached(m),
                sent_at=at,
            )
            for m in email_messages
        )
        return len(kept)


def _attached(message: EmailMessage) -> str:
    """The names of the files that go with it, in a line of their own."""
    names = [str(one[0]) for one in message.attachments if isinstance(one, tuple)]
    return f"\nAttached: {', '.join(names)}\n" if names else ""
