"""What was expected when: by row on its page, and summed by programme as the rule says."""

from datetime import date

import pytest

from icp.common.models import DemoClock
from programmes.models import PlanItem, Status
from programmes.rules.rag import slip
from programmes.selectors.trend import columns_of, slip_sums
from programmes.services.baselines import agree_baseline
from tests.factories import PeriodFactory, PlanItemFactory, StatusFactory
from tests.integration.cycle.conftest import make_world

pytestmark = pytest.mark.django_db

MAY, JUNE, TODAY = date(2020, 5, 1), date(2020, 6, 1), date(2020, 2, 14)


@pytest.fixture(scope="module")
def made(standing):
    """Agreed on 10 January; IT 41 is a milestone of 1 May, forecast in February for 1 June."""
    world = make_world()
    world.milestone = PlanItemFactory(
        programme=world.programme,
        plan_id="41",
        position=41,
        kind="milestone",
        start=None,
        finish=MAY,
        name="Lines in use",
    )
    DemoClock.objects.update(today=date(2020, 1, 10))
    agree_baseline(programme=world.programme, items=[*world.items, world.milestone])
    DemoClock.objects.update(today=TODAY)
    StatusFactory(item=world.milestone, period=world.february, forecast_finish=JUNE)
    return world


def page(world, address="programmes/IT/trend/", user=None):
    return world.client(user or world.lead).get(f"/places/{world.place.slug}/{address}")


def test_a_milestones_forecasts_stand_side_by_side_and_say_that_it_slips(world):
    found = page(world)
    [line] = found.context["lines"]
    assert [point.finish for point in line["trend"].points] == [MAY, JUNE]
    assert "Slipped 31 days in 1 move" in found.content.decode()
    assert 'aria-label="IT 41: slipped 31 days in 1 move"' in found.content.decode()


def test_before_a_row_was_agreed_nothing_was_expected_of_it(world):
    PeriodFactory(
        place=world.place,
        key="2019-12",
        name="December 2019",
        starts_on=date(2019, 12, 1),
        ends_on=date(2019, 12, 31),
        due_on=date(2020, 1, 3),
    )
    [line] = page(world).context["lines"]
    assert [point.finish for point in line["trend"].points] == [None, MAY, JUNE]


def test_the_places_trend_is_of_promoted_rows(world):
    assert not page(world, "trend/").context["lines"]
    PlanItem.objects.filter(pk=world.items[2].pk).update(level="board")
    assert [line["trend"].row for line in page(world, "trend/").context["lines"]] == ["IT 13"]


def test_the_file_has_a_column_for_each_day(world):
    answer = page(world, "programmes/IT/trend.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].endswith("expected at 2020-01-31,expected at 2020-02-14,days of slip,in words")
    assert lines[1].endswith("2020-05-01,2020-06-01,31,slipped 31 days in 1 move")


def test_days_of_slip_are_summed_as_the_rule_measures_them(world):
    done = PlanItemFactory(
        programme=world.programme, plan_id="42", position=42, finish=date(2020, 1, 20)
    )
    agree_on(date(2020, 1, 11), world, [done])
    StatusFactory(item=done, period=world.february, rag="complete", actual_finish=date(2020, 2, 3))
    columns = columns_of(place=world.place, today=TODAY)
    found = slip_sums(place=world.place, programmes=[world.programme.pk], columns=columns)
    for column in columns:
        days = [
            measured.days
            for item in PlanItem.objects.filter(programme=world.programme)
            if (measured := slip_of(item, column)) and measured.days > 0
        ]
        sums = found[world.programme.pk, column.as_at]
        assert (sums.days, sums.rows) == (sum(days), len(days))
    assert found[world.programme.pk, TODAY].rows == 4


def slip_of(item, column):
    said = list(
        Status.objects.filter(item=item, period__ends_on__lte=column.heard).order_by(
            "period__ends_on"
        )
    )
    forecasts = [one.forecast_finish for one in said if one.forecast_finish]
    actuals = [one.actual_finish for one in said if one.actual_finish]
    rags = [one.rag for one in said if one.rag]
    return slip(
        agreed=item.baseline_finish,
        forecast=forecasts[-1] if forecasts else None,
        actual=actuals[-1] if actuals else None,
        complete=bool(rags) and rags[-1] == "complete",
        as_at=column.as_at,
    )


def agree_on(day, world, items):
    DemoClock.objects.update(today=day)
    agree_baseline(programme=world.programme, items=items)
    DemoClock.objects.update(today=TODAY)


def test_an_empty_trend_says_what_to_do(world):
    assert "No row is promoted" in page(world, "trend/").content.decode()
    assert "This plan has no milestones." in page(world, "programmes/EST/trend/").content.decode()
