"""The month-end page: figures entered, refused, queried, accepted, closed."""

import html
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from finance import services
from finance.access import Entrant
from finance.errors import (
    CannotCloseMonth,
    CannotDecide,
    CannotEnter,
    CannotHandIn,
    CannotMoveBudget,
)
from finance.exporters.content import month_content, report_content
from finance.exporters.printed import in_short, without_words
from finance.models import BudgetLine, FinanceRules, Phase, Position, Submission, Virement
from finance.rules.years import FinanceMonthKey
from finance.services.submissions import questions
from programmes.access import roles_of
from programmes.models import FinanceLead, Organisation, PlaceRole
from tests.factories import NOW, MembershipFactory, PlaceFactory, ProgrammeFactory, UserFactory

pytestmark = pytest.mark.django_db

FIGURES = ("annual_budget", "ytd_budget", "ytd_actual", "forecast_outturn")
AFTER = date(2020, 2, 10)


class Money:
    """A place with one partner of two lines, months 9 and 10."""

    def __init__(self):
        self.place = PlaceFactory(slug="hackney")
        self.partner = Organisation.objects.create(
            place=self.place, name="Council", short_name="LBH"
        )
        self.lead = UserFactory(name="LBH Finance Lead")
        FinanceLead.objects.create(organisation=self.partner, user=self.lead)
        self.other = UserFactory(name="Second Finance Lead")
        FinanceLead.objects.create(organisation=self.partner, user=self.other)
        self.runner = MembershipFactory(place=self.place, role=PlaceRole.FINANCE).user
        self.care, self.capital = (
            BudgetLine.objects.create(
                organisation=self.partner, year=2019, fund="pooled", name=name, opening_budget=1000
            )
            for name in ("Care", "Capital")
        )
        self.month = services.open_month(place=self.place, key=FinanceMonthKey(2019, 10))

    def entrant(self, user=None):
        user = user or self.lead
        return Entrant(user, roles_of(user=user, place=self.place, on=AFTER), AFTER)

    def client(self, user):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    @property
    def address(self):
        words = {"place": "hackney", "year": "2019-20", "month_number": 10}
        return reverse("month-end", kwargs=words | {"partner": self.partner.pk}) + "?unit=pounds"

    @property
    def month_address(self):
        words = {"place": "hackney", "year": "2019-20", "month_number": 10}
        return reverse("money-month", kwargs=words)

    def typed(self, line, *figures, version=0, comment="", **more):
        prefix = f"l{line.pk}"
        fields = {f"{prefix}-{n}": v for n, v in zip(FIGURES, figures, strict=True)}
        return {
            "row": line.pk,
            f"{prefix}-version": version,
            f"{prefix}-comment": comment,
            **fields,
            **more,
        }

    def enter(self, line, *figures, version=0, **more):
        values = dict(zip(FIGURES, map(Decimal, figures), strict=True)) | more
        [saved] = services.save_positions(
            month=self.month,
            organisation=self.partner,
            entries=[services.Entry(line.pk, version, values)],
            by=self.entrant(),
            at=NOW,
        )
        return saved

    def enter_all(self):
        self.enter(self.care, 1000, 800, 800, 1000)
        self.enter(self.capital, 1000, 800, 800, 1000)
        self.enter_all_totals()

    def enter_all_totals(self):
        totals = dict(zip(FIGURES, map(Decimal, (2000, 1600, 1600, 2000)), strict=True))
        services.save_ledger_totals(
            month=self.month,
            organisation=self.partner,
            totals=totals,
            answer="",
            by=self.entrant(),
            expected_version=1,
        )

    def submit(self):
        return services.submit_month(
            month=self.month, organisation=self.partner, by=self.entrant(), at=NOW
        )

    def query(self, question, version=None):
        found = Submission.objects.get(month=self.month, organisation=self.partner)
        return services.query_submission(
            month=self.month,
            organisation=self.partner,
            question=question,
            by=self.runner,
            at=NOW,
            expected_version=version or found.version,
        )

    def accept(self, by=None):
        found = Submission.objects.get(month=self.month, organisation=self.partner)
        return services.accept_submission(
            month=self.month,
            organisation=self.partner,
            by=by or self.runner,
            at=NOW,
            expected_version=found.version,
        )

    def close(self):
        self.month = services.close_month(month=self.month, by=self.runner, at=NOW, today=AFTER)


