"""Editing a plan by its pages: before its first plan is agreed all is saved at once (domain section 2)."""

from datetime import date

import pytest
from django.urls import reverse

from icp.audit.selectors import history_of
from icp.common.models import DemoClock
from programmes.models import ChangeRequest, Dependency, ItemKind, PlanItem
from programmes.services.baselines import agree_baseline
from tests.factories import (
    NOW,
    TODAY,
    BoardFactory,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    PostFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """1 a heading over 2 and 3; 4 at the top."""
    DemoClock.objects.create(today=TODAY)
    programme = ProgrammeFactory(code="IT", name="IT Enabler")
    heading = PlanItemFactory(programme=programme, plan_id="1", position=1, kind=ItemKind.SUMMARY)
    for number in (2, 3):
        PlanItemFactory(
            programme=programme,
            plan_id=str(number),
            position=number,
            parent=heading,
            outline_level=2,
            name=f"Lines {number}",
        )
    PlanItemFactory(programme=programme, plan_id="4", position=4)
    return programme


@pytest.fixture
def lead(client, plan):
    client.force_login(LeadershipFactory(programme=plan).post.holder)
    return client


def row(plan, number):
    return PlanItem.objects.get(programme=plan, plan_id=number)


def at(plan, name, number=None, **more):
    parts = {"place": plan.place.slug, "code": plan.code, **more}
    return reverse(name, kwargs=parts | ({"plan_id": number} if number else {}))


def typed(item, **changes):
    """What the edit form would send of a row, with some of it changed."""
    return {
        "version": item.version,
        "name": item.name,
        "kind": item.kind,
        "start": item.start or "",
        "finish": item.finish or "",
        "duration": item.declared_duration,
        "owner": item.owner_id or "",
        "level": item.level,
        **changes,
    }


def edit(client, plan, number, **changes):
    return client.post(at(plan, "item-edit", number), typed(row(plan, number), **changes))


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("written", ["28 Feb 20", "28/2/2020", "28 February 2020", "28.2.20"])
def test_dates_are_read_in_any_usual_british_form(lead, plan, written):
    assert edit(lead, plan, "4", finish=written, start="").status_code == 302
    assert row(plan, "4").finish == date(2020, 2, 28)


def test_a_duration_gives_the_finish_and_dates_the_duration(lead, plan):
    edit(lead, plan, "4", start="6/1/20", finish="", duration="5")
    assert (row(plan, "4").finish, row(plan, "4").declared_duration) == (
        date(2020, 1, 10),
        "5 days",
    )
    edit(lead, plan, "4", finish="13/1/20")
    assert (row(plan, "4").declared_duration, row(plan, "4").declared_days) == ("6 days", 6)


def test_the_places_bank_holidays_count(lead, plan):
    plan.place.holidays = "england"
    plan.place.save()
    edit(lead, plan, "4", start="9/4/20", finish="", duration="2 days?")
    assert row(plan, "4").finish == date(2020, 4, 14)
    assert row(plan, "4").duration_estimated


def test_tbc_says_who_supplies_the_date_by_when_and_its_age(lead, plan):
    answer = edit(lead, plan, "4", finish="tbc")
    assert answer.status_code == 422
    assert "Say who will supply the date" in text(answer)
    post = PostFactory(place=plan.place, title="Data Officer")
    assert edit(lead, plan, "4", finish="TBC", tbc_from=post.pk, tbc_by="1/3/20").status_code == 302
    item = row(plan, "4")
    assert (item.finish, item.finish_tbc, item.tbc_since) == (None, True, TODAY)
    DemoClock.objects.update(today=date(2020, 3, 5))
    page = text(lead.get(at(plan, "item", "4")))
    assert "Data Officer supplies it by 1 Mar 2020, which has passed." in page
    assert "Awaited since 14 Feb 2020, 20 days." in page
    edit(lead, plan, "4", finish="6/3/20")
    assert row(plan, "4").tbc_since is None
    assert row(plan, "4").tbc_from is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "What it is is missing."),
        ({"finish": "31/2/20"}, "is not in the calendar"),
        ({"finish": "1/1/20"}, "The finish is before the start"),
        ({"duration": "a while"}, "is not a duration"),
        ({"owner": "999999"}, "Choose a post of this place."),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
        ({"level": "board"}, "Tick the boards that the row is shown to."),
        ({"kind": "wish"}, "wish is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_what_was_typed_stays(lead, plan, changes, sentence):
    answer = edit(lead, plan, "4", notes="Kept on the page.", **changes)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Kept on the page." in text(answer)
    assert row(plan, "4").version == 1


def test_a_post_of_another_place_and_a_very_long_name_are_refused(lead, plan):
    assert edit(lead, plan, "4", owner=PostFactory().pk).status_code == 422
    assert edit(lead, plan, "4", name="x" * 1_000_000).status_code == 422


def test_a_change_is_in_the_history_with_its_reason(lead, plan):
    edit(lead, plan, "4", name="Phone lines", because="Said so by the board.")
    change = history_of(f"programmes.planitem:{row(plan, '4').pk}").filter(event="update").get()
    assert change.reason == "Said so by the board."
    assert change.changes["name"] == ["Row 4", "Phone lines"]


def test_a_second_person_sees_both_values_and_chooses(lead, plan):
    seen = typed(row(plan, "4"))
    edit(lead, plan, "4", name="Theirs", notes="Theirs too")
    answer = lead.post(at(plan, "item-edit", "4"), {**seen, "name": "Mine"})
    page = text(answer)
    assert answer.status_code == 409
    assert "Take theirs: <q>Theirs</q>" in page
    assert "Keep mine: <q>Mine</q>" in page
    assert row(plan, "4").name == "Theirs"
    chosen = {"saw": row(plan, "4").version, "take-name": "mine", "take-notes": "theirs"}
    again = {**seen, "name": "Mine", **chosen}
    assert lead.post(at(plan, "item-edit", "4"), again).status_code == 302
    assert (row(plan, "4").name, row(plan, "4").notes) == ("Mine", "Theirs too")


def test_who_saves_what_nobody_else_touched_is_not_asked(lead, plan):
    seen = typed(row(plan, "4"))
    lead.post(at(plan, "plan-act"), {"move": "up:4"})
    assert row(plan, "4").version == 2
    assert lead.post(at(plan, "item-edit", "4"), {**seen, "name": "Mine"}).status_code == 302
    assert row(plan, "4").name == "Mine"


def test_boards_chosen_by_two_people_are_seen_too(lead, plan):
    mine, theirs = BoardFactory(place=plan.place), BoardFactory(place=plan.place, name="Theirs")
    seen = typed(row(plan, "4"))
    edit(lead, plan, "4", boards=[theirs.pk])
    answer = lead.post(at(plan, "item-edit", "4"), {**seen, "boards": [mine.pk]})
    assert answer.status_code == 409
    assert "Take theirs: <q>Theirs</q>" in text(answer)


def test_a_row_is_added_under_a_heading_with_the_next_number(lead, plan):
    page = text(lead.get(at(plan, "row-add")))
    assert 'value="5"' in page
    new = {"plan_id": "5", "name": "Routers", "kind": "task", "level": "programme"}
    answer = lead.post(at(plan, "row-add"), {**new, "under": "1", "where": "first"})
    assert answer.headers["Location"] == at(plan, "plan-edit") + "#row-5"
    assert row(plan, "5").parent == row(plan, "1")
    assert row(plan, "1").position < row(plan, "5").position < row(plan, "2").position
    answer = lead.post(at(plan, "row-add") + "?after=2", {**new, "plan_id": "5"})
    assert answer.status_code == 422
    assert "a number is never used again" in text(answer)
    lead.post(at(plan, "row-add") + "?after=2", {**new, "plan_id": "6"})
    assert row(plan, "6").parent == row(plan, "1")


def put(client, plan, number, **chosen):
    data = {"version": row(plan, number).version, **chosen}
    return client.post(at(plan, "item-move", number), data)


def test_rows_move_by_presses_and_under_another_heading(lead, plan):
    lead.post(at(plan, "plan-act"), {"move": "up:3"})
    assert row(plan, "3").position < row(plan, "2").position
    lead.post(at(plan, "plan-act"), {"move": "out:3"})
    assert row(plan, "3").parent is None
    assert put(lead, plan, "4", under="1", where="first").status_code == 302
    assert row(plan, "4").parent == row(plan, "1")
    answer = lead.post(at(plan, "plan-act"), {"move": "up:4"}, follow=True)
    assert "IT 4: It is the first row under its heading already." in text(answer)


def test_a_heading_is_no_place_for_itself(lead, plan):
    answer = put(lead, plan, "1", under="1", where="last")
    assert answer.status_code == 422
    assert "Choose a heading of this plan." in text(answer)


def test_who_moves_a_row_second_is_shown_where_it_stands_and_may_press_again(lead, plan):
    seen = row(plan, "4").version
    put(lead, plan, "4", under="1", where="last")
    late = put(lead, plan, "4", under="", where="first", version=seen)
    assert late.status_code == 409
    assert "under <strong>IT 1 Row 1</strong>. Press the button again" in text(late)
    assert row(plan, "4").parent == row(plan, "1")
    again = late.context["form"].initial
    assert (again["under"], again["where"]) == ("", "first")
    pressed = put(lead, plan, "4", **{n: again[n] for n in ("under", "where", "version")})
    assert pressed.status_code == 302
    assert row(plan, "4").parent is None


def test_a_row_is_split_and_the_second_remembers_the_first(lead, plan):
    data = {
        "version": 1,
        "first_name": "Lines, ordered",
        "first_finish": "31/1/20",
        "plan_id": "5",
        "second_name": "Lines, laid",
        "second_start": "3/2/20",
        "second_finish": "28/2/20",
    }
    assert lead.post(at(plan, "item-split", "2"), data).status_code == 302
    made = row(plan, "5")
    assert (made.name, made.split_from, made.parent) == (
        "Lines, laid",
        row(plan, "2"),
        row(plan, "1"),
    )
    assert (row(plan, "2").finish, row(plan, "2").declared_duration) == (
        date(2020, 1, 31),
        "20 days",
    )
    assert "Split from" in text(lead.get(at(plan, "item", "5")))
    assert lead.post(at(plan, "item-split", "2"), {**data, "plan_id": "6"}).status_code == 409


def test_a_removed_row_shows_as_removed_and_comes_back(lead, plan):
    answer = lead.post(at(plan, "item-remove", "4"), {"version": 1, "because": ""})
    assert answer.status_code == 422
    answer = lead.post(at(plan, "item-remove", "4"), {"version": 1, "because": "Not funded."})
    assert answer.status_code == 302
    page = text(lead.get(at(plan, "item", "4")))
    assert "Removed from the plan</strong> on" in page
    assert "Not funded." in page
    assert "IT 4" not in text(lead.get(at(plan, "plan-edit")))
    assert "Not funded." in text(lead.get(at(plan, "plan-edit") + "?show=removed"))
    lead.post(at(plan, "item-restore", "4"))
    assert row(plan, "4").removed_at is None
    assert "IT 4" in text(lead.get(at(plan, "plan-edit")))


def test_who_removes_what_somebody_just_changed_is_told(lead, plan):
    edit(lead, plan, "4", name="Rather important")
    answer = lead.post(at(plan, "item-remove", "4"), {"version": 1, "because": "Old."})
    assert answer.status_code == 409
    assert "Rather important" in text(answer)
    assert row(plan, "4").removed_at is None


def held(plan, *numbers):
    return [f"{row(plan, number).pk}:{row(plan, number).version}" for number in numbers]


def test_ticked_rows_get_an_owner_together(lead, plan):
    post = PostFactory(place=plan.place, title="Data Officer")
    data = {"do": "owner", "owner": post.pk, "row": held(plan, "2", "3")}
    assert lead.post(at(plan, "plan-act"), data).status_code == 302
    assert [row(plan, n).owner for n in "234"] == [post, post, None]
    stale = lead.post(at(plan, "plan-act"), {**data, "owner": ""})
    assert stale.status_code == 409
    assert "IT 2 and IT 3 changed while you were choosing" in text(stale)
    assert row(plan, "2").owner == post


def test_ticked_rows_shift_by_working_days(lead, plan):
    data = {"do": "shift", "days": "5", "row": held(plan, "2", "4")}
    assert lead.post(at(plan, "plan-act"), data).status_code == 302
    assert (row(plan, "2").start, row(plan, "2").finish) == (date(2020, 1, 13), date(2020, 3, 6))
    assert row(plan, "3").start == date(2020, 1, 6)
    for days in ("x", "99999999999"):
        answer = lead.post(at(plan, "plan-act"), {**data, "days": days})
        assert answer.status_code == 422


def test_nothing_ticked_says_so(lead, plan):
    for action in ("owner", "shift", "paste", "dance"):
        answer = lead.post(at(plan, "plan-act"), {"do": action, "days": "1"})
        assert answer.status_code in (409, 422)
        assert "Tick the rows first" in text(answer)


def paste(client, plan, numbers, **data):
    keys = "&".join(f"row={row(plan, number).pk}" for number in numbers)
    return client.post(f"{at(plan, 'plan-paste')}?{keys}", {"row": held(plan, *numbers), **data})


def test_a_pasted_column_is_written_whole(lead, plan):
    cells = 'Phone\r\n\r\n"Two\nlines, ""quoted"""\r\n'
    assert paste(lead, plan, "234", column="notes", cells=cells).status_code == 302
    assert [row(plan, n).notes for n in "234"] == ["Phone", "", 'Two\nlines, "quoted"']


def test_one_bad_cell_changes_nothing_and_is_named(lead, plan):
    answer = paste(lead, plan, "234", column="finish", cells="1/3/20\n31/2/20\ntbc")
    assert answer.status_code == 422
    assert "Line 2, IT 3:" in text(answer)
    assert row(plan, "2").finish == date(2020, 2, 28)
    assert paste(lead, plan, "23", column="finish", cells="1/3/20").status_code == 422
    answer = paste(lead, plan, "23", column="finish", cells="1/3/20\n1/1/20")
    assert answer.status_code == 409
    assert "IT 3: The finish is before the start" in text(answer)
    assert row(plan, "2").finish == date(2020, 2, 28)
    refused = paste(lead, plan, "23", column="finish", cells="2/3/20\ntbc")
    assert refused.status_code == 422
    assert "Say who will supply the date that is to be confirmed." in text(refused)
    assert "Say by when the date will be supplied." in text(refused)
    supplied = supplier_of(plan)
    pasted = paste(lead, plan, "23", column="finish", cells="2/3/20\ntbc", **supplied)
    assert pasted.status_code == 302
    assert row(plan, "2").finish == date(2020, 3, 2)
    awaited = row(plan, "3")
    assert (awaited.finish_tbc, awaited.tbc_from_id) == (True, supplied["tbc_from"])
    assert (awaited.tbc_by, awaited.tbc_since) == (date(2020, 4, 1), TODAY)
    assert row(plan, "2").tbc_from is None
    # It is awaited already: who supplies it is not asked again.
    assert paste(lead, plan, "3", column="finish", cells="tbc").status_code == 302
    assert row(plan, "3").tbc_from_id == supplied["tbc_from"]


def supplier_of(plan):
    post = PostFactory(place=plan.place, title="Contracts Manager")
    return {"tbc_from": post.pk, "tbc_by": "1/4/2020"}


def test_a_promoted_row_stands_on_the_places_page_and_in_its_plan(lead, plan):
    board = BoardFactory(place=plan.place, name="Partnership Board")
    edit(lead, plan, "4", level="board", boards=[board.pk], name="Go live")
    place = reverse("place", kwargs={"place": plan.place.slug})
    assert "Go live" in text(lead.get(place))
    assert "Go live" in text(lead.get(at(plan, "plan-edit")))
    assert "Goes to Partnership Board" in text(lead.get(at(plan, "item", "4")))
    rows = reverse("rows", kwargs={"place": plan.place.slug}) + "?promoted=on"
    assert "Go live" in text(lead.get(rows))
    assert "Lines 2" not in text(lead.get(rows))


def wait(client, plan, number, **data):
    return client.post(at(plan, "dependency-add", number), {"kind": "FS", **data})


def test_a_row_waits_for_a_row_of_another_programme_or_something_outside(lead, plan):
    other = PlanItemFactory(programme=ProgrammeFactory(place=plan.place, code="EST"), plan_id="7")
    assert wait(lead, plan, "2", row="est 7", lag_days="-3").status_code == 302
    assert wait(lead, plan, "2", outside="The tariff", outside_date="1/4/20").status_code == 302
    page = text(lead.get(at(plan, "item", "2")))
    assert "EST 7" in page
    assert "The tariff, promised for 1 Apr 2020" in page
    made = Dependency.objects.get(predecessor=other)
    assert (made.kind, made.lag_days) == ("FS", -3)
    change = at(plan, "dependency", "2", pk=made.pk)
    data = {"row": "EST 7", "kind": "SS", "version": 1}
    assert lead.post(change, data).status_code == 302
    stale = lead.post(change, {**data, "kind": "FF"})
    assert stale.status_code == 409
    assert "What is saved now" in text(stale)
    assert lead.post(change, {**data, "version": 2, "do": "remove"}).status_code == 302
    assert not Dependency.objects.filter(predecessor=other).exists()


def test_nonsense_is_refused_and_a_circle_is_not(lead, plan):
    elsewhere = PlanItemFactory(programme=ProgrammeFactory(code="FAR"), plan_id="1")
    wait(lead, plan, "2", row="IT 3")
    for name, sentence in (
        ("IT 2", "cannot wait for itself"),
        ("IT 3", "waits for IT 3 already"),
        (elsewhere.reference, "There is no such row"),
        ("\x00", "Null characters"),
        ("", "Name the row it waits for"),
    ):
        answer = wait(lead, plan, "2", row=name)
        assert answer.status_code == 422
        assert sentence in text(answer)
    assert wait(lead, plan, "3", row="IT 2").status_code == 302


def test_others_may_read_and_not_edit(client, plan):
    client.force_login(LeadershipFactory(programme=ProgrammeFactory(place=plan.place)).post.holder)
    page = text(client.get(at(plan, "item", "4")))
    assert "Edit this row" not in page
    assert client.get(at(plan, "item-edit", "4")).status_code == 403
    client.force_login(MembershipFactory(place=plan.place).user)
    assert client.get(at(plan, "item-edit", "4")).status_code == 200


@pytest.fixture
def agreed(plan):
    agree_baseline(programme=plan, items=PlanItem.objects.filter(programme=plan))
    return plan


def test_in_an_agreed_plan_names_notes_owners_and_the_order_save_at_once(lead, agreed):
    page = text(lead.get(at(agreed, "item-edit", "4")))
    assert "This plan is agreed." in page
    assert edit(lead, agreed, "4", name="Phone lines", notes="Said.").status_code == 302
    assert (row(agreed, "4").name, row(agreed, "4").notes) == ("Phone lines", "Said.")
    lead.post(at(agreed, "plan-act"), {"move": "up:4"})
    assert row(agreed, "4").position < row(agreed, "1").position


def test_in_an_agreed_plan_a_request_asks_for_dates_and_rows_and_nothing_of_that_changes(
    lead, agreed
):
    answer = edit(lead, agreed, "4", finish="6/3/20", notes="Said.", because="The parts are late.")
    request = ChangeRequest.objects.get()
    assert answer.headers["Location"].endswith(f"/changes/{request.number}/")
    assert (request.state, request.why) == ("draft", "The parts are late.")
    assert (row(agreed, "4").finish, row(agreed, "4").notes) == (date(2020, 2, 28), "Said.")
    lead.post(at(agreed, "item-remove", "1"), {"version": 1, "because": "Not funded."})
    new = {"plan_id": "5", "name": "Routers", "kind": "task", "level": "programme"}
    lead.post(at(agreed, "row-add"), {**new, "under": "", "where": "first"})
    # One draft of one's own takes it all.
    lines = ChangeRequest.objects.get().lines.order_by("kind", "item__position")
    assert [(line.kind, line.item and line.item.plan_id) for line in lines] == [
        ("add", None),
        ("re-date", "4"),
        ("remove", "1"),
        ("remove", "2"),
        ("remove", "3"),
    ]
    assert not PlanItem.objects.filter(plan_id="5").exists()
    assert row(agreed, "1").removed_at is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"name": "Phone lines", "notes": "Said.", "finish": "6/3/20"},
            "Saved at once: name and notes. The plan is agreed, so nothing else of that is changed yet:"
            " CR 1 asks for it. Say there why, and propose it.",
        ),
        (
            {"finish": "6/3/20"},
            "The plan is agreed, so nothing of that is changed yet: CR 1 asks for it.",
        ),
    ],
)
def test_what_was_saved_at_once_and_what_waits_is_said(lead, agreed, changes, said):
    page = lead.get(edit(lead, agreed, "4", **changes).headers["Location"])
    assert said in text(page)
    assert ("Saved at once" in text(page)) == ("name" in changes)


