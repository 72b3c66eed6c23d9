"""The page of a place's calendar: read by everybody of the place, kept by the office, never moving a date."""

from datetime import date

import pytest

from icp.audit.models import Change
from icp.common.models import DemoClock
from programmes import selectors
from programmes.models import Place, PlanItem
from programmes.services.working_days import set_calendar
from tests.factories import (
    TODAY,
    BoardMemberFactory,
    MembershipFactory,
    PlaceFactory,
    PlanItemFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/places/testshire/working-days/"
EVE, MAY = date(2020, 12, 24), date(2020, 5, 8)


@pytest.fixture
def place():
    DemoClock.objects.create(today=TODAY)
    return PlaceFactory(slug="testshire", holidays=Place.Holidays.NONE)


@pytest.fixture
def office(client, place):
    client.force_login(MembershipFactory(place=place).user)
    return client


def seen(client):
    return client.get(PAGE).context["form"].initial["seen"]


def keep(client, tag=None, **said):
    said = {"holidays": "england", "closed": "", "worked": "", **said}
    return client.post(PAGE, {"seen": seen(client) if tag is None else tag, **said})


def test_bank_holidays_are_turned_on_and_no_date_moves(office, place):
    item = PlanItemFactory(programme__place=place, start=None, finish=date(2020, 4, 10))
    answer = keep(office)
    assert (answer.status_code, answer.url) == (302, PAGE)
    place.refresh_from_db()
    assert date(2020, 4, 10) in selectors.holidays_of(place)
    assert PlanItem.objects.get(pk=item.pk).finish == date(2020, 4, 10)
    assert "10 Apr 2020" in office.get(PAGE).content.decode()
    change = Change.objects.filter(kind="programmes.place", object_id=place.pk).latest("pk")
    assert (change.way, "place.holidays" in change.fields) == ("page", True)


def test_days_are_typed_in_any_usual_form_and_shown_one_a_line(office, place):
    assert (
        keep(office, closed="24/12/2020\r\n31 Dec 20, 4.1.21", worked="8/5/2020").status_code == 302
    )
    place.refresh_from_db()
    assert place.closed_days == [EVE, date(2020, 12, 31), date(2021, 1, 4)]
    assert place.worked_holidays == [MAY]
    shown = office.get(PAGE).content.decode()
    assert "24 December 2020\n31 December 2020\n4 January 2021" in shown


def test_a_day_that_is_taken_out_is_as_usual_again(office, place):
    keep(office, closed="24/12/2020", worked="8/5/2020")
    keep(office)
    place.refresh_from_db()
    assert (place.closed_days, place.worked_holidays) == ([], [])


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"closed": "31/2/2020"}, "closed", "not in the calendar"),
        ({"closed": "26/12/2020"}, "closed", "26 December 2020: no working day of the place"),
        ({"worked": "24/12/2020"}, "worked", "no bank holiday that the place keeps"),
        ({"closed": "8/5/2020", "worked": "8/5/2020"}, "worked", "both closed and worked"),
        ({"closed": "1/1/2060"}, "closed", "write days of 2010 to 2050"),
        ({"closed": "a\x00b"}, "closed", "Null characters"),
        ({"closed": "1/2/2020\n" * 1000}, "closed", "at most 400 days"),
        ({"closed": "x" * 1_000_000}, "closed", "at most 20000"),
        ({"holidays": "france"}, "holidays", "not one of the available choices"),
        ({"holidays": ""}, "holidays", "Choose which bank holidays"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    office, place, said, field, sentence
):
    answer = keep(office, **said)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert Place.objects.get(pk=place.pk).holidays == "none"
    if said.get("closed") == "31/2/2020":
        assert "31/2/2020" in answer.content.decode()


def test_the_second_saver_sees_both_and_chooses(office, place):
    old = seen(office)
    set_calendar(place=place, closed=[EVE])
    answer = keep(office, old, closed="31/12/2020")
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Two people changed the calendar" in shown
    assert "Closed besides: <strong>24 December 2020</strong>" in shown
    assert "31/12/2020</textarea>" in shown
    place.refresh_from_db()
    assert place.closed_days == [EVE]
    again = answer.context["form"].data["seen"]
    assert keep(office, again, closed="31/12/2020").status_code == 302
    place.refresh_from_db()
    assert place.closed_days == [date(2020, 12, 31)]


def test_who_only_reads_sees_it_and_is_told_who_keeps_it(client, place):
    client.force_login(BoardMemberFactory(board__place=place).user)
    shown = client.get(PAGE).content.decode()
    assert "The programme office changes them." in shown
    assert "<textarea" not in shown
    assert keep(client, "").status_code == 403
    assert PAGE in client.get("/places/testshire/periods/").content.decode()


def test_another_places_calendar_is_not_there(client, place):
    client.force_login(MembershipFactory().user)
    assert client.get(PAGE).status_code == 404