@pytest.fixture
def money():
    return Money()


def words(answer):
    return answer.content.decode()


def test_a_finance_lead_saves_a_line_to_the_penny(money):
    sent = money.typed(money.care, "1,000.00", "£800.50", "(20.25)", "1000")
    answer = money.client(money.lead).post(money.address, sent)
    assert answer.status_code == 302
    said = Position.objects.get()
    assert (said.ytd_budget, said.ytd_actual) == (Decimal("800.50"), Decimal("-20.25"))
    assert said.entered_by == money.lead
    assert Submission.objects.get().state == "in hand"


def test_thousands_are_kept_as_pounds(money):
    sent = money.typed(money.care, "1.5", "1", "1", "1.23456")
    money.client(money.lead).post(money.address.replace("pounds", "thousands"), sent)
    assert Position.objects.get().forecast_outturn == Decimal("1234.56")


def test_one_wrong_cell_keeps_everything_from_being_saved_and_nothing_typed_is_lost(money):
    one, two = (
        money.typed(money.care, "1", "2", "3", "4"),
        money.typed(money.capital, "5", "x", "7", "8"),
    )
    sent = {**one, **two, "row": [money.care.pk, money.capital.pk]}
    answer = money.client(money.lead).post(money.address, sent)
    assert answer.status_code == 422
    assert not Position.objects.exists()
    assert "Capital, budget to date: Type an amount in figures" in words(answer)
    assert 'value="x"' in words(answer)
    assert 'value="3"' in words(answer)


def test_a_first_entry_begins_with_the_opening_budget(money):
    services.save_positions(
        month=money.month,
        organisation=money.partner,
        entries=[services.Entry(money.care.pk, 0, {"ytd_actual": Decimal(5)})],
        by=money.entrant(),
        at=NOW,
    )
    assert Position.objects.get().annual_budget == 1000


def test_the_second_to_save_one_line_sees_both_figures_and_chooses(money):
    saved = money.enter(money.care, 1000, 800, 800, 1000)
    client = money.client(money.other)
    sent = money.typed(money.care, 1000, 800, 900, 1000, version=saved.version)
    money.enter(money.care, 1000, 800, 850, 1000, version=saved.version)
    answer = client.post(money.address, sent)
    assert answer.status_code == 409
    assert "Theirs: 850" in words(answer)
    assert 'value="900"' in words(answer)
    assert Position.objects.get().ytd_actual == 850
    assert f'name="l{money.care.pk}-version" value="2"' in words(answer)
    assert client.post(money.address, sent | {f"l{money.care.pk}-version": 2}).status_code == 302
    assert Position.objects.get().ytd_actual == 900


def test_a_line_that_one_did_not_touch_keeps_what_somebody_else_saved(money):
    seen = money.enter(money.care, 1000, 800, 800, 1000)
    money.enter(money.care, 1000, 800, 850, 1000, version=seen.version)
    mine = money.typed(money.capital, 1000, 1, 1, 1000)
    untouched = money.typed(money.care, "1000", "800", "800", "1000", version=seen.version)
    sent = {**mine, **untouched, "row": [money.care.pk, money.capital.pk]}
    assert money.client(money.other).post(money.address, sent).status_code == 302
    assert Position.objects.get(line=money.care).ytd_actual == 850
    assert Position.objects.get(line=money.capital).ytd_budget == 1


def test_the_pages_script_gets_figures_back(money):
    sent = money.typed(money.care, "1000", "800", "900", "1100.50")
    answer = money.client(money.lead).post(money.address, sent, headers={"X-Cells": "1"})
    found = answer.json()["lines"][str(money.care.pk)]
    assert found["version"] == 1
    assert found["computed"]["forecast_variance"] == "(100.50)"
    assert "The variance to date needs a comment." in found["questions"]


def test_a_cell_is_saved_with_as_few_questions_as_a_page_may_ask(
    money, django_assert_max_num_queries
):
    client = money.client(money.lead)
    for line, version in ((money.care, 0), (money.care, 1), (money.capital, 0)):
        sent = money.typed(line, "1000", "800", f"90{version}", "1000", version=version)
        with django_assert_max_num_queries(25):
            answer = client.post(money.address, sent, headers={"X-Cells": "1"})
        assert answer.json()["lines"][str(line.pk)]["version"] == version + 1