def test_the_boards_of_a_row_and_a_split_rows_name_are_said_to_be_saved(lead, agreed):
    board = BoardFactory(place=agreed.place)
    answer = edit(lead, agreed, "4", finish="6/3/20", boards=[board.pk])
    assert "Saved at once: boards." in text(lead.get(answer.headers["Location"]))
    same = {"boards": [board.pk], "boards-seen": [board.pk]}
    again = edit(lead, agreed, "4", finish="13/3/20", **same)
    assert "Saved at once" not in text(lead.get(again.headers["Location"]))
    data = {
        "version": row(agreed, "2").version,
        "first_name": "Lines, ordered",
        "plan_id": "5",
        "second_name": "Lines, laid",
    }
    split = lead.post(at(agreed, "item-split", "2"), data)
    assert "Saved at once: name." in text(lead.get(split.headers["Location"]))
    assert row(agreed, "2").name == "Lines, ordered"


def test_in_an_agreed_plan_many_dates_are_asked_for_together(lead, agreed):
    lead.post(at(agreed, "plan-act"), {"do": "shift", "days": "5", "row": held(agreed, "2", "3")})
    supplied = supplier_of(agreed)
    paste(lead, agreed, "4", column="finish", cells="tbc", **supplied)
    found = {line.item.plan_id: line for line in ChangeRequest.objects.get().lines.all()}
    assert (found["2"].start, found["2"].finish) == (date(2020, 1, 13), date(2020, 3, 6))
    assert (found["4"].finish_tbc, found["4"].tbc_from_id) == (True, supplied["tbc_from"])
    assert row(agreed, "4").tbc_from is None
    assert row(agreed, "2").finish == date(2020, 2, 28)


def test_a_row_may_be_held_tighter_than_its_programme(lead, plan):
    item = row(plan, "2")
    refused = lead.post(at(plan, "item-edit", "2"), typed(item, tolerance_months="25"))
    assert refused.status_code == 422
    assert (
        lead.post(at(plan, "item-edit", "2"), typed(item, tolerance_months="1")).status_code == 302
    )
    assert row(plan, "2").tolerance_months == 1
    assert "tolerance in months nothing to 1" in " ".join(
        lead.get(at(plan, "item-history", "2")).content.decode().split()
    )


def test_a_removed_row_is_given_nothing_to_wait_for(plan):
    from programmes.errors import CannotSave
    from programmes.services.dependencies import add_dependency

    item = row(plan, "2")
    PlanItem.objects.filter(pk=item.pk).update(removed_at=NOW)
    with pytest.raises(CannotSave, match="removed"):
        add_dependency(item=item, values={"outside": "A tariff"}, by=item_lead(plan))
    assert not Dependency.objects.exists()


def item_lead(plan):
    return LeadershipFactory(programme=plan).post.holder
