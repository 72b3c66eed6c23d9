"""From draft to the boards: the office publishes, a board member reads on a tablet and a telephone."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from boards import services
from boards.models import Report, ReportKind
from programmes import services as cycle
from tests.factories import (
    NOW,
    BoardFactory,
    BoardMemberFactory,
    MembershipFactory,
    PeriodFactory,
    PlanItemFactory,
    ProgrammeFactory,
    ReturnFactory,
    StatusFactory,
    UserFactory,
)
from tests.functional.axe import assert_accessible, assert_fits


@pytest.fixture
def january(transactional_db, stands_at):
    """January 2020, closed by the first of the office, with drafts of all reports."""
    stands_at(date(2020, 2, 14))
    programme = ProgrammeFactory(code="IT", name="IT Enabler")
    place = programme.place
    period = PeriodFactory(place=place, january=True)
    board = BoardFactory(place=place, short_name="ICB", name="Integrated Commissioning Board")
    shared = {"rag": "red", "reason": "The logo is not chosen.", "get_to_green": "Choose it."}
    for number in ("4", "7"):
        item = PlanItemFactory(programme=programme, plan_id=number, name=f"Launch {number}")
        StatusFactory(item=item, period=period, **shared)
    asks = PlanItemFactory(programme=programme, plan_id="9", name="Averylongword" * 12)
    StatusFactory(
        item=asks,
        period=period,
        rag="amber",
        reason="Costs",
        get_to_green="Agree them",
        decision_from=board,
        decision_needed="Agree how the cost is shared.",
    )
    lead = UserFactory()
    ReturnFactory(
        programme=programme, period=period, state="submitted", submitted_by=lead, submitted_at=NOW
    )
    closer = MembershipFactory(place=place).user
    cycle.close_period(period=period, by=closer, at=NOW, today=date(2020, 2, 3))
    for report in Report.objects.filter(period=period):
        services.build_report(report=report, at=NOW)
    return period


@pytest.fixture
def address(january, live_server):
    def of(kind, name="report"):
        kwargs = {"place": january.place.slug, "period": january.key, "kind": kind}
        return live_server.url + reverse(name, kwargs=kwargs)

    return of


def test_the_office_publishes_and_a_board_member_reads(january, address, sign_in, live_server):
    office = sign_in(MembershipFactory(place=january.place).user)
    office.goto(address("exceptions"))
    assert_accessible(office)
    # The exceptions begin with a draft of what is late and early.
    office.get_by_role("button", name="Change the narrative").click()
    assert_accessible(office)
    assert_fits(office)
    office.get_by_label("Narrative").fill("The logo holds up two launches.")
    office.get_by_role("button", name="Save the narrative").click()
    expect(office.get_by_text("The logo holds up two launches.")).to_be_visible()
    office.goto(live_server.url + reverse("reports", kwargs={"place": january.place.slug}))
    assert_accessible(office)
    assert_fits(office)
    office.get_by_role("button", name="Approve all drafts").click()
    office.get_by_role("button", name="Publish all that are approved").click()
    expect(office.get_by_text("5 reports published.")).to_be_visible()

    member = sign_in(BoardMemberFactory(board__place=january.place, board__short_name="ICB").user)
    member.set_viewport_size({"width": 768, "height": 1024})
    member.goto(address("exceptions"))
    expect(member.get_by_text("Draft", exact=True)).to_have_count(0)
    expect(member.get_by_role("heading", name="From your board: ICB")).to_be_visible()
    expect(member.get_by_text("The logo is not chosen.")).to_have_count(1)
    expect(member.get_by_role("button", name="Publish")).to_have_count(0)
    for kind in ReportKind.values:
        member.goto(address(kind))
        assert_accessible(member)
        assert_fits(member)


def test_a_report_is_narrowed_by_its_address_without_javascript(january, address, browser, sign_in):
    page = sign_in(MembershipFactory(place=january.place).user)
    cookies = page.context.cookies()
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto(address("exceptions"))
    page.get_by_text("Filter this report").click()
    page.get_by_label("Board that is to decide").select_option("ICB")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Agree how the cost is shared.").first).to_be_visible()
    expect(page.get_by_text("The logo is not chosen.")).to_have_count(0)
    assert "board=ICB" in page.url
    plain.close()


def test_a_report_that_is_being_built_shows_itself_when_it_is_ready(january, address, sign_in):
    report = Report.objects.get(period=january, kind="look-ahead")
    Report.objects.filter(pk=report.pk).update(state="waiting")
    page = sign_in(MembershipFactory(place=january.place).user)
    page.goto(address("look-ahead"))
    expect(page.get_by_role("heading", name="This report is being built")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    services.build_report(report=report, at=NOW)
    expect(page.get_by_role("heading", name="Look ahead: January 2020")).to_be_visible()


def test_a_report_that_failed_is_built_again_in_one_press(january, address, sign_in):
    Report.objects.filter(period=january, kind="look-ahead").update(
        state="failed", failure="Building stopped with an error."
    )
    page = sign_in(MembershipFactory(place=january.place).user)
    page.goto(address("look-ahead"))
    assert_accessible(page)
    page.get_by_role("button", name="Build it again").click()
    expect(page.get_by_text("It is being built again.")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()


def test_anybody_reads_how_to_read(live_server, page):
    page.goto(live_server.url + reverse("how-to-read"))
    assert_accessible(page)
    assert_fits(page)
