"""A month that closes while somebody's page is open: the save itself is refused, whichever way it comes."""

import json
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from finance import services
from finance.models import (
    BudgetLine,
    Commentary,
    FinanceMonth,
    FinancialRisk,
    MonthException,
    MonthState,
    Position,
    RiskPosition,
    SavingsPosition,
    SavingsScheme,
    Submission,
    WorkingPaper,
)
from finance.services.exposure import add_risk
from icp.common.clock import database_moment
from programmes.models import FinanceLead
from tests.factories import NOW
from tests.integration.finance.previews import signed_of
from tests.integration.finance.test_month_end import AFTER, Money
from tests.integration.finance.test_month_end import words as words_of
from tests.integration.finance.test_risk_pages import HEADINGS as RISK_HEADINGS
from tests.integration.finance.test_risk_pages import new as new_risk
from tests.integration.finance.test_savings_pages import typed as typed_scheme

pytestmark = pytest.mark.django_db

KEPT = (Position, Submission, FinancialRisk, RiskPosition, SavingsScheme, SavingsPosition)


@pytest.fixture
def money():
    return Money()


def at(name, **more):
    words = {"place": "hackney", "year": "2019-20", "month_number": 10}
    return reverse(name, kwargs=words | more) + "?unit=pounds"


@contextmanager
def changed_at_the_last_moment(change):
    """``change()`` happens after the request has looked at the month, and before it holds it."""
    done = []

    def before(execute, sql, params, many, context):
        if "finance_financemonth" in sql and "FOR SHARE" in sql and not done:
            done.append(True)
            change()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(before):
        yield
    assert done


def locked(money):
    return lambda: FinanceMonth.objects.filter(pk=money.month.pk).update(state=MonthState.LOCKED)


def all_that_is_kept():
    return [list(one.objects.order_by("pk").values()) for one in KEPT]


def post(client, address, said, method="post", **headers):
    send = getattr(client, method)
    return send(address, json.dumps(said), content_type="application/json", headers=headers)


def shown_first(client, address, text):
    """What the preview of a file gives along for the second press."""
    file = SimpleUploadedFile("list.csv", text.encode())
    return {"kept": signed_of(client.post(address, {"file": file, "unit": "pounds"}))}


def by_the_grid(money, client):
    sent = money.typed(money.care, "1", "2", "3", "4")
    return lambda: client.post(money.address, sent)


def by_the_grids_script(money, client):
    sent = money.typed(money.care, "1", "2", "3", "4")
    return lambda: client.post(money.address, sent, headers={"X-Cells": "1"})


def by_the_ledgers_totals(money, client):
    totals = {"ytd_actual": "5", "version": 1, "answer": "Late invoices."}
    sent = {f"ledger-{name}": value for name, value in totals.items()}
    return lambda: client.post(money.address, sent)


def by_handing_in(money, client):
    money.enter_all()
    return lambda: client.post(money.address, {"do": "submit"}, follow=True)


def by_recalling(money, client):
    money.enter_all()
    version = money.submit().version
    sent = {"do": "recall", "version": version}
    return lambda: client.post(money.address, sent, follow=True)


def by_a_first_post(money, client):
    sent = {"line": money.care.pk, "month": 10, "ytd_actual": "1.00"}
    return lambda: post(client, "/api/v1/positions/", sent)


def by_a_patch(money, client):
    pk = money.enter(money.care, 1, 2, 3, 4).pk
    address, tag = f"/api/v1/positions/{pk}/", {"If-Match": "*"}
    return lambda: post(client, address, {"ytd_actual": "9"}, "patch", **tag)


def by_many_lines(money, client):
    sent = {"month": 10, "lines": [{"line": money.care.pk, "ytd_actual": "1.00"}]}
    return lambda: post(client, "/api/v1/positions/month/", sent)


def by_a_new_risk(money, client):
    return lambda: client.post(at("money-risk-new"), new_risk(money))


def a_risk(money):
    return add_risk(
        month=money.month,
        organisation=money.partner,
        side="risk",
        ref="1",
        values={"title": "Prices", "full_value": 1000},
        by=money.entrant(),
        at=NOW,
    )


