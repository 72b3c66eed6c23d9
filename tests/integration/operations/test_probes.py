"""What a load balancer and monitoring are told."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from icp.common.models import OutgoingMail
from icp.operations import broker, figures, heartbeat
from icp.operations.health import readiness
from tests.factories import UserFactory

PUBLIC = {"REMOTE_ADDR": "203.0.113.9"}
TOKEN = "a-token-of-monitoring-1234"


@pytest.fixture
def well(db, services):
    """The timer has just given a sign of life."""
    heartbeat.beat()
    yield
    heartbeat.cache.delete(heartbeat.KEY)


def test_alive_asks_nobody(client, db):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert asked.captured_queries == []


def test_ready_says_so_part_by_part(well, client):
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.json()
    assert list(answer.json()["parts"]) == ["database", "migrations", "broker", "timer", "queue"]
    assert {one["status"] for one in answer.json()["parts"].values()} == {"ok"}


def test_the_public_is_told_ok_or_not_and_nothing_else(well):
    assert Client(**PUBLIC).get("/readyz").json() == {"status": "ok"}
    heartbeat.cache.delete(heartbeat.KEY)
    answer = Client(**PUBLIC).get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ok"})


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via"])
def test_whoever_comes_through_a_proxy_is_the_public(well, header):
    near = Client(headers={header: "https"})
    assert "parts" not in near.get("/readyz").json()
    assert near.get("/metrics").status_code == 404


def test_the_token_opens_both_from_anywhere_and_another_does_not(well, monkeypatch):
    monkeypatch.setattr(settings, "OPERATIONS_TOKEN", TOKEN)
    told = Client(headers={"Authorization": f"Bearer {TOKEN}"}, **PUBLIC)
    assert "parts" in told.get("/readyz").json()
    assert told.get("/metrics").status_code == 200
    for wrong in (f"Bearer {TOKEN}x", "Bearer ", ""):
        guessing = Client(headers={"Authorization": wrong}, **PUBLIC)
        assert "parts" not in guessing.get("/readyz").json()
        assert guessing.get("/metrics").status_code == 404


def test_without_a_token_set_an_empty_one_opens_nothing(well):
    assert Client(headers={"Authorization": "Bearer "}, **PUBLIC).get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("age", "status"), [(settings.READY_HEARTBEAT_SECONDS - 30, 200), (600, 503), (None, 503)]
)
def test_a_timer_that_is_silent_for_too_long_is_not_ready(well, client, monkeypatch, age, status):
    monkeypatch.setattr(heartbeat, "age", lambda: age)
    answer = client.get("/readyz")
    assert answer.status_code == status
    assert ("start it" in answer.json()["parts"]["timer"]["words"]) == (age is None)


def test_a_queue_that_grows_too_long_is_not_ready(well, client, monkeypatch):
    monkeypatch.setattr(broker, "depth", lambda: broker.Depth(waiting=1001, taken=2))
    parts = client.get("/readyz").json()["parts"]
    assert parts["queue"]["status"] == "not ok"
    assert parts["queue"]["words"].startswith("1001 tasks wait and 2 are being done")


def test_a_migration_that_is_not_applied_is_named(well, client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'common' AND name LIKE '0001%'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "common 0001_initial" in answer.json()["parts"]["migrations"]["words"]


def test_a_broker_that_is_away_is_named_without_its_address(well, client, monkeypatch):
    monkeypatch.setattr(settings, "BROKER_ADDRESS", "unix:///nowhere/secret-name.sock")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["broker"]["words"] == "The message broker does not answer."
    assert "secret-name" not in answer.content.decode()


def test_ready_costs_the_same_whatever_the_portal_holds(well, client):
    with CaptureQueriesContext(connection) as few:
        client.get("/readyz")
    OutgoingMail.objects.bulk_create(
        OutgoingMail(key=str(n), to="a@example.org", subject="x", body="") for n in range(50)
    )
    with CaptureQueriesContext(connection) as many:
        client.get("/readyz")
    assert len(few) == len(many)


def test_only_what_the_setting_names_is_asked(well, monkeypatch):
    monkeypatch.setattr(settings, "READY_NEEDS", ["database"])
    assert [one.part for one in readiness()] == ["database"]


def test_the_command_says_it_too(well, capsys):
    call_command("readiness", "timer")
    assert capsys.readouterr().out.startswith("timer: ok.")
    heartbeat.cache.delete(heartbeat.KEY)
    with pytest.raises(SystemExit):
        call_command("readiness", "timer")


def value(page: str, start: str) -> float:
    return float(next(line for line in page.splitlines() if line.startswith(start)).split()[-1])


def test_the_figures_count_requests_by_route_and_hold_no_address_or_person(well, client):
    user = UserFactory(email="somebody@example.org")
    client.force_login(user)
    client.get("/no-such-place/somebody@example.org/?q=Smith")
    client.get("/about/")
    page = client.get("/metrics").content.decode()
    assert value(page, 'icp_requests_total{method="GET",route="about",status="200"}') >= 1
    assert value(page, 'icp_requests_total{method="GET",route="none",status="404"}') >= 1
    assert value(page, 'icp_request_seconds_count{route="about"}') >= 1
    for secret in ("somebody", "Smith", "no-such-place"):
        assert secret not in page


def test_the_figures_tell_what_waits_and_how_the_timer_is(well, client):
    OutgoingMail.objects.create(key="1", to="a@example.org", subject="x", body="")
    page = client.get("/metrics").content.decode()
    assert value(page, "icp_mail_waiting") == 1
    assert value(page, "icp_queue_waiting") >= 0
    assert value(page, "icp_timer_heartbeat_age_seconds") >= 0
    assert value(page, 'icp_figure_missing{figure="icp_mail_waiting"}') == 0


def test_a_figure_that_cannot_be_had_is_named_and_the_others_stay(well, client, monkeypatch):
    monkeypatch.setattr(settings, "BROKER_ADDRESS", "unix:///nowhere.sock")
    page = client.get("/metrics").content.decode()
    assert value(page, 'icp_figure_missing{figure="icp_queue_waiting"}') == 1
    assert "\nicp_mail_waiting " in page


def test_tasks_are_counted_by_name_and_end(well, client):
    from icp.common.tasks import send_waiting_mail

    before = figures.tasks.labels(send_waiting_mail.name, "success")._value.get()
    send_waiting_mail.delay()
    assert figures.tasks.labels(send_waiting_mail.name, "success")._value.get() == before + 1


def test_an_error_of_the_database_is_counted_once(db):
    from django.db import DatabaseError, transaction

    counter = figures.database_errors.labels("ProgrammingError")
    before = counter._value.get()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert counter._value.get() == before + 1
