"""Replaying what the journal and the events say of a row gives the row, whatever was done to it."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icp.audit.models import Change
from programmes.models import PlanItem
from tests.factories import PlanItemFactory

DATES = st.none() | st.dates(date(2019, 1, 1), date(2022, 12, 31))
STEPS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
        "baseline_finish": DATES,
        "ticked": st.booleans(),
        "tolerance_months": st.none() | st.integers(0, 24),
        "declared_duration": st.sampled_from(["", "43 days?", "2 wks"]),
    },
)


class _Undone(Exception):
    pass


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=6), removed=st.booleans())
def test_replaying_the_history_of_a_row_gives_the_row(steps, removed):
    with pytest.raises(_Undone), transaction.atomic():
        _play(steps, removed)
        raise _Undone


def _play(steps, removed):
    item = PlanItemFactory()
    for step in steps:
        if step:
            PlanItem.objects.filter(pk=item.pk).update(**step)
    row = PlanItem.objects.filter(pk=item.pk).values().get()
    last = PlanItem.pgh_event_model.objects.filter(pgh_obj_id=item.pk).latest("pgh_id")
    assert {name: getattr(last, name) for name in row} == row
    assert _replayed(item.pk) == _as_json(row)
    if removed:
        item.delete()
        last = PlanItem.pgh_event_model.objects.filter(pgh_obj_id=row["id"]).latest("pgh_id")
        assert last.pgh_label == "delete"
        assert {name: getattr(last, name) for name in row} == row
        assert not any(_replayed(row["id"]).values())


def _replayed(pk):
    state = {}
    for change in Change.objects.filter(kind="programmes.planitem", object_id=pk).order_by("id"):
        for name, (before, after) in change.changes.items():
            assert (state.get(name) or None) == (before or None)
            state[name] = after
    return {name: value for name, value in state.items() if value}


def _as_json(row):
    quiet = ("id", "is_complete", "forecast_finish", "changed_at", "version")
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value and name not in quiet
    }