def by_a_changed_risk(money, client):
    said = a_risk(money)
    sent = {"title": "Prices", "full_value": "2,000", "probability": "50%", "version": 1}
    return lambda: client.post(at("money-risk", risk=said.risk_id), sent)


def by_a_withdrawn_risk(money, client):
    said = a_risk(money)
    sent = {"do": "withdraw", "because": "It is over.", "version": 1}
    return lambda: client.post(at("money-risk", risk=said.risk_id), sent)


def by_what_is_brought_forward(money, client):
    said = a_risk(money)
    services.close_month(
        month=money.month, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
    )
    money.month = FinanceMonth.objects.get(number=11)
    assert said.risk.positions.count() == 1
    address = at("money-risks-forward", month_number=11, partner=money.partner.pk)
    return lambda: client.post(address, follow=True)


def by_a_file_of_risks(money, client):
    address = at("money-risks-bring", partner=money.partner.pk)
    sent = shown_first(client, address, f"{RISK_HEADINGS}LBH,risk,1,Prices,2,50,1,,\n")
    return lambda: client.post(address, sent)


def by_a_new_scheme(money, client):
    return lambda: client.post(at("savings-new"), typed_scheme(organisation=money.partner.pk))


def by_a_changed_scheme(money, client):
    client.post(at("savings-new"), typed_scheme(organisation=money.partner.pk))
    scheme = SavingsScheme.objects.get()
    sent = typed_scheme(version=1, progress="nothing will come of it")
    return lambda: client.post(at("savings-scheme", scheme=scheme.pk), sent)


def by_a_partners_savings(money, client):
    address = at("savings-partner", partner=money.partner.pk)
    return lambda: client.post(address, {"plan_full_year": "5", "version": 0})


def by_a_file_of_schemes(money, client):
    address = at("money-savings-bring", partner=money.partner.pk)
    headings = (
        "organisation,scheme,type,starts_on,provider,plan_full_year,actual_to_date,risk_rating"
    )
    sent = shown_first(client, address, f"{headings}\nLBH,Reviews,Productivity,2019-07-01,,6,,\n")
    return lambda: client.post(address, sent)


WAYS = [
    by_the_grid,
    by_the_grids_script,
    by_the_ledgers_totals,
    by_handing_in,
    by_recalling,
    by_a_first_post,
    by_a_patch,
    by_many_lines,
    by_a_new_risk,
    by_a_changed_risk,
    by_a_withdrawn_risk,
    by_what_is_brought_forward,
    by_a_file_of_risks,
    by_a_new_scheme,
    by_a_changed_scheme,
    by_a_partners_savings,
    by_a_file_of_schemes,
]


@pytest.mark.parametrize("way", WAYS)
def test_a_month_that_closes_to_finance_leads_meanwhile_takes_nothing_from_them(money, way):
    save = way(money, money.client(money.lead))
    before = all_that_is_kept()
    with changed_at_the_last_moment(locked(money)):
        answer = save()
    assert "is closed to finance leads" in words_of(answer)
    assert answer.status_code in (200, 409, 422)
    assert all_that_is_kept() == before


def test_what_was_typed_stands_on_the_page_that_refuses_it(money):
    save = by_the_grid(money, money.client(money.lead))
    with changed_at_the_last_moment(locked(money)):
        page = words_of(save())
    assert 'value="3.00"' in page or 'value="3"' in page


