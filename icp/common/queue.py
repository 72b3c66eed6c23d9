"""Handing work to Celery so that a broker that is away never fails the page."""

import logging
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError
from redis import RedisError

log = logging.getLogger(__name__)


def enqueue(task: Task, **kwargs: Any) -> None:
    """Queue ``task``. If the broker does not answer, or refuses, the scheduler finds the work again in a minute.

    Only for work that a row in the database asks for (a waiting report, a message in the outbox).
    """
    try:
        task.apply_async(kwargs=kwargs, retry=False)
    # A broker whose disk is full answers, with an error of its own.
    except (OperationalError, RedisError):
        log.warning("The broker takes nothing; %s waits for the scheduler.", task.name)
