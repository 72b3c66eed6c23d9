"""Is the portal ready to serve? Each part is asked once, quickly, at the same cost whatever the portal holds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from kombu.exceptions import OperationalError as BrokerError

from icp.operations import broker, heartbeat

DATABASE_WITHIN = 2000  # milliseconds
AWAY = (DatabaseError, redis.RedisError, BrokerError, OSError)


@dataclass(frozen=True)
class Finding:
    """One part: whether it is well, and a sentence for whoever runs the portal."""

    part: str
    is_well: bool
    words: str


def database() -> Finding:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(DATABASE_WITHIN)])
        cursor.execute("SELECT 1")
    return Finding("database", True, "The database answers.")


@cache
def _of_this_version() -> frozenset[tuple[str, str]]:
    """App and name of every migration that this version brings."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(key for key, one in loader.disk_migrations.items() if not one.replaces)


def migrations() -> Finding:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(DATABASE_WITHIN)])
        cursor.execute("SELECT app, name FROM django_migrations")
        missing = _of_this_version() - set(cursor.fetchall())
    if missing:
        names = ", ".join(f"{app} {name}" for app, name in sorted(missing)[:3])
        return Finding(
            "migrations",
            False,
            f"{len(missing)} migrations are still to be applied ({names}): run `manage.py migrate`.",
        )
    return Finding("migrations", True, "Every migration of this version is applied.")


def queue() -> Finding:
    found = broker.depth()
    return Finding(
        "queue",
        found.waiting <= settings.READY_QUEUE_LIMIT,
        f"{found.waiting} tasks wait and {found.taken} are being done"
        f" (more than {settings.READY_QUEUE_LIMIT} waiting is too many).",
    )


def message_broker() -> Finding:
    broker.depth()
    return Finding("broker", True, "The message broker answers.")


def timer() -> Finding:
    age = heartbeat.age()
    limit = settings.READY_HEARTBEAT_SECONDS
    if age is None:
        return Finding(
            "timer", False, "The timer (Celery beat) has given no sign of life: start it."
        )
    words = f"The timer's last sign of life was {age} seconds ago (more than {limit} is too long)."
    return Finding("timer", age <= limit, words)


CHECKS: dict[str, Callable[[], Finding]] = {
    "database": database,
    "migrations": migrations,
    "broker": message_broker,
    "timer": timer,
    "queue": queue,
}
DO_NOT_ANSWER = {
    "database": "The database does not answer.",
    "migrations": "The database does not say which migrations are applied.",
    "broker": "The message broker does not answer.",
    "timer": "The timer's sign of life cannot be read: the cache does not answer.",
    "queue": "The message broker does not say how many tasks wait.",
}


def _ask(part: str) -> Finding:
    try:
        return CHECKS[part]()
    except AWAY:
        # The error itself may name hosts and accounts; the log has it.
        return Finding(part, False, DO_NOT_ANSWER[part])


def readiness(parts: list[str] | None = None) -> list[Finding]:
    """What is found, part by part; ``parts`` are those of the setting READY_NEEDS unless given."""
    return [_ask(part) for part in (settings.READY_NEEDS if parts is None else parts)]