def test_figures_are_handed_in_only_when_nothing_is_missing_and_the_ledger_agrees(money):
    client = money.client(money.lead)
    money.enter(money.care, 1000, 800, 900, 1100)
    answer = client.post(money.address, {"do": "submit"})
    assert answer.status_code == 422
    for asked in (
        "Pooled, Capital: the ytd",
        "Pooled, Care: the variance to date needs a comment.",
    ):
        assert asked.split(":")[0] in words(answer)
    assert Submission.objects.get().state == "in hand"


def test_a_month_is_queried_answered_accepted_by_another_and_closed_for_good(money):
    money.enter_all()
    money.submit()
    with pytest.raises(CannotEnter, match="submitted"):
        money.enter(money.care, 1, 1, 1, 1, version=1)
    money.query("Why?")
    money.enter(money.care, 1000, 800, 800, 1000, version=1, comment="As planned.")
    money.submit()
    with pytest.raises(CannotDecide, match="Two people"):
        money.accept(by=money.lead)
    with pytest.raises(CannotCloseMonth, match="LBH"):
        money.close()
    money.accept()
    money.close()
    first = money.month.closed_at
    money.close()
    assert money.month.closed_at == first
    with pytest.raises(CannotEnter, match="closed"):
        money.enter(money.care, 2, 2, 2, 2, version=2)


def test_the_database_refuses_to_change_a_closed_months_figures(money):
    money.enter_all()
    money.submit()
    money.accept()
    money.close()
    for change in (
        lambda: Position.objects.update(ytd_actual=1),
        lambda: Position.objects.all().delete(),
        lambda: Submission.objects.update(question="?"),
        lambda: type(money.month).objects.filter(pk=money.month.pk).update(state="open"),
    ):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            change()


def test_the_database_refuses_that_one_person_hands_in_and_accepts(money):
    money.enter_all()
    money.submit()
    with pytest.raises(IntegrityError, match="money_accepted_by_another"), transaction.atomic():
        Submission.objects.update(state="accepted", accepted_by=money.lead, accepted_at=NOW)


def test_last_months_variance_is_read_from_the_stamped_month(money):
    money.enter(money.care, 1000, 800, 800, 1100, comment="Prices.")
    money.enter(money.capital, 1000, 800, 800, 1000)
    totals = dict(zip(FIGURES, map(Decimal, (2000, 1600, 1600, 2100)), strict=True))
    services.save_ledger_totals(
        month=money.month,
        organisation=money.partner,
        totals=totals,
        answer="",
        by=money.entrant(),
        expected_version=1,
    )
    money.submit()
    money.accept()
    money.close()
    following = money.address.replace("/10/", "/11/")
    page = words(money.client(money.lead).get(following))
    assert 'data-prior="-10000"' in page
    assert "(100.00)" in page


def test_a_month_closed_to_finance_leads_lets_in_whom_it_names(money):
    services.lock_month(month=money.month)
    client = money.client(money.lead)
    sent = money.typed(money.care, "1", "2", "3", "4")
    refused = client.post(money.address, sent)
    assert refused.status_code == 422
    assert "closed to finance leads" in words(refused)
    services.let_in(
        month=money.month,
        user=money.lead,
        until=date(2099, 1, 1),
        reason="Ill.",
        by=money.runner,
        today=AFTER,
    )
    assert client.post(money.address, sent).status_code == 302


def test_nobody_learns_of_money_they_may_not_read(money):
    outsider = MembershipFactory(place=PlaceFactory()).user
    governance = MembershipFactory(place=money.place, role=PlaceRole.GOVERNANCE).user
    assert money.client(outsider).get(money.address).status_code == 404
    refused = money.client(governance).get(money.address)
    assert refused.status_code == 403
    assert "LBH" not in words(refused)
    assert money.client(governance).get(money.address.replace("/10/", "/77/")).status_code == 403
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    assert money.client(office).get(money.address).status_code == 200
    assert money.client(office).post(money.address, {"do": "save"}).status_code == 403


def test_a_finance_lead_enters_for_their_own_partner_alone(money):
    another = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    line = BudgetLine.objects.create(organisation=another, year=2019, fund="pooled", name="Care")
    theirs = money.address.replace(f"/{money.partner.pk}/", f"/{another.pk}/")
    sent = money.typed(line, "1", "2", "3", "4")
    assert money.client(money.lead).post(theirs, sent).status_code == 403
    # Nor by naming another partner's line on one's own page.
    money.client(money.lead).post(money.address, sent)
    assert not Position.objects.exists()


