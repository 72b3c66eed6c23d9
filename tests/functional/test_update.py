"""The monthly update in a browser: saved as one goes, by keyboard, with two people, and without scripts."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from programmes import services
from programmes.models import Period, Status
from tests.factories import NOW, PlanItemFactory
from tests.functional.axe import assert_accessible, assert_fits
from tests.integration.cycle.conftest import World, make_world

ADDRESS = "/places/testshire/update/IT/"


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


@pytest.fixture
def at_update(world, sign_in, live_server) -> Page:
    page = sign_in(world.lead)
    page.goto(live_server.url + ADDRESS)
    return page


def field(page, item, name):
    return page.locator(f"#id_r{item.pk}-{name}")


def row(page, item):
    return page.locator(f"#r{item.pk}")


def saved(world, item):
    return Status.objects.get(item=item, period=world.february)


def test_a_row_is_saved_as_one_leaves_its_fields(world, at_update):
    page, item = at_update, world.items[2]
    field(page, item, "rag").select_option("amber")
    expect(row(page, item)).to_contain_text("Red and amber need a reason.")
    field(page, item, "reason").fill("Waiting for parts")
    field(page, item, "get_to_green").focus()
    expect(row(page, item)).not_to_contain_text("Red and amber need a reason.")
    # The save never takes the place where one types.
    expect(field(page, item, "get_to_green")).to_be_focused()
    field(page, item, "get_to_green").type("Chase")
    field(page, item, "percent_complete").focus()
    expect(row(page, item)).to_have_class(re.compile("upd-row--done"))
    expect(page.locator('[data-part="next"]')).to_contain_text("1 of 4 rows updated")
    assert (saved(world, item).reason, saved(world, item).get_to_green) == (
        "Waiting for parts",
        "Chase",
    )


def test_control_and_enter_saves_the_row_and_goes_to_the_next(world, at_update):
    page = at_update
    field(page, world.items[1], "rag").select_option("complete")
    field(page, world.items[1], "actual_finish").fill("13/2/20")
    field(page, world.items[1], "actual_finish").press("Control+Enter")
    expect(field(page, world.items[2], "rag")).to_be_focused()
    expect(row(page, world.items[1])).to_contain_text("Saved")
    assert saved(world, world.items[1]).actual_finish == date(2020, 2, 13)


def test_a_wrong_date_is_marked_at_its_field_and_mended(world, at_update):
    page, item = at_update, world.items[2]
    box = field(page, item, "forecast_finish")
    box.fill("31 Feb 2020")
    box.press("Enter")
    expect(row(page, item)).to_contain_text("is not in the calendar")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("31 Feb 2020")
    assert_accessible(page)
    box.fill("30 November 2020")
    box.press("Enter")
    expect(row(page, item)).to_contain_text("Saved")
    expect(box).not_to_have_attribute("aria-invalid", "true")
    assert saved(world, item).forecast_finish == date(2020, 11, 30)


def test_what_is_typed_offline_stays_and_is_saved_when_the_line_is_back(world, at_update):
    page, item = at_update, world.items[2]
    page.context.set_offline(True)
    field(page, item, "reason").fill("Typed on a train")
    field(page, item, "rag").focus()
    expect(row(page, item)).to_contain_text("Not saved: trying again")
    expect(field(page, item, "reason")).to_have_value("Typed on a train")
    page.context.set_offline(False)
    expect(row(page, item)).to_contain_text("Saved", timeout=15_000)
    assert saved(world, item).reason == "Typed on a train"


def test_leaving_with_something_unsaved_asks_first(world, at_update):
    page, item = at_update, world.items[2]
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.context.set_offline(True)
    field(page, item, "reason").click()
    page.keyboard.type("Not saved yet")
    page.evaluate("setTimeout(() => { window.location.href = '/places/testshire/' }, 0)")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)


def test_the_second_of_two_people_sees_both_values_and_chooses(world, at_update):
    page, item = at_update, world.items[2]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    field(page, item, "rag").select_option("red")
    expect(row(page, item)).to_contain_text("Two people changed IT 13")
    expect(field(page, item, "rag")).to_have_value("red")
    assert_accessible(page)
    page.get_by_label("Keep mine: Red").check()
    page.get_by_label("Take theirs: Theirs").check()
    page.get_by_role("button", name="Save these choices").click()
    expect(row(page, item)).not_to_contain_text("Two people changed")
    expect(field(page, item, "reason")).to_have_value("Theirs")
    assert (saved(world, item).rag, saved(world, item).reason) == ("red", "Theirs")


def test_what_is_typed_after_the_panel_came_is_mine_and_is_kept(world, at_update):
    page, item = at_update, world.items[2]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    field(page, item, "rag").select_option("red")
    expect(row(page, item)).to_contain_text("Two people changed IT 13")
    expect(page.get_by_label("Keep mine: Nothing")).not_to_be_checked()
    field(page, item, "reason").press_sequentially("What I was about to say")
    expect(page.get_by_label("Keep mine: What I was about to say")).to_be_checked()
    page.get_by_role("button", name="Save these choices").click()
    expect(row(page, item)).not_to_contain_text("Two people changed")
    expect(field(page, item, "reason")).to_have_value("What I was about to say")
    assert saved(world, item).reason == "What I was about to say"


@pytest.fixture
def conflict(world, at_update):
    """The office saves a reason, then the lead types another over the page they had before it."""
    page, item = at_update, world.items[2]
    world.record(item, reason="Theirs", by=world.office)
    page.clock.install()
    field(page, item, "reason").press_sequentially("Mine")
    return page, item


def assert_nobody_chose(world, page, item):
    expect(row(page, item)).to_contain_text("Two people changed IT 13")
    page.clock.run_for(60_000)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Take theirs: Theirs")).to_be_visible()
    expect(page.get_by_label("Keep mine: Mine")).to_be_visible()
    assert (saved(world, item).reason, saved(world, item).version) == ("Theirs", 1)


def test_a_pause_in_typing_never_chooses_between_two_people(world, conflict):
    page, item = conflict
    field(page, item, "reason").press("Tab")
    assert_nobody_chose(world, page, item)
    row(page, item).get_by_role("button", name="Save IT 13").click()
    expect(row(page, item)).to_contain_text("Choose below.")
    assert_nobody_chose(world, page, item)


def test_pressing_save_while_the_row_saves_itself_never_chooses_between_two_people(world, conflict):
    page, item = conflict
    row(page, item).get_by_role("button", name="Save IT 13").click(delay=120)
    assert_nobody_chose(world, page, item)
    page.get_by_role("button", name="Keep all mine").click()
    expect(row(page, item)).not_to_contain_text("Two people changed")
    assert (saved(world, item).reason, saved(world, item).version) == ("Mine", 2)


def test_a_return_is_typed_and_submitted_by_keyboard(world, at_update):
    page, item = at_update, world.items[0]
    page.get_by_label("Go to row").fill("it 11")
    page.keyboard.press("Enter")
    expect(field(page, item, "rag")).to_be_focused()
    page.keyboard.press("r")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(field(page, item, "reason")).to_be_focused()
    page.keyboard.type("Late parts")
    page.keyboard.press("Tab")
    page.keyboard.type("Chase them")
    page.keyboard.press("Control+Enter")
    expect(row(page, item)).to_contain_text("Saved")
    page.locator("#submit").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("is submitted")
    assert saved(world, item).rag == "red"


def test_a_nil_return_is_one_press(world, at_update):
    at_update.get_by_role("button", name="Nil return: nothing has changed").click()
    expect(at_update.locator("main")).to_contain_text("The nil return of IT Enabler")


def test_last_month_is_copied_and_shared_in_a_press_each(world, at_update):
    page, item = at_update, world.items[0]
    row(page, item).get_by_role("button", name="Copy last month’s RAG, reason and plan").click()
    expect(field(page, item, "reason")).to_have_value("Parts are late.")
    row(page, item).get_by_role("button", name="Use this reason and plan").click()
    page.get_by_label("IT 12").check()
    page.get_by_role("button", name="Use it for the ticked rows").click()
    expect(page.locator("main")).to_contain_text("now stand for 1 more row")
    assert saved(world, world.items[1]).reason == "Parts are late."


def test_the_update_fits_a_small_screen_and_every_rule_of_access(world, at_update):
    for n in range(5, 60):
        PlanItemFactory(
            programme=world.programme, plan_id=str(10 + n), position=n, name="Averylongword" * 12
        )
    at_update.reload()
    assert_accessible(at_update)
    at_update.set_viewport_size({"width": 320, "height": 800})
    assert_fits(at_update)
    assert_accessible(at_update)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("office", "/places/testshire/update/"),
        ("lead", "/places/testshire/update/IT/nil/"),
        ("sro", "/places/testshire/sign-off/"),
        ("sro", "/places/testshire/periods/2020-02/returns/IT/"),
        ("office", "/places/testshire/periods/"),
        ("office", "/places/testshire/periods/2020-02/"),
        ("office", "/places/testshire/periods/2020-01/"),
        ("member", "/demo/clock/"),
        ("member", "/demo/mail/"),
    ],
)
def test_the_pages_of_the_month_fit_and_follow_every_rule_of_access(
    world, sign_in, live_server, who, address
):
    world.say_the_red_row()
    if who == "sro":
        world.submit()
    page = sign_in(getattr(world, who))
    page.goto(live_server.url + address)
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)


# --- Without scripts ----------------------------------------------------------------------
@pytest.fixture
def plain(world, browser, live_server, sign_in) -> Page:
    """The update in a browser that runs no scripts."""
    cookies = sign_in(world.lead).context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(live_server.url + ADDRESS)
    yield page
    context.close()


def test_a_row_is_saved_and_the_return_submitted_without_scripts(world, plain):
    item = world.items[0]
    field(plain, item, "rag").select_option("red")
    field(plain, item, "reason").fill("Late parts")
    row(plain, item).get_by_role("button", name="Save IT 11").click()
    expect(row(plain, item)).to_contain_text("Red and amber need a get-to-green strategy.")
    field(plain, item, "get_to_green").fill("Chase")
    plain.locator("#submit").click()
    expect(plain.locator("main")).to_contain_text("is submitted")
    plain.get_by_role("button", name="Recall it").click()
    expect(field(plain, item, "reason")).to_have_value("Late parts")


def test_two_people_choose_without_scripts(world, plain):
    item = world.items[2]
    world.record(item, rag="amber", reason="Theirs", by=world.office)
    field(plain, item, "rag").select_option("red")
    row(plain, item).get_by_role("button", name="Save IT 13").click()
    plain.get_by_role("button", name="Keep all mine").click()
    expect(row(plain, item)).to_contain_text("Red and amber need a reason.")
    assert (saved(world, item).rag, saved(world, item).version) == ("red", 2)


def test_what_is_typed_survives_the_close_of_its_period(world, at_update):
    page, item = at_update, world.items[2]
    services.close_period(
        period=Period.objects.get(pk=world.february.pk),
        by=world.office,
        at=NOW,
        today=date(2020, 3, 2),
        without_late_returns=True,
    )
    field(page, item, "reason").fill("Typed too late")
    field(page, item, "rag").focus()
    expect(row(page, item)).to_contain_text("February 2020 is closed.")
    expect(field(page, item, "reason")).to_have_value("Typed too late")
