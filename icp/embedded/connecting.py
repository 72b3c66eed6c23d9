"""A plain connection to the embedded database, for measurements and tests that stand beside Django.

The one module of this package that needs a library (psycopg2), so nothing that starts the services imports it.
"""

from collections.abc import Sequence
from typing import Any

import psycopg2
import psycopg2.extensions

from .addresses import DATABASE, database_settings


def connect(role: str, name: str = DATABASE) -> psycopg2.extensions.connection:
    """A connection as ``owner`` or ``app``, each statement a transaction of its own; the caller closes it.

    Raises:
        psycopg2.OperationalError: the database does not answer, or there is none of that name.
    """
    settings = database_settings(role, name)
    opened = psycopg2.connect(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"],
    )
    opened.autocommit = True
    return opened


def ask(
    role: str, statement: str, name: str = DATABASE, values: Sequence[Any] | None = None
) -> list[tuple[Any, ...]]:
    """Run one statement on a connection of its own, and return its rows, if it has any."""
    opened = connect(role, name)
    try:
        with opened.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    finally:
        opened.close()
