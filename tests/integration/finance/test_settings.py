"""What the money goes by: the gate of a month, its rules, and notes on the basis."""

import html

import pytest
from django.urls import reverse
from time_machine import travel

from finance import services
from finance.models import Basis, FinanceRules, MonthException
from programmes.models import PlaceRole
from tests.factories import MembershipFactory
from tests.integration.finance.test_month_end import Money, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def money():
    return Money()


@pytest.fixture(autouse=True)
def tenth_of_february():
    with travel("2020-02-10T10:00:00Z", tick=False):
        yield


def address(name, **more):
    return reverse(name, kwargs={"place": "hackney", "year": "2019-20"} | more)


GATE = {"month_number": 10}


def test_a_month_closes_to_finance_leads_on_its_day(money):
    page = address("money-gate", **GATE)
    runner = money.client(money.runner)
    sent = {"do": "date", "date-locks_on": "10 February 2020", "date-version": 1}
    assert runner.post(page, sent).status_code == 302
    refused = money.client(money.lead).post(money.address, money.typed(money.care, 1, 2, 3, 4))
    assert refused.status_code == 422
    assert "closed to finance leads" in words(refused)
    stale = runner.post(page, sent | {"date-locks_on": "12/2/2020"})
    assert stale.status_code == 409
    assert "closed to finance leads from 10 February 2020 now" in words(stale)
    assert 'value="12/2/2020"' in words(stale)
    assert runner.post(page, {"do": "date", "date-locks_on": "31/2/2020"}).status_code == 422


def test_a_person_is_let_in_until_a_day_and_no_longer_once_it_is_ended(money):
    services.lock_month(month=money.month)
    page = address("money-gate", **GATE)
    runner = money.client(money.runner)
    sent = {"do": "let", "let-user": money.lead.pk, "let-reason": "Ill."}
    assert runner.post(page, sent | {"let-until": "9/2/2020"}).status_code == 422
    assert runner.post(page, sent | {"let-until": "12/2/2020"}).status_code == 302
    entry = money.typed(money.care, 1, 2, 3, 4)
    lead = money.client(money.lead)
    assert lead.post(money.address, entry).status_code == 302
    another = runner.post(page, sent | {"let-until": "13/2/2020"})
    assert "let in until 12 February 2020 already" in words(another)
    with travel("2020-02-13T10:00:00Z", tick=False):
        later = money.typed(money.care, 9, 2, 3, 4, version=1)
        assert money.client(money.lead).post(money.address, later).status_code == 422
    kept = MonthException.objects.get()
    assert runner.post(page, {"do": f"end-{kept.pk}"}).status_code == 302
    assert lead.post(money.address, later).status_code == 422
    # Ending twice is nothing new, and a key of nothing neither.
    assert runner.post(page, {"do": f"end-{kept.pk}"}).status_code == 302


def test_nobody_is_let_in_who_enters_no_figures(money):
    stranger = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    page = address("money-gate", **GATE)
    sent = {"do": "let", "let-user": stranger.pk, "let-reason": "x", "let-until": "12/2/2020"}
    assert money.client(money.runner).post(page, sent).status_code == 422
    assert not MonthException.objects.exists()


RULES = {
    "comment_above": "100",
    "comment_above_percent": "2.5",
    "walls": ["sign", "ledger"],
    "due_working_days": "8",
    "board_above": "5,000",
    "across_partners": "on",
}


def test_rules_are_kept_and_the_second_saver_sees_the_others(money):
    page = reverse("money-rules", kwargs={"place": "hackney"})
    runner = money.client(money.runner)
    assert runner.post(page, RULES | {"version": 0}).status_code == 302
    kept = FinanceRules.objects.get()
    assert (kept.comment_above, kept.walls, kept.board_above) == (100, ["sign", "ledger"], 5000)
    stale = runner.post(page, RULES | {"version": 0, "comment_above": "300", "walls": ["sign"]})
    assert stale.status_code == 409
    said = html.unescape(words(stale))
    assert "£100.00" in said
    assert 'value="300"' in said
    again = RULES | {"version": 1, "comment_above": "300", "walls": ["sign"]}
    assert runner.post(page, again).status_code == 302
    assert FinanceRules.objects.get().comment_above == 300
    for bad in ({"comment_above": "-1"}, {"board_above": "x"}, {"walls": ["missing"]}):
        assert runner.post(page, RULES | {"version": 2} | bad).status_code == 422
    lead = money.client(money.lead)
    assert "£300.00" in words(lead.get(page))
    assert lead.post(page, RULES).status_code == 403


def test_a_partners_note_is_written_by_its_finance_lead_and_printed_under_its_figures(money):
    page = address("money-basis")
    field = f"b{money.partner.pk}"
    sent = {"partner": money.partner.pk, f"{field}-text": "With accruals.", f"{field}-version": 0}
    lead = money.client(money.lead)
    assert lead.post(page, sent).status_code == 302
    assert "With accruals." in words(lead.get(money.month_address))
    stale = money.client(money.runner).post(page, sent | {f"{field}-text": "Cash."})
    assert stale.status_code == 409
    assert "With accruals." in words(stale)
    assert "Cash." in words(stale)
    again = {**sent, f"{field}-text": "Cash.", f"{field}-version": 1}
    assert money.client(money.runner).post(page, again).status_code == 302
    assert Basis.objects.get().text == "Cash."
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    assert money.client(office).post(page, sent).status_code == 403
    assert lead.get(page.replace("2019-20", "2019-21")).status_code == 404
    assert lead.post(page, {"partner": "x"}).status_code == 404


def test_what_is_below_a_threshold_of_the_place_asks_for_nothing(money):
    FinanceRules.objects.create(place=money.place, comment_above=500, comment_above_percent=60)
    money.enter(money.care, 1000, 800, 900, 1100)
    assert "needs a comment" not in words(money.client(money.lead).get(money.address))
    money.enter(money.care, 1000, 800, 900, 1600, version=1)
    assert "The forecast variance needs a comment." in words(
        money.client(money.lead).get(money.address)
    )


def test_the_gate_is_set_by_the_programme_finance_lead_alone(money):
    assert money.client(money.lead).get(address("money-gate", **GATE)).status_code == 403
