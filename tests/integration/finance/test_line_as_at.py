"""A line of the money read as it stood at a moment, by who may read it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from finance import services
from finance.models import BudgetLine, Position
from icp.common.models import DemoClock
from programmes.models import FinanceLead, Organisation, PlaceRole
from tests.factories import NOW, MembershipFactory, UserFactory
from tests.integration.finance.test_month_end import FIGURES, Money, words

pytestmark = pytest.mark.django_db


def on(day):
    DemoClock.objects.update_or_create(only=True, defaults={"today": day})


@pytest.fixture
def money():
    """On 3 February the line was called Care and forecast 1,000; on the 10th it was renamed and forecast 1,200."""
    on(date(2020, 2, 3))
    found = Money()
    found.enter(found.care, 1000, 800, 810, 1000)
    on(date(2020, 2, 10))
    Position.objects.filter(line=found.care).update(forecast_outturn=Decimal(1200))
    BudgetLine.objects.filter(pk=found.care.pk).update(name="Care at home")
    on(date(2020, 2, 14))
    return found


def page(money, user, moment=None):
    address = reverse("money-line", kwargs={"place": "hackney", "line": money.care.pk})
    return money.client(user).get(address, {"as-at": moment} if moment else {})


def test_a_line_is_read_as_it_stood(money):
    then = words(page(money, money.lead, "2020-02-05"))
    assert "As it stood at 5 Feb 2020, 23:59" in then
    assert "1,000.00" in then
    assert "1,200.00" not in then
    assert "Care at home" not in then
    now = words(page(money, money.lead))
    assert "1,200.00" in now
    assert "Care at home" in now
    assert "As it stood at" not in now


def test_a_position_is_read_as_it_stood_by_the_api(money):
    client = APIClient()
    client.force_authenticate(money.lead)
    [now] = client.get("/api/v1/positions/").json()["results"]
    [then] = client.get("/api/v1/positions/?as_at=2020-02-05&fund=pooled").json()["results"]
    assert (now["forecast_outturn"], then["forecast_outturn"]) == ("1200.00", "1000.00")
    alone = client.get(f"/api/v1/positions/{now['id']}/?as_at=2020-02-05")
    assert alone.json() == then
    assert "ETag" not in alone.headers
    assert client.get("/api/v1/positions/?as_at=2020-02-01").json()["count"] == 0
    stranger = APIClient()
    stranger.force_authenticate(MembershipFactory(place=money.place, role=PlaceRole.FINANCE).user)
    assert stranger.get("/api/v1/positions/?as_at=2020-02-05").json()["count"] == 0


def test_before_there_was_such_a_line_there_is_no_page(money):
    assert page(money, money.lead, "2020-02-01").status_code == 404


def test_a_moment_that_cannot_be_read_is_named(money):
    answer = page(money, money.lead, "soon")
    assert answer.status_code == 400
    assert "There is a problem" in words(answer)


def test_another_partner_reads_then_only_what_was_accepted_then(money):
    stranger = UserFactory()
    other = Organisation.objects.create(place=money.place, name="Trust", short_name="HUH")
    FinanceLead.objects.create(organisation=other, user=stranger)
    on(date(2020, 2, 15))
    Position.objects.filter(line=money.care).update(forecast_outturn=Decimal(1000))
    money.enter(money.capital, 1000, 800, 800, 1000)
    totals = zip(FIGURES, map(Decimal, (2000, 1600, 1610, 2000)), strict=True)
    services.save_ledger_totals(
        month=money.month,
        organisation=money.partner,
        totals=dict(totals),
        answer="",
        by=money.entrant(),
        expected_version=1,
    )
    money.submit()
    money.accept()
    on(date(2020, 2, 20))
    assert "810.00" in words(page(money, stranger))
    assert "810.00" in words(page(money, stranger, "2020-02-16"))
    assert "810.00" not in words(page(money, stranger, "2020-02-12"))
    assert "810.00" in words(page(money, money.lead, "2020-02-12"))


def test_the_budget_of_then_is_of_the_virements_approved_by_then(money):
    on(date(2020, 2, 16))
    made = services.propose_virement(
        place=money.place,
        year=2019,
        from_month=10,
        amounts={money.care.pk: Decimal("-300"), money.capital.pk: Decimal(300)},
        reason="A lift.",
        by=money.lead,
        at=NOW,
    )
    on(date(2020, 2, 18))
    services.decide_virement(
        virement=made, approve=True, by=money.runner, at=NOW, expected_version=1
    )
    on(date(2020, 2, 20))
    assert "A lift." in words(page(money, money.lead))
    assert "A lift." in words(page(money, money.lead, "2020-02-19"))
    assert "A lift." not in words(page(money, money.lead, "2020-02-17"))
