"""Agreements, business cases and headroom on their pages: kept under one version, worked out, warned of."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from finance.models import (
    Agreement,
    AgreementDocument,
    AgreementOption,
    AgreementParty,
    CaseApproval,
    CaseContribution,
    Commitment,
    Contribution,
    Headroom,
    PoolingCase,
    ShareBand,
)
from finance.services.warnings import warn_of_dates
from icp.common.models import DemoClock, OutgoingMail
from programmes.models import Organisation, PlaceRole
from tests.factories import BoardFactory, MembershipFactory, PlaceFactory
from tests.integration.finance.test_month_end import Money, words

pytestmark = pytest.mark.django_db
END = date(2020, 3, 31)


@pytest.fixture
def money():
    return Money()


@pytest.fixture
def stands_on():
    """Set the demonstration's clock."""
    return lambda day: DemoClock.objects.update_or_create(only=True, defaults={"today": day})


@pytest.fixture
def agreement(money):
    made = Agreement.objects.create(
        place=money.place, title="A pool", starts_on=date(2017, 4, 1), ends_on=END
    )
    money.other_partner = Organisation.objects.create(
        place=money.place, name="Clinical group", short_name="CCG"
    )
    for partner, amount in ((money.partner, 79_000), (money.other_partner, 208_000)):
        AgreementParty.objects.create(agreement=made, organisation=partner)
        Contribution.objects.create(agreement=made, organisation=partner, year=2019, amount=amount)
    AgreementOption.objects.create(agreement=made, extends_to=date(2021, 3, 31))
    return made


def at(name, **more):
    return reverse(name, kwargs={"place": "hackney", **more})


def part(agreement, kind, key=None):
    where = {"agreement": agreement.pk, "agreement_part": kind}
    if key is None:
        return at("agreement-part-new", **where)
    return at("agreement-part", **where, agreement_part_key=key)


def facts(**more):
    return {
        "title": "A pool",
        "starts_on": "1/4/2017",
        "ends_on": "31/3/2020",
        "notice_months": "6",
        "decide_months": "1",
        "share_rule": "contributions",
        "version": "1",
        **more,
    }


