"""Celery beat's scheduler, with a sign of life."""

import logging
import time
from typing import Any

from celery.beat import PersistentScheduler

from icp.operations import heartbeat

EVERY = 10  # seconds

log = logging.getLogger(__name__)


class Scheduler(PersistentScheduler):
    """As Celery's own; says that it lives from inside the loop, so a stuck loop is noticed."""

    _said = float("-inf")

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            try:
                heartbeat.beat()
            except Exception:
                # The same server holds the queue; its absence is reported there, and must not end the timer.
                log.warning("The timer's sign of life could not be written.")
        return min(super().tick(*args, **kwargs), EVERY)
