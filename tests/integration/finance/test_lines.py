"""Lines added, renamed, moved and merged; years opened; budgets phased; working papers."""

import html
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from finance import services
from finance.errors import CannotChangeLines, CannotMoveBudget
from finance.exporters.content import month_content
from finance.models import (
    Basis,
    BudgetLine,
    FinanceMonth,
    Phase,
    Position,
    Submission,
    WorkingPaper,
)
from finance.rules.lines import NewLine
from finance.selectors import budgets_of
from finance.services import Called, save_basis
from programmes.models import FinanceLead, Organisation, PlaceRole
from tests.factories import NOW, MembershipFactory, UserFactory
from tests.integration.finance.test_month_end import Money, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def money():
    return Money()


def address(name, **more):
    return reverse(name, kwargs={"place": "hackney"} | more)


def close_ten(money):
    money.enter_all()
    money.submit()
    money.accept()
    money.close()
    money.month = FinanceMonth.objects.get(number=11)


def change(money, line, called):
    return services.change_line(
        line=line, called=called, by=money.runner, at=NOW, expected_version=line.version
    )


def total_budget(number=12):
    lines = list(BudgetLine.objects.filter(year=2019).in_month(number))
    return sum(budgets_of(lines=lines, number=number).values(), Decimal(0))


def test_a_line_that_stands_in_no_closed_month_is_renamed_where_it_is(money):
    made = change(money, money.care, Called("pooled", None, "Home care"))
    assert made.pk == money.care.pk
    assert BudgetLine.objects.get(pk=made.pk).name == "Home care"


def test_a_renamed_line_keeps_its_old_name_in_closed_months(money):
    close_ten(money)
    made = change(money, money.care, Called("aligned", None, "Home care"))
    assert made.pk != money.care.pk
    assert (made.from_month, list(made.continues.all())) == (11, [money.care])
    lead = money.client(money.lead)
    closed, following = money.address, money.address.replace("/10/", "/11/")
    assert ">Care</a>" in words(lead.get(closed))
    assert "Home care" not in words(lead.get(closed))
    assert ">Home care</a>" in words(lead.get(following))
    assert ">Care</a>" not in words(lead.get(following))
    assert "Home care" not in str(month_content(month=FinanceMonth.objects.get(number=10)))
    assert "Home care" not in words(lead.get(money.month_address))


def test_a_renamed_line_is_measured_from_what_it_was(money):
    money.enter(money.care, 1000, 800, 800, 1100, comment="Prices.")
    money.enter(money.capital, 1000, 800, 800, 1000)
    Submission.objects.update(
        state="accepted",
        submitted_by=money.lead,
        submitted_at=NOW,
        accepted_by=money.runner,
        accepted_at=NOW,
    )
    money.close()
    change(money, money.care, Called("pooled", None, "Home care"))
    page = words(money.client(money.lead).get(money.address.replace("/10/", "/11/")))
    assert 'data-prior="-10000"' in page


def test_lines_put_together_conserve_the_budget_and_what_is_entered(money):
    close_ten(money)
    money.enter(money.care, 1000, 900, 900, 1000, comment="As planned.")
    money.enter(money.capital, 1000, 900, 850, 1100)
    before = total_budget()
    made = services.merge_lines(
        lines=[money.care, money.capital],
        called=Called("pooled", None, "Care"),
        by=money.runner,
        at=NOW,
    )
    assert total_budget() == before == 2000
    assert total_budget(10) == before
    said = Position.objects.get(line=made)
    assert (said.ytd_actual, said.forecast_outturn) == (1750, 2100)
    assert said.comment == "As planned."
    assert Position.objects.filter(month__number=11).count() == 1
    assert Position.objects.filter(month__number=10).count() == 2


