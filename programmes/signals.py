"""What other apps may listen to. Receivers run inside the sender's transaction."""

from django.dispatch import Signal

# Sent with ``period``, ``by`` and ``at`` when a period has just been closed.
period_closed = Signal()
