"""What is agreed after a period's end, while its returns still come in, is of the next period's reports."""

from datetime import UTC, date, datetime

import pytest

from boards.rules import exceptions, look_ahead
from boards.selectors import gather
from icp.common.models import DemoClock
from programmes import services
from programmes.models import ChangeLineKind, PlanItem
from programmes.services.baselines import agree_baseline
from programmes.services.changes import DraftLine
from tests.factories import PeriodFactory
from tests.integration.cycle.conftest import make_world
from tests.proposing import agreed_request

pytestmark = pytest.mark.django_db

MARCH = date(2020, 3, 3)
AT = datetime(2020, 3, 3, 10, tzinfo=UTC)


@pytest.fixture
def world():
    """IT 11 is red in February's return, IT 11 and 12 are overdue at its end; then it is the third of March."""
    made = make_world()
    agree_baseline(programme=made.programme, items=made.items)
    made.say_the_red_row()
    made.submit()
    DemoClock.objects.update(today=MARCH)
    return made


def agree(world, *lines):
    return agreed_request(world, *lines, at=AT)


def printed(sections):
    """The rows of each section that has some, by the section's heading."""
    return {
        section["heading"]: [one["plan_id"] for one in section["rows"]]
        for section in sections
        if section["rows"]
    }


def both(period):
    facts = gather(period=period)
    return printed(look_ahead.sections(facts)) | printed(exceptions.sections(facts))


def test_what_was_red_or_overdue_at_the_end_is_printed_whatever_is_agreed_since(world):
    before = both(world.february)
    assert any(
        rows == ["11", "12"] for heading, rows in before.items() if heading.startswith("Overdue")
    )
    agree(
        world,
        DraftLine(kind=ChangeLineKind.REDATE, item=world.items[1], finish=date(2020, 4, 3)),
        DraftLine(kind=ChangeLineKind.REMOVE, item=world.items[0]),
        DraftLine(
            kind=ChangeLineKind.ADD, name="Sign", item_kind="milestone", finish=date(2020, 3, 20)
        ),
    )
    assert both(world.february) == before
    services.close_period(
        period=world.february, by=world.office, at=AT, today=MARCH, without_late_returns=True
    )
    assert both(world.february) == before


def test_the_dates_of_a_row_are_those_agreed_at_the_end(world):
    item = world.items[1]
    agreed = PlanItem.objects.get(pk=item.pk).baseline_finish
    agree(world, DraftLine(kind=ChangeLineKind.REDATE, item=item, finish=date(2020, 4, 3)))
    (row,) = (one for one in gather(period=world.february).rows if one.plan_id == item.plan_id)
    assert (row.finish, [entry.finish for entry in row.agreed]) == (agreed, [agreed])
    march = PeriodFactory(place=world.place, march=True)
    (row,) = (one for one in gather(period=march).rows if one.plan_id == item.plan_id)
    assert (row.finish, len(row.agreed)) == (date(2020, 4, 3), 2)


def test_the_next_period_tells_of_it(world):
    agree(
        world,
        DraftLine(kind=ChangeLineKind.REMOVE, item=world.items[0]),
        DraftLine(
            kind=ChangeLineKind.ADD, name="Sign", item_kind="milestone", finish=date(2020, 3, 20)
        ),
    )
    march = PeriodFactory(place=world.place, march=True)
    found = printed(exceptions.sections(gather(period=march)))
    assert found[exceptions.NEW] == ["15"]
    assert found[exceptions.REMOVED] == ["11"]


def test_a_first_baseline_that_came_after_the_end_tells_of_the_days_before(world):
    """A plan that was imported and agreed in February is January's plan, too."""
    assert [row.plan_id for row in gather(period=world.january).rows] == ["11", "12", "13", "14"]


def test_what_a_lead_said_of_a_row_that_was_agreed_to_since_is_printed(world):
    agree(
        world,
        DraftLine(kind=ChangeLineKind.ADD, name="Sign", item_kind="task", finish=MARCH),
    )
    added = PlanItem.objects.get(programme=world.programme, plan_id="15")
    services.recall_return(programme=world.programme, period=world.february, by=world.lead, at=AT)
    world.record(added, rag="amber", reason="No pen.", get_to_green="Buy one.")
    assert "15" in [row.plan_id for row in gather(period=world.february).rows]
