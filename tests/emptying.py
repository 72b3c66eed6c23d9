"""Empty the test database after a test that commits.

PostgreSQL truncates by making every table and each of its indexes anew: a second for the portal's thousand files,
where such a test leaves rows in a few tables.
"""

from django.core.management.commands import flush
from django.db.backends.postgresql.operations import DatabaseOperations

# With more rows than this, a table is emptied faster by truncating.
FEW = 500
# Of the models, not of what a test did: with these kept, there is nothing for Django to write again after each emptying.
KEPT = {"auth_permission", "django_content_type"}


def empty_by_deleting(monkeypatch) -> None:
    """From now on Django deletes the few rows that a test left; who asks for new sequences, or left more, truncates."""
    truncate = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        tables = set(tables) - KEPT
        counts = {} if reset_sequences else _counts(self.connection, tables)
        if reset_sequences or max(counts.values(), default=0) > FEW:
            return truncate(
                self,
                style,
                tables,
                reset_sequences=reset_sequences,
                allow_cascade=allow_cascade,
            )
        return _deleting([self.quote_name(table) for table, count in counts.items() if count])

    monkeypatch.setattr(DatabaseOperations, "sql_flush", sql_flush)
    monkeypatch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)


def _counts(connection, tables) -> dict[str, int]:
    """How many rows each table holds, counted up to one more than few."""
    if not tables:
        return {}
    each = (
        f"SELECT '{table}', count(*) FROM (SELECT FROM \"{table}\" LIMIT {FEW + 1}) AS few"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def _deleting(tables: list[str]) -> list[str]:
    """What is frozen may go, and nothing is noted of it; no reference is left dangling."""
    return [
        *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables),
        *(f"DELETE FROM {table}" for table in tables),
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables),
    ]
