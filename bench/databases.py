"""The bench's own databases in the embedded PostgreSQL: one migrated, copied for each size, dropped at the end."""

import os
import subprocess
import sys
import time

import psycopg2.errors

from icp.embedded.connecting import ask

MIGRATED = "icp_bench"
OWNER = {"ICP_DATABASE_ROLE": "owner"}


def name_of(times: int) -> str:
    return f"{MIGRATED}_{times}"


def environment(database: str) -> dict[str, str]:
    """For a process that works on that database, as the application's role."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "ICP_BENCH_DATABASE": database,
        "ICP_DATABASE_ROLE": "app",
    }


def django(*words: str, database: str = MIGRATED) -> None:
    """Run a management command as the owner."""
    command = [sys.executable, "-m", "django", *words, "-v0"]
    subprocess.run(command, env=environment(database) | OWNER, check=True)


def make_migrated() -> None:
    drop(MIGRATED)
    _as_owner(f"CREATE DATABASE {MIGRATED}")
    django("migrate", "--noinput")


def make_copy(times: int) -> str:
    """A migrated, empty database for a plan of that size; its name."""
    name = name_of(times)
    drop(name)
    _as_owner(f"CREATE DATABASE {name} TEMPLATE {MIGRATED}")
    return name


def tidy(name: str) -> None:
    """What autovacuum does within minutes of a load, done now: the planner knows the sizes."""
    _as_owner("VACUUM (ANALYZE, SKIP_LOCKED)", database=name)


def drop(name: str) -> None:
    """Whoever is in it is put out; a worker of autovacuum, which is not the owner's to end, is waited for."""
    for seconds in (1, 2, 4, 8, 0):
        try:
            _as_owner(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            return
        except psycopg2.errors.InsufficientPrivilege:
            if not seconds:
                raise
            time.sleep(seconds)


def _as_owner(statement: str, *, database: str = "postgres") -> None:
    ask("owner", statement, database)
