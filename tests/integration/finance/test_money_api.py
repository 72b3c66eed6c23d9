"""Exposure, savings and agreements by the API: what the pages show, to who reads them."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from finance.models import Agreement, AgreementOption, AgreementParty, Contribution, SavingsScheme
from finance.services.exposure import add_risk
from programmes.models import PlaceRole
from tests.factories import NOW, MembershipFactory, PlaceFactory
from tests.integration.finance.test_month_end import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def money():
    found = Money()
    for side in ("risk", "opportunity"):
        values = {"title": "Prices", "full_value": 1000, "probability": 50, "weighted": 600}
        add_risk(
            month=found.month,
            organisation=found.partner,
            side=side,
            ref="",
            values=values,
            by=found.entrant(),
            at=NOW,
        )
    SavingsScheme.objects.create(
        organisation=found.partner,
        year=2019,
        name="Fewer journeys",
        saving_type="productivity",
        starts_on=date(2019, 4, 1),
        value=1200,
    )
    return found


def get(user, what, query=""):
    client = APIClient()
    client.force_authenticate(user)
    return client.get(f"/api/v1/{what}/hackney/{query}")


def test_risks_of_a_month_are_read_with_their_flags(money):
    found = get(money.lead, "financial-risks", "?year=2019/20&month=10&side=risk").json()
    [risk] = found["results"]
    assert (risk["weighted"], risk["weighted_computed"], risk["share_percent"]) == (
        "600.00",
        "500.00",
        "100",
    )
    assert len(risk["flags"]) == 1
    assert get(money.lead, "financial-risks").json()["count"] == 2
    assert get(money.lead, "financial-risks", "?partner=CCG").json()["count"] == 0


def test_savings_schemes_are_read(money):
    [scheme] = get(money.lead, "savings-schemes").json()["results"]
    assert (scheme["plan"], scheme["actual"], scheme["slippage"]) == ("1200.00", None, None)


def test_an_agreement_is_read_with_its_parts_and_dates(money):
    made = Agreement.objects.create(
        place=money.place, title="A pool", starts_on=date(2017, 4, 1), ends_on=date(2020, 3, 31)
    )
    AgreementParty.objects.create(agreement=made, organisation=money.partner, is_host=True)
    AgreementOption.objects.create(agreement=made, extends_to=date(2021, 3, 31))
    Contribution.objects.create(
        agreement=made, organisation=money.partner, year=2019, amount=79_000
    )
    [found] = get(money.runner, "agreements").json()["results"]
    assert (found["ends_on"], found["ends_at_latest"]) == ("2020-03-31", "2021-03-31")
    assert found["parties"] == [{"organisation": "LBH", "is_host": True}]
    assert found["contributions"][0]["amount"] == "79000.00"
    assert {"day": "2020-02-29", "what": "Decide whether to extend to 31 Mar 2021"} in found[
        "dates"
    ]


@pytest.mark.parametrize(
    "query",
    [
        "?year=2019",
        "?month=13",
        "?year=2019/20&month=x",
        "?year=2001/02&month=1",
        "?side=wall",
        "?colour=red",
    ],
)
def test_what_cannot_be_asked_is_named(money, query):
    answer = get(money.lead, "financial-risks", query)
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_figures_in_hand_and_the_money_itself_are_invisible_to_others(money):
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    assert get(office, "financial-risks").json()["count"] == 0
    assert get(office, "savings-schemes").json()["count"] == 0
    governance = MembershipFactory(place=money.place, role=PlaceRole.GOVERNANCE).user
    elsewhere = MembershipFactory(place=PlaceFactory()).user
    for what in ("financial-risks", "savings-schemes", "agreements"):
        assert get(governance, what).status_code == 404
        assert get(elsewhere, what).status_code == 404
