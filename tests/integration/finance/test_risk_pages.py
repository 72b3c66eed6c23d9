"""Financial risks on their pages: added, changed, withdrawn, brought forward, and what they come to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from finance import services
from finance.errors import CannotKeep
from finance.models import FinancialRisk, RiskPosition
from finance.rules.years import FinanceMonthKey
from finance.services.exposure import Entry, add_risk, bring_forward, save_risks
from icp.common.clock import database_moment
from programmes.models import Organisation, PlaceRole
from tests.factories import NOW, MembershipFactory
from tests.integration.finance.previews import signed_of
from tests.integration.finance.test_month_end import AFTER, Money, words

pytestmark = pytest.mark.django_db
HERE = {"place": "hackney", "year": "2019-20"}
PRICES = {
    "title": "Prices",
    "full_value": "1,000",
    "probability": "50%",
    "recurrent": "",
    "non_recurrent": "",
    "weighted": "500",
    "carried_forward": "",
}


@pytest.fixture
def money():
    return Money()


def at(name, number=10, **more):
    return reverse(name, kwargs={**HERE, "month_number": number, **more}) + "?unit=pounds"


def new(money, **more):
    return {"organisation": money.partner.pk, "side": "risk", "ref": "", **PRICES, **more}


def kept(money, **values):
    return add_risk(
        month=money.month,
        organisation=money.partner,
        side=values.pop("side", "risk"),
        ref="",
        values={"title": "Prices", **values},
        by=money.entrant(),
        at=NOW,
    )


def close(money):
    money.month = services.close_month(
        month=money.month, by=money.runner, at=NOW, today=AFTER, without_late_partners=True
    )
    return services.open_month(place=money.place, key=FinanceMonthKey(2019, 11))


def test_a_finance_lead_adds_a_risk_and_sees_what_it_comes_to(money):
    client = money.client(money.lead)
    assert client.post(at("money-risk-new"), new(money)).status_code == 302
    said = RiskPosition.objects.get()
    assert (said.full_value, said.probability, said.weighted) == (1000, 50, 500)
    assert said.risk.ref == "1"
    page = words(client.get(at("money-risks")))
    assert "Unmitigated" in page
    assert "Prices" in page


def test_to_be_confirmed_is_kept_as_not_known(money):
    client = money.client(money.lead)
    sent = new(money, full_value="TBC", probability="tbc", weighted="")
    assert client.post(at("money-risk-new"), sent).status_code == 302
    said = RiskPosition.objects.get()
    assert (said.full_value, said.probability, said.weighted) == (None, None, None)
    assert "TBC" in words(client.get(at("money-risks")))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("full_value", "lots", "Type an amount in figures"),
        ("probability", "101", "Write a percentage from 0 to 100"),
        ("probability", "NaN", "Write a percentage from 0 to 100"),
        ("title", "", "What it is is missing."),
        ("title", "a\x00b", "Null characters are not allowed"),
        ("side", "wall", "Select a valid choice"),
        ("organisation", "999999", "Select a valid choice"),
        ("full_value", "9" * 1_000_000, "Type an amount in figures"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_what_was_typed_stays(
    money, field, value, said
):
    answer = money.client(money.lead).post(at("money-risk-new"), new(money, **{field: value}))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not RiskPosition.objects.exists()


def test_a_reference_that_is_taken_is_refused(money):
    kept(money)
    answer = money.client(money.lead).post(at("money-risk-new"), new(money, ref="1"))
    assert answer.status_code == 422
    assert "LBH has a risk 1 already" in words(answer)


def test_a_weighted_value_beyond_half_a_point_is_kept_and_flagged(money):
    kept(money, full_value=1000, probability=50, weighted=506)
    kept(money, side="opportunity", full_value=1000, probability=50, weighted=505)
    page = words(money.client(money.lead).get(at("money-risks") + "&flagged=on"))
    assert "50% of £1,000.00 is £500.00" in page
    assert "1 line, £000" in page


def test_the_second_to_save_sees_both_and_chooses(money):
    said = kept(money, full_value=1000)
    client = money.client(money.lead)
    page = at("money-risk", risk=said.risk_id)
    assert client.post(page, {**PRICES, "version": 1, "full_value": "2000"}).status_code == 302
    stale = client.post(page, {**PRICES, "version": 1, "full_value": "3000"})
    assert stale.status_code == 409
    assert "Two people changed it" in words(stale)
    assert "2000" in words(stale)
    assert 'value="3000"' in words(stale)
    assert client.post(page, {**PRICES, "version": 2, "full_value": "3000"}).status_code == 302
    assert RiskPosition.objects.get().full_value == 3000


def test_saving_what_is_stored_changes_nothing(money):
    said = kept(money, full_value=1000, probability=50, weighted=500)
    money.client(money.lead).post(at("money-risk", risk=said.risk_id), {**PRICES, "version": 1})
    assert RiskPosition.objects.get().version == 1


def test_a_withdrawn_risk_counts_no_longer_and_can_be_brought_back(money):
    said = kept(money, full_value=1000)
    client = money.client(money.lead)
    page = at("money-risk", risk=said.risk_id)
    assert client.post(page, {"do": "withdraw", "version": 1, "because": ""}).status_code == 422
    gone = client.post(page, {"do": "withdraw", "version": 1, "because": "Prices are fixed."})
    assert gone.status_code == 302
    assert not RiskPosition.objects.exists()
    assert "Prices are fixed. Saving brings it back." in words(client.get(page))
    assert client.post(page, {**PRICES, "version": 0}).status_code == 302
    assert FinancialRisk.objects.get().withdrawn_in is None
    assert RiskPosition.objects.get().full_value == 1000


def test_last_months_are_brought_forward_once_and_keep_their_figures(money):
    kept(money, full_value=1000, probability=50)
    gone = kept(money, full_value=10)
    FinancialRisk.objects.filter(pk=gone.risk_id).update(
        withdrawn_in=money.month, withdrawn_because="Over."
    )
    money.enter_all()
    money.submit()
    money.accept()
    month = close(money)
    client = money.client(money.lead)
    assert "1 line of last month is not in this one" in words(client.get(at("money-risks", 11)))
    address = at("money-risks-forward", 11, partner=money.partner.pk)
    for _ in range(2):
        assert client.post(address).status_code == 302
    said = RiskPosition.objects.get(month=month)
    assert (said.full_value, said.probability, said.version) == (1000, 50, 1)
    rows = b"".join(
        client.get(
            reverse("money-risks-download", kwargs={**HERE, "month_number": 11, "fmt": "csv"})
        )
    )
    assert b"LBH,Risk,1,Prices,1000.00,50.00,,,500.00,,500.00,100.0,0.00,no,," in rows


def test_a_closed_month_keeps_a_risk_as_it_was_when_it_closed(money):
    said = kept(money, full_value=1000)
    money.enter_all()
    money.submit()
    money.accept()
    services.close_month(month=money.month, by=money.runner, at=database_moment(), today=AFTER)
    february = services.open_month(place=money.place, key=FinanceMonthKey(2019, 11))
    FinancialRisk.objects.update(
        title="Wages", withdrawn_in=february, withdrawn_because="It came true."
    )
    later = FinancialRisk.objects.create(
        organisation=money.partner, year=2019, side="risk", ref="2", title="Rents"
    )
    client = money.client(money.runner)
    for page in (at("money-risk", risk=said.risk_id), at("money-risks")):
        shown = words(client.get(page))
        assert "Prices" in shown
        assert "Wages" not in shown
        assert "It came true." not in shown
    assert client.get(at("money-risk", risk=later.pk)).status_code == 404
    assert money.client(money.lead).get(at("money-risk", risk=later.pk)).status_code == 404


def test_what_march_carries_forward_is_aprils_brought_forward(money):
    money.month.delete()
    money.month = services.open_month(place=money.place, key=FinanceMonthKey(2019, 12))
    kept(money, full_value=1000, carried_forward=300)
    kept(money, full_value=1000)
    services.close_month(
        month=money.month,
        by=money.runner,
        at=NOW,
        today=AFTER.replace(month=4),
        without_late_partners=True,
    )
    april = services.open_month(place=money.place, key=FinanceMonthKey(2020, 1))
    [made] = bring_forward(month=april, organisation=money.partner, by=money.entrant(), at=NOW)
    assert (made.full_value, made.probability) == (300, None)
    assert (made.risk.year, made.risk.brought_forward) == (2020, True)
    assert bring_forward(month=april, organisation=money.partner, by=money.entrant(), at=NOW) == []


def test_what_is_handed_in_changes_no_longer(money):
    said = kept(money, full_value=1000)
    money.enter_all()
    money.submit()
    answer = money.client(money.lead).post(
        at("money-risk", risk=said.risk_id), {**PRICES, "version": 1, "full_value": "1"}
    )
    assert answer.status_code == 422
    assert "Recall them to change this." in words(answer)
    assert RiskPosition.objects.get().full_value == 1000


def test_a_finance_lead_changes_their_own_partners_risks_alone(money):
    another = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    theirs = FinancialRisk.objects.create(
        organisation=another, year=2019, side="risk", ref="1", title="Rents"
    )
    client = money.client(money.lead)
    sent = {**PRICES, "version": 0}
    assert client.get(at("money-risk", risk=theirs.pk)).status_code == 404
    assert client.post(at("money-risk", risk=theirs.pk), sent).status_code == 404
    assert client.post(at("money-risk-new"), new(money, organisation=another.pk)).status_code == 422
    board = MembershipFactory(place=money.place, role=PlaceRole.GOVERNANCE).user
    assert money.client(board).get(at("money-risks")).status_code == 403


def bring(client, money, text, **more):
    file = SimpleUploadedFile("risks.csv", text.encode())
    sent = {"file": file, "unit": "thousands", **more}
    return client.post(at("money-risks-bring", partner=money.partner.pk), sent)


HEADINGS = (
    "organisation,side,ref,title,full_value,probability_percent,recurrent,non_recurrent,weighted\n"
)


def test_a_spreadsheet_of_risks_is_shown_first_and_kept_at_the_second_press(money):
    kept(money, full_value=1000)
    client = money.client(money.lead)
    rows = "LBH,risk,1,Prices,2,50,1,,\nLBH,Mitigation,1,Reviews,TBC,TBC,,,TBC\nCCG,risk,1,Not ours,5,5,,,\n"
    Organisation.objects.create(place=money.place, name="Clinical group", short_name="CCG")
    shown = bring(client, money, HEADINGS + rows)
    assert "2 of 2 lines would be added or changed" in words(shown)
    assert RiskPosition.objects.get().full_value == 1000
    signed = signed_of(shown)
    address = at("money-risks-bring", partner=money.partner.pk)
    assert client.post(address, {"kept": signed}).status_code == 302
    said = {one.risk.side: one for one in RiskPosition.objects.select_related("risk")}
    assert (said["risk"].full_value, said["risk"].recurrent) == (2000, 1000)
    assert (said["mitigation"].full_value, said["mitigation"].weighted) == (None, None)
    assert "says what is entered already" in words(bring(client, money, HEADINGS + rows))
    # The same press again would write over what was saved since.
    stale = client.post(address, {"kept": signed.replace("x", "y", 1) + "a"})
    assert stale.status_code == 422
    assert "This is not what was shown" in words(stale)


def test_what_somebody_saved_since_the_file_was_shown_is_not_written_over(money):
    said = kept(money, full_value=1000)
    client = money.client(money.lead)
    shown = bring(client, money, HEADINGS + "LBH,risk,1,Prices,2,50,,,\nLBH,risk,2,Rents,2,50,,,\n")
    signed = signed_of(shown)
    sent = {**PRICES, "version": 1, "full_value": "7"}
    client.post(at("money-risk", risk=said.risk_id), sent)
    refused = client.post(at("money-risks-bring", partner=money.partner.pk), {"kept": signed})
    assert refused.status_code == 422
    assert "Nothing is saved: bring the file again" in words(refused)
    assert [one.full_value for one in RiskPosition.objects.all()] == [7]


def test_every_bad_cell_of_a_file_is_named_and_nothing_is_kept(money):
    rows = "LBH,wall,1,Prices,lots,50,,,\nLBH,risk,,Rents,1,101,,,\nLBH,risk,3,,1,1,,,\nLBH,risk,3,Twice,1,1,,,\n"
    answer = bring(money.client(money.lead), money, HEADINGS + rows)
    assert answer.status_code == 422
    for said in (
        "no side",
        "it is no amount",
        "it is no percentage",
        "it is empty",
        "it stands twice",
    ):
        assert said in words(answer)
    assert not RiskPosition.objects.exists()
    broken = bring(money.client(money.lead), money, "a,b\n1,2\n")
    assert broken.status_code == 422


def test_a_downloaded_list_brought_back_changes_nothing(money):
    kept(money, full_value=1000, probability=50, recurrent=300)
    client = money.client(money.lead)
    where = {**HERE, "month_number": 10, "fmt": "csv"}
    text = b"".join(client.get(reverse("money-risks-download", kwargs=where))).decode("utf-8-sig")
    assert "says what is entered already" in words(bring(client, money, text, unit="pounds"))


def test_a_long_register_takes_as_many_queries_as_a_short_one(money, django_assert_max_num_queries):
    for number in range(60):
        kept(money, full_value=number)
    client = money.client(money.lead)
    client.get(at("money-risks"))
    with django_assert_max_num_queries(25):
        client.get(at("money-risks") + "&page=2&side=risk")


def test_what_is_still_in_a_partners_hands_is_read_by_nobody_else(money):
    kept(money, full_value=1000, probability=50)
    office = money.client(MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user)
    assert "Prices" not in words(office.get(at("money-risks")))
    money.enter_all()
    money.submit()
    assert "Prices" in words(office.get(at("money-risks")))


def test_who_only_reads_sees_amounts_as_accounts_print_them(money):
    """A closed month says that it is closed, to whoever reads it; what is not known is to be confirmed."""
    said = kept(money, full_value=1833000, weighted=None)
    money.enter_all()
    money.submit()
    money.accept()
    services.close_month(month=money.month, by=money.runner, at=database_moment(), today=AFTER)
    page = words(money.client(money.lead).get(at("money-risk", risk=said.risk_id)))
    assert "is closed. Put late figures into the next month" in page
    assert '<dd class="nhsuk-summary-list__value">1,833,000.00</dd>' in page
    assert page.count('<dd class="nhsuk-summary-list__value">TBC</dd>') == 1


def test_who_enters_a_month_is_told_of_last_months_risks_that_it_does_not_hold(money):
    kept(money, full_value=1000)
    month_end = money.address.replace("/10/", "/11/")
    money.month = close(money)
    client = money.client(money.lead)
    assert "Last month held 1 risk, opportunity or mitigation that" in words(client.get(month_end))
    bring_forward(month=money.month, organisation=money.partner, by=money.entrant(), at=NOW)
    assert "Last month held" not in words(client.get(month_end))


def save_file(money, entries):
    save_risks(
        month=money.month,
        organisation=money.partner,
        entries=entries,
        by=money.entrant(),
        at=NOW,
    )


def test_a_file_of_many_risks_asks_what_is_stored_once(money, django_assert_max_num_queries):
    def send(value, version):
        said = {"title": "Rents", "full_value": value}
        save_file(money, [Entry("risk", str(number), said, version) for number in range(40)])

    with django_assert_max_num_queries(2 * 40 + 15):
        send(1000, 0)
    with django_assert_max_num_queries(2 * 40 + 15):
        send(2000, 1)
    with django_assert_max_num_queries(15):
        send(2000, 2)
    assert {one.version for one in RiskPosition.objects.all()} == {2}


def test_a_reference_that_a_file_gives_twice_is_added_once(money):
    entries = [Entry("risk", ref, {"title": "Rents"}) for ref in ("1", " 1")]
    with pytest.raises(CannotKeep, match="LBH has a risk 1 already"):
        save_file(money, entries)
