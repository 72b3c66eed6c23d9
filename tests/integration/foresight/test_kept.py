"""A month's look-ahead, held against what became of its rows."""

from datetime import date, datetime

import pytest

from boards import services as reports
from boards.models import Report
from icp.common.models import DemoClock
from programmes.models import PlanItem
from programmes.services.baselines import agree_baseline
from tests.factories import NOW, PlanItemFactory
from tests.integration.cycle.conftest import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(standing):
    """January's look-ahead named IT 12 and IT 31 to 35 for February; it is published, and today is 28 February."""
    world = make_world()
    world.rows = [
        PlanItemFactory(
            programme=world.programme,
            plan_id=str(number),
            position=number,
            finish=date(2020, 2, number - 11),
            name=f"Promise {number}",
        )
        for number in range(31, 36)
    ]
    agree_baseline(programme=world.programme, items=world.rows)
    for report in Report.objects.filter(period=world.january):
        reports.build_report(report=report, at=NOW)
    reports.approve_all(period=world.january, by=world.office_too, at=NOW)
    reports.publish_all(period=world.january, by=world.office_too, at=NOW)
    DemoClock.objects.update(today=date(2020, 2, 28))
    done, late, missed, moved, removed = world.rows
    world.record(done, rag="complete", actual_finish=date(2020, 2, 20))
    world.record(late, rag="complete", actual_finish=date(2020, 2, 25))
    world.record(missed, rag="red", reason="The supplier is late.", get_to_green="Ask again.")
    PlanItem.objects.filter(pk=moved.pk).update(baseline_finish=date(2020, 5, 1))
    moved.refresh_from_db()
    agree_baseline(programme=world.programme, items=[moved])
    PlanItem.objects.filter(pk=removed.pk).update(
        removed_at=datetime(2020, 2, 20, tzinfo=NOW.tzinfo)
    )
    return world


def page(world, query="", user=None):
    return world.client(user or world.lead).get(
        f"/places/{world.place.slug}/look-ahead-test/?{query}"
    )


def outcomes(found) -> dict[str, str]:
    return {
        line["kept"].promise.reference: line["kept"].outcome.value
        for line in found.context["page_obj"]
    }


def test_each_row_of_the_look_ahead_has_its_outcome_and_each_miss_its_reason(world):
    found = page(world)
    assert outcomes(found) == {
        "IT 12": "missed",
        "IT 31": "done",
        "IT 32": "done late",
        "IT 33": "missed",
        "IT 34": "moved",
        "IT 35": "removed",
    }
    assert "The supplier is late." in found.content.decode()
    assert "Done by its day: 1 of 4 (25%)." in found.content.decode()


def test_each_programme_has_a_rate_month_by_month(world):
    [line] = page(world).context["rates"]
    assert (line["programme"].code, [one.words for one in line["rates"]]) == (
        "IT",
        ["1 of 4 (25%)"],
    )


def test_it_is_narrowed_to_a_programme_and_an_outcome(world):
    assert outcomes(page(world, "programme=EST")) == {}
    assert outcomes(page(world, "programme=IT&outcome=missed")) == {
        "IT 12": "missed",
        "IT 33": "missed",
    }


def test_the_file_holds_the_explanations(world):
    answer = world.client(world.lead).get(
        f"/places/{world.place.slug}/look-ahead-test.csv?outcome=missed"
    )
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("IT 33,IT Enabler,Promise 33,February 2020,2020-02-22,Missed")
    assert lines[2].endswith("The supplier is late.")


def test_what_happens_after_the_month_was_closed_does_not_change_its_test(world):
    """The row that was missed is taken out in March; for February it stays missed."""
    DemoClock.objects.update(today=date(2020, 3, 2))
    world.february.state = "closed"
    world.february.closed_by, world.february.closed_at = (
        world.office,
        datetime(2020, 3, 1, tzinfo=NOW.tzinfo),
    )
    world.february.save()
    PlanItem.objects.filter(plan_id="33").update(removed_at=datetime(2020, 3, 2, tzinfo=NOW.tzinfo))
    assert outcomes(page(world))["IT 33"] == "missed"


def test_before_any_look_ahead_is_published_the_page_says_what_will_be_there(db):
    world = make_world("elsewhere")
    assert "No look-ahead stands yet" in page(world).content.decode()


def test_a_draft_is_tested_for_the_office_only(db):
    world = make_world("elsewhere")
    for report in Report.objects.filter(period=world.january):
        reports.build_report(report=report, at=NOW)
    assert page(world).context["month"] is None
    assert page(world, user=world.office).context["month"].span.name == "February 2020"


@pytest.mark.parametrize("query", ["month=1999-01", "outcome=x", "programme=NOPE"])
def test_what_cannot_be_read_is_said_at_its_field(world, query):
    assert page(world, query).context["form"].errors
