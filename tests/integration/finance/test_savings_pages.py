"""Savings on their pages: a scheme with its plan by month, a partner's as a whole, and what they come to."""

import calendar
import html
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from finance import services
from finance.models import SavingsPlan, SavingsPosition, SavingsScheme, Submission
from finance.rules.years import FinanceMonthKey
from icp.common.clock import database_moment
from programmes.models import Organisation, PlaceRole
from tests.factories import NOW, MembershipFactory
from tests.integration.finance.previews import signed_of
from tests.integration.finance.test_money_api import get
from tests.integration.finance.test_month_end import Money, words

pytestmark = pytest.mark.django_db
HERE = {"place": "hackney", "year": "2019-20", "month_number": 10}


@pytest.fixture
def money():
    return Money()


def at(name, **more):
    return reverse(name, kwargs={**HERE, **more})


def typed(**more):
    months = {f"plan{number}": "" for number in range(1, 13)}
    return {
        "name": "Fewer journeys",
        "saving_type": "productivity",
        "provider": "ELFT",
        "workstream": "",
        "starts_on": "1 April 2019",
        "value": "1,200",
        "mitigated_value": "900",
        "progress": "on track",
        "plan_ytd": "1000",
        "actual_ytd": "800",
        "forecast_full_year": "1100",
        "at_risk": "",
        "risk_rating": "medium",
        **months,
        **more,
    }


def added(money, **more):
    sent = typed(organisation=money.partner.pk, **more)
    answer = money.client(money.lead).post(at("savings-new"), sent)
    assert answer.status_code == 302, words(answer)
    return SavingsScheme.objects.get()


def test_a_scheme_is_added_and_its_slippage_is_shown(money):
    scheme = added(money)
    said = SavingsPosition.objects.get(scheme=scheme)
    assert (said.plan_full_year, said.actual_ytd, said.risk_rating) == (1200, 800, "medium")
    page = words(money.client(money.lead).get(at("money-savings")))
    assert "(200)" in page
    assert "By workstream, £000" in page


def test_a_scheme_that_saved_nought_says_so_and_one_that_says_nothing_is_not_known(money):
    silent = {"plan_ytd": "", "actual_ytd": "", "forecast_full_year": "", "risk_rating": ""}
    scheme = added(money, **silent)
    assert not SavingsPosition.objects.exists()
    page = at("savings-scheme", scheme=scheme.pk)
    sent = typed(**silent | {"actual_ytd": "0"}, version=scheme.version)
    assert money.client(money.lead).post(page, sent).status_code == 302
    assert SavingsPosition.objects.get().actual_ytd == 0


