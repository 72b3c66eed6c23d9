"""Any sum of a month leads to the lines that make it up, and to who entered them."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance import services
from finance.drill import query_of
from finance.exporters.content import month_content
from finance.models import BudgetLine, Position, Submission
from finance.selectors import budgets_of
from programmes.models import Organisation
from tests.factories import NOW, BoardFactory, ProgrammeFactory
from tests.integration.finance.test_month_end import Money, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def money():
    """Two partners, one without a split, with lines in every fund, all handed in."""
    found = Money()
    city = Organisation.objects.create(place=found.place, name="City", short_name="CoLC")
    stream = ProgrammeFactory(place=found.place, name="Prevention")
    for organisation, fund, workstream, name in (
        (found.partner, "pooled", stream, ""),
        (found.partner, "aligned", None, "Reserves"),
        (found.partner, "in collaboration", None, "GP contracts"),
        (city, "unsplit", stream, ""),
        (city, "unsplit", None, "Reserves"),
    ):
        BudgetLine.objects.create(
            organisation=organisation, year=2019, fund=fund, workstream=workstream, name=name
        )
    for number, line in enumerate(BudgetLine.objects.order_by("pk"), start=1):
        penny = Decimal(number * 1_000_499) / 100
        Position.objects.create(
            line=line,
            month=found.month,
            annual_budget=penny,
            ytd_budget=penny / 2,
            ytd_actual=penny / 3,
            forecast_outturn=penny * 2,
            entered_at=NOW,
            entered_by=found.lead,
        )
    for organisation in (found.partner, city):
        Submission.objects.create(
            month=found.month,
            organisation=organisation,
            state="submitted",
            submitted_by=found.lead,
            submitted_at=NOW,
        )
    return found


def test_the_lines_behind_every_sum_add_up_to_it_to_the_penny(money):
    content = month_content(month=money.month)
    address = reverse(
        "money-month-lines-download",
        kwargs={"place": "hackney", "year": "2019-20", "month_number": 10, "fmt": "csv"},
    )
    runner = money.client(money.runner)
    walked = 0
    for view in ("consolidated", "workstreams", "organisations"):
        for row in content[view]:
            if row["forecast_outturn"] is None:
                continue
            answer = runner.get(f"{address}?{query_of(view, row)}")
            assert answer.status_code == 200, row
            lines = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig"))))
            for name in ("annual_budget", "forecast_outturn", "ytd_actual"):
                exact = sum(Decimal(line[name]) for line in lines)
                assert exact == Decimal(row[name]), (view, row["label"], name)
            walked += 1
    assert walked > 15


def test_a_sum_of_the_month_is_a_link_to_its_lines_and_they_name_who_entered_them(money):
    runner = money.client(money.runner)
    page = words(runner.get(money.month_address))
    assert 'lines/?fund=icf&amp;workstream=Prevention">Prevention</a>' in page
    shown = words(runner.get(money.month_address + "lines/?fund=icf&workstream=Prevention"))
    assert "by LBH Finance Lead" in shown
    assert "Total of all lines asked for" in shown
    assert "GP contracts" not in shown
    nothing = runner.get(money.month_address + "lines/?fund=nonsense")
    assert nothing.status_code == 200
    assert "Total of all lines" not in words(nothing)


def test_the_lines_of_another_partner_in_hand_are_listed_without_figures(money):
    Submission.objects.filter(organisation=money.partner).update(
        state="in hand", submitted_by=None, submitted_at=None
    )
    shown = words(money.client(money.runner).get(money.month_address + "lines/?partner=LBH"))
    assert "not entered, or not handed in" in shown
    assert "by LBH Finance Lead" not in shown


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=3), st.data())
def test_virements_conserve_the_total_budget_of_every_month(money, pence, data):
    # Budget is moved while the figures are in hand: under figures that are handed in it is refused.
    Submission.objects.filter(month=money.month).update(
        state="in hand", submitted_by=None, submitted_at=None, accepted_by=None, accepted_at=None
    )
    lines = list(BudgetLine.objects.filter(organisation=money.partner).order_by("pk"))

    def total(number):
        return sum(budgets_of(lines=lines, number=number).values(), Decimal(0))

    before = [total(number) for number in range(1, 13)]
    amounts = {line.pk: Decimal(p) / 100 for line, p in zip(lines, pence, strict=False)}
    rest = -sum(amounts.values(), Decimal(0))
    if rest == 0:
        return
    made = services.propose_virement(
        place=money.place,
        year=2019,
        from_month=data.draw(st.integers(1, 12)),
        amounts={**amounts, lines[len(pence)].pk: rest},
        reason="A lift.",
        by=money.lead,
        at=NOW,
    )
    services.decide_virement(
        virement=made,
        approve=True,
        by=money.runner,
        at=NOW,
        expected_version=1,
        board=BoardFactory(place=money.place, short_name=f"B{made.number}"),
        board_decided_on=NOW.date(),
    )
    assert [total(number) for number in range(1, 13)] == before