def test_a_renamed_line_still_says_which_closed_month_it_corrects(money):
    close_ten(money)
    ten = FinanceMonth.objects.get(number=10)
    money.enter(money.care, 1000, 900, 900, 1000, corrects=ten, correction="A late invoice.")
    made = change(money, money.care, Called("pooled", None, "Home care"))
    said = Position.objects.get(line=made)
    assert (said.corrects, said.correction) == (ten, "A late invoice.")


def test_lines_put_together_keep_what_each_corrects(money):
    close_ten(money)
    ten = FinanceMonth.objects.get(number=10)
    money.enter(money.care, 1000, 900, 900, 1000, corrects=ten, correction="A late invoice.")
    money.enter(money.capital, 1000, 900, 900, 1000, corrects=ten, correction="A refund.")
    made = services.merge_lines(
        lines=[money.care, money.capital],
        called=Called("pooled", None, "All care"),
        by=money.runner,
        at=NOW,
    )
    said = Position.objects.get(line=made)
    assert (said.corrects, said.correction) == (ten, "A late invoice.\nA refund.")


def test_a_line_that_a_virement_names_later_waits_for_it(money):
    amounts = {money.care.pk: Decimal(-300), money.capital.pk: Decimal(300)}
    services.propose_virement(
        place=money.place, year=2019, from_month=11, amounts=amounts, reason="A lift.",
        by=money.lead, at=NOW,
    )  # fmt: skip
    with pytest.raises(CannotChangeLines, match="V 1 moves budget of it from month 11 and is un"):
        change(money, money.care, Called("pooled", None, "Home care"))


def test_figures_that_are_handed_in_keep_their_lines(money):
    money.enter_all()
    money.submit()
    with pytest.raises(CannotChangeLines, match="is submitted"):
        change(money, money.care, Called("pooled", None, "Home care"))


def test_no_budget_moves_to_a_line_that_has_ended(money):
    close_ten(money)
    change(money, money.care, Called("pooled", None, "Home care"))
    with pytest.raises(CannotMoveBudget, match="is not entered in month 11"):
        services.propose_virement(
            place=money.place, year=2019, from_month=11, reason="A lift.", by=money.lead, at=NOW,
            amounts={money.care.pk: Decimal(-300), money.capital.pk: Decimal(300)},
        )  # fmt: skip


def test_a_line_is_added_once_on_its_page(money):
    page = address("money-line-new")
    runner = money.client(money.runner)
    sent = {"partner": money.partner.pk, "fund": "aligned", "name": "Falls", "opening": "1,200.50"}
    assert runner.post(page, sent | {"name": ""}).status_code == 422
    assert runner.post(page, sent).status_code == 302
    made = BudgetLine.objects.get(name="Falls")
    assert (made.opening_budget, made.from_month, made.year) == (Decimal("1200.50"), 10, 2019)
    again = runner.post(page, sent | {"name": "FALLS"})
    assert again.status_code == 422
    assert "has such a line already in 2019/20" in words(again)
    listed = runner.get(address("money-lines") + "?fund=aligned")
    assert "Falls" in words(listed)
    assert "Capital" not in words(listed)
    file = runner.get(address("money-lines-download", fmt="csv"))
    assert "Falls,no,1200.50,1200.50,10,12" in b"".join(file).decode()
    for bad in ({"fund": "x"}, {"partner": 0}, {"name": "\0"}, {"workstream": "9" * 30}):
        assert runner.post(page, sent | bad).status_code == 422


def test_who_renames_what_was_renamed_meanwhile_sees_the_other_name(money):
    page = address("money-line-change", line=money.care.pk)
    change(money, money.care, Called("pooled", None, "Home care"))
    sent = {"fund": "pooled", "name": "Nursing", "version": 1}
    answer = money.client(money.runner).post(page, sent)
    assert answer.status_code == 409
    assert "Home care" in words(answer)
    assert 'value="Nursing"' in words(answer)
    assert money.client(money.runner).post(page, sent | {"version": 2}).status_code == 302
    assert BudgetLine.objects.filter(name="Nursing").exists()