def test_the_plan_to_date_follows_from_the_plan_by_month(money):
    months = {f"plan{number}": "100" for number in range(1, 13)}
    scheme = added(money, **months, plan_ytd="")
    assert SavingsPlan.objects.filter(scheme=scheme).count() == 12
    assert SavingsPosition.objects.get().plan_ytd == 1000


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"plan1": "1,000"}, "The months add up to £1,000.00; the plan of the year is £1,200.00."),
        ({"plan1": "1200", "plan_ytd": "5"}, "The months up to this one add up to £1,200.00"),
        ({"value": "TBC"}, "Plan of the year, £ is missing."),
        ({"value": "(5)"}, "Write what is saved as a positive amount."),
        ({"starts_on": "31/02/2019"}, "starts_on"),
        ({"workstream": "999999"}, "Select a valid choice"),
        ({"name": "a" * 1_000_000}, "at most 200 characters"),
        ({"risk_rating": "none"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(money, more, said):
    sent = typed(organisation=money.partner.pk, **more)
    answer = money.client(money.lead).post(at("savings-new"), sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'value="on track"' in words(answer)
    assert not SavingsScheme.objects.exists()


def test_a_second_scheme_of_the_same_name_is_refused(money):
    added(money)
    answer = money.client(money.lead).post(at("savings-new"), typed(organisation=money.partner.pk))
    assert answer.status_code == 422
    assert "LBH has a scheme of that name in this year." in words(answer)


def test_the_second_to_save_a_scheme_sees_both_and_chooses(money):
    page = at("savings-scheme", scheme=added(money).pk)
    client = money.client(money.lead)
    assert client.post(page, typed(version=1, actual_ytd="850")).status_code == 302
    stale = client.post(page, typed(version=1, actual_ytd="700"))
    assert stale.status_code == 409
    assert "<strong>850</strong>" in words(stale)
    assert "<strong>Productivity</strong>" in words(stale)
    assert 'value="700"' in words(stale)
    assert client.post(page, typed(version=2, actual_ytd="700")).status_code == 302
    assert SavingsPosition.objects.get().actual_ytd == 700


def test_saving_what_is_stored_changes_nothing(money):
    scheme = added(money)
    money.client(money.lead).post(at("savings-scheme", scheme=scheme.pk), typed(version=1))
    scheme.refresh_from_db()
    assert (scheme.version, SavingsPosition.objects.get().version) == (1, 1)


def test_a_partners_savings_as_a_whole_are_saved_and_not_known_is_not_nought(money):
    page = at("savings-partner", partner=money.partner.pk)
    client = money.client(money.lead)
    sent = {"version": 0, "plan_full_year": "900", "plan_ytd": "TBC", "actual_ytd": "250"}
    assert client.post(page, sent).status_code == 302
    said = SavingsPosition.objects.get()
    assert (said.plan_full_year, said.plan_ytd, said.scheme) == (Decimal(900_000), None, None)
    assert client.post(page, {**sent, "plan_full_year": "800"}).status_code == 409
    assert client.post(page, {**sent, "version": 1, "plan_full_year": "800"}).status_code == 302


def test_filters_leave_the_schemes_asked_for_and_the_file_holds_the_same(money):
    added(money)
    client = money.client(money.lead)
    assert "1 scheme, £" in words(client.get(at("money-savings") + "?rating=medium&q=elft"))
    assert "No scheme answers" in words(client.get(at("money-savings") + "?type=cash+releasing"))
    rows = b"".join(client.get(at("money-savings-download", fmt="csv")))
    assert b"LBH,Fewer journeys,Productivity,,ELFT,1200.00,1000.00,800.00,-200.00" in rows


def test_savings_of_another_partner_are_read_and_not_changed(money):
    another = Organisation.objects.create(place=money.place, name="City", short_name="CoLC")
    scheme = added(money)
    SavingsScheme.objects.filter(pk=scheme.pk).update(organisation=another)
    client = money.client(money.lead)
    page = at("savings-scheme", scheme=scheme.pk)
    assert client.get(page).status_code == 404
    assert "Fewer journeys" not in words(client.get(at("money-savings")))
    Submission.objects.create(
        month=money.month,
        organisation=another,
        state="accepted",
        submitted_by=money.lead,
        submitted_at=NOW,
        accepted_by=money.runner,
        accepted_at=NOW,
    )
    assert "CoLC’s finance lead changes this." in words(client.get(page))
    assert client.post(page, typed(version=1)).status_code == 403
    board = MembershipFactory(place=money.place, role=PlaceRole.RISK_OWNER).user
    assert money.client(board).get(page).status_code == 403


def test_a_closed_months_schemes_stay_as_they_were_when_it_closed(money):
    scheme = added(money, **{"plan1": "1200", "plan_ytd": ""})
    money.enter_all()
    money.submit()
    money.accept()
    services.close_month(
        month=money.month, by=money.runner, at=database_moment(), today=date(2020, 2, 10)
    )
    services.open_month(place=money.place, key=FinanceMonthKey(2019, 11))
    february = {**HERE, "month_number": 11}
    lead = money.client(money.lead)
    page = reverse("savings-scheme", kwargs=february | {"scheme": scheme.pk})
    changed = typed(version=1, progress="nothing will come of it", mitigated_value="1")
    assert lead.post(page, changed).status_code == 302
    another = typed(organisation=money.partner.pk, name="Fewer beds")
    assert lead.post(reverse("savings-new", kwargs=february), another).status_code == 302

    client = money.client(money.runner)
    assert "Fewer beds" not in words(client.get(at("money-savings")))
    assert "1 scheme, £" in words(client.get(at("money-savings") + "?rating=medium&q=elft"))
    file = b"".join(client.get(at("money-savings-download", fmt="csv"))).decode()
    [line] = file.splitlines()[1:]
    assert "on track" in line
    assert "1200.00" in line.split("on track")[1]
    before = words(client.get(at("savings-scheme", scheme=scheme.pk)))
    assert "on track" in before
    assert "nothing will come" not in before
    new = SavingsScheme.objects.get(name="Fewer beds")
    assert client.get(at("savings-scheme", scheme=new.pk)).status_code == 404
    answer = get(money.runner, "savings-schemes", "?year=2019/20&month=10")
    [told] = answer.json()["results"]
    assert (told["progress"], told["mitigated"]) == ("on track", "900.00")


def test_a_hundred_schemes_take_as_many_queries_as_one(money, django_assert_max_num_queries):
    scheme = added(money)
    for number in range(100):
        scheme.pk, scheme.name = None, f"Scheme {number}"
        scheme.save(force_insert=True)
    client = money.client(money.lead)
    client.get(at("money-savings"))
    with django_assert_max_num_queries(25):
        assert "101 schemes" in words(client.get(at("money-savings") + "?page=2"))


MONTH_NAMES = [calendar.month_name[(n + 2) % 12 + 1].lower() for n in range(1, 13)]
HEADINGS = "organisation,scheme,type,starts_on,workstream,plan_full_year,actual_to_date,risk_rating"
MONTHS = ",".join(f"plan_{month}" for month in MONTH_NAMES)


def bring(client, money, text, **more):
    file = SimpleUploadedFile("savings.csv", text.encode())
    sent = {"file": file, "unit": "pounds", **more}
    return client.post(at("money-savings-bring", partner=money.partner.pk), sent)


def test_a_spreadsheet_of_schemes_is_shown_first_and_kept_at_the_second_press(money):
    scheme = added(money)
    client = money.client(money.lead)
    rows = (
        "LBH,fewer  journeys,Productivity,,,1200,850,high\n"
        "LBH,Reviews,Resource re-investment,2019-07-01,,600,TBC,\n"
        "ccg,Not ours,,,,,,\n"
    )
    Organisation.objects.create(place=money.place, name="Clinical group", short_name="CCG")
    shown = bring(client, money, f"{HEADINGS}\n{rows}")
    assert "2 of 2 lines would be added or changed" in words(shown)
    assert "1 row of another partner is passed over." in words(shown)
    assert "Saved to date: 800.00, would be <strong>850.00</strong>" in words(shown)
    assert "Risk rating: medium, would be <strong>high</strong>" in words(shown)
    assert SavingsScheme.objects.count() == 1
    signed = signed_of(shown)
    address = at("money-savings-bring", partner=money.partner.pk)
    assert client.post(address, {"kept": signed}).status_code == 302
    old, new = SavingsScheme.objects.order_by("pk")
    assert (old.pk, old.name, old.progress) == (scheme.pk, "Fewer journeys", "on track")
    said = SavingsPosition.objects.get(scheme=old)
    assert (said.actual_ytd, said.plan_ytd, said.risk_rating) == (850, 1000, "high")
    assert (new.value, new.starts_on, new.workstream) == (600, date(2019, 7, 1), None)
    assert new.saving_type == "re-investment"
    assert not SavingsPosition.objects.filter(scheme=new).exists()
    assert "says what is entered already" in words(bring(client, money, f"{HEADINGS}\n{rows}"))
    # The same press again finds what it saved, and writes nothing over it.
    assert client.post(address, {"kept": signed}).status_code in (302, 422)
    assert SavingsScheme.objects.count() == 2


def test_every_bad_cell_of_a_file_of_schemes_is_named_and_nothing_is_kept(money):
    rows = (
        "LBH,Reviews,wall,1/4/2019,,lots,1,\n"
        "LBH,Rents,productivity,,Nowhere,-5,1,certain\n"
        "LBH,rents,productivity,31/2/2019,,,1,\n"
        ",,,,,1,1,\n"
    )
    answer = bring(money.client(money.lead), money, f"{HEADINGS}\n{rows}")
    assert answer.status_code == 422
    for said in (
        "Row 2, type (C2), “wall”: it is not known",
        "Row 2, plan_full_year (F2), “lots”: it is no amount",
        "Row 3, starts_on (D3): it is empty",
        "Row 3, workstream (E3), “Nowhere”: it is not known",
        "Row 3, plan_full_year (F3), “-5”: it is negative",
        "Row 3, risk_rating (H3), “certain”: it is not known",
        "Row 4, starts_on (D4), “31/2/2019”: it is no date",
        "Row 4, plan_full_year (F4): it is empty",
        "Row 4, scheme (B4), “rents”: it stands twice",
        "Row 5, scheme (B5): it is empty",
    ):
        assert said in html.unescape(words(answer))
    assert not SavingsScheme.objects.exists()


def test_months_of_a_file_make_the_plan_of_the_year_or_are_refused_at_their_cell(money):
    client = money.client(money.lead)
    heads = f"scheme,type,starts_on,plan_full_year,plan_to_date,{MONTHS}"
    months = ",".join(["100"] * 12)
    wrong = bring(client, money, f"{heads}\nReviews,productivity,1/4/2019,1300,900,{months}\n")
    assert "the months add up to £1,200.00" in words(wrong)
    assert "the months up to this one add up to £1,000.00" in words(wrong)
    shown = bring(client, money, f"{heads}\nReviews,productivity,1/4/2019,1200,,{months}\n")
    signed = signed_of(shown)
    client.post(at("money-savings-bring", partner=money.partner.pk), {"kept": signed})
    assert SavingsPosition.objects.get().plan_ytd == 1000
    assert SavingsPlan.objects.count() == 12
    # A year's plan that the stored months do not make is refused as well.
    again = bring(client, money, "scheme,type,plan_full_year\nReviews,productivity,1300\n")
    assert "the months add up to £1,200.00" in words(again)


def test_what_somebody_saved_of_a_scheme_since_the_file_was_shown_is_not_written_over(money):
    scheme = added(money)
    client = money.client(money.lead)
    rows = "LBH,Fewer journeys,productivity,,,1200,1,\nLBH,Reviews,productivity,1/4/2019,,5,1,\n"
    shown = bring(client, money, f"{HEADINGS}\n{rows}")
    signed = signed_of(shown)
    client.post(at("savings-scheme", scheme=scheme.pk), typed(version=1, actual_ytd="850"))
    refused = client.post(at("money-savings-bring", partner=money.partner.pk), {"kept": signed})
    assert refused.status_code == 422
    assert "Nothing is saved: bring the file again" in words(refused)
    assert SavingsPosition.objects.get().actual_ytd == 850


def test_an_empty_cell_leaves_what_is_stored_and_tbc_takes_it_away_aloud(money):
    scheme = added(money, **{f"plan{number}": "100" for number in range(1, 13)}, plan_ytd="")
    client = money.client(money.lead)
    address = at("money-savings-bring", partner=money.partner.pk)
    heads = f"scheme,type,plan_full_year,actual_to_date,forecast_full_year,provider,{MONTHS}"
    empty = bring(client, money, f"{heads}\nFewer journeys,productivity,1200,,,,{',' * 11}\n")
    assert "says what is entered already" in words(empty)
    one_month = f"{heads}\nFewer journeys,productivity,1200,,,,TBC{',' * 11}\n"
    assert "one month alone cannot be open" in words(bring(client, money, one_month))
    months = ",".join(["TBC"] * 12)
    shown = bring(client, money, f"{heads}\nFewer journeys,productivity,1200,TBC,,TBC,{months}\n")
    assert "Saved to date: 800.00, would be <strong>not known</strong>" in words(shown)
    assert "Plan by month, which is taken away: 12 months, in all 1,200.00" in words(shown)
    signed = signed_of(shown)
    assert client.post(address, {"kept": signed}).status_code == 302
    said = SavingsPosition.objects.get()
    assert (said.actual_ytd, said.forecast_full_year, said.plan_ytd) == (None, 1100, 1000)
    assert not SavingsPlan.objects.exists()
    scheme.refresh_from_db()
    assert (scheme.provider, scheme.progress) == ("", "on track")


def test_a_row_is_ours_by_our_full_name_too_and_a_stranger_in_the_file_is_named(money):
    client = money.client(money.lead)
    row = "Reviews,productivity,1/4/2019,,600,,\n"
    assert "1 of 1 line would be" in words(bring(client, money, f"{HEADINGS}\n council ,{row}"))
    wrong = html.unescape(words(bring(client, money, f"{HEADINGS}\nLHB,{row}")))
    assert "Row 2, organisation (A2), “LHB”: it is no partner of the place" in wrong


def test_a_scheme_renamed_since_the_file_was_shown_is_not_added_a_second_time(money):
    scheme = added(money)
    client = money.client(money.lead)
    shown = bring(client, money, f"{HEADINGS}\nLBH,Fewer journeys,productivity,,,1200,1,\n")
    signed = signed_of(shown)
    client.post(at("savings-scheme", scheme=scheme.pk), typed(version=1, name="Fewer trips"))
    refused = client.post(at("money-savings-bring", partner=money.partner.pk), {"kept": signed})
    assert refused.status_code == 422
    assert "gave “Fewer journeys” another name since." in words(refused)
    assert SavingsScheme.objects.get().name == "Fewer trips"


def test_a_downloaded_list_of_schemes_brought_back_changes_nothing(money):
    added(money, **{f"plan{number}": "100" for number in range(1, 13)}, plan_ytd="")
    client = money.client(money.lead)
    text = b"".join(client.get(at("money-savings-download", fmt="csv"))).decode("utf-8-sig")
    assert "says what is entered already" in words(bring(client, money, text))
