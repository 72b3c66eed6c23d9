"""The database keeps closed periods, history and its own triggers from the application's role."""

import psycopg2
import pytest

from programmes import services
from tests.factories import (
    NOW,
    PeriodFactory,
    PlanItemFactory,
    ProgrammeFactory,
    ReturnFactory,
    StatusFactory,
    UserFactory,
)
from tests.factories import date as day
from tests.integration.cycle.conftest import make_world


@pytest.fixture
def closed(transactional_db):
    programme = ProgrammeFactory()
    period = PeriodFactory(place=programme.place, january=True)
    lead, office = UserFactory(), UserFactory()
    item = PlanItemFactory(programme=programme)
    ReturnFactory(
        programme=programme,
        period=period,
        state="submitted",
        submitted_by=lead,
        submitted_at=NOW,
    )
    StatusFactory(item=item, period=period, rag="green")
    return services.close_period(period=period, by=office, at=NOW, today=day(2020, 2, 3))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE programmes_status SET rag = 'red'",
        "DELETE FROM programmes_status",
        "INSERT INTO programmes_status (item_id, period_id, rag, reason, get_to_green, decision_needed,"
        " need_to_know, need_to_know_note, correction_note, version, updated_by_id, updated_at)"
        " SELECT i.id, p.id, 'red', '', '', '', false, '', '', 1, u.id, now()"
        " FROM programmes_planitem i, programmes_period p, accounts_user u LIMIT 1",
        "UPDATE programmes_return SET state = 'not started', submitted_by_id = NULL, submitted_at = NULL",
        "DELETE FROM programmes_return",
        "UPDATE programmes_period SET state = 'open', closed_at = NULL, closed_by_id = NULL",
        "UPDATE programmes_period SET ends_on = '2020-02-15'",
        "DELETE FROM programmes_period",
    ],
)
def test_nothing_of_a_closed_period_changes_by_sql(closed, app_connection, sql):
    with app_connection.cursor() as cursor, pytest.raises(psycopg2.Error) as refused:
        cursor.execute(sql)
    assert "closed" in str(refused.value)


@pytest.mark.parametrize(
    "sql",
    [
        "TRUNCATE programmes_status CASCADE",
        "ALTER TABLE programmes_status DISABLE TRIGGER ALL",
        "DROP TABLE programmes_statusevent",
        "UPDATE programmes_statusevent SET rag = 'green'",
        "DELETE FROM programmes_statusevent",
        "CREATE TABLE mine (id int)",
        "DELETE FROM django_migrations",
        "SET session_replication_role = replica",
        "ALTER ROLE icp_app SUPERUSER",
        "SET ROLE icp_owner",
    ],
)
def test_the_applications_role_may_not_get_round_it(closed, app_connection, sql):
    with app_connection.cursor() as cursor, pytest.raises(psycopg2.Error) as refused:
        cursor.execute(sql)
    assert refused.value.pgcode in {"42501", "0A000"}, refused.value


def test_an_open_period_can_still_be_written_by_the_applications_role(closed, app_connection):
    item = PlanItemFactory()
    PeriodFactory(place=item.programme.place)
    with app_connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO programmes_status (item_id, period_id, rag, reason, get_to_green,"
            " decision_needed, need_to_know, need_to_know_note, correction_note, version,"
            " updated_by_id, updated_at, forecast_finish)"
            " SELECT %s, p.id, 'complete', '', '', '', false, '', '', 1, u.id, now(), '2020-04-01'"
            " FROM programmes_period p, accounts_user u WHERE p.place_id = %s LIMIT 1",
            [item.pk, item.programme.place_id],
        )
        cursor.execute("SELECT count(*) FROM programmes_statusevent WHERE item_id = %s", [item.pk])
        assert cursor.fetchone() == (1,)
    item.refresh_from_db()
    assert item.is_complete
    assert item.forecast_finish == day(2020, 4, 1)


def test_no_variable_of_the_session_lets_the_applications_role_pass_a_trigger(
    transactional_db, app_connection
):
    world = make_world()
    with app_connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger"
            " WHERE tgrelid = 'programmes_status'::regclass AND tgname LIKE '%frozen_update%'"
        )
        name = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, false)", [f"{{{name}}}"])
        with pytest.raises(psycopg2.IntegrityError, match="closed"):
            cursor.execute(
                "UPDATE programmes_status SET reason = 'Forged.' WHERE period_id = %s",
                [world.january.pk],
            )
