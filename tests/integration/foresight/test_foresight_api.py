"""Warnings, trends and the look-ahead's test by the API: the pages' own lists, for whoever reads the place."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards import services as reports
from boards.models import Report
from icp.common.models import DemoClock
from programmes.models import Dependency, PlanItem
from programmes.services.baselines import agree_baseline
from tests.factories import (
    NOW,
    MembershipFactory,
    PlaceFactory,
    PlanItemFactory,
    ProgrammeFactory,
    StatusFactory,
)
from tests.integration.cycle.conftest import make_world

pytestmark = pytest.mark.django_db

LISTS = ("dependency-warnings", "trends", "slips", "look-ahead-tests", "look-ahead-rates")
EARLY, TODAY = date(2020, 1, 10), date(2020, 2, 28)


@pytest.fixture(scope="module")
def made(standing):
    """Agreed on 10 January; the look-ahead named IT 12 and IT 31 to 33 for February. It is 28 February 2020."""
    world = make_world()
    world.rows = [
        PlanItemFactory(
            programme=world.programme,
            plan_id=str(number),
            position=number,
            start=None,
            kind="milestone",
            finish=date(2020, 2, number - 11),
        )
        for number in range(31, 34)
    ]
    DemoClock.objects.update(today=EARLY)
    agree_baseline(programme=world.programme, items=[*world.items, *world.rows])
    DemoClock.objects.update(today=TODAY)
    for report in Report.objects.filter(period=world.january):
        reports.build_report(report=report, at=NOW)
    reports.approve_all(period=world.january, by=world.office_too, at=NOW)
    reports.publish_all(period=world.january, by=world.office_too, at=NOW)
    done, _, missed = world.rows
    world.record(done, rag="complete", actual_finish=date(2020, 2, 20))
    world.record(missed, rag="red", reason="The supplier is late.", get_to_green="Ask again.")
    Dependency.objects.create(successor=world.items[2], predecessor=world.items[3])
    return world


def get(world, name, query="", user=None):
    client = world.client(user or world.member)
    return client.get(f"/api/v1/{name}/{world.place.slug}/?{query}")


def test_warnings_are_those_of_the_page_and_can_be_narrowed(world):
    found = get(world, "dependency-warnings", "programme=IT&concern=broken").json()
    [broken] = found["results"]
    assert (broken["reference"], broken["programme"], broken["concern"]) == (
        "IT 13",
        "IT",
        "broken",
    )
    assert broken["words"].startswith(
        "Finishes on 30 Oct 2020, but waits for IT 14 to finish on 30 Nov 2020"
    )
    assert get(world, "dependency-warnings", "programme=EST").json()["count"] == 0


def test_a_milestones_trend_has_a_finish_for_each_period_end_and_today(world):
    StatusFactory(item=world.rows[1], period=world.february, forecast_finish=date(2020, 3, 9))
    found = get(world, "trends", "programme=IT&page_size=2").json()
    assert (found["count"], [row["reference"] for row in found["results"]]) == (
        3,
        ["IT 31", "IT 32"],
    )
    slipped = found["results"][1]
    assert slipped["points"] == [
        {"as_at": "2020-01-31", "finish": "2020-02-21"},
        {"as_at": "2020-02-28", "finish": "2020-03-09"},
    ]
    assert (slipped["slip_days"], slipped["moves"]) == (17, 1)
    assert slipped["words"] == "slipped 17 days in 1 move"


def test_without_a_programme_the_trend_is_of_promoted_rows(world):
    assert get(world, "trends").json()["count"] == 0
    PlanItem.objects.filter(pk=world.items[2].pk).update(level="place")
    assert [row["reference"] for row in get(world, "trends").json()["results"]] == ["IT 13"]


def test_days_of_slip_are_told_by_programme_and_are_null_before_anything_was_agreed(world):
    found = get(world, "slips").json()["results"]
    assert [one["programme"] for one in found] == ["IT", "EST"]
    january, today = found[0]["points"]
    # IT 11 was to finish on 30 November 2019, and so was 62 days late by the end of January.
    assert january == {"as_at": "2020-01-31", "days": 62, "rows": 1}
    assert today["rows"] == 4
    assert found[1]["points"] == [
        {"as_at": "2020-01-31", "days": None, "rows": None},
        {"as_at": "2020-02-28", "days": None, "rows": None},
    ]


def test_the_look_aheads_test_says_what_became_of_each_row_and_how_many_were_done(world):
    found = get(world, "look-ahead-tests").json()
    assert {row["reference"]: row["outcome"] for row in found["results"]} == {
        "IT 12": "missed",
        "IT 32": "missed",
        "IT 33": "missed",
        "IT 31": "done",
    }
    assert (found["month"], found["over"]) == ("2020-02", False)
    assert found["rate"] == {"done": 1, "of": 4, "percent": 25}
    assert found["outcomes"] == {
        "missed": 3,
        "done_late": 0,
        "moved": 0,
        "removed": 0,
        "done": 1,
        "still_to_come": 0,
    }
    late = get(world, "look-ahead-tests", "outcome=missed&programme=IT&month=2020-02&page_size=2")
    assert (late.json()["count"], len(late.json()["results"])) == (3, 2)


def test_each_programmes_rate_stands_month_by_month(world):
    found = get(world, "look-ahead-rates").json()
    assert found["results"] == [
        {
            "programme": "IT",
            "name": "IT Enabler",
            "rates": [{"done": 1, "of": 4, "percent": 25, "month": "2020-02"}],
        }
    ]


def test_a_place_without_a_look_ahead_has_none_to_test():
    place = PlaceFactory(slug="newshire")
    office = MembershipFactory(place=place).user
    world = make_world("othershire")
    found = world.client(office).get("/api/v1/look-ahead-tests/newshire/").json()
    assert (found["count"], found["month"], found["rate"]["percent"]) == (0, None, None)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("dependency-warnings", "concern=grave"),
        ("trends", "programme=NONE"),
        ("slips", "programme=IT"),
        ("look-ahead-tests", "month=1999-13"),
        ("look-ahead-tests", "outcome=late"),
        ("look-ahead-rates", "month=2020-02"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(world, name, query):
    answer = get(world, name, query)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize("name", LISTS)
def test_whoever_has_no_role_in_the_place_learns_nothing(world, name):
    assert get(world, name, user=MembershipFactory().user).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_more_rows_need_no_more_queries(world, name):
    PlanItem.objects.filter(pk=world.items[2].pk).update(level="place")
    client = world.client(world.member)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/api/v1/{name}/{world.place.slug}/").status_code == 200
        return len(found)

    few = queries()
    for number in range(50, 60):
        programme = ProgrammeFactory(place=world.place, code=f"P{number}")
        row = PlanItemFactory(programme=programme, plan_id=str(number), level="place")
        Dependency.objects.create(successor=row, predecessor=world.items[0])
    assert queries() == few <= 25
