"""The dates that were once agreed, drawn below a row of the plan."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from icp.common.models import DemoClock
from programmes.models import PlanItem
from programmes.services.baselines import agree_baseline
from tests.integration.cycle.conftest import make_world

pytestmark = pytest.mark.django_db

FIRST, SECOND, NOW = date(2020, 2, 28), date(2020, 3, 31), date(2020, 5, 29)


@pytest.fixture(scope="module")
def made(standing):
    """IT 13 was agreed for 28 February, then 31 March, now 29 May; nothing else was ever agreed of the others."""
    world = make_world()
    row = world.items[2]
    for day, finish in ((10, FIRST), (11, SECOND), (12, NOW)):
        DemoClock.objects.update(today=date(2020, 2, day))
        PlanItem.objects.filter(pk=row.pk).update(finish=finish, baseline_finish=finish)
        row.refresh_from_db()
        agree_baseline(programme=world.programme, items=world.items if day == 10 else [row])
    DemoClock.objects.update(today=date(2020, 2, 14))
    return world


def plan(world, query=""):
    return world.client(world.member).get(f"/places/{world.place.slug}/programmes/IT/?{query}")


def drawn(found):
    """By number what is said to have been agreed of each row, and whether it is drawn."""
    return {
        row.line.reference: (
            [flag for flag in row.flags if "agreed" in flag.lower()],
            "icp-gantt__baseline" in row.drawing,
        )
        for row in found.context["page_obj"]
    }


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("beside=first", "First agreed: 28 Feb 2020."),
        ("beside=previous", "Agreed before: 31 Mar 2020."),
    ],
)
def test_what_was_agreed_is_drawn_and_said_of_the_row_that_has_another_date_now(
    world, query, words
):
    found = plan(world, query)
    assert drawn(found) == {
        "IT 11": ([], False),
        "IT 12": ([], False),
        "IT 13": ([words], True),
        "IT 14": ([], False),
    }
    assert f"29 May 2020, {words[0].lower()}{words[1:-1]}" in found.content.decode()
    assert 'aria-label="Key to the drawing"' in found.content.decode()


@pytest.mark.parametrize("query", ["", "beside=", "beside=nonsense"])
def test_unless_it_is_asked_for_nothing_is_drawn_below(world, query):
    found = plan(world, query)
    assert found.status_code == 200
    assert all(shown == ([], False) for shown in drawn(found).values())


def test_the_drawing_reaches_back_to_a_date_before_the_plan_begins(world):
    PlanItem.objects.filter(pk=world.items[0].pk).update(
        finish=date(2020, 3, 1), baseline_finish=date(2020, 3, 1)
    )
    found = plan(world, "beside=first")
    # IT 11 was first agreed for 30 November 2019.
    assert found.context["page_obj"][0].timeline.first == date(2019, 11, 1)


def test_it_takes_one_query_and_none_when_it_is_off(world):
    def queries(query):
        with CaptureQueriesContext(connection) as found:
            plan(world, query)
        return len(found)

    queries("")
    assert queries("beside=first") == queries("") + 1
