"""Every piece of the interface on one page, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.functional.axe import assert_accessible, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = [320, 640, 768, 1280]


@pytest.fixture(autouse=True)
def sample_page(settings):
    settings.ROOT_URLCONF = "tests.functional.sample"


@pytest.mark.parametrize("layout", ["page", "wide"])
def test_every_piece_is_accessible_and_fits_at_each_width(page: Page, live_server, layout):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/sample/?layout={layout}")
        assert_accessible(page)
        assert_fits(page, width=width)


def test_a_refused_form_is_accessible_and_its_errors_lead_to_their_fields(page: Page, live_server):
    page.goto(f"{live_server.url}/sample/?sent=1")
    assert page.title().startswith("Error: ")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Forecast finish is missing.").click()
    expect(page.get_by_label("Day")).to_be_focused()
    page.get_by_role("link", name="RAG is missing.").click()
    expect(page.get_by_label("Red", exact=True)).to_be_focused()


def test_a_row_becomes_a_card_with_named_cells_and_stays_a_row_to_those_who_hear_it(
    page: Page, live_server
):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{live_server.url}/sample/")
    cell = page.get_by_role("row", name="IT 11 ").get_by_role("cell").first
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "RAG" in label


def test_the_pages_fit_without_javascript_too(browser, live_server):
    page = browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 900}
    ).new_page()
    page.goto(f"{live_server.url}/sample/")
    widest = page.locator(".nhsuk-header__navigation-list").bounding_box()
    assert widest
    assert widest["x"] + widest["width"] <= 336
    expect(page.get_by_role("link", name="Part 7 of the menu")).to_be_visible()
    page.close()


def test_what_is_proposed_never_looks_like_the_leads_judgement(page: Page, live_server):
    page.goto(f"{live_server.url}/sample/")
    declared = page.locator(".icp-rag--red").first
    proposed = page.locator(".icp-rag--proposed-red").first
    border = "element => getComputedStyle(element).borderTopStyle"
    ground = "element => getComputedStyle(element).backgroundColor"
    assert proposed.evaluate(border) == "dashed"
    assert declared.evaluate(border) == "solid"
    assert proposed.evaluate(ground) == "rgba(0, 0, 0, 0)"
    expect(proposed).to_contain_text("proposed from dates")
