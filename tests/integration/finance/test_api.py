"""Positions by the API: a ledger posts them by the pages' rules, and safely twice."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from finance import services
from finance.models import BudgetLine, FinanceRules, Position, PostedOnce, Submission
from finance.rules.years import FinanceMonthKey
from programmes.models import FinanceLead, Organisation, PlaceRole
from tests.factories import NOW, MembershipFactory, UserFactory
from tests.integration.finance.test_month_end import AFTER, Money

pytestmark = pytest.mark.django_db

LIST = "/api/v1/positions/"


@pytest.fixture
def money():
    return Money()


@pytest.fixture
def ledger(money):
    return money.client(money.lead)


def post(client, said, key=None, address=LIST, **headers):
    headers |= {"Idempotency-Key": key} if key else {}
    return client.post(address, json.dumps(said), content_type="application/json", headers=headers)


def patch(client, pk, said, tag=None, key=None):
    headers = {"If-Match": tag} if tag else {}
    headers |= {"Idempotency-Key": key} if key else {}
    body = json.dumps(said)
    return client.patch(f"{LIST}{pk}/", body, content_type="application/json", headers=headers)


def figures(money, **more):
    said = {"ytd_budget": "800.00", "ytd_actual": "800.50", "forecast_outturn": "1000"}
    return {"line": money.care.pk, "month": 10, **said} | more


def test_a_ledger_posts_a_line_and_its_first_entry_begins_with_the_budget(money, ledger):
    answer = post(ledger, figures(money))
    assert answer.status_code == 201
    said = answer.json()
    assert said["annual_budget"] == "1000.00"
    assert (said["ytd_actual"], said["ytd_variance"]) == ("800.50", "-0.50")
    assert answer.headers["ETag"] == f'"{said["id"]}-1"'
    assert Submission.objects.get().state == "in hand"
    assert Position.objects.get().entered_by == money.lead


def test_the_same_key_and_body_post_once_and_answer_the_same(money, ledger):
    first = post(ledger, figures(money), key="ledger-10-1")
    second = post(ledger, figures(money), key="ledger-10-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Position.objects.get().version == 1
    # Whatever became of it meanwhile, the answer to that request is what it was.
    patch(ledger, first.json()["id"], {"ytd_actual": "1"}, first.headers["ETag"])
    assert post(ledger, figures(money), key="ledger-10-1").json() == first.json()
    assert Position.objects.get().ytd_actual == 1


def test_the_same_key_with_another_body_is_refused(money, ledger):
    post(ledger, figures(money), key="k")
    other = post(ledger, figures(money, ytd_actual="1.00"), key="k")
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["errors"]
    assert patch(ledger, Position.objects.get().pk, {}, "*", key="k").status_code == 422
    assert Position.objects.get().ytd_actual == Decimal("800.50")
    # Somebody else's key is another one.
    others = figures(money, ytd_actual="2.00")
    assert post(money.client(money.other), others, key="k").status_code == 412


def test_what_was_refused_may_be_tried_again_under_its_key(money, ledger):
    services.lock_month(month=money.month)
    assert post(ledger, figures(money), key="k").status_code == 409
    assert not PostedOnce.objects.exists()
    services.unlock_month(month=money.month)
    assert post(ledger, figures(money), key="k").status_code == 201
    for bad in ("", "a b", "x" * 201):
        assert post(ledger, figures(money), **{"Idempotency-Key": bad}).status_code == 400


def test_a_change_names_what_it_replaces(money, ledger):
    made = post(ledger, figures(money))
    pk, tag = made.json()["id"], made.headers["ETag"]
    assert patch(ledger, pk, {"ytd_actual": "900"}).status_code == 428
    changed = patch(ledger, pk, {"ytd_actual": "900", "comment": "Late invoices."}, tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] == f'"{pk}-2"'
    stale = patch(ledger, pk, {"ytd_actual": "901"}, tag)
    assert stale.status_code == 412
    assert stale.json()["current"]["ytd_actual"] == "900.00"
    assert stale.headers["ETag"] == f'"{pk}-2"'
    twice = post(ledger, figures(money))
    assert twice.status_code == 412
    assert twice.json()["current"]["id"] == pk
    assert ledger.get(f"{LIST}{pk}/").headers["ETag"] == f'"{pk}-2"'


def test_it_writes_by_the_pages_rules(money, ledger):
    money.enter_all()
    money.submit()
    pk = Position.objects.get(line=money.care).pk
    answer = patch(ledger, pk, {"ytd_actual": "1"}, "*")
    assert answer.status_code == 409
    assert "Recall them" in answer.json()["detail"]
    assert post(money.client(money.runner), figures(money)).status_code == 403
    stranger = MembershipFactory().user
    assert post(money.client(stranger), figures(money)).status_code == 404


@pytest.mark.parametrize(
    "bad",
    [
        {"line": "x"},
        {"line": 10**30},
        {"month": 13},
        {"month": 11},
        {"ytd_actual": "1.001"},
        {"ytd_actual": "NaN"},
        {"ytd_actual": "1" * 40},
        {"comment": "x" * 3000},
        {"comment": "\0"},
        {"comment": "\ud800"},
        {"surprise": 1},
        {"corrects": 10**30},
        {"corrects": 1},
        {"correction": "x" * 501},
    ],
)
def test_what_cannot_be_used_is_named(money, ledger, bad):
    answer = post(ledger, figures(money, **bad), key="k")
    assert answer.status_code == 400
    assert list(bad) == list(answer.json()["errors"])
    assert not Position.objects.exists()


def test_late_figures_say_which_closed_month_they_put_right(money, ledger):
    before = services.open_month(place=money.place, key=FinanceMonthKey(2019, 9))
    made = post(ledger, figures(money))
    pk, tag = made.json()["id"], made.headers["ETag"]
    said = {"corrects": before.pk, "correction": "Two invoices."}
    assert list(patch(ledger, pk, said, tag).json()["errors"]) == ["corrects"]
    services.close_month(
        month=before, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
    )
    for half, other in (("corrects", "correction"), ("correction", "corrects")):
        refused = patch(ledger, pk, {half: said[half]}, tag)
        assert (refused.status_code, list(refused.json()["errors"])) == (400, [other])
    kept = patch(ledger, pk, said, tag)
    assert (kept.status_code, kept.json()["corrects"]) == (200, before.pk)
    assert ledger.get(f"{LIST}{pk}/").json()["correction"] == "Two invoices."
    nothing = {"corrects": None, "correction": ""}
    assert patch(ledger, pk, nothing, kept.headers["ETag"]).json()["corrects"] is None


def test_figures_in_hand_are_not_read_by_others(money, ledger):
    pk = post(ledger, figures(money)).json()["id"]
    another = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    other_lead = FinanceLead.objects.create(organisation=another, user=UserFactory()).user
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    for user in (other_lead, money.runner, office):
        client = money.client(user)
        assert client.get(LIST).json()["count"] == 0
        assert client.get(f"{LIST}{pk}/").status_code == 403
        [month] = client.get("/api/v1/finance-months/").json()["results"]
        assert month["partners"][0]["state"] == "in hand"
    Submission.objects.update(state="submitted", submitted_by=money.lead, submitted_at=NOW)
    assert money.client(office).get(LIST).json()["count"] == 1
    assert money.client(other_lead).get(LIST).json()["count"] == 0
    governance = MembershipFactory(place=money.place, role=PlaceRole.GOVERNANCE).user
    assert money.client(governance).get("/api/v1/budget-lines/").json()["count"] == 0


def test_positions_are_filtered_and_paged_in_constant_queries(
    money, ledger, django_assert_max_num_queries
):
    made = BudgetLine.objects.bulk_create(
        BudgetLine(organisation=money.partner, year=2019, fund="aligned", name=f"L {n}", order=n)
        for n in range(60)
    )
    Position.objects.bulk_create(
        Position(line=one, month=money.month, ytd_actual=1, entered_at=NOW) for one in made
    )
    FinanceRules.objects.create(place=money.place)
    for address in (LIST, "/api/v1/budget-lines/", "/api/v1/finance-months/"):
        with django_assert_max_num_queries(25):
            assert ledger.get(address).status_code == 200
    assert ledger.get(LIST).json()["count"] == 60
    assert len(ledger.get(LIST).json()["results"]) == 50
    asked = "?place=hackney&year=2019&month=10&partner=LBH&fund=aligned&page_size=7&page=2"
    assert len(ledger.get(LIST + asked).json()["results"]) == 7
    assert ledger.get(LIST + "?fund=pooled").json()["count"] == 0
    assert ledger.get(LIST + "?line=" + "9" * 40).status_code in (200, 400)
    assert ledger.get(LIST + "?surprise=1").status_code == 400
    assert reverse("v1:position-list") == LIST
