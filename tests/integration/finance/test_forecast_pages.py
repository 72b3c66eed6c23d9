"""A partner's forecasts three ways, on a page and in a file."""

import pytest
from django.urls import reverse

from finance import services
from finance.models import BudgetLine, FinanceMonth, Position, Submission
from finance.rules.years import FinanceMonthKey
from programmes.models import PlaceRole
from tests.factories import NOW, MembershipFactory
from tests.integration.finance.test_month_end import Money, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def money():
    return Money()


def address(money, name="month-end-forecasts", **more):
    where = {"place": "hackney", "year": "2019-20", "month_number": 10, "partner": money.partner.pk}
    return reverse(name, kwargs={**where, **more})


def last_year(money, *spent, state="accepted", renamed=""):
    """A line of the year before that ``care`` continues, with what it had spent by month 10 and by month 12."""
    line = BudgetLine.objects.create(
        organisation=money.partner, year=2018, fund="pooled", name="Care"
    )
    at_end = line
    if renamed:
        at_end = BudgetLine.objects.create(
            organisation=money.partner, year=2018, fund="pooled", name=renamed, from_month=11
        )
        at_end.continues.add(line)
    money.care.continues.add(at_end)
    for number, actual in zip((10, 12), spent, strict=True):
        month = FinanceMonth.objects.create(place=money.place, year=2018, number=number)
        stood = line if number == 10 else at_end
        Position.objects.create(line=stood, month=month, ytd_actual=actual, entered_at=NOW)
        Submission.objects.create(
            month=month,
            organisation=money.partner,
            state=state,
            submitted_by=money.lead,
            submitted_at=NOW,
            accepted_by=money.runner if state == "accepted" else None,
            accepted_at=NOW if state == "accepted" else None,
        )
        month.state, month.closed_by, month.closed_at = "closed", money.runner, NOW
        month.save()


def test_a_line_is_reckoned_three_ways_and_the_leads_own_stays(money):
    last_year(money, 75_000, 100_000)
    money.enter(money.care, 1000_000, 800_000, 900_000, 1000_000)
    page = words(money.client(money.lead).get(address(money)))
    for figure in ("1,080", "(80)", "1,200", "(200)"):
        assert f">{figure}<" in page
    assert Position.objects.get(line=money.care).forecast_outturn == 1000_000


def test_a_month_that_closed_without_the_partner_is_no_last_year_of_it(money):
    last_year(money, 75_000, 100_000, state="submitted")
    money.enter(money.care, 1000_000, 800_000, 900_000, 1000_000)
    assert "there is no last year of these lines" in words(
        money.client(money.lead).get(address(money))
    )


def test_a_line_that_was_renamed_during_last_year_is_followed(money):
    last_year(money, 75_000, 100_000, renamed="Home care")
    money.enter(money.care, 1000_000, 800_000, 900_000, 1000_000)
    assert ">1,200<" in words(money.client(money.lead).get(address(money)))


def test_a_line_that_was_renamed_this_year_is_followed(money):
    last_year(money, 75_000, 100_000)
    money.capital.continues.set([money.care])
    money.enter(money.capital, 1000_000, 800_000, 900_000, 1000_000)
    assert ">1,200<" in words(money.client(money.lead).get(address(money)))


def test_without_last_year_the_page_says_so(money):
    money.enter(money.care, 1000_000, 800_000, 900_000, 1000_000)
    assert "there is no last year of these lines" in words(
        money.client(money.lead).get(address(money))
    )


def test_the_file_holds_the_same_in_pounds(money):
    last_year(money, 75, 100)
    money.enter(money.care, 1000, 800, 900, 1000)
    rows = b"".join(
        money.client(money.lead).get(address(money, "month-end-forecasts-download", fmt="csv"))
    )
    assert b"Pooled,Care,1000.00,900.00,1000.00,1080.00,-80.00,1200.00,-200.00" in rows


def test_figures_in_hand_are_nobody_elses(money):
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    assert money.client(office).get(address(money)).status_code == 404
    services.open_month(place=money.place, key=FinanceMonthKey(2019, 10))
    assert money.client(money.lead).get(address(money)).status_code == 200
