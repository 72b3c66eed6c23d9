"""What two people agreed to is what happens to the plan: no more, nothing else, and one request after the other."""

from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.urls import reverse

from programmes.errors import CannotChangePlan, CannotSave
from programmes.models import (
    ChangeLine,
    ChangeLineKind,
    ChangeRequest,
    ItemKind,
    PlaceRole,
    PlanItem,
)
from programmes.rules.changes import Act
from programmes.services import agreement, change_life, restructuring, rows
from programmes.services.baselines import agree_baseline
from programmes.services.change_life import agree_request
from programmes.services.changes import DraftLine, draft_lines
from programmes.services.plan_import import Change
from programmes.services.rows import NewRow
from tests.factories import (
    NOW,
    TODAY,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    ProgrammeFactory,
    StatusFactory,
)
from tests.integration.cycle.conftest import make_world
from tests.integration.cycle.test_at_once import at_once
from tests.integration.test_change_requests import agreed, drafted, later, proposed
from tests.integration.test_import import imported
from tests.proposing import propose_request

ADD, REMOVE, _, REDATE = ChangeLineKind


def agreed_world():
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


@pytest.fixture(scope="module")
def made(standing):
    return agreed_world()


@pytest.fixture
def heading(world):
    """IT 15, after all others, with IT 16 below it."""
    found = PlanItemFactory(
        programme=world.programme, plan_id="15", position=15, kind=ItemKind.SUMMARY
    )
    PlanItemFactory(
        programme=world.programme, plan_id="16", position=16, parent=found, outline_level=2
    )
    return found


@pytest.mark.django_db(transaction=True)
def test_two_requests_for_one_row_that_are_agreed_at_one_moment_follow_each_other(monkeypatch):
    world = agreed_world()
    half = [
        agree_request(request=one, act=Act.AGREE_FOR_PROGRAMME, by=world.lead, at=NOW)
        for one in (proposed(world), proposed(world, later(world.items[2], date(2021, 1, 29))))
    ]
    together, look = Barrier(2), change_life._check_fresh

    def look_slowly(request):
        look(request)
        with suppress(BrokenBarrierError):
            together.wait(timeout=2)

    monkeypatch.setattr(change_life, "_check_fresh", look_slowly)
    results = at_once(
        *(
            lambda one=one: agree_request(
                request=one, act=Act.AGREE_FOR_OFFICE, by=world.office, at=NOW
            )
            for one in half
        )
    )
    [refused] = [one for one in results if isinstance(one, Exception)]
    assert isinstance(refused, CannotChangePlan), results
    assert "IT 13 changed in the agreed plan after" in str(refused)
    assert ChangeRequest.objects.filter(state="agreed").count() == 1


def test_what_stands_below_a_row_that_goes_is_named_before_it_is_proposed(world, heading):
    request = drafted(world, DraftLine(kind=REMOVE, item=heading))
    with pytest.raises(CannotChangePlan, match="IT 16 stands under what CR 1 removes"):
        propose_request(request=request, by=world.lead, at=NOW)


def test_a_row_that_came_below_one_that_goes_is_not_taken_along_unnamed(world, heading):
    both = [DraftLine(kind=REMOVE, item=one) for one in (heading.children.get(), heading)]
    request = proposed(world, *both)
    rows.move_row(item=world.items[2], parent=heading, after=None)
    with pytest.raises(CannotChangePlan, match="IT 13 stands under what CR 1 removes"):
        agreed(world, request)
    rows.move_row(item=world.items[2], parent=None, after=None)
    agreed(world, request)
    assert set(PlanItem.objects.present().values_list("plan_id", flat=True)) == {
        *map(str, range(11, 15))
    }


def test_no_agreed_row_becomes_a_heading_by_a_move(world):
    with pytest.raises(CannotSave, match="IT 13 is agreed as a task: no row can stand under it"):
        rows.indent_row(item=world.items[3])
    world.items[2].refresh_from_db()
    assert world.items[2].kind == ItemKind.TASK


