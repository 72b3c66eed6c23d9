"""The monthly update through its pages, as a browser without scripts sends it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from programmes.models import Return, ReturnState, Status
from tests.factories import NOW, PeriodFactory, PlanItemFactory, StatusFactory


def address(world, name="update", **kwargs):
    return reverse(name, kwargs={"place": world.place.slug, "code": world.programme.code, **kwargs})


def typed(item, *, version=0, **fields):
    """What a browser sends of one row."""
    sent = {"row": str(item.pk), f"r{item.pk}-version": str(version)}
    blank = dict.fromkeys(
        ("rag", "percent_complete", "forecast_finish", "actual_finish", "reason", "get_to_green"),
        "",
    )
    return sent | {f"r{item.pk}-{name}": value for name, value in (blank | fields).items()}


def together(*rows, **more):
    """Several rows of one form."""
    sent = {"row": [row["row"] for row in rows]}
    for row in rows:
        sent |= {name: value for name, value in row.items() if name != "row"}
    return sent | more


def text_of(answer):
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words)


def test_the_lead_sees_live_rows_with_last_months_words_and_what_the_dates_propose(world):
    answer = world.client(world.lead).get(address(world))
    words = text_of(answer)
    assert "0 of 4 rows updated, 1 needs something more" in words
    assert "Parts are late." in words
    assert "red – not complete 2 months 15 days beyond the agreed finish" in words
    assert "It was red last month: say how it stands now." in words


def test_one_row_is_saved_and_the_page_returns_to_it(world):
    item = world.items[2]
    sent = typed(
        item,
        rag="red",
        reason="Staff",
        get_to_green="Hire",
        forecast_finish="1 Dec 20",
        percent_complete="40%",
    )
    answer = world.client(world.lead).post(address(world), sent | {"do": f"save-{item.pk}"})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#id_r{item.pk}-rag")
    saved = Status.objects.get(item=item, period=world.february)
    assert (saved.rag, saved.percent_complete, str(saved.forecast_finish)) == (
        "red",
        40,
        "2020-12-01",
    )
    assert Return.objects.get(programme=world.programme, period=world.february).state == "in hand"


def test_saving_one_row_keeps_what_is_typed_in_the_others(world):
    first, second = world.items[2:]
    sent = together(
        typed(first, rag="green"), typed(second, reason="Not yet"), do=f"save-{first.pk}"
    )
    answer = world.client(world.lead).post(address(world), sent)
    assert answer.status_code == 200
    assert "Not yet</textarea>" in answer.content.decode()
    assert "Not saved yet." in text_of(answer)
    assert Status.objects.filter(period=world.february).count() == 1


def test_saving_all_saves_what_changed_and_keeps_what_is_wrong_with_a_link_to_it(world):
    first, second = world.items[2:]
    sent = together(
        typed(first, rag="green"), typed(second, forecast_finish="31 February 2020"), do="save"
    )
    answer = world.client(world.lead).post(address(world), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_r{second.pk}-forecast_finish"' in page
    assert 'value="31 February 2020"' in page
    assert "IT 14: “31 February 2020” is not in the calendar" in text_of(answer)
    assert Status.objects.get(period=world.february).item == first


def test_rows_left_alone_get_no_status(world):
    sent = together(*(typed(item) for item in world.items), do="save")
    assert world.client(world.lead).post(address(world), sent).status_code == 302
    assert not Status.objects.filter(period=world.february).exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("percent_complete", "101", "Write a whole number from 0 to 100."),
        ("reason", "x" * 4001, "at most 4000 characters"),
        ("reason", "a\x00b", "Null characters are not allowed."),
        ("decision_needed", "Spend", "Choose the board that is asked to decide."),
        ("decision_from", "Nobody", "Choose a board of this place that takes decisions."),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(world, field, value, words):
    item = world.items[2]
    sent = typed(item, rag="green") | {f"r{item.pk}-{field}": value, "do": "save"}
    answer = world.client(world.lead).post(address(world), sent)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Status.objects.filter(period=world.february).exists()


# --- Two people ---------------------------------------------------------------------
def test_a_second_person_sees_both_values_and_nothing_is_lost(world):
    item = world.items[2]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    sent = typed(item, version=0, rag="red", reason="Mine") | {"do": "save"}
    answer = world.client(world.lead).post(address(world), sent)
    words = text_of(answer)
    assert "Two people changed IT 13" in words
    assert "Take theirs: Amber" in words
    assert "Keep mine: Red" in words
    assert "Mine</textarea>" in answer.content.decode()
    assert Status.objects.get(item=item, period=world.february).reason == "Theirs"


def test_the_second_person_chooses_field_by_field(world):
    item = world.items[2]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    sent = typed(item, version=0, rag="red", reason="Mine") | {
        f"r{item.pk}-saw": "1",
        f"r{item.pk}-take-rag": "theirs",
        f"r{item.pk}-take-reason": "mine",
        "do": f"save-{item.pk}",
    }
    assert world.client(world.lead).post(address(world), sent).status_code == 302
    saved = Status.objects.get(item=item, period=world.february)
    assert (saved.rag, saved.reason, saved.version) == ("amber", "Mine", 2)


@pytest.mark.parametrize(
    ("side", "rag", "reason"), [("mine", "red", "Mine"), ("theirs", "amber", "Theirs")]
)
def test_the_second_person_keeps_all_of_one_side(world, side, rag, reason):
    item = world.items[2]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    sent = typed(item, version=0, rag="red", reason="Mine") | {f"r{item.pk}-saw": "1"}
    sent |= {"take": f"{item.pk}-{side}"}
    assert world.client(world.lead).post(address(world), sent).status_code == 302
    saved = Status.objects.get(item=item, period=world.february)
    assert (saved.rag, saved.reason) == (rag, reason)


@pytest.mark.parametrize(
    ("pressed", "saw", "headers"),
    [
        ("save", "", {}),
        ("save-{pk}", "", {}),
        ("choose-{pk}", "", {}),
        ("submit", "1", {}),
        ("copy", "1", {}),
        ("save-{other}", "1", {}),
        ("save-{pk}", "1", {"X-One-Row": "1"}),
    ],
)
def test_what_did_not_come_from_the_shown_choice_is_no_choice(world, pressed, saw, headers):
    item, other = world.items[2:]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    sent = typed(item, version=0, rag="red", reason="Mine") | {
        f"r{item.pk}-take-rag": "mine",
        f"r{item.pk}-take-reason": "mine",
        f"r{item.pk}-saw": saw,
        "do": pressed.format(pk=item.pk, other=other.pk),
    }
    answer = world.client(world.lead).post(address(world), sent, headers=headers)
    page = answer.content.decode()
    assert "Two people changed IT 13" in page
    assert f'name="r{item.pk}-version" value="0"' in page
    assert f'name="r{item.pk}-saw" value="1"' in page
    assert Status.objects.get(item=item, period=world.february).reason == "Theirs"


def test_a_third_save_since_the_choice_was_shown_is_shown_in_its_turn(world):
    item = world.items[2]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    world.record(item, rag="amber", reason="Theirs again", version=1, by=world.office)
    sent = typed(item, version=0, rag="red", reason="Mine") | {f"r{item.pk}-saw": "1"}
    sent |= {"take": f"{item.pk}-mine"}
    answer = world.client(world.lead).post(address(world), sent)
    assert "Take theirs: Theirs again" in text_of(answer)
    assert Status.objects.get(item=item, period=world.february).reason == "Theirs again"


def test_a_field_that_only_the_other_changed_is_theirs_unless_one_chooses(world):
    item = world.items[2]
    world.record(item, rag="green", reason="Both saw this")
    world.record(item, rag="green", reason="Theirs", version=1, by=world.office)
    sent = typed(item, version=1, rag="amber", reason="Both saw this") | {"do": "save"}
    page = world.client(world.lead).post(address(world), sent).content.decode()
    assert f'name="r{item.pk}-take-reason" value="theirs" checked' in page
    assert f'name="r{item.pk}-take-rag" value="mine" checked' in page


def test_a_row_that_somebody_else_changed_and_one_left_alone_is_no_conflict(world):
    item = world.items[2]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    sent = together(typed(item, version=0), typed(world.items[3], rag="green"), do="save")
    assert world.client(world.lead).post(address(world), sent).status_code == 302
    assert Status.objects.get(item=item, period=world.february).reason == "Theirs"


# --- The script's own saving ---------------------------------------------------------
def test_the_script_is_sent_the_row_and_the_progress(world):
    item = world.items[0]
    sent = typed(item, rag="red", reason="Late", get_to_green="Chase") | {"do": f"save-{item.pk}"}
    answer = world.client(world.lead).post(address(world), sent, headers={"X-One-Row": "1"})
    page = answer.content.decode()
    assert f'data-row="{item.pk}"' in page
    assert "Saved" in page
    assert "1 of 4 rows updated" in page
    assert "<html" not in page


# --- Copy and share ---------------------------------------------------------------------
def test_last_months_reason_and_plan_are_copied_in_one_press(world):
    item = world.items[0]
    answer = world.client(world.lead).post(address(world), typed(item) | {"do": f"copy-{item.pk}"})
    assert answer.status_code == 302
    saved = Status.objects.get(item=item, period=world.february)
    assert (saved.rag, saved.reason, saved.get_to_green) == (
        "red",
        "Parts are late.",
        "Chase them.",
    )


def test_last_month_is_copied_to_every_row_not_yet_updated(world):
    world.record(world.items[2], rag="green")
    world.client(world.lead).post(address(world), {"do": "copy"})
    assert set(Status.objects.filter(period=world.february).values_list("item_id", "rag")) == {
        (world.items[0].pk, "red"),
        (world.items[2].pk, "green"),
    }


def test_one_reason_stands_for_the_ticked_rows(world):
    source, ticked, left, with_rag = world.items
    world.record(source, rag="red", reason="Shared", get_to_green="Together")
    world.record(with_rag, rag="amber", reason="Own", get_to_green="Own")
    client = world.client(world.lead)
    page = client.get(address(world, "update-share", item=source.pk)).content.decode()
    assert page.index(f'value="{with_rag.pk}"') < page.index(f'value="{ticked.pk}"')
    client.post(address(world, "update-share", item=source.pk), {"row": [ticked.pk, with_rag.pk]})
    said = {s.item_id: (s.rag, s.reason) for s in Status.objects.filter(period=world.february)}
    assert said[ticked.pk] == ("red", "Shared")
    assert said[with_rag.pk] == ("amber", "Shared")
    assert left.pk not in said


# --- Going to a row -----------------------------------------------------------------------
@pytest.mark.parametrize("wanted", ["IT 13", "it13", "13", " IT  13 "])
def test_a_row_is_found_by_its_number(world, wanted):
    answer = world.client(world.lead).get(address(world), {"q": wanted})
    assert answer["Location"].endswith(f"#id_r{world.items[2].pk}-rag")


def test_a_row_beyond_the_first_page_is_found_on_its_own(world):
    for n in range(5, 65):
        PlanItemFactory(programme=world.programme, plan_id=str(10 + n), position=n)
    answer = world.client(world.lead).get(address(world), {"q": "IT 70", "show": "all"})
    assert "page=3" in answer["Location"]
    shown = world.client(world.lead).get(answer["Location"].split("#")[0])
    assert "IT 70" in text_of(shown)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("IT 999", "There is no row IT 999."),
        ("EST 1", "which you read but do not update"),
        ("XX 1", "No live row holds “XX 1”."),
    ],
)
def test_a_row_that_is_not_there_is_said_in_words(world, wanted, words):
    answer = world.client(world.lead).get(address(world), {"q": wanted}, follow=True)
    assert words in text_of(answer)


def test_words_list_the_rows_that_hold_them(world):
    answer = world.client(world.lead).get(address(world), {"q": "number 3"}, follow=True)
    words = text_of(answer)
    assert "IT 13" in words
    assert "IT 14" not in words


# --- Handing in ----------------------------------------------------------------------------
def test_submitting_is_refused_with_each_row_that_lacks_something(world):
    world.record(world.items[2], rag="amber")
    answer = world.client(world.lead).post(address(world), {"do": "submit"})
    words = text_of(answer)
    assert answer.status_code == 422
    assert "The return cannot be submitted yet: 2 rows need something more." in words
    assert "IT 13 Row number 3: Red and amber need a reason." in words
    assert f'href="#id_r{world.items[2].pk}-reason"' in answer.content.decode()


def test_submitting_saves_what_was_typed_first(world):
    item = world.items[0]
    sent = typed(item, rag="red", reason="Late", get_to_green="Chase") | {"do": "submit"}
    answer = world.client(world.lead).post(address(world), sent, follow=True)
    words = text_of(answer)
    assert "Submitted by Lead, waiting for sign-off." in words
    assert "Recall it to change a row" in words
    assert "<textarea" not in answer.content.decode()


def test_overdue_rows_without_a_status_are_pointed_out_and_do_not_block(world):
    world.say_the_red_row()
    answer = world.client(world.lead).get(address(world))
    assert "1 overdue row has no status yet" in text_of(answer)
    assert world.submit().state == ReturnState.SUBMITTED


def test_a_submitted_return_is_recalled_and_edited_again(world):
    world.say_the_red_row()
    world.submit()
    answer = world.client(world.lead).post(address(world), {"do": "recall"}, follow=True)
    assert "Recalled" in text_of(answer)
    assert "<textarea" in answer.content.decode()


def test_what_is_typed_while_somebody_submits_stays_on_the_page(world):
    world.say_the_red_row()
    world.submit(by=world.office)
    item = world.items[2]
    sent = typed(item, rag="amber", reason="Typed meanwhile") | {"do": "save"}
    answer = world.client(world.lead).post(address(world), sent)
    assert "Recall it to change a row" in text_of(answer)
    assert "Typed meanwhile</textarea>" in answer.content.decode()


def test_what_is_typed_while_the_period_closes_stays_on_the_page(world):
    world.february.state, world.february.closed_by, world.february.closed_at = (
        "closed",
        world.office,
        NOW,
    )
    world.february.save()
    sent = typed(world.items[2], rag="amber", reason="Typed meanwhile")
    sent |= {"do": "save", "period": "2020-02"}
    answer = world.client(world.lead).post(address(world), sent)
    assert "February 2020 is closed." in text_of(answer)
    assert "Typed meanwhile</textarea>" in answer.content.decode()


def test_a_nil_return_asks_once_more_without_scripts_and_is_one_press_with_them(world):
    client = world.client(world.lead)
    asked = client.post(address(world, "update-nil"))
    assert "Nil return: nothing has changed" in text_of(asked)
    assert not Return.objects.filter(period=world.february, is_nil=True).exists()
    done = client.post(address(world, "update-nil"), {"sure": "yes"}, follow=True)
    assert "The nil return of IT Enabler for February 2020 is submitted." in text_of(done)
    assert Status.objects.get(period=world.february).reason == "Parts are late."


def test_a_question_sent_back_stands_at_the_top(world):
    world.say_the_red_row()
    found = world.submit()
    found.state, found.question = ReturnState.SENT_BACK, "What of the parts?"
    found.submitted_by = found.submitted_at = None
    found.save()
    assert "What of the parts?" in text_of(world.client(world.lead).get(address(world)))


def test_a_row_corrects_last_months_return(world):
    item = world.items[0]
    sent = typed(item, rag="amber", reason="R", get_to_green="G", correction_note="It was amber.")
    client = world.client(world.lead)
    assert "What this corrects in January 2020’s return" in text_of(client.get(address(world)))
    client.post(address(world), sent | {"do": "save"})
    saved = Status.objects.get(item=item, period=world.february)
    assert saved.corrects.period == world.january
    assert saved.correction_note == "It was amber."


# --- Who may ----------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["other_lead", "sro", "member"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_those_who_do_not_update_the_programme_are_told_so(world, who, method):
    answer = getattr(world.client(getattr(world, who)), method)(address(world), {"do": "submit"})
    assert answer.status_code == 403
    assert "IT Enabler is updated by its leads and the programme office." in text_of(answer)


def test_a_place_where_one_has_no_role_does_not_exist(world, client):
    from tests.factories import UserFactory

    assert world.client(UserFactory()).get(address(world)).status_code == 404


def test_the_signed_out_are_asked_to_sign_in(world, client):
    assert client.get(address(world))["Location"].startswith("/accounts/login/")


def test_the_office_updates_any_programme(world):
    item = world.items[2]
    world.client(world.office).post(address(world), typed(item, rag="green") | {"do": "save"})
    assert Status.objects.get(item=item, period=world.february).updated_by == world.office


def test_rows_of_another_programme_are_not_reached_through_this_one(world):
    elsewhere = PlanItemFactory(programme=world.other)
    sent = typed(elsewhere, rag="red") | {"do": "save"}
    world.client(world.lead).post(address(world), sent)
    assert not Status.objects.filter(item=elsewhere).exists()


# --- How much work -----------------------------------------------------------------------------
def queries_of(world, django_assert_max_num_queries, **query):
    client = world.client(world.lead)
    with django_assert_max_num_queries(25) as counted:
        assert client.get(address(world), query).status_code == 200
    return len(counted)


def test_two_hundred_rows_take_as_many_queries_as_four(world, django_assert_max_num_queries):
    few = queries_of(world, django_assert_max_num_queries, show="all")
    for n in range(5, 205):
        item = PlanItemFactory(programme=world.programme, plan_id=str(10 + n), position=n)
        StatusFactory(item=item, period=world.february, rag="amber", decision_from=world.board)
    assert queries_of(world, django_assert_max_num_queries, show="all") == few
    assert queries_of(world, django_assert_max_num_queries, show="updated", page=3) == few


def test_submitting_does_not_choose_between_two_people(world):
    item = world.items[0]
    world.record(item, rag="red", reason="Theirs", get_to_green="Chase", by=world.office)
    sent = typed(item, version=1, rag="red", reason="Mine", get_to_green="Chase") | {
        f"r{item.pk}-take-reason": "mine",
        "do": "submit",
    }
    answer = world.client(world.lead).post(address(world), sent)
    assert answer.status_code == 422
    assert "Two people changed IT 11: choose for each, then save." in answer.text
    assert f'name="r{item.pk}-take-reason" value="mine"' in answer.text
    assert Status.objects.get(item=item, period=world.february).reason == "Theirs"
    assert not world.programme.returns.get(period=world.february).is_handed_in


def test_what_a_board_was_asked_is_not_asked_again_by_copying(world):
    item = world.items[0]
    world.client(world.lead).post(address(world), {"do": f"copy-{item.pk}"})
    copied = Status.objects.get(item=item, period=world.february)
    assert (copied.rag, copied.reason) == ("red", "Parts are late.")
    assert (copied.decision_from, copied.need_to_know) == (None, False)


def march(world):
    """A second open month, so that February is the one before."""
    return PeriodFactory(place=world.place, march=True)


def test_all_that_was_said_last_period_stands_beside_the_row(world):
    march(world)
    long = "It is late because " + "of one thing after another, " * 12 + "and the last."
    StatusFactory(
        item=world.items[0],
        period=world.february,
        rag="red",
        percent_complete=40,
        forecast_finish=date(2020, 3, 3),
        actual_finish=date(2020, 1, 30),
        reason=long,
        decision_from=world.board,
        decision_needed="Fund a second team.",
        need_to_know=True,
        need_to_know_note="Clinics are closed.",
    )
    page = world.client(world.lead).get(address(world) + "?period=2020-03").content.decode()
    last = page[page.index('class="upd-last"') :]
    last = last[: last.index('class="upd-now"')]
    for words in (
        "40% done",
        "Forecast finish 3 Mar 2020",
        "Actual finish 30 Jan 2020",
        long,
        "Decision needed from",
        "Fund a second team.",
        "Clinics are closed.",
    ):
        assert words in last, words


def test_a_nil_return_that_lacks_something_links_each_row_in_any_period(world):
    march(world)
    StatusFactory(item=world.items[1], period=world.february, rag="red")
    Return.objects.update_or_create(
        programme=world.programme,
        period=world.february,
        defaults={"state": "submitted", "submitted_by": world.lead, "submitted_at": NOW},
    )
    nil = reverse("update-nil", kwargs={"place": world.place.slug, "code": "IT"})
    answer = world.client(world.lead).post(nil, {"sure": "yes", "period": "2020-03"})
    page = answer.content.decode()
    assert "q=IT+12&amp;period=2020-03" in page
