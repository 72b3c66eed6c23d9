"""Two functions that triggers call: one writes a line of the journal, one keeps who did it."""

from typing import Any

from django.db import migrations

# Nothing and an empty text are the same to a reader; so is a field that was never filled in.
JOURNAL = """
CREATE OR REPLACE FUNCTION icp_journal(
    kind text, operation text, object_id bigint, before jsonb, after jsonb, about text[],
    place bigint, programme bigint, said text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
    changed jsonb;
    short text := split_part(kind, '.', 2);
BEGIN
    SELECT jsonb_object_agg(key, jsonb_build_array(before -> key, after -> key)) INTO changed
    FROM jsonb_object_keys(coalesce(after, before)) AS keys(key)
    WHERE coalesce(nullif(before -> key, 'null'), '""') <> coalesce(nullif(after -> key, 'null'), '""');
    IF changed IS NULL AND operation = 'UPDATE' THEN
        RETURN;
    END IF;
    changed := coalesce(changed, '{}');
    INSERT INTO audit_change (
        at, kind, object_id, event, changes, fields, about, place_id, programme_id,
        by_id, way, via, reason, context_id
    ) VALUES (
        icp_now(), kind, object_id, lower(operation), changed,
        ARRAY(SELECT short || '.' || key FROM jsonb_object_keys(changed) AS keys(key)),
        array_remove(about, NULL), place, programme,
        (context ->> 'user')::bigint,
        coalesce(context ->> 'way', 'sql'),
        coalesce(context ->> 'via', session_user),
        coalesce(nullif(said, ''), context ->> 'reason', ''),
        nullif(current_setting('pghistory.context_id', true), '')::uuid
    );
END;
$$
"""

# In place of django-pghistory's, which rewrites the row of a context when it learns more. Ours gives what
# was learnt a row of its own, so that the application's role needs no leave to change any.
CONTEXT = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE
LANGUAGE plpgsql AS $$
DECLARE
    given text := nullif(current_setting('pghistory.context_id', true), '');
    known jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
    made uuid;
BEGIN
    IF given IS NULL OR known IS NULL THEN
        RETURN NULL;
    END IF;
    made := md5(given || known::text)::uuid;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
    VALUES (made, known, now(), now()) ON CONFLICT (id) DO NOTHING;
    RETURN made;
END;
$$
"""


def put_back(apps: Any, schema_editor: Any) -> None:
    from pghistory.models import Context

    Context.install_pgh_attach_context_func(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(
            JOURNAL,
            "DROP FUNCTION icp_journal(text, text, bigint, jsonb, jsonb, text[], bigint, bigint, text)",
        ),
        migrations.RunSQL(CONTEXT, migrations.RunSQL.noop),
        migrations.RunPython(migrations.RunPython.noop, put_back),
    ]
