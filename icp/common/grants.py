"""The application's database role: it reads and writes rows, owns nothing, and rewrites no history."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from pghistory.models import Context, Event

from icp.common.models import DemoClock


def append_only_tables() -> list[str]:
    """History: the application adds to these tables, and never changes or removes what stands in them."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Event | Context) or getattr(model, "append_only", False)
    )


# In place of django-pgtrigger's, which lets whoever sets a variable of the session pass a trigger by.
TRIGGERS_HOLD = """
CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = {role} THEN
        RETURN FALSE;
    END IF;
    RETURN coalesce(
        trigger_name = ANY(nullif(current_setting('pgtrigger.ignore', true), '')::text[]), FALSE
    );
END;
$$
"""


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
        present = set(connection.introspection.table_names(cursor))
        for table in present & set(append_only_tables()):
            name = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM {quoted}")
        if not settings.DEMO:
            # History is stamped by this clock: outside the demonstration it stays the real one.
            clock = connection.ops.quote_name(DemoClock._meta.db_table)
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {clock} FROM {quoted}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted}")
        literal = "'" + role.replace("'", "''") + "'"
        cursor.execute(TRIGGERS_HOLD.format(role=literal))
