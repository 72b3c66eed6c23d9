"""Plans and returns that leave the portal and come back, in a browser."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from programmes.models import ChangeRequest, PlanItem, Status
from programmes.services.baselines import agree_baseline
from tests.functional.axe import assert_accessible, assert_fits
from tests.integration.cycle.conftest import World, make_world

PLACE = "/places/testshire/"


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


def downloaded(page: Page, press: str, to: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name=press, exact=True).first.click()
    started.value.save_as(to)
    return to


def edit(path: Path, reference: str, column: str, heading: str, value) -> None:
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if str(sheet.cell(row, columns[column]).value) == reference:
            sheet.cell(row, columns[heading]).value = value
    book.save(path)


def bring_back(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Show what it would change").click()


def test_a_spreadsheet_edited_offline_comes_back_with_one_conflict(
    world, sign_in, live_server, tmp_path
):
    page = sign_in(world.office)
    page.goto(f"{live_server.url}{PLACE}import/")
    path = downloaded(page, "Excel", tmp_path / "plan.xlsx")
    edit(path, "13", "plan_id", "name", "Named on the train")
    edit(path, "14", "plan_id", "finish", date(2020, 12, 18))
    PlanItem.objects.filter(plan_id="13").update(name="Named in the office")
    bring_back(page, path)
    expect(page.get_by_role("heading", name="Choose before you import")).to_be_visible()
    expect(page.locator("#conflicts")).to_contain_text("Named in the office")
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    page.set_viewport_size({"width": 1024, "height": 768})
    page.get_by_label("IT 13 name: take the file’s, Named on the train").check()
    page.get_by_role("button", name="Import as chosen").click()
    expect(page.get_by_role("main")).to_contain_text("2 changed rows")
    assert PlanItem.objects.get(plan_id="13").name == "Named on the train"
    assert PlanItem.objects.get(plan_id="14").finish == date(2020, 12, 18)


def test_a_plan_goes_to_project_and_comes_back(world, sign_in, live_server, tmp_path):
    page = sign_in(world.office)
    page.goto(f"{live_server.url}{PLACE}programmes/IT/")
    page.get_by_role("link", name="To Microsoft Project").click()
    expect(page.get_by_role("main")).to_contain_text("Not in the file")
    assert_accessible(page)
    path = downloaded(page, "Download 4 rows as XML", tmp_path / "it.xml")
    page.goto(f"{live_server.url}{PLACE}import/")
    bring_back(page, path)
    expect(page.get_by_role("main")).to_contain_text("The plan already says what this file says.")
    path.write_text(path.read_text().replace("2020-11-30T17:00:00", "2020-12-18T17:00:00"))
    page.goto(f"{live_server.url}{PLACE}import/")
    bring_back(page, path)
    expect(page.get_by_role("main")).to_contain_text("18 Dec 2020")
    page.get_by_role("button", name="Import these changes").click()
    expect(page.get_by_role("main")).to_contain_text("1 changed row")
    row = PlanItem.objects.get(plan_id="14")
    # What was agreed stays agreed: a file moves the plan, not the agreement.
    assert (row.finish, row.baseline_finish) == (date(2020, 12, 18), date(2020, 11, 30))


def test_a_row_deleted_in_project_is_ticked_and_a_request_asks_for_its_removal(
    world, sign_in, live_server, tmp_path
):
    agree_baseline(programme=world.programme, items=world.items)
    page = sign_in(world.office)
    page.goto(f"{live_server.url}{PLACE}programmes/IT/")
    page.get_by_role("link", name="To Microsoft Project").click()
    path = downloaded(page, "Download 4 rows as XML", tmp_path / "it.xml")
    tasks = re.findall(r"<Task>.*?</Task>", path.read_text(), re.DOTALL)
    path.write_text(path.read_text().replace(tasks[-1], ""))
    page.goto(f"{live_server.url}{PLACE}import/")
    bring_back(page, path)
    missing = page.get_by_role("group", name="In the plan, not in the file")
    expect(missing.get_by_role("checkbox")).to_have_count(1)
    expect(missing.get_by_role("checkbox")).not_to_be_checked()
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    missing.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Remove what is ticked").click()
    expect(page.get_by_text("CR 1 asks for what needs to be agreed")).to_be_visible()
    line = ChangeRequest.objects.get().lines.get()
    assert (line.kind, line.item.plan_id) == ("remove", "14")
    assert PlanItem.objects.present().count() == 4


def test_a_lead_fills_the_return_in_offline(world, sign_in, live_server, tmp_path):
    page = sign_in(world.lead)
    page.goto(f"{live_server.url}{PLACE}update/IT/")
    page.get_by_role("link", name="Work offline").click()
    assert_accessible(page)
    path = downloaded(page, "Download the workbook", tmp_path / "return.xlsx")
    edit(path, "IT 13", "row", "RAG", "Green")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_role("main")).to_contain_text("Rows changed")
    assert_accessible(page)
    page.get_by_role("button", name="Save these changes").click()
    expect(page.get_by_role("main")).to_contain_text("1 row saved")
    assert Status.objects.get(item=world.items[2], period=world.february).rag == "green"
