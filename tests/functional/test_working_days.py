"""The calendar of a place, kept in a browser by two people of its office."""

import pytest
from playwright.sync_api import expect

from programmes.services.working_days import set_calendar
from tests.functional.axe import assert_accessible, assert_fits
from tests.integration.cycle.conftest import World, make_world

PLACE = "/places/testshire/"


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


def test_the_office_keeps_the_calendar_and_the_second_saver_chooses(world, sign_in, live_server):
    page = sign_in(world.office)
    page.goto(f"{live_server.url}{PLACE}periods/")
    page.get_by_role("link", name="Working days", exact=True).click()
    page.get_by_label("Bank holidays in England").check()
    page.get_by_label("Days on which nobody works besides").fill("9 April 2020\n31/2/2020")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("not in the calendar")
    assert_accessible(page)
    page.get_by_label("Days on which nobody works besides").fill("9/4/20")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("No date of a plan has moved")
    expect(page.get_by_role("table")).to_contain_text("10 Apr 2020")
    assert_accessible(page)
    assert_fits(page)
    set_calendar(place=world.place, usual=world.place.closed_days, holidays="none")
    page.get_by_label("Days on which nobody works besides").fill("9/4/20, 14/4/20")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Two people changed the calendar")
    assert_accessible(page)
    page.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_role("table")).to_contain_text("14 Apr 2020")