def test_an_unsplit_budget_is_divided_on_the_page_into_parts_that_make_it(money):
    BudgetLine.objects.filter(pk=money.care.pk).update(fund="unsplit")
    page = address("money-line-change", line=money.care.pk)
    runner = money.client(money.runner)
    sent = {"fund": "unsplit", "name": "Care", "version": 1, "pooled": "400", "aligned": "500"}
    refused = runner.post(page, sent)
    assert refused.status_code == 422
    assert "add up to the annual budget, £1,000.00" in words(refused)
    assert 'value="500"' in words(refused)
    assert runner.post(page, sent | {"aligned": "600"}).status_code == 302
    divided = BudgetLine.objects.get(pk=money.care.pk)
    assert (divided.pooled_budget, divided.aligned_budget, divided.version) == (400, 600, 2)
    assert 'value="400"' in words(runner.get(page))
    assert runner.post(page, sent | {"aligned": "600"}).status_code == 302
    stale = runner.post(page, sent)
    assert stale.status_code == 409
    assert "of which £400.00 is pooled and £600.00 aligned" in words(stale)
    sent = sent | {"version": 2, "pooled": "", "aligned": ""}
    assert runner.post(page, sent | {"pooled": "1000"}).status_code == 422
    assert runner.post(page, sent).status_code == 302
    assert BudgetLine.objects.get(pk=money.care.pk).pooled_budget is None


def test_lines_are_put_together_on_the_page(money):
    page = address("money-lines-merge")
    runner = money.client(money.runner)
    sent = {"lines": [money.care.pk], "fund": "pooled", "name": "All care"}
    assert runner.post(page, sent).status_code == 422
    both = sent | {"lines": [money.care.pk, money.capital.pk]}
    assert runner.post(page, both).status_code == 302
    made = BudgetLine.objects.get(year=2019)
    assert (made.name, made.opening_budget) == ("All care", 2000)


# --- The next year -------------------------------------------------------------
YEAR = {"year": "2020-21"}


def year_sent(money, **changes):
    care, capital = f"l{money.care.pk}", f"l{money.capital.pk}"
    return {
        f"{care}-goes_on": "on",
        f"{care}-fund": "pooled",
        f"{care}-name": "Home care",
        f"{care}-opening": "1,100",
        f"{capital}-goes_on": "on",
        f"{capital}-fund": "pooled",
        f"{capital}-name": "Capital",
        f"{capital}-opening": "1000",
        "do": "preview",
    } | changes  # fmt: skip


def seal_in(answer):
    return re.search(r'name="seen" value="([0-9a-f]+)"', words(answer))[1]


def test_a_year_is_previewed_then_opened_and_last_years_lines_stay(money):
    runner = money.client(money.runner)
    page = address("money-year-open", **YEAR)
    assert 'value="1000"' in words(runner.get(page))
    joins = year_sent(money, **{f"l{money.capital.pk}-joins": "1"})
    shown = runner.post(page, joins)
    assert shown.status_code == 200
    assert not BudgetLine.objects.filter(year=2020).exists()
    assert "Nothing is written yet: 1 line of 2020/21" in words(shown)
    assert "2,100.00" in words(shown)
    changed = runner.post(
        page,
        joins | {"do": "open", "seen": seal_in(shown), f"l{money.care.pk}-opening": "1,200"},
    )
    assert "You changed it since it was shown" in words(changed)
    assert not BudgetLine.objects.filter(year=2020).exists()
    assert runner.post(page, joins | {"do": "open", "seen": seal_in(shown)}).status_code == 302
    made = BudgetLine.objects.get(year=2020)
    assert (made.name, made.opening_budget) == ("Home care", 2100)
    assert set(made.continues.all()) == {money.care, money.capital}
    assert FinanceMonth.objects.filter(year=2020, number=1).exists()
    money.care.refresh_from_db()
    assert (money.care.name, money.care.to_month) == ("Care", 12)
    assert "has 1 line already" in words(runner.get(page))
    twice = runner.post(page, joins | {"do": "open", "seen": seal_in(shown)})
    assert twice.status_code == 422
    assert BudgetLine.objects.filter(year=2020).count() == 1