@pytest.mark.django_db
def test_a_file_neither_makes_a_heading_of_an_agreed_row_nor_the_other_way_round():
    it = ProgrammeFactory(code="IT")
    imported(it, {"plan_id": "1"}, {"plan_id": "2", "kind": "summary"})
    preview = imported(
        it, {"plan_id": "1", "kind": "summary", "name": "Renamed"}, {"plan_id": "2", "kind": "task"}
    )
    rows = PlanItem.objects.filter(programme=it)
    assert dict(rows.values_list("plan_id", "kind")) == {"1": "task", "2": "summary"}
    assert rows.get(plan_id="1").name == "Renamed"
    assert [note.partition(",")[0] for note in preview.notes] == [
        "IT 1 stays a task",
        "IT 2 stays a summary",
    ]


def test_a_task_with_rows_below_it_holds_up_no_edit_of_its_plan(world, heading):
    """An author's file may bring one, and its lead reports on it."""
    PlanItem.objects.filter(pk=heading.pk).update(kind=ItemKind.TASK)
    StatusFactory(item=heading, period=world.february)
    rows.move_row_up(item=world.items[1])
    heading.refresh_from_db()
    assert heading.kind == ItemKind.TASK


def test_a_row_that_is_agreed_to_be_tbc_is_awaited_until_it_is_agreed_when_it_finishes(world):
    row = world.items[2]
    agreed(world, proposed(world, DraftLine(kind=REDATE, item=row, finish_tbc=True)))
    row.refresh_from_db()
    assert (row.finish_tbc, row.tbc_since) == (True, TODAY)
    row.tbc_by = date(2020, 3, 1)
    row.save()
    agreed(world, proposed(world, later(row)))
    row.refresh_from_db()
    assert (row.finish_tbc, row.tbc_since, row.tbc_by) == (False, None, None)


def test_a_new_row_whose_neighbour_was_moved_meanwhile_comes_last_under_its_heading(world, heading):
    request = proposed(
        world,
        DraftLine(
            kind=ADD, name="Sign", item_kind="task", finish=date(2020, 12, 18), after=world.items[0]
        ),
    )
    rows.move_row(item=world.items[0], parent=heading, after=None)
    agreed(world, request)
    made = PlanItem.objects.get(name="Sign")
    assert made.parent is None
    assert made == PlanItem.objects.order_by("position").last()


def test_a_row_is_asked_for_as_the_last_where_the_last_was_removed(world):
    rows.remove_row(item=world.items[3], because="Not funded.")
    new = {"plan_id": "20", "name": "Routers", "kind": "task", "level": "programme"}
    answer = world.client(world.lead).post(
        reverse("row-add", kwargs={"place": world.place.slug, "code": "IT"}),
        {**new, "under": "", "where": "last"},
    )
    assert answer.status_code == 302
    assert ChangeLine.objects.get().after == world.items[2]


def test_the_reason_of_a_second_edit_is_added_to_ones_draft(world):
    for row, because in ((world.items[2], "Not funded."), (world.items[3], "Done elsewhere.")):
        restructuring.remove_row(item=row, because=because, seen=row.version, by=world.lead, at=NOW)
    assert ChangeRequest.objects.get().why == (
        "Not funded.\n\nRemove IT 14 Row number 4: Done elsewhere."
    )


def test_a_draft_that_the_portal_named_says_how_many_rows_more_it_is_about(world):
    def remove(row):
        restructuring.remove_row(item=row, because="Gone.", seen=row.version, by=world.lead, at=NOW)
        return ChangeRequest.objects.get().title

    first, *others = world.items[1:4]
    alone = remove(first)
    assert alone == f"Remove {first.reference} {first.name}"
    assert remove(others[0]) == f"{alone} and 1 more row"
    ChangeRequest.objects.update(title="What was not funded")
    assert remove(others[1]) == "What was not funded"


