"""Sign-off, periods, the demonstration's clock and mail, and the front door, through their pages."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from icp.common.models import DemoClock, OutgoingMail, SentMail
from programmes import services
from programmes.models import LeadershipRole, Period, PeriodState, Return, Status
from tests.factories import (
    NOW,
    LeadershipFactory,
    MembershipFactory,
    PeriodFactory,
    PlaceFactory,
    PlanItemFactory,
    PostFactory,
    ProgrammeFactory,
    StatusFactory,
    UserFactory,
)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(world, name, **kwargs):
    return reverse(name, kwargs={"place": world.place.slug, **kwargs})


def return_address(world, period="2020-02"):
    return at(world, "return", key=period, code=world.programme.code)


def decided(world, do, **more):
    """What the page of a return sends: the press, and when the return that it shows was handed in."""
    found = Return.objects.filter(period=world.february, submitted_at__isnull=False).first()
    return {"do": do, "submitted-at": found.submitted_at.isoformat() if found else "", **more}


@pytest.fixture
def submitted(world):
    world.say_the_red_row()
    world.record(world.items[2], rag="amber", reason="R", get_to_green="G")
    world.submit()
    return world


# --- Sign-off --------------------------------------------------------------------------
def test_the_sro_sees_what_waits_with_its_counts(submitted):
    words = text_of(submitted.client(submitted.sro).get(at(submitted, "sign-off")))
    assert "IT Enabler, February 2020 14 Feb 2020 by Lead 1 1 2 1" in words


def test_the_sro_signs_off_in_one_press(submitted):
    answer = submitted.client(submitted.sro).post(
        return_address(submitted), decided(submitted, "sign-off"), follow=True
    )
    assert "The February 2020 return of IT Enabler is signed off." in text_of(answer)
    assert Return.objects.get(period=submitted.february).signed_off_by == submitted.sro


def test_the_sro_signs_off_in_one_press_from_the_list(submitted):
    client = submitted.client(submitted.sro)
    page = client.get(at(submitted, "sign-off")).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z-]+)" value="([^"]*)"', page))
    client.post(return_address(submitted), {**hidden, "do": "sign-off"})
    assert Return.objects.get(period=submitted.february).signed_off_by == submitted.sro


@pytest.mark.parametrize("do", ["sign-off", "send-back"])
def test_what_was_handed_in_again_is_read_again_first(submitted, do):
    client, sent = submitted.client(submitted.sro), decided(submitted, do, question="Which parts?")
    given = {"programme": submitted.programme, "period": submitted.february, "by": submitted.lead}
    services.recall_return(**given, at=NOW)
    submitted.submit(at=NOW + timedelta(minutes=5))
    for old in (sent, sent | {"submitted-at": ""}, sent | {"submitted-at": "0" * 5000}):
        words = text_of(client.post(return_address(submitted), old))
        assert "handed it in again since you opened it" in words
        assert Return.objects.get(period=submitted.february).state == "submitted"
    client.post(return_address(submitted), decided(submitted, do, question="Which parts?"))
    assert Return.objects.get(period=submitted.february).state != "submitted"


def test_the_sro_sends_back_with_a_question_and_the_lead_is_told(submitted):
    client = submitted.client(submitted.sro)
    empty = client.post(return_address(submitted), decided(submitted, "send-back", question=" "))
    assert "Write the question that the lead is to answer." in text_of(empty)
    client.post(return_address(submitted), decided(submitted, "send-back", question="Which parts?"))
    assert Return.objects.get(period=submitted.february).question == "Which parts?"
    mail = OutgoingMail.objects.get(key__startswith="sent-back")
    assert (mail.to, "Which parts?" in mail.body) == (submitted.lead.email, True)


def test_who_submitted_cannot_sign_off_and_is_told_why(world):
    world.say_the_red_row()
    world.submit(by=world.office)
    client = world.client(world.office)
    assert "another person must sign it off" in text_of(client.get(return_address(world)))
    answer = client.post(return_address(world), decided(world, "sign-off"))
    assert "You submitted this return: another person must sign it off." in text_of(answer)
    assert Return.objects.get(period=world.february).signed_off_by is None


@pytest.mark.parametrize("who", ["lead", "member", "other_lead"])
def test_those_who_do_not_sign_off_are_told_so(submitted, who):
    client = submitted.client(getattr(submitted, who))
    assert client.get(at(submitted, "sign-off")).status_code == 404
    answer = client.post(return_address(submitted), decided(submitted, "sign-off"))
    assert answer.status_code == 403
    assert "is signed off by its SRO, chair or accountable officer" in text_of(answer)


def test_every_member_of_the_place_reads_a_return_where_a_first_rag_is_a_change(submitted):
    answer = submitted.client(submitted.member).get(return_address(submitted))
    assert "1 red, 1 amber, 1 changed since last period; 2 rows overdue" in text_of(answer)
    assert "Sign off" not in text_of(answer)


def test_a_row_without_a_status_has_no_bare_per_cent_sign(submitted):
    page = submitted.client(submitted.lead).get(at(submitted, "update", code="IT"))
    assert 'data-label="Complete"><span class="icp-quiet">not set</span>' in page.content.decode()
    assert ">%<" not in page.content.decode()


def test_a_closed_return_shows_what_it_held(submitted):
    answer = submitted.client(submitted.member).get(return_address(submitted, "2020-01"))
    assert "Parts are late." in text_of(answer)


def test_late_and_off_track_rows_are_filtered_and_downloaded(submitted):
    client = submitted.client(submitted.sro)
    everything = text_of(client.get(at(submitted, "sign-off")))
    assert [name in everything for name in ("IT 11", "IT 12", "IT 13", "IT 14")] == [
        True,
        True,
        True,
        False,
    ]
    amber = text_of(client.get(at(submitted, "sign-off"), {"rag": "amber"}))
    assert ("IT 13" in amber, "IT 11 Row" in amber) == (True, False)
    csv = client.get(at(submitted, "sign-off"), {"format": "csv", "late": "on"})
    lines = b"".join(csv.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("IT 11,Row number 1,IT Enabler,")
    assert client.get(at(submitted, "sign-off"), {"format": "xlsx"})["Content-Disposition"]


def test_trouble_is_filtered_by_owner_and_date_too(submitted):
    owner = PostFactory(place=submitted.place, title="Data Officer")
    submitted.items[0].owner = owner
    submitted.items[0].save()
    client = submitted.client(submitted.sro)
    owned = text_of(client.get(at(submitted, "sign-off"), {"owner": owner.pk}))
    assert "Owner: Data Officer" in owned
    assert ("IT 11 Row" in owned, "IT 13 Row" in owned) == (True, False)
    assert "take this filter off" in owned
    early = text_of(client.get(at(submitted, "sign-off"), {"due_to": "1/1/1999"}))
    assert "Nothing that answers to these filters" in early
    wrong = text_of(client.get(at(submitted, "sign-off"), {"due_to": "31/2/2020"}))
    assert "There is a problem" in wrong
    assert "IT 11 Row" not in wrong


def test_a_row_that_is_green_again_is_not_listed_as_red(world):
    world.record(world.items[0], rag="green", reason="On hand", forecast_finish=date(2020, 3, 1))
    red = text_of(world.client(world.sro).get(at(world, "sign-off"), {"rag": "red"}))
    assert "Nothing that answers to these filters is late, red or amber." in red


def test_the_sign_off_page_takes_the_same_queries_at_two_hundred_rows(
    submitted, django_assert_max_num_queries
):
    def queries():
        client = submitted.client(submitted.sro)
        with django_assert_max_num_queries(25) as counted:
            assert client.get(at(submitted, "sign-off")).status_code == 200
        return len(counted)

    few = queries()
    for n in range(5, 205):
        item = PlanItemFactory(programme=submitted.programme, plan_id=str(10 + n), position=n)
        StatusFactory(item=item, period=PeriodFactory(place=PlaceFactory()), rag="green")
        item.baseline_finish = date(2020, 1, 2)
        item.save()
    assert queries() == few


# --- Periods -------------------------------------------------------------------------------
def test_the_period_page_says_what_is_missing_and_when_it_can_close(world):
    words = text_of(world.client(world.office).get(at(world, "period", key="2020-02")))
    assert "It can be closed after 29 February 2020" in words
    assert "2 of 2 returns are still to come" in words


def test_a_period_cannot_be_closed_before_its_end(world):
    answer = world.client(world.office).post(
        at(world, "period", key="2020-02"), {"do": "close", "without": "on"}
    )
    assert answer.status_code == 422
    assert "it can be closed from the day after" in text_of(answer)


def test_closing_without_late_returns_needs_the_tick(world):
    DemoClock.objects.update(today=date(2020, 3, 2))
    client = world.client(world.office)
    page = text_of(client.get(at(world, "period", key="2020-02")))
    assert "Close without them: the reports will name them" in page
    refused = client.post(at(world, "period", key="2020-02"), {"do": "close"})
    assert "2 programmes have not handed in a return: IT Enabler and Estates." in text_of(refused)
    done = client.post(
        at(world, "period", key="2020-02"), {"do": "close", "without": "on"}, follow=True
    )
    words = text_of(done)
    assert "February 2020 is closed and will not change. Its reports are being built." in words
    assert "Closed without a return of IT Enabler and Estates." in words


@pytest.mark.parametrize("who", ["lead", "sro", "member"])
def test_only_the_office_closes(world, who):
    DemoClock.objects.update(today=date(2020, 3, 2))
    client = world.client(getattr(world, who))
    page = client.get(at(world, "period", key="2020-02"))
    assert "Close February 2020" not in text_of(page)
    answer = client.post(at(world, "period", key="2020-02"), {"do": "close", "without": "on"})
    assert answer.status_code == 403
    assert Period.objects.get(pk=world.february.pk).state == PeriodState.OPEN


def test_the_periods_are_listed_newest_first(world):
    words = text_of(world.client(world.member).get(at(world, "periods")))
    assert words.index("February 2020") < words.index("January 2020")
    assert "0 of 2" in words


def test_the_office_opens_the_first_period_of_a_place(world, client):
    place = PlaceFactory(slug="new")
    client.force_login(MembershipFactory(place=place).user)
    address = reverse("periods", kwargs={"place": "new"})
    client.post(address, {"day": "5 April 2020"})
    assert Period.objects.get(place=place).key == "2020-04"


# --- The demonstration ------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_moving_the_clock_says_what_it_brought():
    from tests.integration.cycle.conftest import make_world

    world = make_world()
    answer = world.client(world.lead).post(
        reverse("demo-clock"), {"to": "2 March 2020", "next": "/"}, follow=True
    )
    words = text_of(answer)
    assert "The clock now stands at 2 March 2020." in words
    assert "Opened March 2020." in words
    assert "February 2020 is closing: returns are due 2 March 2020." in words
    assert "Reminded IT Enabler and Estates of the February 2020 return." in words


def test_the_clock_does_not_go_back(world):
    answer = world.client(world.lead).post(reverse("demo-clock"), {"to": "1 February 2020"})
    assert answer.status_code == 422
    assert "The clock only moves forward" in text_of(answer)


def test_the_clock_offers_the_days_one_wants_to_see(world):
    words = text_of(world.client(world.lead).get(reverse("demo-clock")))
    assert "The end of this month: 29 February 2020" in words
    assert "The first working day after it: 2 March 2020" in words


def test_elsewhere_the_demonstrations_pages_do_not_exist(world, settings):
    client = world.client(world.lead)
    settings.DEMO = False
    for name in ("demo-clock", "demo-mail"):
        assert client.get(reverse(name)).status_code == 404


def test_sent_mail_is_listed_and_read(world):
    client = world.client(world.lead)
    assert "No mail has been sent yet." in text_of(client.get(reverse("demo-mail")))
    mail = SentMail.objects.create(
        to="a@example.org", subject="Due", body="See http://testserver/x/", sent_at=NOW
    )
    assert "Due" in text_of(client.get(reverse("demo-mail")))
    read = client.get(reverse("demo-message", kwargs={"number": mail.pk}))
    assert '<a href="http://testserver/x/"' in read.content.decode()


# --- The front door -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "goes_to"),
    [
        ("lead", "/places/testshire/update/IT/"),
        ("sro", "/places/testshire/sign-off/"),
        ("office", "/places/testshire/"),
        ("member", "/places/testshire/reports/"),
    ],
)
def test_each_role_has_its_first_screen(world, who, goes_to):
    assert world.client(getattr(world, who)).get("/")["Location"] == goes_to


def test_a_lead_of_several_programmes_chooses_one(world):
    again = ProgrammeFactory(place=world.place)
    LeadershipFactory(programme=again, post=PostFactory(place=world.place, holder=world.lead))
    client = world.client(world.lead)
    assert client.get("/")["Location"] == "/places/testshire/update/"
    assert "IT Enabler" in text_of(client.get("/places/testshire/update/"))


def test_a_lead_who_also_signs_off_goes_where_something_waits(submitted):
    post = PostFactory(place=submitted.place, holder=submitted.sro)
    LeadershipFactory(programme=submitted.other, role=LeadershipRole.LEAD, post=post)
    client = submitted.client(submitted.sro)
    assert client.get("/")["Location"] == "/places/testshire/update/EST/"
    submitted.submit(by=submitted.sro, programme=submitted.other)
    assert client.get("/")["Location"] == "/places/testshire/sign-off/"


def test_somebody_of_two_places_chooses(world):
    MembershipFactory(place=PlaceFactory(name="Otherton"), user=world.office)
    assert "Otherton" in text_of(world.client(world.office).get("/"))


def test_somebody_without_a_role_is_told_whom_to_ask(db, client):
    client.force_login(UserFactory())
    assert "Ask an administrator of your place" in text_of(client.get("/"))


def test_statuses_typed_but_not_handed_in_are_there_next_month(world):
    DemoClock.objects.update(today=date(2020, 3, 2))
    world.record(world.items[2], rag="amber", reason="Draft")
    world.client(world.office).post(
        at(world, "period", key="2020-02"), {"do": "close", "without": "on"}
    )
    moved = Status.objects.get(item=world.items[2])
    assert (moved.period.key, moved.reason) == ("2020-03", "Draft")