def test_what_cannot_be_opened_is_said_at_its_line_and_nothing_is_written(money):
    runner = money.client(money.runner)
    page = address("money-year-open", **YEAR)
    for bad, said in (
        ({f"l{money.capital.pk}-joins": "7"}, "There is no such line to join."),
        ({f"l{money.capital.pk}-name": "Home care"}, "let them join"),
        ({f"l{money.capital.pk}-opening": "x"}, "Type an amount in figures"),
        ({"n1-name": "New"}, "Partner"),
    ):
        answer = runner.post(page, year_sent(money, **bad))
        assert answer.status_code == 422, bad
        assert said in html.unescape(words(answer))
    with_new = year_sent(
        money,
        **{
            "n1-partner": money.partner.pk,
            "n1-fund": "aligned",
            "n1-name": "Falls",
            "n1-opening": "5",
        },
    )
    assert "3 lines of 2020/21" in words(runner.post(page, with_new))


def test_a_year_opens_all_or_nothing_and_of_its_own_place(money):
    stranger = NewLine(10**6, "pooled", None, "Care", Decimal(1))
    good = NewLine(money.partner.pk, "pooled", None, "Care", Decimal(1), False, (money.care.pk,))
    with pytest.raises(CannotChangeLines, match="another place"):
        services.open_year(place=money.place, year=2020, lines=[good, stranger])
    assert not BudgetLine.objects.filter(year=2020).exists()


def test_an_unsplit_line_and_a_partners_basis_go_on_into_the_new_year(money):
    BudgetLine.objects.filter(pk=money.care.pk).update(
        fund="unsplit", pooled_budget=400, aligned_budget=600
    )
    save_basis(
        organisation=money.partner, year=2019, text="Accruals in forecasts.", expected_version=0
    )
    runner = money.client(money.runner)
    page = address("money-year-open", **YEAR)
    care = f"l{money.care.pk}"
    sent = year_sent(money, **{f"{care}-fund": "unsplit", f"{care}-opening": "1000"})
    shown = runner.post(page, sent)
    assert runner.post(page, sent | {"do": "open", "seen": seal_in(shown)}).status_code == 302
    made = BudgetLine.objects.get(year=2020, continues=money.care)
    assert (made.fund, made.pooled_budget, made.aligned_budget) == ("unsplit", 400, 600)
    assert Basis.objects.get(year=2020).text == "Accruals in forecasts."


# --- Phasing -------------------------------------------------------------------
def months(*amounts, version=1):
    return {f"m{n}": a for n, a in enumerate(amounts, start=1)} | {"version": version, "do": "save"}


def test_a_phased_line_begins_each_month_with_its_budget_to_date(money):
    page = address("money-line-phases", line=money.care.pk)
    lead = money.client(money.lead)
    short = lead.post(page, months(*["80"] * 12))
    assert short.status_code == 422
    assert "£40.00 less than the annual budget of £1,000.00" in words(short)
    assert 'value="80"' in words(short)
    assert not Phase.objects.exists()
    even = lead.post(page, {"do": "even"})
    assert even.status_code == 200
    assert 'value="83.37"' in words(even)
    assert lead.post(page, months(*["80"] * 11, "120")).status_code == 302
    assert 'value="800"' in words(lead.get(money.address))
    stale = lead.post(page, months(*["70"] * 11, "230"))
    assert stale.status_code == 409
    assert "120.00" in words(stale)
    assert 'value="230"' in words(stale)
    assert lead.post(page, {"do": "none", "version": 2}).status_code == 302
    assert not Phase.objects.exists()


