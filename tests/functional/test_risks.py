"""A risk in a browser: raised to 15 it escalates by itself, stands in the report, and comes back by decision."""

from datetime import date, timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from icp.common.outbox import OutgoingMail
from programmes.models import Period
from programmes.services import close_period
from risks.models import RiskReport
from risks.services import reports
from tests.factories import NOW
from tests.functional.axe import assert_accessible, assert_fits
from tests.integration.cycle.conftest import World, make_world


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


def choose(page: Page, label: str, step: int) -> None:
    box = page.get_by_label(label, exact=True)
    words = box.locator("option").filter(has_text=f"{step}: ").first.text_content() or ""
    box.select_option(label=words)


def fits_and_is_accessible(page: Page) -> None:
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_risk_escalates_by_itself_and_comes_back_by_decision(world, sign_in, live_server):
    base = f"{live_server.url}/places/testshire/risks/"
    page = sign_in(world.lead)
    page.goto(base)
    expect(page.get_by_text("No open risk stands here.")).to_be_visible()
    page.get_by_role("button", name="Raise a risk").click()
    page.get_by_label("Register", exact=True).select_option(label="IT Enabler")
    page.get_by_label("Title", exact=True).fill("The old servers fail")
    page.get_by_label("Cause (optional)").fill("They are out of support.")
    choose(page, "Likelihood now (optional)", 3)
    choose(page, "Impact now (optional)", 4)
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_role("heading", name="The old servers fail")).to_be_visible()
    expect(page.get_by_text("12 amber").first).to_be_visible()
    expect(page.get_by_text("Before the boards:")).to_have_count(0)

    # A score that changes says why; at 15 the risk goes to the boards by itself.
    page.get_by_role("button", name="Score or change it").click()
    choose(page, "Likelihood now (optional)", 5)
    choose(page, "Impact now (optional)", 3)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Say why the score changes")).to_be_visible()
    page.get_by_label("Why (optional)").fill("The supplier has stopped repairs.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("residual score 15 is 15 or more").first).to_be_visible()
    told = OutgoingMail.objects.filter(subject__startswith="IT1 goes to the boards")
    assert {mail.to for mail in told} == {
        world.sro.email,
        world.office.email,
        world.office_too.email,
    }
    fits_and_is_accessible(page)

    # It is in the list of what is before the boards, and on its square of the map.
    page.goto(f"{base}?escalated=yes")
    expect(page.get_by_role("link", name="IT1 The old servers fail")).to_be_visible()
    page.goto(f"{base}map/")
    fits_and_is_accessible(page)
    page.get_by_role("table").get_by_role("link", name="Likelihood 5, impact 3").click()
    expect(page.get_by_role("link", name="IT1 The old servers fail")).to_be_visible()
    fits_and_is_accessible(page)

    # The register of escalated risks of the month: built when the month is closed.
    february = Period.objects.get(key="2020-02")
    # Days after all of this, whatever the hour at which it runs: history keeps the hour.
    closed_at = NOW + timedelta(days=17)
    close_period(
        period=february,
        by=world.office,
        at=closed_at,
        today=date(2020, 3, 2),
        without_late_returns=True,
    )
    report = RiskReport.objects.get(period=february, kind="escalated")
    reports.build_report(report=report, at=closed_at)
    page = sign_in(world.office_too)
    page.goto(f"{base}reports/2020-02/escalated/")
    expect(page.get_by_role("rowheader", name="IT1")).to_be_visible()
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: it never changes.")).to_be_visible()

    # Mitigated, its score falls: nothing comes back before somebody decides.
    page = sign_in(world.lead)
    page.goto(f"{base}IT1/")
    page.get_by_role("link", name="Add an action").click()
    page.get_by_label("What is done", exact=True).fill("Move to hosted servers.")
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Move to hosted servers.")).to_be_visible()
    page.get_by_role("button", name="Score or change it").click()
    choose(page, "Likelihood now (optional)", 2)
    page.get_by_label("Why (optional)").fill("Half of them are moved.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("its de-escalation waits for a decision").first).to_be_visible()
    expect(page.get_by_role("link", name="Decide on its escalation")).to_have_count(0)

    page = sign_in(world.sro)
    page.goto(f"{base}IT1/")
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("It comes back from the boards").check()
    page.get_by_label("Why", exact=True).fill("The rest follows in April.")
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("no longer goes to the boards")).to_be_visible()
    page.goto(f"{base}?escalated=yes")
    expect(page.get_by_text("No risk answers to these filters.")).to_be_visible()

    # What was published says the same as it did.
    reader = Client()
    reader.force_login(world.member)
    frozen = reader.get("/places/testshire/risks/reports/2020-02/escalated/file.json").json()
    assert [(one["ref"], one["current"]) for one in frozen["risks"]] == [("IT1", 15)]
