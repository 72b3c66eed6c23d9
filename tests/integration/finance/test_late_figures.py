"""Late figures: they stand in the month that is open, and the closed month that they put right says where."""

import pytest

from finance.models import BudgetLine, FinanceMonth
from programmes.models import FinanceLead, Organisation
from tests.factories import UserFactory
from tests.integration.finance.test_month_end import Money, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def money():
    """Month 10 is closed; month 11 says of one line what of month 10 it puts right."""
    found = Money()
    found.enter_all()
    found.submit()
    found.accept()
    found.close()
    closed, found.month = found.month, FinanceMonth.objects.get(number=11)
    late = {"corrects": closed, "correction": "Two invoices of the winter."}
    found.enter(found.care, 1000, 900, 950, 1000, **late)
    return found


SAID = "LBH, Care</a> in Month 11, February 2020: Two invoices of the winter."


def test_a_closed_month_says_what_was_put_right_since_to_who_reads_those_figures(money):
    assert SAID in words(money.client(money.lead).get(money.month_address))
    assert "Put right in later months" not in words(
        money.client(money.runner).get(money.month_address)
    )


def test_the_lines_behind_a_sum_say_what_they_put_right(money):
    lines = money.month_address.replace("/10/", "/11/") + "lines/"
    page = words(money.client(money.lead).get(lines))
    assert "Puts right Month 10, January 2020: Two invoices of the winter." in page
    file = money.client(money.lead).get(f"{lines[:-1]}.csv").getvalue().decode()
    assert "Two invoices of the winter." in file


def test_another_partners_figures_in_hand_are_not_told_by_the_month_they_put_right(money):
    city = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    BudgetLine.objects.create(organisation=city, year=2019, fund="pooled", name="Homes")
    stranger = FinanceLead.objects.create(organisation=city, user=UserFactory()).user
    assert "Two invoices" not in words(money.client(stranger).get(money.month_address))
