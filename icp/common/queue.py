"""Handing work to Celery so that a broker that is away never fails the page."""

import logging
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def enqueue(task: Task, **kwargs: Any) -> None:
    """Queue ``task``. If the broker does not answer, the scheduler finds the work again in a minute.

    Only for work that a row in the database asks for (a waiting report, a message in the outbox).
    """
    try:
        task.apply_async(kwargs=kwargs, retry=False)
    except OperationalError:
        log.warning("The broker does not answer; %s waits for the scheduler.", task.name)
