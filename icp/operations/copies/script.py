"""The statements round a restored dump. All of it is one transaction: everything, or what was there before."""

from django.db import connection

from icp.operations.copies.manifest import Manifest

# What to drop is listed before anything is dropped. Objects of extensions stay: the dump makes an extension
# only where there is none.
EMPTY = """
SET lock_timeout = '15s';
SET client_min_messages = warning;
DO $$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT unnest(array_agg(format('DROP %s IF EXISTS public.%I CASCADE',
               CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                            WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname)))
        FROM pg_class c
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = c.oid AND deptype IN ('e', 'i', 'a'))
    LOOP
        EXECUTE statement;
    END LOOP;
    FOR statement IN
        SELECT unnest(array_agg(format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)))
        FROM pg_proc p
        WHERE pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
    LOOP
        EXECUTE statement;
    END LOOP;
    FOR statement IN
        SELECT unnest(array_agg(format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype)))
        FROM pg_type t
        WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = t.oid AND deptype = 'e')
    LOOP
        EXECUTE statement;
    END LOOP;
END $$;
"""


def before(*, owner: str, application: str) -> str:
    """Empties the database, and takes back what new tables would grant by themselves.

    The dump grants each table's rights one by one and the defaults at its end. With the defaults already there,
    history that the application may only add to would come back as history that it may change.
    """
    quoted = (connection.ops.quote_name(owner), connection.ops.quote_name(application))
    return EMPTY + "".join(
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {quoted[0]} REVOKE ALL ON {what} FROM {quoted[1]};\n"
        for what in ("TABLES", "SEQUENCES")
    )


def after(manifest: Manifest) -> str:
    """Fails, and so undoes everything, unless each table has the rows that the manifest says."""
    checks = "".join(
        f"    IF (SELECT count(*) FROM public.{connection.ops.quote_name(table)}) <> {count} THEN\n"  # nosec B608 - quoted
        f"        RAISE EXCEPTION 'Table {table} does not have the {count} rows of the copy';\n"
        "    END IF;\n"
        for table, count in sorted(manifest.rows.items())
    )
    return f"\nDO $$\nBEGIN\n{checks}END $$;\n"
