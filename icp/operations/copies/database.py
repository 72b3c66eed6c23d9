"""The database's part: what is in it, a dump of one moment, and whether it may be overwritten."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from icp.operations.copies.errors import CannotCopy
from icp.operations.copies.programs import environment, last_words, program

# A database that was only migrated holds rows in these, and is still empty.
MADE_BY_MIGRATING = frozenset({"django_migrations", "django_content_type", "auth_permission"})


@dataclass(frozen=True)
class Moment:
    """One moment of the database: ``snapshot`` is its name, for programs that are to see the same."""

    snapshot: str
    postgres_version: str
    migrations: tuple[str, ...]
    rows: dict[str, int]


def server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def check_owner() -> None:
    """Only the owner of the tables reads and makes all of them.

    Raises:
        CannotCopy: this is another role.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, pg_get_userbyid(datdba) = current_user FROM pg_database"
            " WHERE datname = current_database()"
        )
        user, owns = cursor.fetchone()
    if not owns:
        raise CannotCopy(
            f"The role {user} does not own the database: run this as its owner, with ICP_DATABASE_ROLE=owner"
            " (docs/recovery.md)."
        )


@contextmanager
def one_moment() -> Iterator[Moment]:
    """Inside the ``with`` block the moment can be dumped, whatever others write meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        snapshot, version = cursor.fetchone()
        yield Moment(
            snapshot=snapshot,
            postgres_version=version,
            migrations=applied_migrations(),
            rows=row_counts(),
        )


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def row_counts() -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    with connection.cursor() as cursor:
        for table in tables():
            # The names are the database's own, and quoted.
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # nosec B608
            counts[table] = cursor.fetchone()[0]
    return counts


def applied_migrations() -> tuple[str, ...]:
    """As ``app.name``.

    Raises:
        CannotCopy: the database was never migrated, so there is nothing to copy.
    """
    if "django_migrations" not in tables():
        raise CannotCopy("There is nothing to copy: this database holds no portal.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return tuple(name for (name,) in cursor.fetchall())


@contextmanager
def dump(moment: Moment) -> Iterator["subprocess.Popen[bytes]"]:
    """pg_dump at work; its output is the dump.

    Raises:
        CannotCopy: it failed; its own words are in the sentence.
    """
    words = [
        str(program("pg_dump", server_major=server_major())),
        "--format=custom",
        f"--snapshot={moment.snapshot}",
        "--no-password",
    ]
    process = subprocess.Popen(
        words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
        _, said = process.communicate()
        if process.returncode:
            raise CannotCopy(f"The database could not be copied: {last_words(said)}.")
    finally:
        process.kill()
        process.wait()


def check_target(*, replace: bool) -> None:
    """Refuse a database that holds something (unless ``replace``), is in use, or lacks the portal's role.

    Raises:
        CannotCopy: says which, and what to do.
    """
    check_owner()
    role = settings.DATABASE_APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            raise CannotCopy(
                f"The database has no role {role}: make the two roles first (deploy/roles.sh)."
            )
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            # The server's own workers have no name; what kind another role's session is, it keeps from us.
            " AND usename IS NOT NULL AND pid <> pg_backend_pid()"
        )
        others = cursor.fetchone()[0]
    if others:
        raise CannotCopy(
            f"{others} other connections use this database: stop web servers, workers and timer first."
        )
    held = {table: n for table, n in row_counts().items() if n and table not in MADE_BY_MIGRATING}
    if held and not replace:
        raise CannotCopy(
            f"The database is not empty ({len(held)} tables hold {sum(held.values())} rows). Restoring would"
            " remove them: add --replace if that is what you want."
        )
