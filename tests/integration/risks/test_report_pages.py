"""The office and a report of the registers: what was read is what is approved and published."""

from datetime import date

import pytest

from programmes.services import close_period
from risks.models import RiskReport
from risks.services import reports
from tests.integration.risks.conftest import march_open, on, raised

PAGE = "/places/testshire/risks/reports/2020-02/escalated/"
SETTINGS = "/places/testshire/risks/settings/"


@pytest.fixture
def draft(world):
    raised(world)
    march_open(world)
    said = on(date(2020, 3, 2), world.office)
    close_period(period=world.february, without_late_returns=True, **said)
    report = RiskReport.objects.get(period=world.february)
    return reports.build_report(report=report, at=said["at"])


def act(client, report, do, *, narrative=None):
    typed = report.narrative if narrative is None else narrative
    sent = {"do": do, "version": report.version, "narrative": typed}
    return client.post(f"{PAGE}act/", sent)


def test_words_that_are_not_saved_yet_are_not_approved_without_them(world, draft):
    client = world.client(world.office_too)
    answer = act(client, draft, "approve", narrative="Two risks rose.")
    assert answer.status_code == 422
    assert "not saved yet" in answer.content.decode()
    assert "Two risks rose." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert act(client, draft, "approve").status_code == 302


def test_a_report_approved_anew_is_read_again_before_it_is_published(world, draft):
    said = {"report": draft, "by": world.office_too}
    at = on(date(2020, 3, 2), world.office)["at"]
    read = reports.approve_report(seen=draft.version, at=at, **said)
    draft_again = reports.withdraw_approval(**said)
    reports.approve_report(seen=draft_again.version, at=at, **said)
    answer = act(world.client(world.office), read, "publish")
    assert answer.status_code == 422
    assert "approved anew since you opened it" in answer.content.decode()
    draft.refresh_from_db()
    assert act(world.client(world.office), draft, "publish").status_code == 302


def test_who_saves_the_settings_second_sees_all_that_is_saved_otherwise(world):
    client = world.client(world.office)
    typed = {
        "version": 0,
        "escalates_from": 15,
        "red_from": 15,
        "amber_from": 8,
        "review_red_months": 1,
        "review_amber_months": 3,
        "review_green_months": 6,
        "likelihoods": "Rare\nSeldom\nOften",
        "impacts": "Small\nMiddling\nLarge",
    }
    assert client.post(SETTINGS, {**typed, "review_green_months": 9}).status_code == 302
    answer = client.post(SETTINGS, typed)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "A green one</dt><dd>9</dd>" in said
    assert "Steps of likelihood</dt>" not in said, "both say the same of it"