def test_a_virement_takes_two_people_and_moves_what_the_budget_should_be(money):
    made = services.propose_virement(
        place=money.place,
        year=2019,
        from_month=10,
        amounts={money.care.pk: Decimal(-300), money.capital.pk: Decimal(300)},
        reason="A lift.",
        by=money.lead,
        at=NOW,
    )
    with pytest.raises(CannotDecide, match="Two people"):
        services.decide_virement(
            virement=made, approve=True, by=money.lead, at=NOW, expected_version=1
        )
    services.decide_virement(
        virement=made, approve=True, by=money.runner, at=NOW, expected_version=1
    )
    said = services.save_positions(
        month=money.month,
        organisation=money.partner,
        entries=[services.Entry(one.pk, 0, {}) for one in (money.care, money.capital)],
        by=money.entrant(),
        at=NOW,
    )
    assert [one.annual_budget for one in said] == [700, 1300]
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        type(made).objects.update(reason="Another.")


def test_a_virement_waits_while_figures_that_it_changes_are_handed_in(money):
    made = services.propose_virement(
        place=money.place,
        year=2019,
        from_month=10,
        amounts={money.care.pk: Decimal(-300), money.capital.pk: Decimal(300)},
        reason="A lift.",
        by=money.lead,
        at=NOW,
    )
    money.enter_all()
    money.submit()
    decision = {"virement": made, "approve": True, "by": money.runner, "at": NOW}
    with pytest.raises(CannotDecide, match="Month 10, January 2020 is submitted"):
        services.decide_virement(**decision, expected_version=1)
    money.accept()
    with pytest.raises(CannotDecide, match="is accepted with the budgets"):
        services.decide_virement(**decision, expected_version=1)
    money.query("Should V 1 be in it?")
    services.decide_virement(**decision, expected_version=1)
    # Back in hand, the page asks for the budget that the virement made.
    found = questions(month=money.month, organisation=money.partner)
    assert [one.ask for one in found] == ["budget", "budget"]


def test_the_database_too_asks_for_a_board_of_a_large_virement(money):
    made = services.propose_virement(
        place=money.place,
        year=2019,
        from_month=10,
        amounts={money.care.pk: Decimal(-500_000), money.capital.pk: Decimal(500_000)},
        reason="A lift.",
        by=money.lead,
        at=NOW,
    )
    mine = type(made).objects.filter(pk=made.pk)
    approved = {"state": "approved", "decided_by": money.runner, "decided_at": NOW}
    with pytest.raises(DatabaseError, match="needs a board"), transaction.atomic():
        mine.update(**approved)
    FinanceRules.objects.create(place=money.place, board_above=Decimal(500_001))
    assert mine.update(**approved) == 1


def test_a_virement_waits_for_a_month_that_is_being_closed_before_it_looks_at_it(money):
    made = services.propose_virement(
        place=money.place,
        year=2019,
        from_month=10,
        amounts={money.care.pk: Decimal(-300), money.capital.pk: Decimal(300)},
        reason="A lift.",
        by=money.lead,
        at=NOW,
    )
    with CaptureQueriesContext(connection) as asked:
        services.decide_virement(
            virement=made, approve=True, by=money.runner, at=NOW, expected_version=1
        )
    months = [
        one["sql"] for one in asked if "FROM finance_financemonth" in one["sql"].replace('"', "")
    ]
    assert months[0].endswith("FOR SHARE")
    assert len(months) == 1


def test_a_month_without_figures_has_dashes_for_totals_and_not_noughts(money):
    page = words(money.client(money.lead).get(money.address))
    for name in ("annual_budget", "ytd_actual", "forecast_variance"):
        assert f'data-total="{name}">–</td>' in page
    assert 'data-label="Last month’s">–</td>' in page
    money.enter(money.care, 0, 0, 0, 0)
    assert 'data-total="forecast_variance">0.00</td>' in words(
        money.client(money.lead).get(money.address)
    )


