"""The writing of a plan's outline: sound whatever is done, numbers for good."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.errors import CannotSave
from programmes.models import ItemKind, PlanItem
from programmes.rules.outline import parents
from programmes.services import rows
from programmes.services.rows import NewRow
from tests.factories import PlanItemFactory, ProgrammeFactory, StatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """1 a heading over 2 and 3; 4 at the top. As an import leaves it."""
    programme = ProgrammeFactory(code="IT")
    heading = PlanItemFactory(programme=programme, plan_id="1", position=1, kind=ItemKind.SUMMARY)
    for number in (2, 3):
        PlanItemFactory(
            programme=programme,
            plan_id=str(number),
            position=number,
            parent=heading,
            outline_level=2,
        )
    PlanItemFactory(programme=programme, plan_id="4", position=4)
    return programme


def row(programme, number):
    return PlanItem.objects.select_related("programme").get(programme=programme, plan_id=number)


def outline(programme):
    """Each row in order, as its level and number; a removed one in brackets."""
    return " ".join(
        f"({one.plan_id})" if one.removed_at else f"{one.outline_level}.{one.plan_id}"
        for one in PlanItem.objects.filter(programme=programme).order_by("position")
    )


def test_a_new_row_gets_the_next_number_and_stands_where_it_was_put(plan):
    made = rows.insert_row(
        programme=plan, parent=row(plan, "1"), after=row(plan, "2"), fields=NewRow(name="Lines")
    )
    assert (made.reference, made.outline_level, made.parent.plan_id) == ("IT 5", 2, "1")
    assert outline(plan) == "1.1 2.2 2.5 2.3 1.4"


def test_a_number_is_never_used_again_also_of_a_removed_row(plan):
    rows.remove_row(item=row(plan, "4"), because="Done elsewhere.")
    assert rows.next_free_number(programme=plan) == "5"
    with pytest.raises(CannotSave, match="IT 4 is or was a row"):
        rows.insert_row(
            programme=plan, parent=None, after=None, fields=NewRow(name="Again", plan_id="4")
        )


def test_a_heading_takes_what_stands_below_it_along_and_each_comes_back_by_itself(plan):
    out = rows.remove_row(item=row(plan, "1"), because="Not funded.")
    assert [one.plan_id for one in out] == ["1", "2", "3"]
    assert outline(plan) == "(1) (2) (3) 1.4"
    assert row(plan, "3").removed_because == "Not funded."
    rows.restore_row(item=row(plan, "3"))
    assert outline(plan) == "(1) (2) 1.3 1.4"
    rows.restore_row(item=row(plan, "1"))
    rows.restore_row(item=row(plan, "2"))
    assert outline(plan) == "1.1 2.2 1.3 1.4"
    assert row(plan, "1").removed_because == ""


def test_removing_twice_takes_nothing_out_and_keeps_the_first_reason(plan):
    rows.remove_row(item=row(plan, "4"), because="First.")
    assert rows.remove_row(item=row(plan, "4"), because="Second.") == []
    assert row(plan, "4").removed_because == "First."


def test_rows_are_moved_in_and_out_with_what_stands_below(plan):
    rows.move_row_up(item=row(plan, "4"))
    assert outline(plan) == "1.4 1.1 2.2 2.3"
    rows.indent_row(item=row(plan, "1"))
    assert outline(plan) == "1.4 2.1 3.2 3.3"
    # What a row came to stand under is a heading now.
    assert row(plan, "4").is_summary
    rows.outdent_row(item=row(plan, "2"))
    assert outline(plan) == "1.4 2.1 3.3 2.2"
    rows.move_row(item=row(plan, "3"), parent=None, after=row(plan, "4"))
    assert outline(plan) == "1.4 2.1 2.2 1.3"
    rows.move_row_down(item=row(plan, "1"))
    assert outline(plan) == "1.4 2.2 2.1 1.3"


def test_no_row_comes_to_stand_under_one_that_was_reported_on(plan):
    StatusFactory(item=row(plan, "2"))
    with pytest.raises(CannotSave, match="IT 2 has been reported on as a task"):
        rows.indent_row(item=row(plan, "3"))
    assert outline(plan) == "1.1 2.2 2.3 1.4"


def test_a_heading_of_another_programme_is_refused(plan):
    elsewhere = PlanItemFactory(kind=ItemKind.SUMMARY)
    with pytest.raises(CannotSave, match="its own programme"):
        rows.move_row(item=row(plan, "4"), parent=elsewhere, after=None)


def test_a_move_changes_the_row_that_moved_and_no_other(plan):
    rows.move_row_down(item=row(plan, "2"))
    before = dict(PlanItem.objects.values_list("plan_id", "version"))
    rows.move_row_down(item=row(plan, "3"))
    after = dict(PlanItem.objects.values_list("plan_id", "version"))
    assert {number for number in after if after[number] != before[number]} == {"3"}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "move", "up", "down", "in", "out", "remove", "restore"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=12,
)
ONE = {
    "up": rows.move_row_up,
    "down": rows.move_row_down,
    "in": rows.indent_row,
    "out": rows.outdent_row,
    "restore": rows.restore_row,
}


def do(programme, step, one, two, three):
    items = list(PlanItem.objects.filter(programme=programme).order_by("pk"))

    def pick(index):
        return items[index] if index < len(items) else None

    if step == "insert":
        rows.insert_row(
            programme=programme, parent=pick(two), after=pick(three), fields=NewRow(name="New")
        )
    elif item := pick(one):
        if step == "move":
            rows.move_row(item=item, parent=pick(two), after=pick(three))
        elif step == "remove":
            rows.remove_row(item=item, because="So.")
        else:
            ONE[step](item=item)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_no_sequence_of_edits_breaks_the_stored_outline(plan, steps):
    held = transaction.savepoint()
    for step in steps:
        try:
            do(plan, *step)
        except CannotSave:
            continue
    check_sound(plan)
    transaction.savepoint_rollback(held)


def check_sound(programme):
    connection.check_constraints()
    found = list(PlanItem.objects.filter(programme=programme).order_by("position"))
    above = parents([one.outline_level for one in found])
    for one, index in zip(found, above, strict=True):
        assert one.parent_id == (found[index].pk if index is not None else None)
        if index is not None and not one.removed_at:
            assert not found[index].removed_at
            assert found[index].is_summary
    assert len({one.plan_id for one in found}) == len(found)
    assert len({one.position for one in found}) == len(found)


def test_the_database_refuses_a_number_twice_whoever_asks(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItemFactory(programme=plan, plan_id="4", position=99)
