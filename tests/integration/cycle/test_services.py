"""The services of the monthly cycle: saving, handing in, turning the day, closing."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from icp.common.models import DemoClock, OutgoingMail
from programmes import selectors, services, tasks
from programmes.errors import (
    CannotClosePeriod,
    CannotSave,
    CannotSignOff,
    CannotSubmit,
    StaleStatus,
)
from programmes.models import Period, PeriodState, PlanItem, Reminder, Return, ReturnState, Status
from programmes.services import cycle
from programmes.services.returns import what_is_missing
from programmes.signals import period_closed
from tests.factories import NOW, TODAY, PeriodFactory, PlanItemFactory, StatusFactory
from tests.integration.cycle.conftest import make_world

MARCH = date(2020, 3, 2)


def close(world, *, today=MARCH, without=True, period=None):
    return services.close_period(
        period=period or world.february,
        by=world.office,
        at=NOW,
        today=today,
        without_late_returns=without,
    )


# --- Saving ------------------------------------------------------------------------
def test_saving_counts_versions_and_puts_the_return_in_hand(world):
    item = world.items[2]
    assert world.record(item, rag="green").version == 1
    assert world.record(item, version=1, rag="amber").version == 2
    assert Return.objects.get(period=world.february).state == ReturnState.IN_HAND


def test_saving_what_is_stored_already_changes_nothing_whatever_the_version(world):
    item = world.items[2]
    world.record(item, rag="green")
    assert world.record(item, version=0, rag="green", by=world.office).updated_by == world.lead


def test_a_stale_save_is_refused_with_what_is_stored(world):
    item = world.items[2]
    world.record(item, rag="green")
    with pytest.raises(StaleStatus) as refused:
        world.record(item, version=0, rag="red", by=world.office)
    assert "IT 13 was changed by Lead" in str(refused.value)
    assert refused.value.current.rag == "green"


def test_saying_nothing_of_a_row_is_no_status(world):
    with pytest.raises(CannotSave):
        world.record(world.items[2], rag=None, reason="")
    assert not Status.objects.filter(period=world.february).exists()


def test_a_heading_takes_no_status(world):
    heading = PlanItemFactory(programme=world.programme, kind="summary", position=90)
    with pytest.raises(CannotSave, match="is a heading"):
        world.record(heading, rag="green")


def test_a_decision_names_its_board(world):
    with pytest.raises(CannotSave, match="Choose the board"):
        world.record(world.items[2], decision_needed="Money")


def test_what_completes_a_row_takes_it_off_the_plan_s_open_rows_and_back(world):
    item = world.items[2]
    world.record(item, rag="complete", actual_finish=TODAY, percent_complete=100)
    assert PlanItem.objects.get(pk=item.pk).is_complete
    world.record(item, version=1, rag="green")
    assert not PlanItem.objects.get(pk=item.pk).is_complete


def test_a_correction_is_of_a_closed_status_of_the_same_row(world):
    january = Status.objects.get(period=world.january)
    saved = world.record(
        world.items[0], rag="amber", corrects=january, correction_note="It was amber."
    )
    assert saved.corrects == january
    with pytest.raises(CannotSave, match="of this same row"):
        world.record(world.items[1], rag="amber", corrects=january, correction_note="No.")
    with pytest.raises(CannotSave, match="of this same row"):
        world.record(world.items[0], version=1, corrects=saved, correction_note="No.")


# --- The frozen month ------------------------------------------------------------------
def test_a_closed_period_refuses_a_save_in_words(world):
    with pytest.raises(CannotSave, match="January 2020 is closed"):
        services.record_status(
            item=world.items[0],
            period=world.january,
            by=world.lead,
            at=NOW,
            expected_version=1,
            values={"rag": "green"},
        )


@pytest.mark.parametrize(
    "change",
    [
        lambda status: Status.objects.filter(pk=status.pk).update(rag="green"),
        lambda status: status.delete(),
        lambda status: Status.objects.filter(pk=status.pk).delete(),
        lambda status: StatusFactory(
            item=PlanItemFactory(programme=status.item.programme, position=99),
            period=status.period,
        ),
        lambda status: Return.objects.filter(period=status.period).update(is_nil=True),
        lambda status: Period.objects.filter(pk=status.period_id).update(state="open"),
    ],
)
def test_a_closed_period_refuses_changes_past_the_services(world, change):
    status = Status.objects.select_related("period", "item__programme").get(period=world.january)
    with pytest.raises(DatabaseError, match=r"closed period|period is closed"):
        with transaction.atomic():
            change(status)
    status.refresh_from_db()
    assert status.rag == "red"


# --- Copying and sharing ---------------------------------------------------------------
def test_copying_fills_what_is_empty_and_keeps_what_is_said(world):
    item = world.items[0]
    world.record(item, rag="amber", reason="New words")
    services.copy_last_status(
        items=[item], period=world.february, last=world.january, by=world.lead, at=NOW
    )
    saved = Status.objects.get(item=item, period=world.february)
    assert (saved.rag, saved.reason, saved.get_to_green) == ("amber", "New words", "Chase them.")


def test_a_reason_is_shared_within_one_programme_only(world):
    source = world.record(world.items[2], rag="red", reason="R", get_to_green="G")
    elsewhere = PlanItemFactory(programme=world.other)
    with pytest.raises(CannotSave, match="one programme only"):
        services.share_reason(source=source, items=[elsewhere], by=world.lead, at=NOW)
    assert services.share_reason(source=source, items=world.items, by=world.lead, at=NOW) == 3
    assert services.share_reason(source=source, items=world.items, by=world.lead, at=NOW) == 0


# --- Handing in ----------------------------------------------------------------------------
def test_submitting_says_what_each_row_lacks(world):
    world.record(world.items[2], rag="red", reason="R")
    with pytest.raises(CannotSubmit) as refused:
        world.submit()
    assert refused.value.missing == {
        "IT 11": ["It was red last month: say how it stands now."],
        "IT 13": ["Red and amber need a get-to-green strategy."],
    }


def test_submitting_tells_the_sro_once(world):
    world.say_the_red_row()
    world.submit()
    assert OutgoingMail.objects.get(key__startswith="submitted").to == world.sro.email


def test_a_submitted_return_is_not_changed_until_it_is_recalled(world):
    world.say_the_red_row()
    world.submit()
    with pytest.raises(CannotSave, match="Recall it"):
        world.record(world.items[2], rag="green")
    with pytest.raises(CannotSave):
        world.submit()
    services.recall_return(programme=world.programme, period=world.february, by=world.lead, at=NOW)
    world.record(world.items[2], rag="green")


def test_a_nil_return_repeats_last_month(world):
    services.nil_return(
        programme=world.programme, period=world.february, by=world.lead, at=NOW, today=TODAY
    )
    found = Return.objects.get(period=world.february)
    assert (found.state, found.is_nil) == (ReturnState.SUBMITTED, True)
    assert Status.objects.get(period=world.february).rag == "red"


def test_a_nil_return_is_refused_when_rows_were_updated(world):
    world.record(world.items[2], rag="green")
    with pytest.raises(CannotSubmit, match="not a nil return"):
        services.nil_return(
            programme=world.programme, period=world.february, by=world.lead, at=NOW, today=TODAY
        )


def test_signing_off_takes_another_person(world):
    world.say_the_red_row()
    world.submit(by=world.sro)
    given = {"programme": world.programme, "period": world.february, "at": NOW}
    with pytest.raises(CannotSignOff, match="another person"):
        services.sign_off_return(**given, by=world.sro)
    assert services.sign_off_return(**given, by=world.office).state == ReturnState.SIGNED_OFF
    recalled = services.recall_return(**given, by=world.lead)
    assert (recalled.state, recalled.signed_off_by) == (ReturnState.IN_HAND, None)


def test_sending_back_opens_the_return_again_with_the_question(world):
    world.say_the_red_row()
    world.submit()
    given = {"programme": world.programme, "period": world.february, "by": world.sro, "at": NOW}
    found = services.send_back_return(**given, question="Which parts?")
    assert (found.state, found.question) == (ReturnState.SENT_BACK, "Which parts?")
    world.record(world.items[0], version=1, reason="The pumps.")
    assert world.submit().question == ""


def test_an_earlier_return_is_handed_in_first(world):
    march = services.open_period(place=world.place, day=date(2020, 3, 1))
    with pytest.raises(CannotSubmit, match="Hand in the return of February 2020 first"):
        services.nil_return(
            programme=world.programme, period=march, by=world.lead, at=NOW, today=MARCH
        )


# --- Turning the day -------------------------------------------------------------------------
def turn(world, day):
    return services.turn_the_day(place=world.place, today=day, at=NOW)


def test_a_new_month_opens_and_the_last_one_starts_closing(world):
    assert turn(world, date(2020, 2, 20)) == []
    said = turn(world, date(2020, 3, 1))
    assert said[:2] == [
        "Opened March 2020.",
        "February 2020 is closing: returns are due 2 March 2020.",
    ]
    assert Period.objects.get(key="2020-02").state == PeriodState.CLOSING


def test_turning_the_day_again_does_nothing_more(world):
    turn(world, date(2020, 3, 1))
    mails = OutgoingMail.objects.count()
    assert turn(world, date(2020, 3, 1)) == []
    assert OutgoingMail.objects.count() == mails


def test_each_reminder_goes_out_once_to_those_who_have_not_handed_in(world):
    world.say_the_red_row()
    world.submit()
    for day in range(24, 30):
        turn(world, date(2020, 2, day))
    for day in (1, 2):
        turn(world, date(2020, 3, day))
    reminders = Reminder.objects.filter(period=world.february)
    assert sorted(reminders.values_list("programme__code", "days_before")) == [
        ("EST", 0),
        ("EST", 2),
        ("EST", 5),
    ]
    assert (
        OutgoingMail.objects.filter(key__startswith=f"reminder:{world.february.pk}:").count() == 3
    )


def test_after_an_outage_one_reminder_is_sent_and_not_three(world):
    turn(world, date(2020, 3, 2))
    assert Reminder.objects.filter(period=world.february, programme=world.other).count() == 1


def test_a_week_is_followed_by_the_rest_of_its_month(world):
    world.february.delete()
    PeriodFactory(
        place=world.place,
        key="2020-w05",
        name="First week of February",
        ends_on=date(2020, 2, 7),
        due_on=date(2020, 2, 10),
    )
    assert turn(world, date(2020, 3, 1))[:2] == ["Opened February 2020.", "Opened March 2020."]
    rest = Period.objects.get(place=world.place, key="2020-02")
    assert (rest.starts_on, rest.ends_on) == (date(2020, 2, 8), date(2020, 2, 29))


def test_a_place_that_fails_does_not_keep_the_day_from_the_others(world, monkeypatch):
    other = make_world("othershire")
    DemoClock.objects.update(today=date(2020, 3, 1))
    whole = cycle.expire_untouched

    def failing(*, place, **more):
        if place == world.place:
            raise ValueError("Its own fault.")
        return whole(place=place, **more)

    monkeypatch.setattr(cycle, "expire_untouched", failing)
    with pytest.raises(ExceptionGroup) as failed:
        tasks.turn_the_day()
    assert [str(problem) for problem in failed.value.exceptions] == ["Its own fault."]
    assert Period.objects.filter(place=other.place, key="2020-03").exists()
    assert not Period.objects.filter(place=world.place, key="2020-03").exists()


# --- Closing --------------------------------------------------------------------------------------
def test_a_period_closes_from_the_day_after_its_end(world):
    with pytest.raises(CannotClosePeriod, match="from the day after"):
        close(world, today=date(2020, 2, 29))
    assert close(world, today=date(2020, 3, 1)).is_frozen


def test_a_late_return_is_named_unless_the_office_closes_without_it(world):
    world.say_the_red_row()
    world.submit()
    with pytest.raises(CannotClosePeriod, match="1 programme has not handed in a return: Estates"):
        close(world, without=False)
    close(world)
    assert Return.objects.get(programme=world.other, period=world.february).state == "not started"


def test_periods_close_in_order(world):
    march = services.open_period(place=world.place, day=date(2020, 3, 1))
    with pytest.raises(CannotClosePeriod, match="Close February 2020 first"):
        close(world, period=march, today=date(2020, 4, 1))


def test_closing_twice_closes_once(world):
    heard = []

    def listen(**kwargs):
        heard.append(kwargs["period"])

    period_closed.connect(listen)
    try:
        first = close(world)
        second = close(world, today=MARCH + timedelta(days=3))
    finally:
        period_closed.disconnect(listen)
    assert first.closed_at == second.closed_at
    assert len(heard) == 1


def test_what_was_typed_but_not_handed_in_moves_to_the_next_period(world):
    world.record(world.items[2], rag="amber", reason="Draft")
    close(world)
    moved = Status.objects.get(item=world.items[2])
    assert (moved.period.key, moved.reason) == ("2020-03", "Draft")
    assert Return.objects.get(programme=world.programme, period__key="2020-03").state == "in hand"
    assert not Status.objects.filter(period=world.february).exists()


def test_what_was_typed_for_the_next_period_already_stands(world):
    march = services.open_period(place=world.place, day=date(2020, 3, 1))
    world.record(world.items[2], rag="amber", reason="February's draft")
    services.record_status(
        item=world.items[2],
        period=march,
        by=world.lead,
        at=NOW,
        expected_version=0,
        values={"rag": "green", "reason": "March's"},
    )
    close(world)
    assert Status.objects.get(item=world.items[2]).reason == "March's"


def test_what_was_handed_in_stays_in_the_closed_period(world):
    world.say_the_red_row()
    world.submit()
    close(world)
    assert Status.objects.filter(item=world.items[0], period=world.february).exists()


def say_in(period, world):
    services.record_status(
        item=world.items[0],
        period=period,
        by=world.lead,
        at=NOW,
        expected_version=0,
        values={"rag": "green", "reason": "Parts came."},
    )


def test_what_comes_to_a_return_that_was_signed_off_opens_it_again(world):
    """February was recalled after March's return was signed off: nobody signed what moves there now."""
    march = services.open_period(place=world.place, day=date(2020, 3, 1))
    world.say_the_red_row()
    world.submit()
    say_in(march, world)
    services.submit_return(
        programme=world.programme, period=march, by=world.lead, at=NOW, today=MARCH
    )
    services.sign_off_return(programme=world.programme, period=march, by=world.sro, at=NOW)
    services.recall_return(programme=world.programme, period=world.february, by=world.lead, at=NOW)
    world.record(world.items[3], rag="red")
    close(world)
    found = Return.objects.get(programme=world.programme, period=march)
    assert (found.state, found.signed_off_by, found.submitted_by) == ("in hand", None, None)
    assert found.recalled_by == world.office
    assert Status.objects.get(item=world.items[3], period=march).rag == "red"
    assert OutgoingMail.objects.filter(key__startswith=f"recalled:{found.pk}:").exists()