def test_who_was_late_last_month_makes_no_movement_of_the_whole(money):
    ccg = Organisation.objects.create(place=money.place, name="CCG", short_name="CCG")
    late = BudgetLine.objects.create(
        organisation=ccg, year=2019, fund="pooled", name="Drugs", opening_budget=1000
    )
    money.enter_all()
    money.submit()
    money.accept()
    services.close_month(
        month=money.month, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
    )
    money.month = services.open_month(place=money.place, key=FinanceMonthKey(2019, 11))
    money.enter(money.care, 1000, 900, 900, 1000)
    money.enter(money.capital, 1000, 900, 900, 1000)
    services.save_positions(
        month=money.month,
        organisation=ccg,
        entries=[
            services.Entry(
                late.pk, 0, dict(zip(FIGURES, map(Decimal, (1000, 900, 900, 5000)), strict=True))
            )
        ],
        by=money.entrant(money.runner),
        at=NOW,
    )
    content = report_content(month=money.month)
    fund = next(row for row in content["organisations"] if row["kind"] == "total")
    assert (fund["prior_month_variance"], fund["lines_without_prior_month"]) == ("0.00", 1)
    assert in_short(content)[0] == "Adverse by £4k at the year’s end."
    assert without_words(fund) == "last month without 1 line"


def test_the_database_refuses_a_virement_that_makes_money(money):
    with pytest.raises(CannotMoveBudget, match="adds up to nought"):
        services.propose_virement(
            place=money.place,
            year=2019,
            from_month=10,
            amounts={money.care.pk: Decimal(-300), money.capital.pk: Decimal(301)},
            reason="A lift.",
            by=money.lead,
            at=NOW,
        )


def test_the_database_refuses_to_take_a_line_out_of_a_virement_that_was_decided(money):
    spare = BudgetLine.objects.create(
        organisation=money.partner, year=2019, fund="pooled", name="Spare", opening_budget=1000
    )
    decided, other = (
        services.propose_virement(
            place=money.place,
            year=2019,
            from_month=10,
            amounts={money.care.pk: Decimal(-300), line.pk: Decimal(300)},
            reason="A lift.",
            by=money.lead,
            at=NOW,
        )
        for line in (money.capital, spare)
    )
    Virement.objects.filter(pk=decided.pk).update(
        state="refused", decided_by=money.runner, decided_at=NOW, decision="Not now."
    )
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        decided.lines.filter(line=money.capital).update(virement=other)


def test_a_spreadsheet_fills_the_grid_and_writes_nothing(money):
    client = money.client(money.lead)
    page = money.address.replace("?", "bring/?")
    file = "fund,line,annual budget,ytd_budget,ytd_actual,forecast_outturn\nPooled,Care,1000,800,750,1000\n"
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"file": SimpleUploadedFile("figures.csv", file.encode()), "unit": "pounds"}
    answer = client.post(page, sent)
    assert answer.status_code == 200
    assert "Nothing is saved yet: 1 line differs" in words(answer)
    assert 'value="750"' in words(answer)
    assert not Position.objects.exists()


def test_a_bad_cell_of_a_pasted_block_is_named_by_its_place(money):
    client = money.client(money.lead)
    page = money.address.replace("?", "bring/?")
    answer = client.post(page, {"block": "1\t2\tthree\t4\n5\t6\t7\t8\t9\n"})
    assert answer.status_code == 422
    said = words(answer)
    assert "Row 1, ytd actual (column 3), “three”" in said
    assert "Row 2, column 5" in said
    assert "Nothing is saved" in said


def test_a_virement_is_proposed_and_approved_on_the_pages(money):
    services.open_month(place=money.place, key=FinanceMonthKey(2019, 10))
    client = money.client(money.lead)
    sent = {
        "from_month": 10,
        "reason": "A lift.",
        "line1": money.care.pk,
        "amount1": "(300)",
        "line2": money.capital.pk,
        "amount2": "299",
    }
    page = reverse("virement-new", kwargs={"place": "hackney"})
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "£1.00 more is given than taken" in words(refused)
    made = client.post(page, sent | {"amount2": "300"})
    assert made.status_code == 302
    assert "Somebody else decides" in words(client.get(made["Location"]))
    decide = {"do": "approve", "version": 1}
    assert client.post(made["Location"], decide).status_code == 403
    runner = money.client(money.runner)
    assert runner.post(made["Location"], decide).status_code == 302
    assert "700.00" in words(
        runner.get(reverse("money-line", kwargs={"place": "hackney", "line": money.care.pk}))
    )
    listed = runner.get(reverse("virements-download", kwargs={"place": "hackney", "fmt": "csv"}))
    assert b"".join(listed).decode().count("V 1,2019,10,Approved") == 2


