"""Thousands of rows that are agreed to at once come, change and come back at once, each as it was asked for."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from icp.audit.models import Change
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
LATER = date(2021, 3, 31)


@pytest.fixture(scope="module")
def made(standing):
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


def test_rows_come_back_together_each_where_it_stood_and_are_agreed_again(world):
    rows = [row for row in world.items if row.kind != "summary"][:4]
    before = list(PlanItem.objects.order_by("position").values_list("plan_id", "parent"))
    agreed(world, proposed(world, *asking(ChangeLineKind.REMOVE, rows)))
    back = agreed(world, proposed(world, *asking(ChangeLineKind.RESTORE, rows)))
    assert list(PlanItem.objects.order_by("position").values_list("plan_id", "parent")) == before
    assert not PlanItem.objects.exclude(removed_at=None).exists()
    assert [entry.removed for entry in back.baseline.entries.all()] == [False] * 4
    said = Change.objects.filter(object_id=rows[0].pk, kind="programmes.planitem").latest("id")
    assert said.reason == f"{back.reference}: {back.title}"
    assert said.changes.keys() == {"removed_at", "removed_because"}


def test_agreeing_to_more_dates_and_more_that_come_back_asks_the_database_no_oftener(world):
    agreed(world, proposed(world, *asked_for(world, 40)))
    rows = list(
        PlanItem.objects.filter(plan_id__startswith="1", kind="task", plan_id__gt="11").order_by(
            "position"
        )
    )
    counts = []
    for some in (rows[:2], rows[2:30]):
        redated = agreeing(world, [other_dates(row) for row in some])
        agreed(world, proposed(world, *asking(ChangeLineKind.REMOVE, some)))
        back = agreeing(world, asking(ChangeLineKind.RESTORE, some))
        counts.append((redated, back))
    assert counts[1] <= counts[0]
    one = PlanItem.objects.get(pk=rows[5].pk)
    assert (one.finish, one.baseline_finish, one.declared_duration) == (LATER, LATER, "")
    assert PlanItem.objects.get(pk=rows[4].pk).declared_duration == "9 days"


def asking(kind, rows):
    """The same asked of each of these rows, as they stand now."""
    now = PlanItem.objects.in_bulk([row.pk for row in rows])
    return [DraftLine(kind=kind, item=now[row.pk]) for row in rows]


def other_dates(row):
    """The finish, and for every other row the duration too."""
    duration = "9 days" if int(row.plan_id) % 2 == 0 else ""
    return DraftLine(kind=ChangeLineKind.REDATE, item=row, finish=LATER, declared_duration=duration)


def agreeing(world, lines):
    """How many questions the second agreement asks."""
    request = proposed(world, *lines)
    agree_request(request=request, act=Act.AGREE_FOR_PROGRAMME, by=world.lead, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        agree_request(request=request, act=Act.AGREE_FOR_OFFICE, by=world.office, at=NOW)
    return len(asked)
