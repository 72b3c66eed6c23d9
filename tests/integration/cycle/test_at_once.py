"""Several people, or several schedulers, at the same moment."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from icp.common.models import OutgoingMail
from programmes import services
from programmes.errors import CannotSave, Refused, StaleStatus
from programmes.models import Period, PlanItem, Reminder, Return, Status
from programmes.services.rows import hold_plans
from programmes.signals import period_closed
from tests.factories import NOW, PeriodFactory
from tests.integration.cycle.conftest import make_world

MARCH = date(2020, 3, 2)


@pytest.fixture
def world(transactional_db):
    return make_world()


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Every call in a thread of its own, begun together; what each returned, or the refusal it raised."""
    barrier = Barrier(len(calls))

    def together(call: Callable[[], object]) -> object:
        barrier.wait(timeout=30)
        return call()

    return in_threads(*(partial(together, call) for call in calls))


def in_threads(*calls: Callable[[], object]) -> list[object]:
    """What each returned, or what it raised, in a thread and a connection of its own."""
    results = [None] * len(calls)

    def run(index: int, call: Callable[[], object]) -> None:
        try:
            results[index] = call()
        except Exception as problem:
            results[index] = problem
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def close(world, by):
    return services.close_period(
        period=world.february, by=by, at=NOW, today=MARCH, without_late_returns=True
    )


def test_two_people_saving_one_row_lose_nothing(world):
    item = world.items[2]
    results = at_once(
        lambda: world.record(item, rag="red", reason="One"),
        lambda: world.record(item, rag="amber", reason="Two", by=world.office),
    )
    saved = [one for one in results if isinstance(one, Status)]
    refused = [one for one in results if isinstance(one, StaleStatus)]
    assert (len(saved), len(refused)) == (1, 1)
    assert refused[0].current.reason == saved[0].reason
    assert Status.objects.get(item=item, period=world.february).version == 1


def test_two_people_saving_different_rows_both_succeed(world):
    results = at_once(*(lambda item=item: world.record(item, rag="green") for item in world.items))
    assert all(isinstance(one, Status) for one in results), results
    assert Return.objects.filter(period=world.february, programme=world.programme).count() == 1


def test_two_closes_at_once_close_once(world):
    heard = []

    def listen(**kwargs):
        heard.append(kwargs["by"])

    period_closed.connect(listen)
    try:
        results = at_once(
            lambda: close(world, world.office), lambda: close(world, world.office_too)
        )
    finally:
        period_closed.disconnect(listen)
    assert all(isinstance(one, Period) for one in results), results
    assert len(heard) == 1
    assert results[0].closed_by_id == results[1].closed_by_id == heard[0].pk


def test_a_row_saved_while_the_office_closes_is_kept_or_refused_in_words(world):
    results = at_once(
        lambda: close(world, world.office),
        *(lambda item=item: world.record(item, rag="green", reason="Now") for item in world.items),
    )
    assert isinstance(results[0], Period), results
    for item, result in zip(world.items, results[1:], strict=True):
        assert isinstance(result, Status | CannotSave), result
        kept = Status.objects.filter(item=item, reason="Now").exists()
        assert kept == isinstance(result, Status)
    assert not Status.objects.filter(period=world.february).exists()


def test_a_return_submitted_while_the_office_closes_is_in_or_out_whole(world):
    world.say_the_red_row()
    results = at_once(lambda: close(world, world.office), lambda: world.submit())
    assert isinstance(results[0], Period), results
    assert isinstance(results[1], Return | Refused), results
    status = Status.objects.get(item=world.items[0], reason="Late parts.")
    handed_in = isinstance(results[1], Return)
    assert (status.period.key == "2020-02") == handed_in
    assert Return.objects.get(period=world.february, programme=world.programme).is_handed_in == (
        handed_in
    )


def test_two_schedulers_open_one_period_and_send_each_reminder_once(world):
    def turn():
        return services.turn_the_day(place=world.place, today=MARCH, at=NOW)

    results = at_once(turn, turn, turn)
    assert sorted(map(len, results)) == [0, 0, 3], results
    assert Period.objects.filter(place=world.place, key="2020-03").count() == 1
    assert Reminder.objects.filter(period=world.february).count() == 2
    assert OutgoingMail.objects.filter(key__startswith="reminder:").count() == 2


def test_the_day_turns_while_the_office_closes(world):
    results = at_once(
        lambda: close(world, world.office),
        lambda: services.turn_the_day(place=world.place, today=MARCH, at=NOW),
    )
    assert isinstance(results[0], Period), results
    assert isinstance(results[1], list), results
    assert Period.objects.get(pk=world.february.pk).state == "closed"
    assert Period.objects.filter(place=world.place, key="2020-03").count() == 1


def test_two_people_submit_once(world):
    world.say_the_red_row()
    results = at_once(lambda: world.submit(), lambda: world.submit(by=world.office))
    assert sorted(isinstance(one, Return) for one in results) == [False, True], results
    assert OutgoingMail.objects.filter(key__startswith="submitted:").count() == 1


def while_held(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """``second`` begins while the transaction of ``first`` is done and not committed; what came of both."""
    done = Event()

    def hold() -> object:
        with transaction.atomic():
            found = first()
            done.set()
            wait_until_somebody_waits()
        return found

    def follow() -> object:
        assert done.wait(timeout=30)
        return second()

    return in_threads(hold, follow)


def wait_until_somebody_waits() -> None:
    """Until another connection waits for a lock, or two seconds are gone: then none does."""
    for _ in range(40):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1")
            if cursor.fetchone():
                return
        time.sleep(0.05)


def test_a_close_waits_for_who_saves_the_same_row_in_the_next_period(world):
    march, item = PeriodFactory(place=world.place, march=True), world.items[2]
    world.record(item, rag="green")
    results = while_held(
        lambda: services.record_status(
            item=item,
            period=march,
            by=world.lead,
            at=NOW,
            expected_version=0,
            values={"rag": "red"},
        ),
        lambda: close(world, world.office),
    )
    assert isinstance(results[0], Status), results
    assert isinstance(results[1], Period), results
    # What was typed for the later period stands.
    assert Status.objects.get(item=item, period=march).rag == "red"
    assert not Status.objects.filter(item=item, period=world.february).exists()


def test_a_close_and_an_import_that_ticks_a_row_do_not_wait_in_a_ring(world):
    item = world.items[2]
    world.record(item, rag="green")

    def bring_in():
        hold_plans(programmes=[world.programme.pk])
        return PlanItem.objects.filter(pk=item.pk).update(ticked=True, ticked_in=world.february)

    results = while_held(bring_in, lambda: close(world, world.office))
    assert results[0] == 1, results
    assert isinstance(results[1], Period), results
