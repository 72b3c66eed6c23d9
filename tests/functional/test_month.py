"""The whole month in a browser, by the people of the demonstration: what a newcomer is promised."""

import re

import pytest
from playwright.sync_api import Page, expect

from boards.demo.loading import load_demo
from boards.demo.people import DOMAIN, PASSWORD
from tests.functional.axe import assert_accessible, assert_fits

LEAD, SRO = "it-enabler-lead", "chief-executive-homerton"
OFFICE, SECOND_OFFICE = "ic-programme-director", "ic-programme-manager"
MEMBER = "icb-member"
PLACE = "/places/city-and-hackney/"
REASON = "The hospital's discharge system cannot send its summaries yet."
PLAN = "Test the link with one ward in March, and the others in April."


@pytest.fixture
def demo(transactional_db):
    return load_demo()


@pytest.fixture
def enter(demo, page: Page, live_server):
    """Sign in by the form, as anybody would: ``page = enter(LEAD)``."""

    def sign_in(person: str) -> Page:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/accounts/login/")
        page.get_by_label("E-mail address").fill(f"{person}@{DOMAIN}")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        return page

    return sign_in


def test_a_month_from_a_leads_red_row_to_the_board_members_exception_report(enter, live_server):
    lead = enter(LEAD)
    expect(lead.get_by_role("heading", name="IT Enabler")).to_be_visible()
    expect(lead.get_by_text("14 February 2020").first).to_be_visible()
    lead.get_by_role("button", name="Copy January 2020 to 4 rows").click()
    lead.get_by_label("Go to row").fill("IT 12")
    lead.get_by_label("Go to row").press("Enter")
    row = lead.get_by_role("group", name=re.compile("^IT 12 "))
    row.get_by_label("RAG").select_option("red")
    row.get_by_label("Reason").fill(REASON)
    row.get_by_label("Get to green").fill(PLAN)
    row.get_by_role("button", name="Save IT 12").click()
    expect(row).to_contain_text(re.compile(r"Saved \S"))
    lead.get_by_role("button", name="Submit return").first.click()
    expect(lead.get_by_text("The February 2020 return of IT Enabler is submitted.")).to_be_visible()

    sro = enter(SRO)
    sro.get_by_role("link", name="IT Enabler").first.click()
    expect(sro.get_by_text(REASON)).to_be_visible()
    sro.get_by_role("button", name="Sign off", exact=True).click()
    expect(sro.get_by_text("Signed off").first).to_be_visible()

    office = enter(OFFICE)
    office.goto(f"{live_server.url}{PLACE}periods/2020-02/")
    expect(office.get_by_text("It can be closed after 29 February 2020")).to_be_visible()
    office.get_by_role("link", name="Move the clock").click()
    office.get_by_role("button", name="2 March 2020").click()
    expect(office.get_by_text("The clock now stands at 2 March 2020.")).to_be_visible()
    office.goto(f"{live_server.url}{PLACE}periods/2020-02/")
    office.locator("#id_without").check()
    office.get_by_role("button", name="Close February 2020").click()
    expect(office.get_by_text("February 2020 is closed and never changes")).to_be_visible()

    second = enter(SECOND_OFFICE)
    second.goto(f"{live_server.url}{PLACE}reports/2020-02/exceptions/")
    second.get_by_role("button", name="Change the narrative").click()
    second.get_by_label("Narrative").fill("Five rows of the IT Enabler are off track.")
    second.get_by_role("button", name="Save the narrative").click()
    second.goto(f"{live_server.url}{PLACE}reports/")
    second.get_by_role("button", name="Approve all drafts of February 2020").click()
    second.get_by_role("button", name="Publish all that are approved of February 2020").click()
    expect(second.get_by_text("5 reports published.")).to_be_visible()

    member = enter(MEMBER)
    member.set_viewport_size({"width": 768, "height": 1024})
    member.get_by_role("link", name="Exception report").first.click()
    expect(member.get_by_role("heading", name="Exception report: February 2020")).to_be_visible()
    card = member.locator(".icp-card", has_text=REASON)
    expect(card).to_contain_text("IT 12")
    expect(card).to_contain_text("Red")
    expect(card).to_contain_text(PLAN)
    expect(member.get_by_text("Five rows of the IT Enabler are off track.")).to_be_visible()
    assert_accessible(member)
    assert_fits(member)


PAGES_BY_PERSON = {
    LEAD: ("update/IT/", "update/IT/?show=all", "rows/IT/11/", "programmes/IT/"),
    SRO: ("sign-off/", "periods/2020-02/returns/IT/"),
    OFFICE: (
        "",
        "programmes/CE/",
        "programmes/NBH/?undated=on&levels=2",
        "programmes/CE/differences/",
        "rows/",
        "look-ahead/",
        "reports/",
        "periods/",
        "periods/2020-02/",
        "import/",
        "update/",
        "glossary/",
        "glossary/?acronym=BAU",
    ),
}


def test_each_page_of_the_real_plan_is_accessible_and_fits_every_window(enter, live_server):
    for person, addresses in PAGES_BY_PERSON.items():
        page = enter(person)
        for address in addresses:
            page.goto(f"{live_server.url}{PLACE}{address}")
            expect(page.locator("h1")).to_have_count(1)
            assert_accessible(page)
            for width in (320, 768, 1280):
                assert_fits(page, width=width)
    # Beside the place.
    for address in ("/api/docs/", "/demo/clock/", "/demo/mail/", "/reports/how-to-read/"):
        page.goto(live_server.url + address)
        assert_accessible(page)
        assert_fits(page)
