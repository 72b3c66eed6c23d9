"""A colleague does what somebody holds, for some days, under their own name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from icp.common.models import OutgoingMail
from programmes import access
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.models import BoardMember, Cover, FinanceLead, Organisation, PlaceRole
from programmes.notices import holders
from programmes.services.cover import LONGEST, end_cover, set_cover
from programmes.services.leaving import leave_place
from tests.factories import (
    NOW,
    TODAY,
    BoardFactory,
    BoardMemberFactory,
    CoverFactory,
    MembershipFactory,
    UserFactory,
)

WEEK = timedelta(days=7)


@pytest.fixture
def deputy(world):
    """Somebody of the place who reads, and no more."""
    board = BoardFactory(place=world.place, slug="icb")
    return BoardMemberFactory(board=board, user=UserFactory(name="A Colleague")).user


@pytest.fixture
def lead(world):
    return world.lead_post.holder


def ask(world, person, deputy, **changed):
    asked = {
        "starts_on": TODAY,
        "ends_on": TODAY + WEEK,
        "reason": "on leave",
        "by": person,
        "at": NOW,
        "today": TODAY,
    }
    return set_cover(place=world.place, person=person, deputy=deputy, **{**asked, **changed})


def roles(world, person, on=TODAY):
    return access.roles_of(user=person, place=world.place, on=on)


def test_a_deputy_leads_from_the_first_day_to_the_last_and_no_longer(world, lead, deputy):
    ask(world, lead, deputy, starts_on=TODAY + WEEK, ends_on=TODAY + 2 * WEEK)
    leads = {
        days: bool(roles(world, deputy, TODAY + timedelta(days=days)).leads)
        for days in (0, 6, 7, 14, 15)
    }
    assert leads == {0: False, 6: False, 7: True, 14: True, 15: False}


def test_whom_one_covers_for_and_until_when_is_known_on_every_page(world, lead, deputy):
    ask(world, lead, deputy)
    covering = roles(world, deputy).covering
    assert [(one.person, one.until) for one in covering] == [("IT Leader", TODAY + WEEK)]
    page = world.client(deputy).get("/places/testshire/").content.decode()
    assert "You cover for IT Leader to the end of 21 February 2020" in page


def test_every_role_that_is_lent_is_and_no_other(world, deputy):
    person = UserFactory()
    for role in PlaceRole:
        MembershipFactory(place=world.place, user=person, role=role)
    BoardMemberFactory(board=world.board, user=person)
    partner = Organisation.objects.create(place=world.place, name="Partner", short_name="PA")
    FinanceLead.objects.create(organisation=partner, user=person)
    reader = BoardMemberFactory(board__place=world.place).user
    ask(world, person, reader)
    got = roles(world, reader)
    assert (got.office, got.programme_finance, got.governance, got.risk_owner) == (True,) * 4
    assert got.finance_of == {partner.pk}
    assert (got.administrator, got.auditor) == (False, False)
    assert world.board.pk not in got.boards


def test_cover_is_not_handed_on(world, lead, deputy):
    third = BoardMemberFactory(board=world.board).user
    ask(world, lead, deputy)
    with pytest.raises(CannotChangePeople, match="holds nothing that a colleague could do"):
        ask(world, deputy, third)
    CoverFactory(place=world.place, person=deputy, deputy=third)
    assert not roles(world, third).leads


def test_a_cover_by_somebody_of_another_place_shows_them_nothing(world, lead):
    stranger = MembershipFactory().user
    with pytest.raises(CannotChangePeople, match="Choose somebody of Testshire"):
        ask(world, lead, stranger)


def test_ending_it_takes_effect_at_once_and_only_once(world, lead, deputy):
    cover = ask(world, lead, deputy)
    assert end_cover(cover=cover, by=deputy, at=NOW)
    assert not end_cover(cover=cover, by=lead, at=NOW)
    assert not roles(world, deputy).leads
    cover.refresh_from_db()
    assert cover.ended_by == deputy


def test_somebody_else_neither_asks_for_it_nor_ends_it(world, lead, deputy):
    with pytest.raises(NotAllowed):
        ask(world, lead, deputy, by=world.office)
    cover = ask(world, lead, deputy)
    with pytest.raises(NotAllowed):
        end_cover(cover=cover, by=world.office, at=NOW)


def test_an_administrator_asks_for_somebody_who_fell_ill(world, lead, deputy):
    cover = ask(world, lead, deputy, by=world.administrator)
    assert cover.set_by == world.administrator
    assert roles(world, deputy).leads == {world.programme.pk}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends_on": TODAY - WEEK}, "The last day is before the first"),
        ({"starts_on": TODAY - 2 * WEEK, "ends_on": TODAY - WEEK}, "These days are over"),
        ({"ends_on": TODAY + LONGEST + timedelta(days=1)}, "at most 92 days"),
    ],
)
def test_days_that_do_not_stand_are_refused_with_what_to_do(world, lead, deputy, changed, said):
    with pytest.raises(CannotChangePeople, match=said):
        ask(world, lead, deputy, **changed)
    assert not Cover.objects.exists()


def test_the_same_two_do_not_overlap_and_the_database_refuses_it_too(world, lead, deputy):
    ask(world, lead, deputy)
    with pytest.raises(CannotChangePeople, match="covers for IT Leader already"):
        ask(world, lead, deputy, starts_on=TODAY + WEEK, ends_on=TODAY + 2 * WEEK)
    with pytest.raises(IntegrityError), transaction.atomic():
        CoverFactory(place=world.place, person=lead, deputy=deputy)


def test_nobody_covers_for_themself(world, lead):
    with pytest.raises(CannotChangePeople, match="nobody covers for themself"):
        ask(world, lead, lead)


def test_an_auditor_covers_for_nobody(world, lead):
    auditor = MembershipFactory(place=world.place, role=PlaceRole.AUDITOR).user
    with pytest.raises(CannotChangePeople, match="auditor"):
        ask(world, lead, auditor)
    assert not Cover.objects.exists()


def test_an_auditor_changes_nothing_whatever_else_they_hold(world, lead):
    auditor = MembershipFactory(place=world.place, role=PlaceRole.AUDITOR).user
    MembershipFactory(place=world.place, user=auditor, role=PlaceRole.OFFICE)
    CoverFactory(place=world.place, person=lead, deputy=auditor)
    assert roles(world, auditor) == access.Roles(auditor=True)


def test_the_deputy_gets_the_mail_of_the_post_too(world, lead, deputy):
    assert holders(world.programme, "lead", on=TODAY) == [lead]
    ask(world, lead, deputy)
    assert set(holders(world.programme, "lead", on=TODAY)) == {lead, deputy}
    assert holders(world.programme, "lead", on=TODAY + 2 * WEEK) == [lead]


def test_both_are_told_when_it_is_asked_for_and_the_other_when_it_ends(world, lead, deputy):
    cover = ask(world, lead, deputy)
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {lead.email, deputy.email}
    end_cover(cover=cover, by=lead, at=NOW)
    assert OutgoingMail.objects.filter(key__startswith="cover-ended").get().to == deputy.email


def test_a_closed_account_lends_nothing(world, lead, deputy):
    ask(world, lead, deputy)
    lead.is_active = False
    lead.save()
    assert not roles(world, deputy).leads


def test_who_leaves_neither_covers_nor_is_covered(world, lead, deputy):
    ask(world, lead, deputy)
    leave_place(place=world.place, person=deputy, by=world.administrator, at=NOW)
    assert not roles(world, deputy).any
    assert Cover.objects.get().ended_by == world.administrator


# --- Handing over -------------------------------------------------------------------------------


def test_a_successor_gets_all_of_it_at_once(world, lead, deputy):
    MembershipFactory(place=world.place, user=lead, role=PlaceRole.OFFICE)
    BoardMemberFactory(board=world.board, user=lead)
    partner = Organisation.objects.create(place=world.place, name="Partner", short_name="PA")
    FinanceLead.objects.create(organisation=partner, user=lead)
    handed = leave_place(
        place=world.place, person=lead, by=world.administrator, at=NOW, successor=deputy
    )
    assert handed.given == [
        "Programme office",
        "Finance lead of PA",
        "Accountable Officers Group",
        "IT Lead",
    ]
    assert handed.vacant == []
    assert not roles(world, lead).any
    assert roles(world, deputy).leads == {world.programme.pk}
    assert BoardMember.objects.get(board=world.board).user == deputy
    assert OutgoingMail.objects.get(to=deputy.email)


def test_the_last_administrator_leaves_by_handing_over(world, deputy):
    leave_place(
        place=world.place,
        person=world.administrator,
        by=world.administrator,
        at=NOW,
        successor=deputy,
    )
    assert roles(world, deputy).administrator
    assert not roles(world, world.administrator).any


@pytest.mark.parametrize("who", ["themself", "a stranger", "somebody invited"])
def test_who_cannot_take_over_is_refused_and_nothing_moves(world, lead, who):
    successor = {
        "themself": lambda: lead,
        "a stranger": UserFactory,
        "somebody invited": lambda: world.invite().person,
    }[who]()
    with pytest.raises(CannotChangePeople, match="cannot take over"):
        leave_place(
            place=world.place, person=lead, by=world.administrator, at=NOW, successor=successor
        )
    assert roles(world, lead).leads == {world.programme.pk}


# --- Pages --------------------------------------------------------------------------------------

PAGE = "/places/testshire/cover/"


def test_a_lead_asks_on_the_page_and_ends_it_there(world, lead, deputy):
    browser = world.client(lead)
    answer = browser.post(
        PAGE,
        {"deputy": deputy.pk, "starts_on": "14 Feb 2020", "ends_on": "21/2/2020", "reason": ""},
        follow=True,
    )
    assert "A Colleague covers for IT Leader to the end of 21 February 2020" in answer.text
    cover = Cover.objects.get()
    asked = browser.get(f"{PAGE}{cover.pk}/end/").text
    assert "End the cover of IT Leader by A Colleague?" in asked
    cover.refresh_from_db()
    assert cover.ended_at is None
    answer = browser.post(f"{PAGE}{cover.pk}/end/", follow=True)
    assert "A Colleague no longer covers for IT Leader" in answer.text
    assert "Nobody covers for you" in answer.text
    assert "A Colleague" in browser.get(PAGE, {"state": "over"}).text


def test_a_lead_cannot_ask_in_the_name_of_another(world, lead, deputy):
    world.client(lead).post(
        PAGE,
        {
            "person": world.office.pk,
            "deputy": deputy.pk,
            "starts_on": "14 Feb 2020",
            "ends_on": "21 Feb 2020",
        },
    )
    assert Cover.objects.get().person == lead


def test_a_mistake_keeps_what_was_typed_and_says_what_is_wrong(world, lead, deputy):
    answer = world.client(lead).post(
        PAGE, {"deputy": deputy.pk, "starts_on": "31 Feb 2020", "ends_on": "21 Feb 2020"}
    )
    assert answer.status_code == 422
    assert "31 Feb 2020" in answer.text


def test_only_those_concerned_and_administrators_see_a_cover(world, lead, deputy):
    ask(world, lead, deputy)
    cover = Cover.objects.get()
    assert (
        "A Colleague" not in world.client(world.office).get(f"{PAGE[:-1]}.csv").getvalue().decode()
    )
    assert world.client(world.office).post(f"{PAGE}{cover.pk}/end/").status_code == 404
    csv = world.client(world.administrator).get(f"{PAGE[:-1]}.csv").getvalue().decode()
    assert "IT Leader,A Colleague,2020-02-14,2020-02-21,in force,on leave,IT Leader," in csv


def test_leaving_offers_colleagues_and_hands_over_to_the_chosen_one(world, lead, deputy):
    browser = world.client()
    address = f"/places/testshire/people/{lead.pk}/leave/"
    page = browser.get(address).text
    assert "A Colleague" in page
    answer = browser.post(address, {"successor": deputy.pk}, follow=True)
    assert "A Colleague now holds: IT Lead." in answer.text
    assert browser.post(address, {"successor": "nonsense"}).status_code in (302, 422)


def test_a_finance_duty_is_given_and_taken_on_a_persons_page(world, lead):
    partner = Organisation.objects.create(place=world.place, name="Partner", short_name="PA")
    browser = world.client()
    base = f"/places/testshire/people/{lead.pk}/"
    browser.post(f"{base}give/", {"finance": partner.pk})
    assert roles(world, lead).finance_of == {partner.pk}
    assert "Finance lead of PA" in browser.get(base).text
    browser.post(f"{base}take/", {"kind": "finance", "key": partner.pk})
    assert not roles(world, lead).finance_of
