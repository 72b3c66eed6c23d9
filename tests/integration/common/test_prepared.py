"""Questions whose SQL is made once are the querysets they were made of, whatever they are asked with."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DataError
from django.db.models import Count

from icp.common.prepared import any_of, prepared
from programmes.models import PlanItem
from tests.factories import PlaceFactory, PlanItemFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 31)


@prepared
def finishing(late: bool, /, *, programme: int, day: date) -> Any:
    rows = PlanItem.objects.filter(programme=programme)
    found = rows.filter(finish__lt=day) if late else rows.filter(finish__gte=day)
    return found.order_by("finish", "pk").values_list("name", "finish")


@prepared
def counts_of(*, programmes: list[int]) -> Any:
    rows = PlanItem.objects.filter(any_of("programme_id", programmes)).order_by()
    by = rows.values("programme_id").annotate(count=Count("*"))
    return by.values_list("programme_id", "count")


@pytest.fixture
def programme():
    found = ProgrammeFactory(place=PlaceFactory())
    for days in (-1, 0, 1):
        PlanItemFactory(programme=found, name=f"in {days}", finish=DAY + timedelta(days=days))
    return found


def test_the_same_question_is_asked_with_other_values(programme):
    other = ProgrammeFactory(place=programme.place)
    assert finishing(True, programme=programme.pk, day=DAY) == [("in -1", date(2020, 1, 30))]
    later = DAY + timedelta(days=1)
    assert [name for name, _ in finishing(True, programme=programme.pk, day=later)] == [
        "in -1",
        "in 0",
    ]
    assert finishing(True, programme=other.pk, day=DAY) == []


def test_each_shape_is_a_question_of_its_own(programme):
    late = finishing(True, programme=programme.pk, day=DAY)
    due = finishing(False, programme=programme.pk, day=DAY)
    assert [name for name, _ in late] == ["in -1"]
    assert [name for name, _ in due] == ["in 0", "in 1"]


@pytest.mark.parametrize("how_many", [0, 1, 2])
def test_any_number_of_keys_is_one_value(programme, how_many):
    other = PlanItemFactory(programme__place=programme.place).programme
    keys = [programme.pk, other.pk][:how_many]
    expected = {programme.pk: 3, other.pk: 1}
    assert dict(counts_of(programmes=keys)) == {key: expected[key] for key in keys}


def test_a_value_reckoned_from_another_is_refused(programme):
    @prepared
    def due_tomorrow(*, day: date) -> Any:
        return PlanItem.objects.filter(finish=day + timedelta(days=1)).values_list("name")

    with pytest.raises(ValueError, match="due_tomorrow reckons with its values"):
        due_tomorrow(day=DAY)


def test_a_value_that_asks_nothing_is_refused(programme):
    @prepared
    def all_names(*, day: date) -> Any:
        return PlanItem.objects.order_by().values_list("name")

    with pytest.raises(ValueError, match="all_names asks nothing with day"):
        all_names(day=DAY)


def test_a_value_it_does_not_know_is_refused(programme):
    with pytest.raises(TypeError):
        finishing(True, programme=programme.pk, day=DAY, month=1)


def test_hostile_values_stay_values(programme):
    with pytest.raises(DataError):
        finishing(True, programme="1; DROP TABLE programmes_planitem", day=DAY)
