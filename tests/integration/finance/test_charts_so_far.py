"""The charts of a month that is open: of what its reader may see so far, and marked so."""

import re
from decimal import Decimal

import pytest

from finance import services
from finance.exporters.content import report_content
from finance.models import BudgetLine, Position, Submission
from finance.rules.years import FinanceMonthKey
from finance.services.exposure import add_risk
from programmes.models import FinanceLead, Organisation
from tests.factories import NOW, UserFactory
from tests.integration.finance.test_month_end import FIGURES, Money, words

pytestmark = pytest.mark.django_db


class Months(Money):
    """Two partners; month 9 is closed with the figures of both."""

    def __init__(self):
        super().__init__()
        self.city = Organisation.objects.create(place=self.place, name="City", short_name="CoLC")
        self.city_lead = UserFactory(name="CoLC Finance Lead")
        FinanceLead.objects.create(organisation=self.city, user=self.city_lead)
        self.homes = BudgetLine.objects.create(
            organisation=self.city, year=2019, fund="pooled", name="Homes", opening_budget=3000
        )
        before = services.open_month(place=self.place, key=FinanceMonthKey(2019, 9))
        for line in (self.care, self.capital, self.homes):
            said(line, before, 1000, 700, 710, 1020)
        for partner, lead in ((self.partner, self.lead), (self.city, self.city_lead)):
            accepted(before, partner, lead, self.runner)

    def page(self, user):
        return words(self.client(user).get(self.month_address))


def said(line, month, *figures):
    values = dict(zip(FIGURES, map(Decimal, figures), strict=True))
    return Position.objects.create(line=line, month=month, entered_at=NOW, **values)


def accepted(month, partner, lead, runner):
    return Submission.objects.create(
        month=month,
        organisation=partner,
        state="accepted",
        submitted_by=lead,
        submitted_at=NOW,
        accepted_by=runner,
        accepted_at=NOW,
    )


@pytest.fixture
def money():
    return Months()


def drawn(page):
    return re.findall(r'id="chart-([\w-]+)"', page)


def test_a_finance_lead_sees_their_own_months_drawn_and_marked_as_not_closed(money):
    money.enter_all()
    page = money.page(money.lead)
    assert "Charts so far" in page
    assert "Not closed." in page
    assert "So far, of LBH: the month is not closed, and the figures may change." in page
    assert "Left out: CoLC, which has lines that do not stand here yet." in page
    assert drawn(page) == ["variance", "run-rate", "bridge"]
    # Two lines each 20 over in month 9, none in month 10; the other partner's are in no sum.
    assert "Now: LBH 0. Unfavourable is in brackets." in page
    assert "On average 0 a month was spent up to now" in page


def test_the_range_is_drawn_once_a_risk_is_entered(money):
    money.enter_all()
    add_risk(
        month=money.month,
        organisation=money.partner,
        side="risk",
        ref="1",
        values={"title": "Prices", "full_value": 8000, "weighted": 4000},
        by=money.entrant(),
        at=NOW,
    )
    page = money.page(money.lead)
    assert drawn(page)[-1] == "range"
    assert "it may end between (4) and 0." in page


def test_figures_in_others_hands_are_in_no_chart(money):
    money.enter_all()
    for reader in (money.city_lead, money.runner):
        assert drawn(money.page(reader)) == []
    money.submit()
    assert "So far, of LBH" in money.page(money.runner)
    assert "So far, of LBH" not in money.page(money.city_lead)
    money.accept()
    assert "So far, of LBH" in money.page(money.city_lead)


def test_a_partner_with_a_line_that_is_not_entered_is_not_drawn_yet(money):
    money.enter(money.care, 1000, 800, 800, 1000)
    page = money.page(money.lead)
    assert drawn(page) == []
    assert "They are drawn once all lines of a partner are entered and stand here." in page


def test_once_all_partners_stand_there_their_sum_is_of_all(money):
    money.enter_all()
    money.submit()
    money.accept()
    said(money.homes, money.month, 3000, 2500, 2600, 3100)
    accepted(money.month, money.city, money.city_lead, money.runner)
    page = money.page(money.lead)
    assert "So far, of LBH and CoLC: the month is not closed" in page
    assert "Now: LBH 0; CoLC 0; All partners 0." in page
    assert "Left out" not in page


def test_a_closed_months_page_draws_nothing_so_far(money):
    money.enter_all()
    money.submit()
    money.accept()
    page = money.page(money.lead).count("Charts so far")
    assert page == 1
    services.close_month(
        month=money.month.__class__.objects.get(number=9),
        by=money.runner,
        at=NOW,
        today=money.month.month.ends_on,
    )
    services.close_month(
        month=money.month,
        by=money.runner,
        at=NOW,
        today=money.month.month.after.ends_on,
        without_late_partners=True,
    )
    assert "Charts so far" not in money.page(money.lead)


def test_the_draft_of_an_open_months_report_draws_this_month_too(money):
    money.enter_all()
    trend = report_content(month=money.month)["trend"]
    assert [(one["month"], one["organisation"]) for one in trend] == [
        (9, "LBH"),
        (9, "CoLC"),
        (10, "LBH"),
    ]


def test_the_page_of_an_open_month_asks_few_questions(money, django_assert_max_num_queries):
    money.enter_all()
    client = money.client(money.lead)
    client.get(money.month_address)
    with django_assert_max_num_queries(25):
        assert client.get(money.month_address).status_code == 200