@pytest.mark.parametrize(
    ("way", "typed"),
    [
        (by_the_grid, 'value="3"'),
        (by_the_ledgers_totals, "Late invoices.</textarea>"),
        (by_a_new_risk, 'value="Prices"'),
        (by_a_changed_risk, 'value="2,000"'),
        (by_a_withdrawn_risk, "It is over."),
        (by_a_new_scheme, 'value="Fewer journeys"'),
        (by_a_changed_scheme, 'value="nothing will come of it"'),
        (by_a_partners_savings, 'value="5"'),
    ],
)
@pytest.mark.parametrize("state", [MonthState.LOCKED, MonthState.CLOSED])
def test_what_was_typed_stands_there_when_the_month_closed_before_it_was_sent(
    money, way, typed, state
):
    save = way(money, money.client(money.lead))
    closing = {"closed_by": money.runner, "closed_at": database_moment()}
    FinanceMonth.objects.filter(pk=money.month.pk).update(
        state=state, **(closing if state == MonthState.CLOSED else {})
    )
    answer = save()
    assert answer.status_code == 422
    assert typed in words_of(answer)


def test_a_day_from_which_it_closes_counts_when_it_is_set_meanwhile(money):
    def dated():
        FinanceMonth.objects.filter(pk=money.month.pk).update(locks_on=date(2020, 1, 1))

    save = by_a_first_post(money, money.client(money.lead))
    with changed_at_the_last_moment(dated):
        assert save().status_code == 409
    assert not Position.objects.exists()


def test_who_is_let_in_no_more_meanwhile_saves_no_more(money):
    services.lock_month(month=money.month)
    services.let_in(
        month=money.month,
        user=money.lead,
        until=date(2099, 1, 1),
        reason="Ill.",
        by=money.runner,
        today=AFTER,
    )
    client = money.client(money.lead)
    assert by_a_first_post(money, client)().status_code == 201
    with changed_at_the_last_moment(MonthException.objects.all().delete):
        assert by_a_patch_of_the_first(client)().status_code == 409
    assert Position.objects.get().ytd_actual == 1


def by_a_patch_of_the_first(client):
    address = f"/api/v1/positions/{Position.objects.get().pk}/"
    return lambda: post(client, address, {"ytd_actual": "9"}, "patch", **{"If-Match": "*"})


def test_the_programme_finance_lead_enters_for_a_partner_without_a_lead_after_it_closed(money):
    FinanceLead.objects.all().delete()
    save = by_the_grid(money, money.client(money.runner))
    with changed_at_the_last_moment(locked(money)):
        assert save().status_code == 302
    assert Position.objects.get().ytd_actual == 3


def test_words_are_not_accepted_of_a_month_that_is_closed_for_good_meanwhile(money):
    money.enter_all()
    money.submit()
    [said] = services.draft_commentary(month=money.month)

    def closed():
        FinanceMonth.objects.filter(pk=money.month.pk).update(
            state=MonthState.CLOSED, closed_by=money.runner, closed_at=NOW
        )

    sent = {"about": said.pk, f"c{said.pk}-text": "Prices rose.", f"c{said.pk}-version": 1}
    with changed_at_the_last_moment(closed):
        answer = money.client(money.runner).post(at("money-commentary"), sent)
    assert answer.status_code == 422
    assert "is closed. Put late figures into the next month" in words_of(answer)
    assert Commentary.objects.get().is_draft


def test_lines_of_a_month_that_closes_meanwhile_end_with_it(money):
    services.open_month(place=money.place, key=money.month.month.after)

    def closed():
        FinanceMonth.objects.filter(pk=money.month.pk).update(
            state=MonthState.CLOSED, closed_by=money.runner, closed_at=NOW
        )

    with changed_at_the_last_moment(closed):
        made = services.change_line(
            line=money.care,
            called=services.Called("pooled", None, "Home care"),
            by=money.runner,
            at=NOW,
            expected_version=1,
        )
    money.care.refresh_from_db()
    assert (money.care.name, money.care.to_month) == ("Care", 10)
    assert (made.name, made.from_month) == ("Home care", 11)
    assert BudgetLine.objects.count() == 3


def test_working_papers_are_a_lines_and_no_months_and_wait_for_no_gate(money):
    services.lock_month(month=money.month)
    sent = {"file": SimpleUploadedFile("invoices.csv", b"a,b\n1,2\n")}
    address = reverse("paper-add", kwargs={"place": "hackney", "line": money.care.pk})
    money.client(money.lead).post(address, sent)
    assert WorkingPaper.objects.get().line == money.care
