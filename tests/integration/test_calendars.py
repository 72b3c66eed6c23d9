"""Calendars of milestones: what they show, to whom, until when, and in what form."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from icp.common.models import DemoClock
from programmes.errors import CannotSave
from programmes.models import (
    BoardMember,
    CalendarFeed,
    ItemBoard,
    ItemKind,
    Leadership,
    Membership,
    PlanItem,
)
from programmes.services.feeds import MOST, make_feed
from tests.factories import (
    NOW,
    TODAY,
    BoardFactory,
    BoardMemberFactory,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    ProgrammeFactory,
    StatusFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def it():
    DemoClock.objects.create(today=TODAY)
    return ProgrammeFactory(code="IT", name="Information Technology")


@pytest.fixture
def board(it):
    return BoardFactory(place=it.place)


@pytest.fixture
def member(board):
    return BoardMemberFactory(board=board).user


@pytest.fixture
def milestone(it):
    return PlanItemFactory(
        programme=it, plan_id="11", position=1, kind=ItemKind.MILESTONE, name="Go live"
    )


def calendar_of(user, place, **shows):
    shows = shows or {"kind": "mine"}
    return make_feed(user=user, place=place, at=NOW, **shows).address.removeprefix(
        "http://testserver"
    )


def asked(client, address):
    return client.get("/" + address.split("/", 3)[3] if "://" in address else address)


def events(client, address):
    answer = asked(client, address)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_milestone_stands_on_its_agreed_day_and_moves_to_its_forecast(
    client, it, member, milestone
):
    PlanItemFactory(programme=it, plan_id="12", position=2, kind=ItemKind.TASK)
    PlanItemFactory(
        programme=it, plan_id="13", position=3, kind=ItemKind.MILESTONE, start=None, finish=None
    )
    PlanItemFactory(programme=it, plan_id="14", position=4, kind=ItemKind.MILESTONE, removed_at=NOW)
    address = calendar_of(member, it.place, kind="programme", programme=it)
    (event,) = events(client, address)
    assert event.decoded("dtstart") == date(2020, 2, 28)
    assert event.decoded("dtend") == date(2020, 2, 29)
    assert event["summary"] == "IT 11 Go live"
    assert "Agreed finish: 28 February 2020" in event["description"]
    uid = event["uid"]
    PlanItem.objects.filter(pk=milestone.pk).update(
        forecast_finish=date(2020, 4, 1), name="Go live later"
    )
    (again,) = events(client, address)
    assert (again.decoded("dtstart"), again["uid"]) == (date(2020, 4, 1), uid)
    assert again.decoded("dtstamp") is not None


def test_a_day_that_a_status_moves_comes_with_a_higher_sequence_and_a_later_stamp(
    client, it, member, milestone
):
    address = calendar_of(member, it.place, kind="programme", programme=it)
    (before,) = events(client, address)
    said_at = PlanItem.objects.get(pk=milestone.pk).changed_at + timedelta(days=3)
    StatusFactory(item=milestone, forecast_finish=date(2020, 4, 1), updated_at=said_at)
    (after,) = events(client, address)
    assert after.decoded("dtstart") == date(2020, 4, 1)
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("dtstamp") == said_at.replace(microsecond=0)


def test_text_is_escaped_and_folded_as_the_standard_says(client, it, member, milestone):
    name = 'Go; live, \\ "quoted" ünd ' + "é" * 200
    PlanItem.objects.filter(pk=milestone.pk).update(name=name)
    answer = asked(client, calendar_of(member, it.place, kind="programme", programme=it))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"Go\\; live\\, \\\\ " in answer.content
    assert answer.content.endswith(b"END:VCALENDAR\r\n")
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # No letter is cut in two.
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["summary"] == f"IT 11 {name}"


def test_line_ends_in_a_name_start_no_line_of_their_own(client, it, member, milestone):
    PlanItem.objects.filter(pk=milestone.pk).update(name="a\r\nATTACH:http://example.org")
    answer = asked(client, calendar_of(member, it.place, kind="programme", programme=it))
    assert b"\nATTACH" not in answer.content


def test_a_board_sees_what_goes_to_it_and_a_lead_their_own(client, it, board, member, milestone):
    lead = LeadershipFactory(programme=it).post.holder
    elsewhere = ProgrammeFactory(place=it.place, code="ES")
    other = PlanItemFactory(
        programme=elsewhere, plan_id="1", position=1, kind=ItemKind.MILESTONE, name="Doors"
    )
    assert events(client, calendar_of(member, it.place, kind="board", board=board)) == []
    ItemBoard.objects.create(item=other, board=board)
    (event,) = events(client, calendar_of(member, it.place, kind="board", board=board))
    assert event["summary"] == "ES 1 Doors"
    (mine,) = events(client, calendar_of(lead, it.place))
    assert mine["summary"] == "IT 11 Go live"
    assert events(client, calendar_of(member, it.place)) == []


def test_it_shows_nothing_after_one_has_left_the_place(client, it, member, milestone):
    address = calendar_of(member, it.place, kind="programme", programme=it)
    assert asked(client, address).status_code == 200
    BoardMember.objects.all().delete()
    assert asked(client, address).status_code == 404


def test_own_rows_leave_the_calendar_with_the_duty(client, it, milestone):
    duty = LeadershipFactory(programme=it)
    Membership.objects.create(place=it.place, user=duty.post.holder, role="risk owner")
    address = calendar_of(duty.post.holder, it.place)
    assert len(events(client, address)) == 1
    Leadership.objects.all().delete()
    assert events(client, address) == []


def test_a_closed_account_shows_nothing(client, it, member):
    address = calendar_of(member, it.place)
    member.is_active = False
    member.save()
    assert asked(client, address).status_code == 404


@pytest.mark.parametrize("secret", ["x", "a" * 43, "é", "x" * 5000])
def test_a_secret_that_nobody_has_shows_nothing(client, it, secret):
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_one_makes_a_calendar_sees_its_address_once_and_stops_it(
    client, it, board, member, milestone
):
    client.force_login(member)
    page = reverse("calendars", kwargs={"place": it.place.slug})
    assert "You have no calendars yet" in client.get(page).content.decode()
    made = client.post(page, {"shows": f"programme-{it.pk}"})
    address = made.context["made"].address
    assert address in made.content.decode()
    assert address not in client.get(page).content.decode()
    secret = address.rpartition("/")[2].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert secret not in str(vars(feed))
    assert len(events(client, address)) == 1
    assert CalendarFeed.objects.get().last_used_at is not None
    client.post(reverse("calendar-stop", kwargs={"place": it.place.slug, "pk": feed.pk}))
    assert asked(client, address).status_code == 404
    assert "You have no calendars yet" in client.get(page).content.decode()


def test_nobody_stops_anothers_calendar(client, it, member, board):
    address = calendar_of(member, it.place)
    client.force_login(BoardMemberFactory(board=board).user)
    pk = CalendarFeed.objects.get().pk
    answer = client.post(reverse("calendar-stop", kwargs={"place": it.place.slug, "pk": pk}))
    assert answer.status_code == 404
    assert asked(client, address).status_code == 200


@pytest.mark.parametrize("shows", ["", "programme-0", "board-x", "mine; drop"])
def test_what_is_not_offered_is_refused_in_words(client, it, member, shows):
    client.force_login(member)
    page = client.post(reverse("calendars", kwargs={"place": it.place.slug}), {"shows": shows})
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert not CalendarFeed.objects.exists()


def test_another_places_programme_is_refused(it, member):
    with pytest.raises(CannotSave):
        calendar_of(member, it.place, kind="programme", programme=ProgrammeFactory())


def test_nobody_has_more_calendars_than_they_can_look_after(it, member):
    for _ in range(MOST):
        calendar_of(member, it.place)
    with pytest.raises(CannotSave, match="20 calendars here already"):
        calendar_of(member, it.place)


def test_somebody_elsewhere_does_not_learn_of_the_page(client, it):
    client.force_login(MembershipFactory().user)
    assert client.get(reverse("calendars", kwargs={"place": it.place.slug})).status_code == 404
