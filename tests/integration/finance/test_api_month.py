"""Many lines of one partner's month by the API: all of them, or none, and safely twice."""

from decimal import Decimal

import pytest

from finance import services
from finance.models import BudgetLine, Position, Submission
from finance.rules.years import FinanceMonthKey
from programmes.models import FinanceLead, Organisation
from tests.factories import NOW, MembershipFactory
from tests.integration.finance.test_api import post
from tests.integration.finance.test_month_end import AFTER, Money

pytestmark = pytest.mark.django_db

MONTH = "/api/v1/positions/month/"


@pytest.fixture
def money():
    return Money()


@pytest.fixture
def ledger(money):
    return money.client(money.lead)


def line(found, actual, **more):
    return {"line": found.pk, "ytd_budget": "800.00", "ytd_actual": actual} | more


def both(money, **more):
    lines = [line(money.care, "810.50", **more), line(money.capital, "790.00")]
    return {"month": 10, "lines": lines}


def send(client, said, key=None):
    return post(client, said, key=key, address=MONTH)


def test_a_ledger_posts_its_month_at_once_and_first_entries_begin_with_their_budgets(money, ledger):
    answer = send(ledger, both(money))
    assert answer.status_code == 200
    said = answer.json()["lines"]
    assert [one["line"] for one in said] == [money.care.pk, money.capital.pk]
    assert [one["annual_budget"] for one in said] == ["1000.00", "1000.00"]
    assert [one["ytd_variance"] for one in said] == ["-10.50", "10.00"]
    assert [one["version"] for one in said] == [1, 1]
    assert Submission.objects.get().state == "in hand"


def test_some_lines_begin_and_others_change_in_one_request(money, ledger):
    money.enter(money.care, 1000, 800, 800, 990)
    said = {"month": 10, "lines": [line(money.capital, "1"), line(money.care, "2", version=1)]}
    answer = send(ledger, said)
    assert [one["ytd_actual"] for one in answer.json()["lines"]] == ["1.00", "2.00"]
    care = Position.objects.get(line=money.care)
    assert (care.version, care.forecast_outturn) == (2, 990)


def test_one_line_that_somebody_saved_since_keeps_all_of_them_out_and_is_shown(money, ledger):
    money.enter(money.care, 1000, 800, 850, 1000)
    answer = send(ledger, both(money))
    assert answer.status_code == 412
    assert list(answer.json()["errors"]) == ["lines.0.version"]
    [current] = answer.json()["current"]
    assert (current["line"], current["ytd_actual"]) == (money.care.pk, "850.00")
    assert not Position.objects.filter(line=money.capital).exists()
    again = send(ledger, both(money, version=current["version"]))
    assert again.status_code == 200
    assert Position.objects.get(line=money.care).ytd_actual == Decimal("810.50")


def test_the_same_key_and_lines_are_posted_once_and_answered_the_same(money, ledger):
    first = send(ledger, both(money), key="month-10")
    second = send(ledger, both(money), key="month-10")
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json() == second.json()
    assert {one.version for one in Position.objects.all()} == {1}
    other = send(ledger, both(money, comment="Late invoices."), key="month-10")
    assert other.status_code == 422
    assert Position.objects.get(line=money.care).comment == ""


def test_the_same_figures_again_without_a_key_change_nothing(money, ledger):
    send(ledger, both(money))
    assert send(ledger, both(money)).status_code == 200
    assert {one.version for one in Position.objects.all()} == {1}


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        ({"ytd_actual": "1.001"}, "lines.1.ytd_actual"),
        ({"ytd_actual": "NaN"}, "lines.1.ytd_actual"),
        ({"line": 10**30}, "lines.1.line"),
        ({"line": 2**40}, "lines.1.line"),
        ({"version": -1}, "lines.1.version"),
        ({"comment": "\0"}, "lines.1.comment"),
        ({"comment": "x" * 3000}, "lines.1.comment"),
        ({"surprise": 1}, "lines.1.surprise"),
        ({"corrects": 1, "correction": "Two invoices."}, "lines.1.corrects"),
        ({"correction": "Two invoices."}, "lines.1.corrects"),
    ],
)
def test_what_is_wrong_with_a_line_is_named_by_its_place_and_nothing_is_kept(
    money, ledger, bad, named
):
    said = both(money)
    said["lines"][1] |= bad
    answer = send(ledger, said, key="k")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [named]
    assert not Position.objects.exists()


def test_every_line_with_which_something_is_wrong_is_named_at_once(money, ledger):
    another = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    theirs = BudgetLine.objects.create(organisation=another, year=2019, fund="pooled", name="Care")
    FinanceLead.objects.create(organisation=another, user=money.lead)
    ended = BudgetLine.objects.create(
        organisation=money.partner, year=2019, fund="pooled", name="Beds", to_month=9
    )
    lines = [line(one, "1") for one in (money.care, theirs, ended, money.capital, money.capital)]
    answer = send(ledger, {"month": 10, "lines": lines})
    errors = {name: said[0] for name, said in answer.json()["errors"].items()}
    assert errors == {
        "lines.1.line": "It is not of LBH in that year: send it by itself.",
        "lines.2.line": "It is entered from month 1 to month 9.",
        "lines.3.line": "This line is named more than once: say all of it in one place.",
        "lines.4.line": "This line is named more than once: say all of it in one place.",
    }
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    "said",
    [{}, [], {"month": 10, "lines": []}, {"month": 13}, {"month": 10, "lines": "x"}, "\0"],
)
def test_a_body_that_is_no_month_is_refused(money, ledger, said):
    assert send(ledger, said).status_code == 400


def test_at_most_five_hundred_lines_are_taken_at_once(money, ledger):
    answer = send(ledger, {"month": 10, "lines": [line(money.care, "1")] * 501})
    assert answer.status_code == 400
    assert "500" in str(answer.json()["errors"])


def test_it_is_for_who_enters_the_partners_figures_while_they_are_in_hand(money, ledger):
    stranger = MembershipFactory().user
    assert send(money.client(stranger), both(money)).status_code == 404
    assert send(money.client(money.runner), both(money)).status_code == 403
    assert send(ledger, both(money) | {"month": 11}).json()["errors"] == {
        "month": ["Month 11, February 2020 has not been opened."]
    }
    money.enter_all()
    money.submit()
    refused = send(ledger, both(money, version=1))
    assert refused.status_code == 409
    assert "Recall them" in refused.json()["detail"]


def test_late_figures_of_several_lines_say_which_month_they_put_right(money, ledger):
    before = services.open_month(place=money.place, key=FinanceMonthKey(2019, 9))
    services.close_month(
        month=before, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
    )
    late = {"corrects": before.pk, "correction": "Two invoices."}
    answer = send(ledger, {"month": 10, "lines": [line(money.care, "1", **late)]})
    assert answer.json()["lines"][0]["corrects"] == before.pk


def test_many_lines_cost_as_many_questions_as_two_beside_their_saves(
    money, ledger, django_assert_max_num_queries
):
    made = BudgetLine.objects.bulk_create(
        BudgetLine(organisation=money.partner, year=2019, fund="aligned", name=f"L {n}", order=n)
        for n in range(40)
    )
    lines = [line(one, "1") for one in made]
    with django_assert_max_num_queries(40 + 25):
        assert send(ledger, {"month": 10, "lines": lines}).status_code == 200