def test_budgets_are_phased_by_a_pasted_block_all_or_nothing(money):
    page = address("money-phases")
    lead = money.client(money.lead)
    seen = [f"{money.care.pk}-1", f"{money.capital.pk}-1"]
    care = "\t".join(["Pooled", "Care", *["0.08"] * 11, "0.12"])
    bad = "\t".join(["Pooled", "Capital", *["0.08"] * 11, "x"])
    answer = lead.post(page, {"unit": "thousands", "block": f"{care}\n{bad}", "seen": seen})
    assert answer.status_code == 422
    assert "month 12" in words(answer)
    assert not Phase.objects.exists()
    wrong = "\t".join(["Pooled", "Capital", *["0.08"] * 12])
    answer = lead.post(page, {"unit": "thousands", "block": f"{care}\n{wrong}", "seen": seen})
    assert "LBH Pooled: Capital: The twelve months add up to" in words(answer)
    assert not Phase.objects.exists()
    good = care.replace("Care", "Capital")
    sent = {"unit": "thousands", "block": f"fund\tline\n{care}\r\n{good}\n", "seen": seen}
    assert lead.post(page, sent).status_code == 302
    assert Phase.objects.count() == 24
    later = sent | {
        "block": sent["block"].replace("0.12", "0.11").replace("0.08\t0.11", "0.09\t0.11")
    }
    assert lead.post(page, later).status_code == 409


def test_nobody_phases_another_partners_budget(money):
    another = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    stranger = FinanceLead.objects.create(organisation=another, user=UserFactory()).user
    client = money.client(stranger)
    page = address("money-line-phases", line=money.care.pk)
    assert client.get(page).status_code == 403
    assert client.post(page, months(*["80"] * 11, "120")).status_code == 403


# --- Working papers ------------------------------------------------------------
def test_a_working_paper_is_kept_handed_out_and_taken_away(money):
    add = address("paper-add", line=money.care.pk)
    lead = money.client(money.lead)
    file = SimpleUploadedFile("..\\accruals.xlsx", b"figures")
    assert lead.post(add, {"file": file}).status_code == 302
    kept = WorkingPaper.objects.get()
    assert kept.name == "accruals.xlsx"
    page = address("money-line", line=money.care.pk)
    assert kept.name in words(lead.get(page))
    place = {"line": money.care.pk, "pk": kept.pk}
    got = lead.get(address("paper-file", **place))
    assert got.content == b"figures"
    assert "attachment" in got.headers["Content-Disposition"]
    another = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    stranger = FinanceLead.objects.create(organisation=another, user=UserFactory()).user
    assert money.client(stranger).get(address("paper-file", **place)).status_code == 403
    assert kept.name not in words(money.client(stranger).get(page))
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    assert money.client(office).get(address("paper-file", **place)).status_code == 200
    assert money.client(office).post(add, {"file": file}).status_code == 403
    assert lead.post(address("paper-remove", **place)).status_code == 302
    assert lead.get(address("paper-file", **place)).status_code == 404
    kept.refresh_from_db()
    assert (bytes(kept.content), kept.size) == (b"", 7)


def test_a_line_shows_every_entry_with_who_and_when(money):
    money.enter(money.care, 1000, 800, 801, 1000)
    money.enter(money.care, 1000, 800, 802, 1000, version=1, comment="Put right.")
    page = words(money.client(money.lead).get(address("money-line", line=money.care.pk)))
    assert "Every entry, with who and when" in page
    assert page.count("by LBH Finance Lead") >= 3
    assert "801.00" in page
    assert "802.00" in page


def test_the_pages_of_lines_ask_the_same_however_many_there_are(
    money, django_assert_max_num_queries
):
    BudgetLine.objects.bulk_create(
        BudgetLine(organisation=money.partner, year=2019, fund="aligned", name=f"Line {n}", order=n)
        for n in range(60)
    )
    runner = money.client(money.runner)
    for page in (
        address("money-lines"),
        address("money-lines-merge"),
        address("money-phases"),
        address("money-year-open", **YEAR),
    ):
        with django_assert_max_num_queries(25):
            assert runner.get(page).status_code == 200
