"""What was agreed in a period, from the baselines to the exception report and its narrative."""

from datetime import date

import pytest

from boards.models import Report
from boards.selectors import gather
from boards.services import build_report
from programmes import services
from programmes.models import ChangeLineKind
from programmes.services.baselines import agree_baseline
from programmes.services.changes import DraftLine
from tests.factories import NOW
from tests.integration.cycle.conftest import make_world
from tests.proposing import agreed_request

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(standing):
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


def agreed(world, *lines):
    return agreed_request(world, *lines, at=NOW)


def one_of_each(world):
    return agreed(
        world,
        DraftLine(
            kind=ChangeLineKind.ADD, name="Sign", item_kind="milestone", finish=date(2020, 9, 1)
        ),
        DraftLine(kind=ChangeLineKind.REMOVE, item=world.items[3]),
        DraftLine(kind=ChangeLineKind.REDATE, item=world.items[2], finish=date(2020, 12, 18)),
    )


def test_each_row_is_told_by_what_became_of_it(world):
    one_of_each(world)
    found = gather(period=world.february).changes
    assert {(change.row.name, change.kind) for change in found} == {
        ("Sign", "added"),
        ("Row number 4", "removed"),
        ("Row number 3", "re-dated"),
    }
    [moved] = [change for change in found if change.kind == "re-dated"]
    assert (moved.old_finish, moved.new_finish) == (date(2020, 10, 30), date(2020, 12, 18))


def test_the_report_of_the_month_lists_them_and_its_narrative_begins_with_them(world):
    one_of_each(world)
    services.close_period(
        period=world.february,
        by=world.office,
        at=NOW,
        today=date(2020, 3, 2),
        without_late_returns=True,
    )
    waiting = Report.objects.get(period=world.february, kind="exceptions")
    report = build_report(report=waiting, at=NOW)
    by_number = {section["heading"][:2]: section for section in report.content["sections"]}
    assert [row["name"] for row in by_number["1."]["rows"]] == ["Sign"]
    assert [row["name"] for row in by_number["2."]["rows"]] == ["Row number 4"]
    assert report.narrative.startswith("Agreed by change control in February 2020:")
    assert report.content["narrative"] == report.narrative


def test_a_first_plan_is_no_change_of_it(world):
    assert gather(period=world.february).changes == ()
