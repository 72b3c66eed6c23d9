"""How much waits in the queue."""

from dataclasses import dataclass

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

QUEUE = "celery"
TAKEN = "unacked"
WITHIN = 1.0  # seconds


@dataclass(frozen=True)
class Depth:
    """Tasks in the queue, and tasks a worker has taken and not finished."""

    waiting: int
    taken: int


def depth() -> Depth:
    """Two counts, at the same cost however long the queue is.

    Raises:
        redis.RedisError: the broker does not answer within two seconds.
    """
    client = redis.Redis.from_url(
        settings.BROKER_ADDRESS,
        socket_connect_timeout=WITHIN,
        socket_timeout=WITHIN,
        retry=Retry(NoBackoff(), 0),
    )
    with client:
        return Depth(waiting=int(client.llen(QUEUE)), taken=int(client.hlen(TAKEN)))  # type: ignore[arg-type]
