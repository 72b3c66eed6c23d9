"""A change request that has ended says for ever what it said then, its rows and whom they go to too."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import DatabaseError, transaction

from programmes.models import (
    ChangeLine,
    ChangeLineBoard,
    ChangeLineKind,
    ChangeRequest,
    PlanItem,
)
from programmes.rules.changes import EXPIRES_AFTER
from programmes.services.baselines import agree_baseline
from programmes.services.change_life import expire_untouched, refuse_request, withdraw_request
from programmes.services.changes import DraftLine, edit_request
from tests.factories import NOW, TODAY, BoardFactory
from tests.integration.cycle.conftest import make_world
from tests.integration.test_change_requests import agreed, drafted, later, proposed

ADD = ChangeLineKind.ADD


@pytest.fixture
def world(db):
    return make_agreed_world()


def make_agreed_world():
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


def lines(world):
    board = BoardFactory(place=world.programme.place)
    new = DraftLine(kind=ADD, name="A new pump", item_kind="task", boards=(board,))
    return later(world.items[2]), new


def by_agreement(world):
    return agreed(world, proposed(world, *lines(world)))


def by_refusal(world):
    request = proposed(world, *lines(world))
    return refuse_request(request=request, because="Not now.", by=world.office, at=NOW)


def by_withdrawal(world):
    request = drafted(world, *lines(world))
    return withdraw_request(request=request, because="Not now.", by=world.lead, at=NOW)


def by_time(world):
    request = drafted(world, *lines(world))
    after = EXPIRES_AFTER + timedelta(days=1)
    expire_untouched(place=world.programme.place, today=TODAY + after, at=NOW + after)
    request.refresh_from_db()
    return request


@pytest.mark.parametrize("end", [by_agreement, by_refusal, by_withdrawal, by_time])
def test_nothing_of_an_ended_request_changes_any_more(world, end):
    request = end(world)
    assert request.state in ("agreed", "refused", "withdrawn", "expired")
    for attempt in (
        lambda: ChangeRequest.objects.update(why="Something else."),
        lambda: ChangeRequest.objects.update(state="draft"),
        lambda: ChangeRequest.objects.all()._raw_delete("default"),
        lambda: ChangeLine.objects.update(finish=None),
        lambda: ChangeLine.objects.create(request=request, kind=ADD, name="X", item_kind="task"),
        ChangeLine.objects.all().delete,
        lambda: ChangeLineBoard.objects.update(board=BoardFactory()),
        ChangeLineBoard.objects.all().delete,
    ):
        with pytest.raises(DatabaseError, match="change request has ended"), transaction.atomic():
            attempt()


def test_the_line_of_a_row_that_came_by_agreement_names_it(world):
    request = by_agreement(world)
    made = PlanItem.objects.get(name="A new pump")
    assert [line.item for line in request.lines.filter(kind=ADD)] == [made]
    assert made.goes_to.count() == 1


def test_a_request_that_stands_is_still_written(world):
    request = proposed(world, *lines(world))
    edit_request(
        request=request,
        words={"why": "The parts come in spring."},
        without=[request.lines.first().pk],
        by=world.lead,
        at=NOW,
        expected_version=request.version,
    )
    request.refresh_from_db()
    assert (request.why, request.lines.count()) == ("The parts come in spring.", 1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE programmes_changerequest SET title = 'Other'",
        "DELETE FROM programmes_changelineboard",
        "UPDATE programmes_changeline SET finish = '2020-03-01'",
        # Out of it, into one that stands.
        "UPDATE programmes_changeline SET request_id = (SELECT max(id) FROM programmes_changerequest)",
    ],
)
def test_not_by_sql_either(transactional_db, app_connection, sql):
    world = make_agreed_world()
    by_refusal(world)
    drafted(world)
    with app_connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM programmes_changeline WHERE request_id = (SELECT max(id) FROM"
            " programmes_changerequest)"
        )
        with pytest.raises(psycopg2.Error, match="change request has ended"):
            cursor.execute(sql)
