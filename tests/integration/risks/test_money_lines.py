"""Risks that hang together with a line of the money: one line of a partner, the same in every year."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finance.models import BudgetLine
from programmes.models import FinanceLead, Organisation
from risks import services
from risks.models import Link
from tests.factories import TODAY, CoverFactory
from tests.integration.risks.conftest import raised

JSON = {"content_type": "application/json"}
API = "/api/v1/risk-links/"
PAGE = "/places/testshire/risks/IT1/"


@pytest.fixture
def risk(world):
    return raised(world)


@pytest.fixture
def partner(world):
    return Organisation.objects.create(place=world.place, name="A council", short_name="AC")


@pytest.fixture
def line(world, partner):
    return BudgetLine.objects.create(
        organisation=partner, year=2019, fund="pooled", workstream=world.programme
    )


def test_a_risk_tied_to_a_line_leads_who_reads_the_money_to_that_line(world, risk, line):
    office = world.client(world.office)
    assert str(line) in office.get(f"{PAGE}links/new/").content.decode()
    assert office.post(f"{PAGE}links/new/", {"line": line.pk}).status_code == 302
    tied = Link.objects.get()
    assert (tied.organisation_id, tied.fund, tied.workstream_id) == (
        line.organisation_id,
        "pooled",
        line.workstream_id,
    )
    address = f'href="/places/testshire/money/lines/{line.pk}/"'
    with CaptureQueriesContext(connection) as captured:
        assert address in office.get(PAGE).content.decode()
    assert len(captured) <= 25
    reader = world.client(world.member).get(PAGE).content.decode()
    assert address not in reader
    assert "One line of the money of A council" in reader


def test_the_link_leads_to_the_line_of_the_year_at_hand(world, risk, line):
    office = world.client(world.office)
    office.post(f"{PAGE}links/new/", {"line": line.pk})
    before = BudgetLine.objects.create(
        organisation=line.organisation, year=2018, fund="pooled", workstream=line.workstream
    )
    to_come = BudgetLine.objects.create(
        organisation=line.organisation, year=2020, fund="pooled", workstream=line.workstream
    )
    page = office.get(PAGE).content.decode()
    assert f"/money/lines/{line.pk}/" in page
    for other in (before, to_come):
        assert f"/money/lines/{other.pk}/" not in page


def test_a_line_without_a_workstream_is_known_by_its_name(world, risk, partner):
    reserve = BudgetLine.objects.create(
        organisation=partner, year=2019, fund="aligned", name="Reserves"
    )
    client = world.client(world.office)
    made = client.post(API, {"risk": risk.pk, "line": reserve.pk}, **JSON).json()
    assert (made["organisation"], made["fund"], made["line_name"], made["workstream"]) == (
        "AC",
        "aligned",
        "Reserves",
        None,
    )
    again = client.post(API, {"risk": risk.pk, "line": reserve.pk}, **JSON)
    assert again.json()["id"] == made["id"]
    assert client.get(f"{API}?fund=aligned").json()["count"] == 1


def test_a_line_that_one_does_not_read_or_of_another_place_is_refused(world, risk, line):
    from tests.integration.cycle.conftest import make_world

    elsewhere = Organisation.objects.create(
        place=make_world("elsewhere").place, name="Other", short_name="O"
    )
    other = BudgetLine.objects.create(organisation=elsewhere, year=2019, fund="pooled", name="X")
    office, lead = world.client(world.office), world.client(world.lead)
    both = {"risk": risk.pk, "line": line.pk, "organisation": "AC"}
    for client, body in (
        (office, {"risk": risk.pk, "line": other.pk}),
        (office, both),
        (lead, {"risk": risk.pk, "line": line.pk}),
    ):
        refused = client.post(API, body, **JSON)
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["line"])
    assert not Link.objects.exists()


def test_who_does_not_read_the_money_is_told_no_fund_and_no_line(world, risk, partner):
    """By the API, by its filter, and by the history of the risk."""
    line = BudgetLine.objects.create(
        organisation=partner, year=2019, fund="aligned", name="Bad debts"
    )
    office, reader = world.client(world.office), world.client(world.member)
    office.post(API, {"risk": risk.pk, "line": line.pk}, **JSON)
    told = [client.get(API).json()["results"][0] for client in (office, reader)]
    assert [(one["fund"], one["line_name"]) for one in told] == [("aligned", "Bad debts"), ("", "")]
    assert told[1]["organisation"] == "AC"
    counts = [client.get(f"{API}?fund=aligned").json()["count"] for client in (office, reader)]
    assert counts == [1, 0]
    histories = [client.get(f"{PAGE}history/").content.decode() for client in (office, reader)]
    assert [("Bad debts" in one, "aligned" in one) for one in histories] == [
        (True, True),
        (False, False),
    ]
    assert "A council" in histories[1]


def test_a_finance_lead_and_who_covers_for_one_are_told_the_line(world, risk, line):
    FinanceLead.objects.create(organisation=line.organisation, user=world.member)
    CoverFactory(
        place=world.place,
        person=world.member,
        deputy=world.other_lead,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    world.client(world.office).post(API, {"risk": risk.pk, "line": line.pk}, **JSON)
    for person, fund in (
        (world.member, "pooled"),
        (world.other_lead, "pooled"),
        (world.lead, ""),
    ):
        assert world.client(person).get(API).json()["results"][0]["fund"] == fund


def test_a_link_goes_on_to_what_its_line_is_called_now(world, risk, partner):
    """Renamed with the new year, while another partner has that year's lines only later or earlier."""
    reserve = BudgetLine.objects.create(
        organisation=partner, year=2018, fund="aligned", name="Reserves"
    )
    services.add_link(
        risk=risk,
        organisation=partner,
        fund="aligned",
        line_name="Reserves",
        by=world.lead,
    )
    office = world.client(world.office)
    other = Organisation.objects.create(place=world.place, name="A trust", short_name="AT")
    BudgetLine.objects.create(organisation=other, year=2019, fund="pooled", name="Beds")
    assert f"/money/lines/{reserve.pk}/" in office.get(PAGE).content.decode()
    renamed = BudgetLine.objects.create(
        organisation=partner, year=2019, fund="aligned", name="Contingency"
    )
    renamed.continues.add(reserve)
    assert f"/money/lines/{renamed.pk}/" in office.get(PAGE).content.decode()


def test_of_a_line_that_was_merged_within_the_year_only_the_later_part_is_offered(
    world, risk, partner, line
):
    line.to_month = 6
    line.save()
    merged = BudgetLine.objects.create(
        organisation=partner, year=2019, fund="pooled", name="All of it", from_month=7
    )
    merged.continues.add(line)
    page = world.client(world.office).get(f"{PAGE}links/new/").content.decode()
    assert str(merged) in page
    assert str(line) not in page
