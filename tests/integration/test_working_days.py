"""A place's calendar: bank holidays, days on which it is closed besides, and holidays on which it works."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from icp.audit.models import Change
from icp.common.workingdays import working_days
from programmes import selectors
from programmes.models import Place, PlanItem
from programmes.services.bulk import shift_rows
from tests.factories import NOW, TODAY, LeadershipFactory, PlaceFactory, PlanItemFactory

pytestmark = pytest.mark.django_db
EVE, MAY = date(2020, 12, 24), date(2020, 5, 8)


@pytest.fixture
def place():
    return PlaceFactory(slug="testshire", holidays=Place.Holidays.ENGLAND)


def said(*words):
    out = StringIO()
    call_command("working_days", "--place", "testshire", *words, stdout=out)
    return out.getvalue()


def days_of(place, start, finish):
    place.refresh_from_db()
    return working_days(start, finish, selectors.holidays_of(place))


def test_a_day_on_which_the_place_is_closed_counts_no_more(place):
    week = (date(2020, 12, 21), date(2020, 12, 28))
    assert days_of(place, *week) == 4
    assert "Closed besides: 24 December 2020." in said("--closed", "24/12/2020")
    assert days_of(place, *week) == 3
    said("--usual", "24 Dec 20")
    assert days_of(place, *week) == 4


def test_a_bank_holiday_on_which_people_work_counts(place):
    assert days_of(place, MAY, MAY) == 0
    assert "Worked all the same: 8 May 2020." in said("--worked", "8/5/2020")
    assert days_of(place, MAY, MAY) == 1


def test_without_bank_holidays_a_place_may_be_closed_too(place):
    said("--holidays", "none", "--closed", "24/12/2020, 25/12/2020")
    assert days_of(place, date(2020, 12, 21), date(2020, 12, 28)) == 4


def test_dates_that_are_shifted_pass_over_it_and_no_other_moves(place):
    item = PlanItemFactory(programme__place=place, start=None, finish=date(2020, 12, 23))
    other = PlanItemFactory(programme=item.programme, start=None, finish=EVE)
    said("--closed", "24/12/2020")
    place.refresh_from_db()
    shift_rows(
        programme=item.programme,
        seen={item.pk: item.version},
        days=1,
        holidays=selectors.holidays_of(place),
        by=LeadershipFactory(programme=item.programme).post.holder,
        at=NOW,
        today=TODAY,
    )
    # The 25th and the 28th are bank holidays.
    assert PlanItem.objects.get(pk=item.pk).finish == date(2020, 12, 29)
    assert PlanItem.objects.get(pk=other.pk).finish == EVE


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--closed", "26/12/2020"], "26 December 2020: no working day of the place anyway"),
        (["--worked", "24/12/2020"], "24 December 2020: no bank holiday that the place keeps"),
        (["--closed", "8/5/2020", "--worked", "8/5/2020"], "cannot be both closed and worked"),
        (["--closed", "31/2/2020"], "is not in the calendar"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(place, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        said(*words)
    place.refresh_from_db()
    assert (place.closed_days, place.worked_holidays) == ([], [])


def test_who_says_it_twice_says_it_once_and_it_is_in_the_history(place):
    said("--closed", "24/12/2020")
    assert said("--closed", "24/12/2020").count("24 December 2020") == 1
    change = Change.objects.filter(kind="programmes.place", object_id=place.pk).latest("pk")
    assert (change.way, "closed_days" in str(change.changes)) == ("command", True)