def test_words_are_drafted_from_the_figures_until_a_person_accepts_theirs(money):
    money.enter(money.care, 1000, 800, 800, 1100, comment="Prices.")
    runner = money.client(money.runner)
    page = reverse(
        "money-commentary", kwargs={"place": "hackney", "year": "2019-20", "month_number": 10}
    )
    runner.post(page, {"do": "draft"})
    # What is in hand is its partner's own: nothing is drafted of it.
    assert not money.month.commentary.exists()
    Submission.objects.update(state="submitted", submitted_by=money.lead, submitted_at=NOW)
    runner.post(page, {"do": "draft"})
    said = money.month.commentary.get()
    assert said.text == "Adverse by £100 at the year’s end; driven by Care (£100 adverse)."
    sent = {"about": said.pk, f"c{said.pk}-text": "Prices rose.", f"c{said.pk}-version": 1}
    assert runner.post(page, sent).status_code == 302
    stale = runner.post(page, sent | {f"c{said.pk}-text": "Others."})
    assert stale.status_code == 409
    assert "Prices rose." in words(stale)
    assert f'name="c{said.pk}-version" value="2"' in words(stale)
    Position.objects.update(forecast_outturn=1200)
    runner.post(page, {"do": "draft"})
    assert money.month.commentary.get().text == "Prices rose."
    assert money.client(money.lead).post(page, sent).status_code == 403


def test_words_on_figures_that_nobody_accepted_are_not_in_the_report(money):
    stream = ProgrammeFactory(place=money.place, name="Planned Care")
    late = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    care = BudgetLine.objects.create(
        organisation=late, year=2019, fund="pooled", workstream=stream, opening_budget=1000
    )
    figures = dict(zip(FIGURES, map(Decimal, (1000, 800, 800, 4000)), strict=True))
    Position.objects.create(line=care, month=money.month, entered_at=NOW, **figures)
    by = {"submitted_by": money.lead, "submitted_at": NOW}
    Submission.objects.create(month=money.month, organisation=late, state="submitted", **by)
    services.draft_commentary(month=money.month)
    said = money.month.commentary.get(organisation=late)
    services.accept_commentary(
        commentary=said, text="Prices rose.", by=money.runner, at=NOW, expected_version=1
    )
    assert money.month.commentary.count() == 2
    money.enter_all()
    money.submit()
    money.accept()
    closed = services.close_month(
        month=money.month, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
    )
    assert [one["about"] for one in closed.report.content["commentary"]] == ["LBH"]
    page = reverse(
        "money-commentary", kwargs={"place": "hackney", "year": "2019-20", "month_number": 10}
    )
    shown = words(money.client(money.lead).get(page))
    assert "Prices rose." not in shown
    assert "Planned Care" not in shown


def test_a_place_with_nothing_in_the_fund_has_a_report_without_a_headline(money):
    BudgetLine.objects.update(fund="in collaboration")
    money.enter_all()
    money.submit()
    money.accept()
    money.close()
    assert in_short(money.month.report.content) == []
    page = reverse(
        "money-report", kwargs={"place": "hackney", "year": "2019-20", "month_number": 10}
    )
    assert money.client(money.lead).get(page).status_code == 200


def test_a_month_with_nothing_entered_has_no_totals_of_nought(money):
    content = month_content(month=money.month)
    for view in ("consolidated", "workstreams", "organisations"):
        for row in content[view]:
            if row["lines_not_entered"]:
                assert row["forecast_outturn"] is None, row
                assert row["absent"] == "not entered"
    page = words(money.client(money.lead).get(money.month_address))
    assert "not entered" in page
    assert "LBH</a> 2 lines" in page
    money.enter(money.care, 1000, 800, 800, 1000)
    [partner, _] = month_content(month=money.month)["organisations"]
    assert (partner["forecast_outturn"], partner["lines_not_entered"]) == ("1000.00", 1)