def test_an_agreement_is_added_and_its_dates_follow(money, stands_on):
    stands_on(date(2020, 2, 14))
    keeper = money.client(money.runner)
    made = keeper.post(at("agreement-new"), facts())
    assert made.status_code == 302
    agreement = Agreement.objects.get()
    option = {"extends_to": "31 March 2021", "state": "open", "version": 1}
    assert keeper.post(part(agreement, "option"), option).status_code == 302
    page = words(keeper.get(made["Location"]))
    assert "Decide whether to extend to 31 Mar 2021: 29 Feb 2020, in 15 days" in page
    assert "at the longest to 31 March 2021" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ends_on": "1/1/2016"}, "This is before it starts."),
        ({"starts_on": "soon"}, "soon"),
        ({"title": ""}, "Title is missing."),
        ({"title": "a\x00"}, "Null characters are not allowed"),
        ({"notice_months": "999999999999"}, "less than or equal to 60"),
        ({"share_rule": "luck"}, "Select a valid choice"),
        ({"title": "a" * 1_000_000}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(money, more, said):
    answer = money.client(money.runner).post(at("agreement-new"), facts(**more))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Agreement.objects.exists()


def test_the_second_to_change_an_agreement_sees_both_and_chooses(money, agreement):
    keeper = money.client(money.runner)
    page = at("agreement-edit", agreement=agreement.pk)
    assert keeper.post(page, facts(title="Theirs")).status_code == 302
    stale = keeper.post(page, facts(title="Mine"))
    assert stale.status_code == 409
    assert "<strong>Theirs</strong>" in words(stale)
    assert 'value="Mine"' in words(stale)
    assert keeper.post(page, facts(title="Mine", version="2")).status_code == 302
    assert Agreement.objects.get().title == "Mine"


def test_a_part_is_not_added_to_what_was_not_seen(money, agreement):
    keeper = money.client(money.runner)
    keeper.post(at("agreement-edit", agreement=agreement.pk), facts(title="Theirs"))
    sent = {"organisation": money.partner.pk, "year": "2020/21", "amount": "5", "version": "1"}
    stale = keeper.post(part(agreement, "contribution"), sent)
    assert stale.status_code == 409
    assert 'value="2020/21"' in words(stale)
    assert keeper.post(part(agreement, "contribution"), {**sent, "version": "2"}).status_code == 302
    assert Contribution.objects.filter(year=2020).count() == 1


def test_the_same_part_twice_is_refused_and_one_is_taken_out(money, agreement):
    keeper = money.client(money.runner)
    sent = {"organisation": money.partner.pk, "year": "2019/20", "amount": "5", "version": "1"}
    twice = keeper.post(part(agreement, "contribution"), sent)
    assert twice.status_code == 422
    assert "already exists" in words(twice)
    kept = Contribution.objects.first()
    gone = keeper.post(part(agreement, "contribution", kept.pk), {"do": "remove", "version": "1"})
    assert gone.status_code == 302
    assert not Contribution.objects.filter(pk=kept.pk).exists()
    assert keeper.get(part(agreement, "wall")).status_code == 404


def test_an_overspend_is_shared_by_contributions_to_the_penny(money, agreement, stands_on):
    stands_on(date(2020, 2, 14))
    page = at("agreement", agreement=agreement.pk)
    said = words(money.client(money.lead).get(f"{page}?overspend=287.01"))
    assert "208.01" in said
    assert "79.00" in said
    wrong = words(money.client(money.lead).get(f"{page}?overspend=lots"))
    assert "Type an amount in figures" in wrong


def test_a_table_of_bands_that_misses_a_share_is_named(money, agreement):
    Agreement.objects.update(share_rule="bands")
    ShareBand.objects.create(agreement=agreement, organisation=money.partner, above=0, percent=90)
    page = words(money.client(money.lead).get(at("agreement", agreement=agreement.pk)))
    assert "The shares above £0 add up to 90%, not 100%." in page


def test_each_date_is_warned_of_once_for_each_time_ahead(money, agreement):
    office = MembershipFactory(place=money.place, role=PlaceRole.OFFICE).user
    elsewhere = MembershipFactory(place=PlaceFactory(), role=PlaceRole.OFFICE).user
    for _ in range(2):
        warn_of_dates(place=money.place, today=date(2020, 2, 14))
    told = OutgoingMail.objects.filter(subject__contains="decide whether to extend")
    assert set(told.values_list("to", flat=True)) == {
        office.email,
        money.runner.email,
        money.lead.email,
        money.other.email,
    }
    assert elsewhere.email not in told.values_list("to", flat=True)
    assert "in 15 days" in told.first().subject
    warn_of_dates(place=money.place, today=date(2020, 2, 25))
    assert told.filter(to=office.email).count() == 2
    before = OutgoingMail.objects.count()
    warn_of_dates(place=money.place, today=date(2020, 4, 1))
    assert OutgoingMail.objects.count() == before


def test_a_document_is_attached_handed_out_and_taken_away(money, agreement):
    keeper = money.client(money.runner)
    file = SimpleUploadedFile("../../deed.pdf", b"words")
    add = at("agreement-document-add", agreement=agreement.pk)
    assert keeper.post(add, {"file": file}).status_code == 302
    kept = AgreementDocument.objects.get()
    where = {"agreement": agreement.pk, "document": kept.pk}
    answer = money.client(money.lead).get(at("agreement-document", **where))
    assert answer.content == b"words"
    assert "attachment" in answer["Content-Disposition"]
    assert money.client(money.lead).post(add, {"file": file}).status_code == 403
    keeper.post(at("agreement-document-remove", **where))
    assert keeper.get(at("agreement-document", **where)).status_code == 404
    keeper.post(add, {"file": SimpleUploadedFile("empty.pdf", b"")})
    assert AgreementDocument.objects.count() == 1


def test_a_case_costs_at_most_what_every_further_year_adds(money):
    keeper = money.client(money.runner)
    sent = {"title": "A service", "year": "2020/21", "years": "3", "options": "2"}
    assert keeper.post(at("case-new"), sent).status_code == 302
    case = PoolingCase.objects.get()
    for partner, amount in (("CCG", "208,000"), ("Borough", "79,000")):
        one = Organisation.objects.create(place=money.place, name=partner, short_name=partner)
        case.refresh_from_db()
        where = {"case": case.pk, "case_part": "contribution"}
        typed = {"organisation": one.pk, "amount": amount, "version": case.version}
        assert keeper.post(at("case-part-new", **where), typed).status_code == 302
    assert CaseContribution.objects.count() == 2
    page = words(keeper.get(at("case", case=case.pk)))
    assert "£287,000.00 a year: £861,000.00 for certain over 3 years" in page
    assert "at most £1,435,000.00" in page


def test_a_boards_approval_needs_its_day(money):
    case = PoolingCase.objects.create(place=money.place, title="A service", year=2020)
    board = BoardFactory(place=money.place)
    keeper = money.client(money.runner)
    where = at("case-part-new", case=case.pk, case_part="approval")
    typed = {"board": board.pk, "state": "approved", "decided_on": "", "version": 1}
    refused = keeper.post(where, typed)
    assert refused.status_code == 422
    assert "Say on which day it was decided." in words(refused)
    assert keeper.post(where, {**typed, "decided_on": "5/2/2020"}).status_code == 302
    assert CaseApproval.objects.get().decided_on == date(2020, 2, 5)
    assert "Approved by all boards" in words(keeper.get(at("case", case=case.pk)))


def test_headroom_says_what_is_left_and_when_too_much_is_committed(money):
    headroom = Headroom.objects.create(place=money.place, year=2019, name="Winter", allocation=400)
    Commitment.objects.create(headroom=headroom, quarter=3, what="Beds", amount=300)
    keeper = money.client(money.runner)
    page = at("headroom", headroom=headroom.pk)
    assert "More is committed" not in words(keeper.get(page))
    where = at("headroom-part-new", headroom=headroom.pk, headroom_part="commitment")
    typed = {"what": "Wards", "quarter": 4, "amount": "150.50", "version": 1}
    assert keeper.post(where, typed).status_code == 302
    said = words(keeper.get(page))
    assert "More is committed than there is" in said
    assert "(50.50)" in said


def test_lists_are_filtered_downloaded_and_hold_the_place_alone(money, agreement):
    Agreement.objects.create(
        place=PlaceFactory(), title="Elsewhere", starts_on=date(2017, 4, 1), ends_on=END
    )
    client = money.client(money.lead)
    assert "Elsewhere" not in words(client.get(at("agreements")))
    assert "None answers" in words(client.get(at("agreements") + "?q=zzz"))
    assert "A pool" in words(client.get(at("agreements") + f"?party={money.partner.pk}"))
    rows = b"".join(client.get(at("agreements-download", fmt="csv")))
    assert b'A pool,"LBH, CCG",2020-03-31' in rows
    assert client.get(at("agreement-new")).status_code == 403
    theirs = Agreement.objects.get(title="Elsewhere")
    assert client.get(at("agreement", agreement=theirs.pk)).status_code == 404


def test_a_hundred_agreements_take_as_many_queries_as_one(
    money, agreement, django_assert_max_num_queries
):
    Agreement.objects.bulk_create(
        Agreement(place=money.place, title=f"Pool {n}", starts_on=date(2017, 4, 1), ends_on=END)
        for n in range(100)
    )
    client = money.client(money.lead)
    client.get(at("agreements"))
    with django_assert_max_num_queries(25):
        client.get(at("agreements") + "?page=2")
