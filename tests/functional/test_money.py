"""Month 10 in a browser: a finance lead pastes, answers and hands in; it is accepted, closed, published and read."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from boards.demo.loading import DATA, make_people_and_programmes, make_place
from boards.demo.money import load_money, rows
from finance.models import FIGURES, FinanceReport, Position
from tests.functional.axe import assert_accessible, assert_fits

TEN = "/places/city-and-hackney/money/2019-20/10/"
PASTE = """(box, text) => {
    const held = new DataTransfer();
    held.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def people(stands_at):
    stands_at(date(2020, 2, 14))
    place = make_place(DATA)
    found = make_people_and_programmes(place)
    load_money(place, found, entered=("CCG", "CoLC"))
    return found


def block(partner: str) -> str:
    """What the finance lead copies from a spreadsheet, thousands."""
    mine = [row for row in rows("finance_positions_m10.csv") if row["organisation"] == partner]
    return "\r\n".join("\t".join(row[name] for name in FIGURES) for row in mine) + "\r\n"


def box(page: Page, label: str):
    return page.get_by_label(label, exact=True)


def test_a_finance_lead_pastes_month_ten_and_a_board_member_reads_it(people, sign_in, live_server):
    page = sign_in(people["LBH Finance Lead"])
    page.goto(f"{live_server.url}/places/city-and-hackney/money/")
    page.get_by_role("link", name="Enter the figures").click()
    expect(page.get_by_role("heading", name="5 lines to enter")).to_be_visible()
    first = box(page, "Annual budget, Local Authority Capital (DFG)")

    # A block with one wrong cell is not pasted at all.
    first.evaluate(PASTE, "1\t2\tthree\t4\n")
    expect(page.locator("[data-part=state]").first).to_contain_text("Nothing was pasted")
    assert first.input_value() == "1525"

    first.evaluate(PASTE, block("LBH"))
    expect(page.locator("[data-part=state]").filter(has_text="Saved")).to_have_count(5)
    assert Position.objects.filter(month__number=10, line__fund="unsplit").count() == 5
    totals = page.locator("[data-totals]")
    expect(totals.locator("[data-total=forecast_variance]")).to_have_text("(4,091) unfavourable")

    # Undo takes the paste back, line by line of what it was; pasting again puts it there.
    first.focus()
    page.keyboard.press("Control+z")
    expect(box(page, "Actual to date, Prevention")).to_have_value("")
    expect(totals.locator("[data-total=forecast_variance]")).to_have_text("–")
    first.evaluate(PASTE, block("LBH"))
    expect(totals.locator("[data-total=forecast_variance]")).to_have_text("(4,091) unfavourable")

    # While one types the variance follows, and is what the portal then says.
    actual = box(page, "Actual to date, Prevention")
    actual.fill("14,396")
    expect(totals.locator("[data-total=ytd_actual]")).to_have_text("100,999")
    expect(totals.locator("[data-total=ytd_variance]")).to_have_text("(14,854) unfavourable")
    expect(totals.locator("[data-total=ytd_variance]")).to_have_class(re.compile("mon-adverse"))
    shown = page.locator("tr", has=actual).locator("[data-computed=ytd_variance]")
    actual.fill("")
    expect(shown).to_have_text("–")
    actual.fill("14,296.4")
    expect(shown).to_have_text("5,332")
    actual.press("Enter")
    expect(page.locator("tr", has=actual).locator("[data-part=state]")).to_have_text("Saved")
    expect(shown).to_have_text("5,332")
    actual.fill("14296")
    actual.press("ArrowUp")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "Actual to date, "
    )

    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})

    page.get_by_role("button", name="Hand in Month 10, January 2020").click()
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_contain_text("keep LBH's Month 10, January 2020 from being handed in")
    expect(summary).to_contain_text("the forecast outturn is below the actual to date")
    for comment in page.locator("textarea[aria-label^=Comment]").all():
        comment.fill("Grants that pay for it are received in March.")
        comment.blur()
    for label, amount in zip(
        ("annual budget", "budget to date", "actual to date", "forecast outturn"),
        ("103373", "86145", "100899", "107464"),
        strict=True,
    ):
        box(page, f"Ledger, {label}").fill(amount)
        box(page, f"Ledger, {label}").blur()
    page.get_by_role("button", name="Hand in Month 10, January 2020").click()
    expect(page.get_by_text("is handed in. You can recall it")).to_be_visible()

    page = sign_in(people["Programme Finance Lead"])
    page.goto(f"{live_server.url}{TEN}")
    page.get_by_role("row", name="London Borough of Hackney").get_by_role(
        "button", name="Accept"
    ).click()
    page.get_by_role("button", name="Close Month 10, January 2020").click()
    expect(page.get_by_role("heading", name="Closed and never changes")).to_be_visible()
    page.get_by_role("link", name="Finance report").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("you closed this month yourself")).to_be_visible()

    page = sign_in(people["IC Programme Director"])
    page.goto(f"{live_server.url}{TEN}report/")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: it never changes.")).to_be_visible()
    assert FinanceReport.objects.get().is_published

    page = sign_in(people["ICB Member"])
    page.goto(f"{live_server.url}/places/city-and-hackney/money/")
    page.get_by_role("link", name="Month 10, January 2020").click()
    expect(page.get_by_text("LBH: split not available").first).to_be_visible()
    expect(page.locator("tr", has_text="Grand total")).to_contain_text("(12.5)")
    assert_accessible(page)


def test_a_block_that_the_portal_refuses_is_saved_whole_once_its_cell_is_right(
    people, sign_in, live_server
):
    page = sign_in(people["LBH Finance Lead"])
    partner = Position.objects.filter(line__fund="unsplit").first().line.organisation_id
    page.goto(f"{live_server.url}{TEN}{partner}/")
    first = box(page, "Annual budget, Local Authority Capital (DFG)")
    # Part of a penny in the third row: an amount, and none that the portal keeps.
    first.evaluate(PASTE, "1\t1\t1\t1\n2\t2\t2\t2\n3.000001\t3\t3\t3\n")
    expect(page.locator("[data-part=state]").filter(has_text="Not saved")).to_have_count(3)
    assert not Position.objects.filter(month__number=10, line__fund="unsplit").exists()
    wrong = page.locator(".mon-box[aria-invalid]")
    wrong.fill("3")
    wrong.press("Enter")
    expect(page.locator("[data-part=state]").filter(has_text="Saved")).to_have_count(3)
    assert Position.objects.filter(month__number=10, line__fund="unsplit").count() == 3


def test_a_month_is_entered_without_javascript(people, browser, sign_in, live_server, page):
    signed_in = sign_in(people["LBH Finance Lead"])
    context = browser.new_context(
        java_script_enabled=False, storage_state=signed_in.context.storage_state()
    )
    plain = context.new_page()
    partner = Position.objects.filter(line__fund="unsplit").first().line.organisation_id
    plain.goto(f"{live_server.url}{TEN}{partner}/")
    box(plain, "Actual to date, Prevention").fill("14x")
    plain.get_by_role("button", name="Save", exact=True).last.click()
    expect(
        plain.get_by_role("link", name="Prevention, actual to date: Type an amount")
    ).to_be_visible()
    box(plain, "Actual to date, Prevention").fill("14296")
    plain.get_by_role("button", name="Save", exact=True).last.click()
    expect(plain.get_by_text("Saved.")).to_be_visible()
    assert (
        Position.objects.get(
            month__number=10, line__workstream__name="Prevention", line__fund="unsplit"
        ).ytd_actual
        == 14_296_000
    )
    context.close()
