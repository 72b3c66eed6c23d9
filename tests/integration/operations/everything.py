"""All that a portal holds and all that guards it, so that two can be compared."""

import re
from pathlib import Path

from .conftest import Portal

# Of every table: its rows as one digest, its sequences, and all that keeps it as it is.
CATALOGUE = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY 1, 2",
    "sequences": "SELECT sequencename, last_value, increment_by FROM pg_sequences ORDER BY 1",
    "triggers": "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY 1, 2",
    "functions": "SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
    " AND prokind = 'f' ORDER BY 1",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "owners": "SELECT relname, pg_get_userbyid(relowner) FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
    "rights": "SELECT relname, grantee::regrole::text, privilege_type FROM pg_class, aclexplode(relacl)"
    " WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2, 3",
    "rights on the schema": "SELECT grantee, privilege_type FROM pg_namespace, aclexplode(nspacl)"
    " WHERE nspname = 'public' ORDER BY 1, 2",
    "rights on tables made later": "SELECT defaclobjtype, grantee::regrole::text, privilege_type"
    " FROM pg_default_acl, aclexplode(defaclacl) ORDER BY 1, 2, 3",
    "extensions": "SELECT extname, extversion FROM pg_extension ORDER BY 1",
}


def tables(portal: Portal) -> list[str]:
    return [
        name
        for (name,) in portal.ask(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
        )
    ]


def everything(portal: Portal) -> dict[str, object]:
    rows = {
        table: portal.ask(
            f"SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {table} t"
        )
        for table in tables(portal)
    }
    found = {
        name: [tuple(map(plain, row)) for row in portal.ask(statement)]
        for name, statement in CATALOGUE.items()
    }
    # The tests' database is a demonstration's, whose clock may be moved; a production's is not, and takes that away.
    found["rights"] = [
        row for row in found["rights"] if row[0] != "common_democlock" or row[2] == "SELECT"
    ]
    return rows | found


def plain(value: object) -> object:
    """PostgreSQL writes a condition down with other casts and brackets once it has read its own writing."""
    return re.sub(r"::[a-z ]+(\[\])?|[()\s]", "", value) if isinstance(value, str) else value


def differences(before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    return {
        name: (set(before[name]) ^ set(after.get(name, [])))
        for name in before
        if before[name] != after.get(name)
    }


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
