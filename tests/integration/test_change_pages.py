"""The pages of change control, by who may do what on them."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.models import ChangeLineKind, ChangeRequest, PlanItem
from programmes.services.baselines import agree_baseline
from programmes.services.changes import DraftLine, draft_lines, edit_request
from tests.factories import NOW, MembershipFactory, PlaceFactory, PlanItemFactory, PostFactory
from tests.integration.cycle.conftest import make_world
from tests.proposing import TOUCHES_NOTHING, propose_request

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(standing):
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


def drafted(world, kind=ChangeLineKind.REDATE, **line):
    dates = {"finish": date(2020, 12, 18)} if kind == ChangeLineKind.REDATE else {}
    return draft_lines(
        programme=world.programme,
        lines=[DraftLine(kind=kind, item=world.items[2], **dates, **line)],
        by=world.lead,
        at=NOW,
        title="Move the parts",
        why="The parts come in winter.",
    )


def proposed(world):
    return propose_request(request=drafted(world), by=world.lead, at=NOW)


def address(world, name="change", **more):
    return reverse(name, kwargs={"place": world.place.slug, **more})


def press(world, who, do, request, **more):
    return world.client(who).post(
        address(world, change=request.number),
        {"do": do, "version": ChangeRequest.objects.get(pk=request.pk).version, **more},
        follow=True,
    )


def words_of(request, **more):
    return {
        "title": request.title,
        "why": request.why,
        "version": request.version,
        **TOUCHES_NOTHING,
        **more,
    }


def test_a_lead_asks_for_other_dates_of_a_row_and_two_people_agree(world):
    lead = world.client(world.lead)
    start = address(world, "change-new", code="IT") + "?row=13"
    assert 'value="30 Oct 2020"' in lead.get(start).content.decode()
    lead.post(start, {"row": "IT 13", "kind": "re-date", "start": "", "finish": "18/12/2020"})
    request = ChangeRequest.objects.get()
    line = request.lines.get()
    edit = address(world, "change-edit", change=1)
    typed = {f"line-{line.pk}-start": "tbc", f"line-{line.pk}-finish": "19 Dec 2020"}
    refused = lead.post(edit, words_of(request, why="Parts come later.", **typed))
    assert refused.status_code == 422
    assert "Say who will supply the date that is to be confirmed." in refused.content.decode()
    post = PostFactory(place=world.place, title="Parts supplier")
    typed |= {f"line-{line.pk}-tbc_from": post.pk, f"line-{line.pk}-tbc_by": "1/11/2020"}
    lead.post(edit, words_of(request, why="Parts come later.", **typed))
    page = press(world, world.lead, "propose", request).content.decode()
    assert "30 Oct 2020</del><br>19 Dec 2020" in page
    assert "The date comes from Parts supplier, by 1 Nov 2020" in page
    press(world, world.lead, "agree-programme", request)
    page = press(world, world.office, "agree-office", request).content.decode()
    assert "You have agreed to CR 1." in page
    item = PlanItem.objects.get(pk=world.items[2].pk)
    assert (item.baseline_finish, item.start_tbc) == (date(2020, 12, 19), True)
    assert (item.tbc_from, item.tbc_by) == (post, date(2020, 11, 1))


def test_a_date_that_is_left_empty_stays_as_agreed_and_tbc_is_asked_for_by_saying_so(world):
    lead, start = world.client(world.lead), address(world, "change-new", code="IT")
    PlanItem.objects.filter(plan_id="13").update(baseline_start=date(2020, 1, 6))
    item = PlanItem.objects.get(pk=world.items[2].pk)
    assert b"Left empty it stays as agreed" in lead.get(start).content
    lead.post(start, {"row": "IT 13", "kind": "re-date", "start": "", "finish": "18/12/2020"})
    line = ChangeRequest.objects.get().lines.get()
    assert (line.start, line.finish) == (item.baseline_start, date(2020, 12, 18))
    more = address(world, "change-row", change=1)
    supplied = {"tbc_from": PostFactory(place=world.place).pk, "tbc_by": "1/11/2020"}
    asked = {"row": "IT 13", "kind": "re-date", "start": "tbc", "finish": "", **supplied}
    lead.post(more, asked)
    line = ChangeRequest.objects.get().lines.get()
    assert (line.start_tbc, line.finish) == (True, item.baseline_finish)
    early = {"row": "IT 13", "kind": "re-date", "start": "", "finish": "1/1/2019"}
    assert b"It would finish before it starts" in lead.post(more, early).content


def test_a_row_that_is_agreed_to_be_tbc_stays_so_where_a_date_is_left_empty(world):
    rows = PlanItem.objects.filter(plan_id="13")
    rows.update(finish=None, finish_tbc=True, baseline_finish=None)
    lead, start = world.client(world.lead), address(world, "change-new", code="IT")
    lead.post(start, {"row": "IT 13", "kind": "re-date", "start": "6/1/2020", "finish": ""})
    line = ChangeRequest.objects.get().lines.get()
    assert (line.start, line.finish, line.finish_tbc) == (date(2020, 1, 6), None, True)


def test_the_office_sees_on_its_place_what_waits_for_it(world):
    place = address(world, "place")
    assert "for you</a>" not in world.client(world.office).get(place).content.decode()
    request = proposed(world)
    assert (
        "1 change request waits for you</a>"
        in world.client(world.office).get(place).content.decode()
    )
    press(world, world.office, "agree-office", request)
    assert "for you</a>" not in world.client(world.office).get(place).content.decode()


@pytest.mark.parametrize("name", ["update", "programme"])
def test_a_lead_sees_where_their_work_begins_what_waits_for_them(world, name):
    page = address(world, name, code="IT")
    request = proposed(world)
    waits = "1 change request waits for you</a>"
    assert waits in world.client(world.lead).get(page).content.decode()
    press(world, world.lead, "agree-programme", request)
    assert waits not in world.client(world.lead).get(page).content.decode()


def test_what_waits_for_one_plans_lead_is_nothing_to_anothers(world):
    proposed(world)
    for user, page in ((world.other_lead, "update"), (world.other_lead, "programme")):
        found = world.client(user).get(address(world, page, code="EST"))
        assert "for you</a>" not in found.content.decode()
    assert "for you</a>" not in (
        world.client(world.member).get(address(world, "programme", code="IT")).content.decode()
    )


def test_a_rows_page_names_the_requests_that_ask_to_change_it_and_one_way_for_each_need(world):
    page = address(world, "item", code="IT", plan_id="13")
    before = world.client(world.lead).get(page).content.decode()
    assert "asks to change this row" not in before
    proposed(world)
    found = world.client(world.lead).get(page).content.decode()
    assert "CR 1: Move the parts</a> asks to change this row." in found
    assert address(world, "change-new", code="IT") not in found
    for name in ("edit", "split", "move", "remove"):
        assert found.count(f'href="{address(world, f"item-{name}", code="IT", plan_id="13")}"') == 1


def test_a_board_member_reads_and_is_offered_nothing(world):
    proposed(world)
    page = world.client(world.member).get(address(world, change=1))
    assert page.status_code == 200
    assert b'name="do"' not in page.content
    assert (
        press(world, world.member, "refuse", ChangeRequest.objects.get(), because="No").status_code
        == 403
    )


@pytest.mark.parametrize("name", ["change", "change-history", "change-edit", "change-row"])
def test_nobody_outside_the_place_learns_that_it_exists(world, name):
    drafted(world)
    stranger = MembershipFactory(place=PlaceFactory()).user
    assert world.client(stranger).get(address(world, name, change=1)).status_code == 404


def test_a_refusal_without_a_reason_says_so_and_stays(world):
    request = proposed(world)
    page = press(world, world.office, "refuse", request, because="  ")
    assert (page.status_code, b"Say why CR 1 is refused." in page.content) == (409, True)
    request.refresh_from_db()
    assert request.state == "proposed"


def test_whoever_read_an_older_version_decides_nothing(world):
    request = proposed(world)
    page = world.client(world.office).post(
        address(world, change=1), {"do": "agree-office", "version": request.version - 1}
    )
    assert b"was changed while you were reading" in page.content


def test_the_second_saver_sees_both_and_chooses(world):
    request = drafted(world)
    edit_request(
        request=request,
        words={"title": "First to save"},
        by=world.office,
        at=NOW,
        expected_version=1,
    )
    client, edit = world.client(world.lead), address(world, "change-edit", change=1)
    line = request.lines.get().pk
    mine = words_of(
        request,
        title="Mine",
        **{f"line-{line}-start": "", f"line-{line}-finish": "31 Dec 2020"},
    )
    page = client.post(edit, mine)
    text = page.content.decode()
    assert page.status_code == 409
    assert "First to save" in text
    assert 'value="Mine"' in text
    assert 'value="31 Dec 2020"' in text
    client.post(edit, {**mine, "version": 2})
    request.refresh_from_db()
    assert (request.title, request.lines.get().finish) == ("Mine", date(2020, 12, 31))


def test_a_row_is_taken_out_and_a_new_one_asked_for(world):
    request = drafted(world)
    line = request.lines.get().pk
    client = world.client(world.lead)
    out = words_of(request, **{f"line-{line}-take_out": "on", "do": "new"})
    answer = client.post(address(world, "change-edit", change=1), out)
    assert answer["Location"].endswith("/changes/1/rows/?new")
    client.post(
        answer["Location"],
        {"name": "Sign", "item_kind": "milestone", "under": "", "start": "", "finish": "1/9/20"},
    )
    assert [(one.kind, one.name) for one in request.lines.all()] == [("add", "Sign")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"row": "IT 99"}, "has no row of this number"),
        ({"row": "EST 1"}, "has no row of this number"),
        ({"finish": "31/2/2020"}, "is not in the calendar"),
        ({"start": "2/3/20", "finish": "1/3/20"}, "would finish before it starts"),
        ({"kind": "restore"}, "there is nothing to restore"),
        ({"row": "IT\x0013"}, "Null characters are not allowed"),
        ({"row": "x" * 1_000_000}, "at most 40 characters"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(world, typed, sentence):
    body = {"row": "IT 13", "kind": "re-date", "start": "", "finish": "1/12/20", **typed}
    page = world.client(world.lead).post(address(world, "change-new", code="IT"), body)
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert not ChangeRequest.objects.exists()


def test_the_list_is_filtered_paged_and_downloaded(world, django_assert_max_num_queries):
    for _ in range(55):
        drafted(world)
    propose_request(request=ChangeRequest.objects.get(number=7), by=world.lead, at=NOW)
    client, listed = world.client(world.member), address(world, "changes")
    with django_assert_max_num_queries(25):
        first = client.get(listed).content.decode()
    assert ("CR 55:" in first, "CR 5:" in first) == (True, False)
    assert "CR 5:" in client.get(listed + "?page=2").content.decode()
    some = client.get(listed + "?state=proposed&programme=IT").content.decode()
    assert ("CR 7:" in some, "CR 8:" in some) == (True, False)
    waiting = world.client(world.office).get(listed + "?mine=on").content.decode()
    assert ("CR 7:" in waiting, "CR 8:" in waiting) == (True, False)
    for fmt in ("csv", "xlsx"):
        found = client.get(address(world, "changes-download", fmt=fmt) + "?state=proposed")
        assert found.status_code == 200
    lines = b"".join(client.get(address(world, "changes-download", fmt="csv") + "?state=proposed"))
    assert lines.decode().count("CR ") == 1


def test_one_request_of_many_rows_takes_few_queries(world, django_assert_max_num_queries):
    lines = [DraftLine(kind=ChangeLineKind.REMOVE, item=item) for item in world.items]
    draft_lines(programme=world.programme, lines=lines, by=world.lead, at=NOW)
    client = world.client(world.office)
    with django_assert_max_num_queries(25):
        client.get(address(world, change=1))


def test_its_history_tells_of_its_lines_too(world):
    proposed(world)
    page = world.client(world.member).get(address(world, "change-history", change=1))
    assert "Change to a row" in page.content.decode()


@pytest.fixture
def large(world):
    """A request of 120 rows, as a plan file may ask for."""
    rows = [
        PlanItemFactory(programme=world.programme, plan_id=str(number), position=number)
        for number in range(100, 220)
    ]
    lines = [
        DraftLine(kind=ChangeLineKind.REDATE, item=row, finish=date(2020, 12, 18)) for row in rows
    ]
    return draft_lines(programme=world.programme, lines=lines, by=world.lead, at=NOW, title="Later")


@pytest.mark.parametrize(("number", "rows"), [("1", 50), ("3", 20), ("x", 50), ("99", 20)])
def test_a_request_of_many_rows_is_shown_page_by_page(world, large, number, rows):
    shown = world.client(world.office).get(address(world, change=1) + f"?page={number}")
    page = shown.content.decode()
    assert "What it changes: 120 rows" in page
    assert page.count('data-label="What"') == rows
    edit = world.client(world.lead).get(address(world, "change-edit", change=1) + f"?page={number}")
    assert edit.content.decode().count("Take this row out of the request") == rows


def test_saving_one_page_of_a_request_leaves_the_rows_of_the_others(world, large):
    fiftieth, sixtieth = large.lines.order_by("pk")[49], large.lines.order_by("pk")[59]
    world.client(world.lead).post(
        address(world, "change-edit", change=1) + "?page=2",
        {
            **words_of(large),
            "why": "Winter.",
            "do": "save",
            f"line-{sixtieth.pk}-start": "",
            f"line-{sixtieth.pk}-finish": "31/12/2020",
        },
    )
    large.refresh_from_db()
    finishes = dict(large.lines.values_list("pk", "finish"))
    assert (large.why, len(finishes)) == ("Winter.", 120)
    assert finishes[sixtieth.pk] == date(2020, 12, 31)
    assert finishes[fiftieth.pk] == date(2020, 12, 18)


@pytest.mark.parametrize("name", ["line-", "line-x-finish", f"line-{'9' * 400}-finish"])
def test_a_line_that_cannot_be_is_no_line(world, large, name):
    answer = world.client(world.lead).post(
        address(world, "change-edit", change=1), {**words_of(large), "do": "save", name: "x"}
    )
    assert answer.status_code == 302
    assert large.lines.filter(finish=date(2020, 12, 18)).count() == 120


def test_a_draft_says_which_words_it_lacks_and_none_will_do_by_one_press(world):
    request = drafted(world)
    page = press(world, world.lead, "propose", request)
    text, edit = page.content.decode(), address(world, "change-edit", change=1)
    assert (page.status_code, "There is a problem" in text) == (422, True)
    for name in TOUCHES_NOTHING:
        assert f'href="{edit}#id_{name}"' in text
    assert f'href="{edit}#id_why"' not in text
    page = press(world, world.lead, "none", request).content.decode()
    assert "CR 1 says “None” where nothing was said." in page
    assert "CR 1 is proposed." in press(world, world.lead, "propose", request).content.decode()
    request.refresh_from_db()
    assert {getattr(request, name) for name in TOUCHES_NOTHING} == {"None"}


def test_none_stands_only_where_nothing_was_said_and_never_for_why(world):
    request = drafted(world)
    typed = words_of(request, why="", consulted="The supplier.", effect_on_risks="") | {
        "do": "none"
    }
    page = world.client(world.lead).post(
        address(world, "change-edit", change=1), typed, follow=True
    )
    request.refresh_from_db()
    assert (request.consulted, request.effect_on_risks, request.why) == (
        "The supplier.",
        "None",
        "",
    )
    text = page.content.decode()
    assert "it has to say more before it is proposed" in text
    assert "Say “None” where nothing is said" not in text
    assert press(world, world.member, "none", request).status_code == 403


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("", {"row": "IT 13", "kind": "re-date", "finish": "tbc"}),
        ("?new", {"name": "Sign the contract", "item_kind": "task", "finish": "tbc"}),
    ],
)
def test_who_supplies_a_date_that_is_tbc_is_said_of_a_row_that_is_asked_for(world, query, typed):
    post = PostFactory(place=world.place, title="Parts supplier")
    where, lead = address(world, "change-new", code="IT") + query, world.client(world.lead)
    page = lead.post(where, typed)
    assert (
        page.status_code,
        "Say by when the date will be supplied." in page.content.decode(),
    ) == (
        422,
        True,
    )
    lead.post(where, typed | {"tbc_from": post.pk, "tbc_by": "1/11/2020"})
    line = ChangeRequest.objects.get().lines.get()
    assert (line.finish_tbc, line.tbc_from, line.tbc_by) == (True, post, date(2020, 11, 1))
