"""Every table is tracked, or the table of tables says why not."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from pghistory.models import Event, Events

from icp.common.grants import append_only_tables
from tests import tracking_table as table


def models():
    """The tables that are not themselves made by django-pghistory."""
    for model in apps.get_models():
        if not issubclass(model, Event | Events):
            yield model


def test_every_table_is_in_the_table():
    found = {model._meta.label for model in models()}
    known = {*table.TRACKED, *table.NOT_TRACKED}
    assert found - known == set(), "Say in tests/tracking_table.py whether these are tracked."
    assert known - found == set(), "These stand in the table, and nowhere else."
    assert not table.TRACKED.keys() & table.NOT_TRACKED.keys()


def test_the_page_for_people_says_the_same():
    written = (Path(settings.BASE_DIR) / "docs/tracked.md").read_text()
    assert written == table.as_markdown(), "Run: .venv/bin/python -m tests.tracking_table"


@pytest.mark.django_db
def test_each_tracked_table_records_what_is_added_changed_and_removed():
    """By the triggers that stand in the database, not by what the models ask for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, array_agg(tgname::text) FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled = 'O' GROUP BY 1"
        )
        present = dict(cursor.fetchall())
    wanted = ("insert_insert", "update_update", "delete_delete", "journal")
    lacking = [
        f"{label}: {name}"
        for label in table.TRACKED
        for name in wanted
        if not any(
            found.startswith(f"pgtrigger_{name}_")
            for found in present.get(apps.get_model(label)._meta.db_table, ())
        )
    ]
    assert not lacking


def test_only_one_place_says_who_does_what():
    """``icp.audit.recording`` knows the ways there are, and forgets what it was told in time."""
    root = Path(settings.BASE_DIR)
    wrong = [
        str(path.relative_to(root))
        for room in ("icp", "programmes", "risks", "finance", "outcomes", "boards")
        for path in (root / room).rglob("*.py")
        if "pghistory.context(" in path.read_text() and "audit" not in path.parts
    ]
    assert not wrong, "Use icp.audit.recording.recorded."


def test_all_history_is_append_only():
    """``icp.common.grants`` takes the leave to change these from the application's role."""
    events = {model._meta.db_table for model in apps.get_models() if issubclass(model, Event)}
    assert events
    assert events | {"audit_change", "pghistory_context"} <= set(append_only_tables())
