"""Thousands of new rows that are agreed to at once come into the plan at once, each where it was asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.errors import CannotChangePlan
from programmes.models import ChangeLineKind, PlanItem
from programmes.rules.changes import Act
from programmes.services.baselines import agree_baseline
from programmes.services.change_life import agree_request
from programmes.services.changes import DraftLine
from tests.factories import NOW, PlanItemFactory
from tests.integration.cycle.conftest import make_world
from tests.integration.test_change_requests import agreed, proposed

pytestmark = pytest.mark.django_db
ADD = ChangeLineKind.ADD


@pytest.fixture
def world():
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


def asked_for(world, count, start=100):
    """Headings with four new rows below each, after the first row of the plan."""
    lines, first = [], world.items[0]
    for number in range(start, start + count):
        heading = number % 5 == 0
        place = {"after": first} if heading else {"new_parent": str(number - number % 5)}
        kind = "summary" if heading else "task"
        lines.append(
            DraftLine(kind=ADD, plan_id=str(number), name=f"Row {number}", item_kind=kind, **place)
        )
    return lines


def test_new_rows_come_in_together_in_their_order_under_their_headings(world):
    before = list(PlanItem.objects.order_by("position").values_list("plan_id", flat=True))
    request = agreed(world, proposed(world, *asked_for(world, 10)))
    now = list(PlanItem.objects.order_by("position").values_list("plan_id", flat=True))
    assert now == [before[0], *map(str, range(100, 110)), *before[1:]]
    assert {row.parent.plan_id for row in PlanItem.objects.filter(outline_level=2)} == {
        "100",
        "105",
    }
    assert [line.item.plan_id for line in request.lines.order_by("pk")] == now[1:11]
    assert request.baseline.entries.count() == 10


def test_agreeing_to_more_new_rows_asks_the_database_no_oftener(world):
    counts = []
    for size, first in ((5, 100), (50, 200)):
        request = proposed(world, *asked_for(world, size, first))
        agree_request(request=request, act=Act.AGREE_FOR_PROGRAMME, by=world.lead, at=NOW)
        with CaptureQueriesContext(connection) as asked:
            agree_request(request=request, act=Act.AGREE_FOR_OFFICE, by=world.office, at=NOW)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_a_new_row_below_one_that_goes_is_refused_and_does_not_go_along(world):
    heading = PlanItemFactory(programme=world.programme, plan_id="90", position=90, kind="summary")
    under = DraftLine(kind=ADD, name="Below it", item_kind="task", parent=heading)
    request = proposed(world, under, DraftLine(kind=ChangeLineKind.REMOVE, item=heading))
    with pytest.raises(CannotChangePlan, match="That heading was removed from the plan"):
        agreed(world, request)


def test_new_rows_without_a_number_get_the_next_that_no_other_has(world):
    lines = [DraftLine(kind=ADD, name=f"New {n}", item_kind="task") for n in range(2)]
    taken = DraftLine(kind=ADD, name="With a number", item_kind="task", plan_id="15")
    agreed(world, proposed(world, *lines, taken))
    found = dict(PlanItem.objects.filter(plan_id__gte="15").values_list("name", "plan_id"))
    assert found == {"New 0": "16", "New 1": "17", "With a number": "15"}