def test_a_return_that_gets_nothing_more_stays_signed_off(world):
    march = services.open_period(place=world.place, day=date(2020, 3, 1))
    world.say_the_red_row()
    world.submit()
    say_in(march, world)
    services.submit_return(
        programme=world.programme, period=march, by=world.lead, at=NOW, today=MARCH
    )
    services.recall_return(programme=world.programme, period=world.february, by=world.lead, at=NOW)
    close(world)
    assert Return.objects.get(programme=world.programme, period=march).state == "submitted"


def test_a_row_that_was_touched_and_emptied_again_keeps_nothing_from_being_handed_in(world):
    """As if it had never been touched: no RAG is asked of it, it is not counted, and all others may still be nil."""
    world.record(world.items[2], rag="amber", reason="Typed by mistake")
    emptied = world.record(world.items[2], version=1, rag=None, reason="")
    assert emptied.says_nothing
    assert not Status.objects.filter(pk=emptied.pk).saying_something()
    asked = {"programme": world.programme, "period": world.february, "today": TODAY}
    assert what_is_missing(**asked) == {"IT 11": ["It was red last month: say how it stands now."]}
    assert selectors.progress_of(**asked).updated == 0
    assert services.nil_return(**asked, by=world.lead, at=NOW).is_nil


def test_a_row_that_was_red_and_was_emptied_is_asked_for_as_one_that_was_not_touched(world):
    world.record(world.items[0], rag="red")
    world.record(world.items[0], version=1, rag=None)
    with pytest.raises(CannotSubmit) as refused:
        world.submit()
    assert refused.value.missing == {"IT 11": ["It was red last month: say how it stands now."]}


@pytest.mark.parametrize(
    "said", [{"percent_complete": 0}, {"need_to_know": True}, {"correction_note": "It was amber."}]
)
def test_a_row_of_which_one_thing_is_said_says_something(world, said):
    status = world.record(world.items[2], **said)
    assert not status.says_nothing
    assert Status.objects.filter(pk=status.pk).saying_something()
