"""Change control in a browser: a re-baseline by two people, told in the month's exception report."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from boards.models import Report
from boards.services import build_report
from programmes import services
from programmes.models import Period
from programmes.services.baselines import agree_baseline
from tests.factories import NOW
from tests.functional.axe import assert_accessible, assert_fits
from tests.integration.cycle.conftest import World, make_world


@pytest.fixture
def world(transactional_db) -> World:
    world = make_world()
    agree_baseline(programme=world.programme, items=world.items)
    return world


def looked_at(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def close_february(world: World) -> Report:
    february = Period.objects.get(pk=world.february.pk)
    services.close_period(
        period=february,
        by=world.office,
        at=NOW,
        today=date(2020, 3, 2),
        without_late_returns=True,
    )
    return build_report(report=Report.objects.get(period=february, kind="exceptions"), at=NOW)


def test_a_rebaseline_by_two_people_shows_in_the_exception_report(world, sign_in, live_server):
    place = f"{live_server.url}/places/{world.place.slug}/"
    lead = sign_in(world.lead)
    lead.goto(f"{place}rows/IT/11/")
    expect(lead.locator(".nhsuk-back-link", has_text="IT Enabler")).to_be_visible()
    lead.get_by_role("button", name="Edit this row").click()
    looked_at(lead)
    lead.get_by_label("Finish").fill("31 March 2020")
    lead.get_by_role("button", name="Save", exact=True).click()
    looked_at(lead)
    lead.get_by_role("link", name="Change it", exact=True).click()
    looked_at(lead)
    lead.get_by_label("What is to change").fill("Parts after the winter")
    lead.get_by_label("Why").fill("The supplier delivers in March.")
    lead.get_by_role("button", name="Save", exact=True).click()
    lead.get_by_role("button", name="Propose it").click()
    expect(lead.get_by_role("link", name="Say who was consulted: “None”")).to_be_visible()
    looked_at(lead)
    lead.get_by_role("button", name="Say “None” where nothing is said").click()
    lead.get_by_role("button", name="Propose it").click()
    lead.get_by_role("button", name="Agree for the programme").click()
    expect(lead.get_by_text("You have agreed to CR 1.").first).to_be_visible()
    expect(lead.get_by_role("button", name="Agree for the programme office")).to_have_count(0)
    lead.context.clear_cookies()

    office = sign_in(world.office)
    office.goto(place)
    office.get_by_role("link", name="1 change request waits for you").click()
    looked_at(office)
    office.get_by_role("link", name="CR 1: Parts after the winter").click()
    expect(office.locator("del").filter(has_text="30 Nov 2019")).to_be_visible()
    looked_at(office)
    office.get_by_role("button", name="Agree for the programme office").click()
    expect(office.get_by_text("Agreed for the programme office")).to_be_visible()

    report = close_february(world)
    office.goto(f"{place}reports/2020-02/exceptions/")
    expect(office.get_by_text(f"Agreed by change control in {report.period.name}")).to_be_visible()
    expect(office.get_by_text("IT 11 from 30 Nov 2019 to 31 Mar 2020")).to_be_visible()
    late = office.locator(".icp-ask").filter(
        has_text="in total 4 months 1 day beyond the finish first agreed"
    )
    expect(late).to_contain_text("30 November 2019")