def test_a_title_by_the_portal_says_what_is_asked_of_its_row_now(world):
    def ask(kind):
        line = DraftLine(kind=kind, item=row)
        title = agreement.title_of(kind, f"{row.reference} {row.name}")
        given = {"programme": row.programme, "by": world.lead, "at": NOW, "why": "", "title": title}
        return agreement.ask(lines=[line], **given).title

    row = world.items[1]
    named = f"{row.reference} {row.name}"
    assert ask(ChangeLineKind.REDATE) == f"Other dates for {named}"
    assert ask(ChangeLineKind.REMOVE) == f"Remove {named}"
    ChangeRequest.objects.update(title="Dates of several rows: 3 working days later")
    row = world.items[2]
    assert ask(ChangeLineKind.REMOVE) == f"Remove {named} and 1 more row"


def test_what_is_left_of_a_row_that_is_split_has_its_new_name(world):
    row = world.items[2]
    restructuring.split_row(
        item=row,
        values={"name": "Order the parts"},
        row=NewRow(name="Fit the parts", finish=row.finish, split_from=row),
        seen=row.version,
        by=world.lead,
        at=NOW,
        today=TODAY,
    )
    row.refresh_from_db()
    assert row.name == "Order the parts"
    assert [line.name for line in ChangeLine.objects.all()] == ["Fit the parts"]


def test_a_line_added_to_a_draft_without_a_reason_leaves_the_one_that_stands_there(world):
    request = drafted(world)
    again = draft_lines(
        programme=world.programme,
        lines=[later(world.items[3])],
        by=world.lead,
        at=NOW,
        request=request,
    )
    assert again.why == "The parts come in winter."


@pytest.mark.django_db
def test_a_row_put_in_by_hand_is_of_the_first_plan_with_the_dates_it_has():
    it = ProgrammeFactory(code="IT")
    finish = date(2020, 6, 30)
    made = rows.insert_row(
        programme=it, parent=None, after=None, fields=NewRow(name="By hand", finish=finish)
    )
    imported(it, {"plan_id": "2"})
    made.refresh_from_db()
    assert made.baseline_finish == finish
    assert [entry.finish for entry in made.agreed.all()] == [finish]


@pytest.mark.django_db
def test_the_office_agrees_a_plan_that_was_made_in_the_portal_once(client):
    it = ProgrammeFactory(code="IT")
    lead = LeadershipFactory(programme=it).post.holder
    office = MembershipFactory(place=it.place, role=PlaceRole.OFFICE).user
    page = reverse("plan-act", kwargs={"place": it.place.slug, "code": "IT"})
    client.force_login(office)
    assert client.post(page, {"do": "agree-first"}).status_code == 409
    made = rows.insert_row(
        programme=it,
        parent=None,
        after=None,
        fields=NewRow(name="By hand", finish=date(2020, 6, 30)),
    )
    client.force_login(lead)
    assert client.post(page, {"do": "agree-first"}).status_code == 403
    client.force_login(office)
    for _ in range(2):
        assert client.post(page, {"do": "agree-first"}).status_code == 302
    [entry] = made.agreed.all()
    assert (entry.finish, entry.baseline.number) == (date(2020, 6, 30), 1)


def beside_its_agreed_dates(world):
    """IT 13 came with another finish than the agreed one, as a project's baseline may have it."""
    row = world.items[2]
    PlanItem.objects.filter(pk=row.pk).update(finish=date(2020, 11, 20))
    row.refresh_from_db()
    return row


def test_a_row_beside_its_agreed_dates_is_put_back_to_them_by_a_request(world):
    row = beside_its_agreed_dates(world)
    agreed(world, proposed(world, later(row, finish=row.baseline_finish)))
    row.refresh_from_db()
    assert row.finish == row.baseline_finish == date(2020, 10, 30)


def test_a_file_that_puts_it_back_asks_for_that_and_says_what_becomes_of_it(world):
    row = beside_its_agreed_dates(world)
    file = {"plan_id": "13", "start": "", "finish": "2020-10-30", "name": row.name}
    preview = imported(world.programme, file)
    assert preview.asked == {"IT 13": [Change("finish in the plan", "20 Nov 2020", "30 Oct 2020")]}
    row.refresh_from_db()
    assert row.finish == date(2020, 11, 20)
    assert ChangeRequest.objects.get().lines.get().finish == date(2020, 10, 30)
