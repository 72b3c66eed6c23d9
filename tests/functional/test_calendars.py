"""Milestones in one's own calendar program, set up in a browser."""

import pytest
from playwright.sync_api import expect

from tests.functional.axe import assert_accessible, assert_fits
from tests.integration.cycle.conftest import World, make_world

PLACE = "/places/testshire/"


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


def test_a_calendar_is_made_and_stopped(world, sign_in, live_server):
    page = sign_in(world.lead)
    page.goto(f"{live_server.url}/accounts/")
    page.get_by_role("link", name="See – calendars").click()
    page.get_by_label("Milestones").select_option("Rows I own or lead")
    page.get_by_role("button", name="Make a calendar").click()
    expect(page.get_by_role("heading", name="Your new calendar")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    page.get_by_role("button", name="Stop Rows I own or lead").click()
    expect(page.get_by_role("main")).to_contain_text("its address shows nothing any more")