def test_who_queries_what_was_accepted_meanwhile_sees_that_it_was(money):
    money.enter_all()
    version = money.submit().version
    money.accept()
    sent = {"do": f"query-{money.partner.pk}", "question": "Why so much?", "version": version}
    answer = money.client(money.runner).post(money.month_address + "act/", sent)
    assert answer.status_code == 409
    assert "is not what you looked at: it is accepted now" in html.unescape(words(answer))
    assert "Why so much?" in words(answer)
    assert Submission.objects.get().state == "accepted"


def test_who_decides_a_virement_that_was_refused_meanwhile_sees_why(money):
    made = services.propose_virement(
        place=money.place,
        year=2019,
        from_month=10,
        amounts={money.care.pk: Decimal(-300), money.capital.pk: Decimal(300)},
        reason="A lift.",
        by=money.lead,
        at=NOW,
    )
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    services.decide_virement(
        virement=made, approve=False, by=office, at=NOW, decision="No lift.", expected_version=1
    )
    page = reverse("virement", kwargs={"place": "hackney", "virement": made.number})
    answer = money.client(money.runner).post(page, {"do": "approve", "version": 1})
    assert answer.status_code == 409
    assert "it is refused now" in words(answer)
    assert "No lift." in words(answer)


def test_a_month_that_was_locked_meanwhile_is_not_closed_by_who_has_not_seen_it(money):
    seen = money.month.version
    services.lock_month(month=money.month)
    sent = {"do": "close", "without": "yes", "version": seen}
    answer = money.client(money.runner).post(money.month_address + "act/", sent)
    assert answer.status_code == 409
    assert "it is closed to finance leads now" in words(answer)


def test_the_second_to_save_the_ledgers_totals_sees_both(money):
    client = money.client(money.other)
    totals = {"ledger-annual_budget": "2100", "ledger-version": 1, "ledger-answer": ""}
    assert money.client(money.lead).post(money.address, totals).status_code == 302
    mine = totals | {"ledger-annual_budget": "2200"}
    answer = client.post(money.address, mine)
    assert answer.status_code == 409
    assert "Theirs: 2100" in words(answer)
    assert 'value="2200"' in words(answer)
    assert 'name="ledger-version" value="2"' in words(answer)
    assert client.post(money.address, mine | {"ledger-version": 2}).status_code == 302
    assert Submission.objects.get().ledger_annual_budget == 2200


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        ("in hand", {"own"}),
        ("queried", {"own", "runner", "office"}),
        ("submitted", {"own", "runner", "office"}),
        ("accepted", {"own", "runner", "office", "another partner"}),
    ],
)
def test_figures_in_hand_are_their_partners_own(money, state, seen_by):
    another = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    stranger = UserFactory()
    FinanceLead.objects.create(organisation=another, user=stranger)
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    money.enter(money.care, 1000, 800, 7777, 1000)
    money.enter(money.capital, 1000, 800, 800, 1000)
    handed = {} if state in ("in hand", "queried") else {"submitted_by": money.lead}
    handed |= {"submitted_at": NOW} if handed else {}
    handed |= {"accepted_by": money.runner, "accepted_at": NOW} if state == "accepted" else {}
    Submission.objects.update(state=state, question="?", **handed)
    people = {
        "own": money.other,
        "runner": money.runner,
        "office": office,
        "another partner": stranger,
    }
    line = reverse("money-line", kwargs={"place": "hackney", "line": money.care.pk})
    for who, user in people.items():
        client = money.client(user)
        page = words(client.get(money.address))
        assert ("7777" in page or "7,777" in page) == (who in seen_by), who
        assert ("7,777" in words(client.get(line))) == (who in seen_by), who
        file = client.get(money.address.replace("?", "figures.csv?"))
        assert file.status_code == (200 if who in seen_by else 403), who
        consolidated = words(client.get(money.month_address))
        assert ("not handed in" in consolidated) == (who not in seen_by), who


def test_the_programme_finance_lead_enters_only_for_a_partner_that_has_no_lead(money):
    sent = money.typed(money.care, "1", "2", "3", "4")
    runner = money.client(money.runner)
    assert runner.post(money.address, sent).status_code == 403
    FinanceLead.objects.all().delete()
    assert runner.post(money.address, sent).status_code == 302


