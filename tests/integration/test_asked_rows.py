"""A new row that is asked for in an agreed plan comes into it with all that was said of it."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.importers.plan import COLUMNS
from programmes.models import ChangeLine, ChangeLineKind, ChangeRequest, PlanItem
from programmes.rules.changes import Act
from programmes.services.asked_lines import DraftLine
from programmes.services.baselines import agree_baseline
from programmes.services.change_life import agree_request
from programmes.services.changes import draft_lines, edit_request
from programmes.services.plan_import import import_plan
from programmes.services.restructuring import add_row, split_row
from programmes.services.rows import NewRow
from tests.factories import NOW, TODAY, PostFactory
from tests.integration.cycle.conftest import make_world
from tests.integration.test_import import plan_file, the_plan
from tests.proposing import propose_request

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 13)


@pytest.fixture(scope="module")
def made(standing):
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    world.post = PostFactory(place=world.place, title="Data Officer")
    return world


def ask(world, *, boards=(), **said):
    row = NewRow(**{"name": "Train the team", "finish": date(2020, 9, 30), **said})
    return add_row(
        programme=world.programme,
        parent=None,
        after=world.items[0],
        row=row,
        boards=list(boards),
        by=world.lead,
        at=NOW,
        because="They asked.",
    ).request


def agreed(world, request):
    request = propose_request(request=request, by=world.lead, at=NOW)
    for act, by in ((Act.AGREE_FOR_PROGRAMME, world.lead), (Act.AGREE_FOR_OFFICE, world.office)):
        request = agree_request(request=request, act=act, by=by, at=NOW)
    return PlanItem.objects.get(programme=world.programme, name="Train the team")


def test_nothing_that_was_said_of_it_is_lost(world):
    asked = ask(
        world,
        boards=[world.board],
        finish=None,
        finish_tbc=True,
        owner=world.post,
        tbc_from=world.post,
        tbc_by=DAY,
        tbc_since=TODAY,
        is_placeholder=True,
        notes="Two days each.",
        level="board",
        scheduling="auto",
        split_from=world.items[2],
    )
    row = agreed(world, asked)
    assert (row.owner, row.tbc_from, row.tbc_by) == (world.post, world.post, DAY)
    assert (row.tbc_since, row.is_placeholder, row.notes) == (TODAY, True, "Two days each.")
    assert (row.level, row.scheduling, row.split_from) == ("board", "auto", world.items[2])
    assert [one.board for one in row.goes_to.all()] == [world.board]


def test_a_row_of_which_nothing_more_was_said_is_as_usual(world):
    row = agreed(world, ask(world))
    usual = PlanItem()
    for name in ("owner", "tbc_from", "tbc_by", "tbc_since", "is_placeholder", "notes", "level"):
        assert getattr(row, name) == getattr(usual, name), name
    assert (row.scheduling, row.goes_to.count()) == ("manual", 0)


def test_a_date_that_is_given_before_it_is_agreed_is_awaited_from_nobody(world):
    asked = ask(world, finish=None, finish_tbc=True, tbc_from=world.post, tbc_by=DAY)
    line = asked.lines.get()
    form = {f"line-{line.pk}-start": "", f"line-{line.pk}-finish": "30/9/2020"}
    client = world.client(world.lead)
    parts = {"place": world.place.slug, "change": asked.number}
    words = {"title": "Another row", "why": "They asked.", "version": asked.version, "do": "save"}
    client.post(reverse("change-edit", kwargs=parts), {**words, **form})
    row = agreed(world, ChangeRequest.objects.get())
    assert (row.finish, row.tbc_from, row.tbc_by) == (date(2020, 9, 30), None, None)


def test_saving_a_request_leaves_its_new_row_one_row_with_all_it_says(world):
    asked = ask(world, owner=world.post, notes="Two days each.", boards=[world.board])
    line = asked.lines.get()
    client = world.client(world.lead)
    parts = {"place": world.place.slug, "change": asked.number}
    form = {
        "title": "Another row",
        "why": "They asked.",
        "version": asked.version,
        "do": "save",
        f"line-{line.pk}-start": "",
        f"line-{line.pk}-finish": "31/8/2020",
    }
    client.post(reverse("change-edit", kwargs=parts), form)
    kept = ChangeLine.objects.get()
    assert (kept.finish, kept.owner, kept.notes) == (
        date(2020, 8, 31),
        world.post,
        "Two days each.",
    )
    assert [one.board for one in kept.goes_to.all()] == [world.board]


def test_half_of_a_row_that_is_split_says_what_was_typed_of_it(world):
    row = world.items[2]
    half = NewRow(
        name="Train the team", finish=row.finish, owner=world.post, notes="Half.", split_from=row
    )
    asked = split_row(
        item=row, values={}, row=half, seen=row.version, by=world.lead, at=NOW, today=TODAY
    ).request
    edit_request(
        request=asked, words={"why": "Two."}, by=world.lead, at=NOW, expected_version=asked.version
    )
    made = agreed(world, ChangeRequest.objects.get())
    assert (made.split_from, made.owner, made.notes) == (row, world.post, "Half.")


def test_the_page_of_the_request_says_it_all(world):
    asked = ask(
        world,
        boards=[world.board],
        finish=None,
        finish_tbc=True,
        owner=world.post,
        tbc_from=world.post,
        tbc_by=DAY,
        is_placeholder=True,
        notes="Two days each.",
        level="board",
        split_from=world.items[2],
    )
    client = world.client(world.lead)
    address = reverse("change", kwargs={"place": world.place.slug, "change": asked.number})
    page = client.get(address).content.decode()
    for words in (
        "Owner: Data Officer",
        "The date comes from Data Officer, by 13 Mar 2020",
        "A placeholder: it stands for rows still to come",
        "Shown to: The boards",
        "Goes to AOG",
        "Notes: Two days each.",
        "Split from IT 13",
    ):
        assert words in page, words
    [line] = client.get(f"/api/v1/change-requests/{asked.pk}/").json()["lines"]
    assert (line["owner"], line["tbc_from"], line["boards"]) == (
        "Data Officer",
        "Data Officer",
        ["AOG"],
    )
    assert (line["notes"], line["split_from"]) == ("Two days each.", world.items[2].pk)


def test_a_row_that_a_file_asks_for_brings_its_owner_and_notes(world):
    file = plan_file(
        {
            "plan_id": "40",
            "name": "Train the team",
            "owner": "data officer",
            "notes": "Two days each.",
        },
        columns=(*COLUMNS, "owner", "notes"),
    )
    import_plan(place=world.place, file=the_plan(world.place, file), by=world.office, at=NOW)
    asked = ChangeRequest.objects.get()
    edit_request(
        request=asked, words={"why": "Two."}, by=world.lead, at=NOW, expected_version=asked.version
    )
    row = agreed(world, ChangeRequest.objects.get())
    assert (row.plan_id, row.owner, row.notes, row.scheduling) == (
        "40",
        world.post,
        "Two days each.",
        "auto",
    )


def test_a_thousand_new_rows_are_asked_for_in_a_few_queries(world, django_assert_max_num_queries):
    lines = [_line(f"Row {number}", str(number), world.board) for number in range(1_000, 2_000)]
    with django_assert_max_num_queries(25):
        asked = draft_lines(
            programme=world.programme, lines=lines, by=world.lead, at=NOW, title="Many"
        )
    kept = list(asked.lines.order_by("pk").values_list("plan_id", flat=True))
    assert kept == [line.plan_id for line in lines]


def _line(name, number, board):
    return DraftLine(
        kind=ChangeLineKind.ADD, plan_id=number, name=name, item_kind="task", boards=(board,)
    )
