"""The application's database role: it reads and writes rows, owns nothing, and rewrites no history."""

from typing import Any

from django.conf import settings
from django.db import connections

# History is append-only: the application adds events and contexts, and never changes or removes one.
APPEND_ONLY_SUFFIX = "event"


def grant_to_application(using: str, **kwargs: Any) -> None:
    """After each migration: give the application's role what it needs, and no more.

    Without the role (a database made by hand for a trial) nothing is granted.
    """
    role = settings.DATABASE_APP_ROLE
    connection = connections[using]
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (role,):
            return
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table in connection.introspection.table_names(cursor):
            if table.endswith(APPEND_ONLY_SUFFIX):
                name = connection.ops.quote_name(table)
                cursor.execute(f"REVOKE UPDATE, DELETE ON {name} FROM {quoted}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted}")
