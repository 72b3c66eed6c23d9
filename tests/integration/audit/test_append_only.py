"""History only grows: what the application's own role may do with it, in the real database."""

import psycopg2
import pytest

from icp.audit.models import Change
from icp.common.grants import append_only_tables
from programmes.models import GlossaryEntry
from tests.factories import PlaceFactory

SAID = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true);"
ONE = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def place(transactional_db):
    return PlaceFactory()


def add(app, place, acronym, *, metadata=None):
    said = (SAID, [ONE, metadata]) if metadata else ("", [])
    with app.cursor() as cursor:
        cursor.execute(
            said[0] + "INSERT INTO programmes_glossaryentry (place_id, acronym, expansion, version)"
            " VALUES (%s, %s, 'Words', 1)",
            [*said[1], place.pk, acronym],
        )


@pytest.mark.parametrize("verb", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_the_application_changes_and_removes_no_history(app_connection, verb):
    plain = (
        "audit_change",
        "pghistory_context",
        "boards_viewing",
        "accounts_signinevent",
        "risks_formerreference",
        "risks_score",
        "risks_closedtime",
    )
    key = dict.fromkeys(plain, "id")
    for table in append_only_tables():
        with (
            app_connection.cursor() as cursor,
            pytest.raises(psycopg2.errors.InsufficientPrivilege),
        ):
            cursor.execute(verb.format(table, key.get(table, "pgh_id")))


def test_the_application_writes_history_as_it_works(app_connection, place):
    add(app_connection, place, "ONE", metadata='{"way": "page", "user": 7}')
    add(app_connection, place, "TWO")
    one, two = Change.objects.filter(kind="programmes.glossaryentry").order_by("id")
    assert (one.way, one.by_id, one.changes["acronym"]) == ("page", 7, [None, "ONE"])
    assert (two.way, two.via, two.by_id) == ("sql", "icp_app", None)
    events = GlossaryEntry.pgh_event_model.objects.order_by("pgh_id")
    assert [event.acronym for event in events] == ["ONE", "TWO"]


def test_a_request_that_learns_more_adds_to_its_context_and_rewrites_nothing(app_connection, place):
    for acronym, metadata in (
        ("ONE", '{"way": "api"}'),
        ("TWO", '{"way": "api"}'),
        ("SIX", '{"way": "api", "user": 7}'),
    ):
        add(app_connection, place, acronym, metadata=metadata)
    events = GlossaryEntry.pgh_event_model.objects.select_related("pgh_context").order_by("pgh_id")
    kept = [event.pgh_context for event in events]
    assert [context.metadata for context in kept] == [
        {"way": "api"},
        {"way": "api"},
        {"way": "api", "user": 7},
    ]
    assert kept[0] == kept[1] != kept[2]
    # Which of them belong together the journal says.
    assert {str(found.context_id) for found in Change.objects.filter(way="api")} == {ONE}