def test_what_nobody_accepted_is_not_stamped(money):
    money.enter(money.care, 1000, 800, 800, 1100)
    money.month = services.close_month(
        month=money.month, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
    )
    [partner, _] = money.month.report.content["organisations"]
    assert (partner["forecast_outturn"], partner["absent"]) == (None, "not handed in")
    assert money.month.report.content["bridge"]["reported"] is None
    following = words(money.client(money.lead).get(money.address.replace("/10/", "/11/")))
    assert "(100.00)" not in following


def test_the_money_begins_with_the_next_step_of_whoever_opens_it(
    money, django_assert_max_num_queries
):
    months = reverse("money", kwargs={"place": "hackney"})
    lead, runner = money.client(money.lead), money.client(money.runner)
    money.enter(money.care, 1000, 800, 800, 1000)
    assert "LBH: 1 line to enter, " in words(lead.get(months))
    assert "Waiting for LBH, " in words(runner.get(money.month_address))
    money.enter(money.care, 1000, 800, 800, 1000, version=1)
    money.enter(money.capital, 1000, 800, 800, 1000)
    money.enter_all_totals()
    assert "LBH: hand the month in, " in words(lead.get(money.month_address))
    money.submit()
    assert "Accept LBH’s Month 10, January 2020" in words(runner.get(months))
    money.accept()
    assert "Every partner is accepted: close Month 10" in words(runner.get(months))
    money.close()
    office = money.client(MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user)
    assert "Read Month 10, January 2020’s report, then publish it" in words(office.get(months))
    assert "publishes" in words(runner.get(money.month_address))
    for page in (months, money.month_address):
        with django_assert_max_num_queries(25):
            runner.get(page)


def test_the_month_shows_each_forecast_beside_simple_reckoning_and_changes_none(money):
    money.enter(money.care, 1000, 800, 900, 1000, comment="Prices.")
    page = words(money.client(money.lead).get(money.address))
    assert 'data-way="own">1,000.00</td>' in page
    assert 'data-way="straight">1,080.00</td>' in page
    assert 'data-way="from_straight">(80.00)</td>' in page
    assert Position.objects.get().forecast_outturn == 1000


def test_figures_handed_in_at_once_and_refused_are_shown_as_they_were_just_saved(money):
    money.enter_all()
    sent = money.typed(money.care, 1000, 800, 850, 1000, version=1, do="submit")
    answer = money.client(money.lead).post(money.address, sent)
    assert answer.status_code == 422
    assert Position.objects.get(line=money.care).ytd_actual == 850
    assert 'value="850"' in words(answer)
    assert f'name="l{money.care.pk}-version" value="2"' in words(answer)


def test_lines_are_not_saved_where_the_ledgers_totals_beside_them_are_refused(money):
    money.enter_all()
    ledger = {f"ledger-{name}": "2000" for name in FIGURES} | {"ledger-answer": ""}
    sent = money.typed(money.care, 1000, 800, 850, 1000, version=1, **ledger)
    answer = money.client(money.lead).post(money.address, sent | {"ledger-version": 1})
    assert answer.status_code == 409
    assert Position.objects.get(line=money.care).ytd_actual == 800
    assert 'value="850"' in words(answer)


def test_a_finance_lead_behind_a_gate_is_told_so_and_still_sees_what_is_asked(money):
    money.enter_all()
    money.submit()
    money.query("Why?")
    money.month = services.lock_month(month=money.month)
    client = money.client(money.lead)
    page = words(client.get(money.month_address))
    assert "LBH is asked: Why?" in page
    assert "Ask the programme finance lead to let you in until a day." in page
    assert "Queried: Why?" in words(client.get(money.address))


def test_whom_a_month_was_closed_without_is_told_so(money):
    services.close_month(
        month=money.month, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
    )
    page = words(money.client(money.runner).get(money.address))
    assert "was closed without LBH" in page


def test_april_does_not_close_while_march_is_open(money):
    services.open_month(place=money.place, key=FinanceMonthKey(2018, 12))
    with pytest.raises(CannotCloseMonth, match="Close Month 12, March 2019 first"):
        services.close_month(
            month=money.month, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
        )


def test_a_phased_budget_to_date_typed_over_has_to_say_why(money):
    Phase.objects.bulk_create(Phase(line=money.care, number=n, budget=79) for n in range(1, 11))
    money.enter_all()
    assert "The budget to date is not the phased one, £790.00. Why?" in words(
        money.client(money.lead).get(money.address)
    )
    with pytest.raises(CannotHandIn):
        money.submit()
