"""A plan written in the browser before it is agreed, and two people at one row."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from programmes.models import ItemKind, PlanItem
from tests.factories import LeadershipFactory, MembershipFactory, PlanItemFactory, ProgrammeFactory
from tests.functional.axe import assert_accessible, assert_fits
from tests.functional.sessions import let_in


@pytest.fixture
def plan(stands_at):
    """A heading and a task, not agreed yet."""
    stands_at(date(2020, 2, 14))
    programme = ProgrammeFactory(code="IT", name="IT Enabler", place__slug="testshire")
    PlanItemFactory(
        programme=programme, plan_id="1", position=1, kind=ItemKind.SUMMARY, name="Networks"
    )
    PlanItemFactory(programme=programme, plan_id="2", position=2, name="Lines")
    return programme


@pytest.fixture
def lead(plan):
    return LeadershipFactory(programme=plan).post.holder


def at(live_server, path):
    return f"{live_server.url}/places/testshire/{path}"


def row(number):
    return PlanItem.objects.select_related("parent").get(plan_id=number)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_row_is_added_moved_split_removed_and_restored(plan, lead, sign_in, live_server):
    page = sign_in(lead)
    page.goto(at(live_server, "programmes/IT/"))
    page.get_by_role("link", name="Edit its plan").click()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Add a row", exact=True).click()
    page.get_by_label("What it is").fill("Routers")
    page.get_by_label("Start").fill("6 Jan 20")
    page.get_by_label("Duration in working days").fill("5")
    assert_accessible(page)
    press(page, "Add it")
    expect(page.locator("#row-3")).to_contain_text("10 Jan 2020")

    press(page, "Move IT 3 up")
    expect(page.locator("tbody tr").nth(1)).to_have_attribute("id", "row-3")
    press(page, "Indent IT 3")
    expect(page.locator("#row-3 .icp-level-2")).to_be_visible()
    assert row("3").parent == row("1")

    page.locator("#row-3").get_by_role("link", name="IT 3", exact=True).click()
    page.get_by_role("link", name="Split it").click()
    page.get_by_label("What remains of it").fill("Routers, ordered")
    page.get_by_label("What the new row is").fill("Routers, installed")
    assert_accessible(page)
    press(page, "Split it")
    expect(page.locator("#row-4")).to_contain_text("Routers, installed")
    assert row("4").split_from == row("3")

    page.goto(at(live_server, "rows/IT/4/remove/"))
    page.get_by_label("Why is it removed?").fill("Bought ready installed.")
    press(page, "Remove it")
    expect(page.locator("main")).to_contain_text("Removed from the plan")
    expect(page.locator("main")).to_contain_text("Bought ready installed.")
    press(page, "Restore it")
    expect(page.locator("main")).to_contain_text("IT 4 is in the plan again.")
    assert row("4").removed_at is None


def test_the_list_is_worked_by_keyboard(plan, lead, sign_in, live_server):
    page = sign_in(lead)
    page.goto(at(live_server, "programmes/IT/edit/"))
    up = page.get_by_role("button", name="Move IT 2 up", exact=True)
    up.focus()
    up.press("Enter")
    expect(page.locator("tbody tr").first).to_have_attribute("id", "row-2")
    tick = page.get_by_label("Tick IT 2")
    tick.focus()
    tick.press("Space")
    page.get_by_label("Working days").fill("1")
    page.get_by_label("Working days").press("Tab")
    expect(page.get_by_role("button", name="Shift their dates")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#row-2")).to_contain_text("2 Mar 2020")


def test_two_people_edit_one_row_and_the_second_chooses(plan, lead, sign_in, live_server, browser):
    address = at(live_server, "rows/IT/2/edit/")
    page = sign_in(lead)
    page.goto(address)
    office = Client()
    office.force_login(
        MembershipFactory(place=plan.place).user, backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    context = browser.new_context(java_script_enabled=False)
    let_in(context, office, url=live_server.url)
    other = context.new_page()
    other.goto(address)
    other.get_by_label("What it is").fill("Phone lines")
    press(other, "Save")
    expect(other.locator("main")).to_contain_text("IT 2 is saved.")

    page.get_by_label("What it is").fill("Fibre lines")
    page.get_by_label("Notes").fill("Ask the supplier.")
    press(page, "Save")
    expect(page.locator("#conflict")).to_contain_text("Take theirs: Phone lines")
    expect(page.locator("#conflict")).to_contain_text("Keep mine: Fibre lines")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Take theirs: Phone lines").check()
    press(page.locator("#conflict"), "Save these choices")  # type: ignore[arg-type]
    expect(page.locator("main")).to_contain_text("IT 2 is saved.")
    assert (row("2").name, row("2").notes) == ("Phone lines", "Ask the supplier.")
