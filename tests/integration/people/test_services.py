"""What an administrator does with people: once or twice, and what is refused."""

from datetime import timedelta

import pytest

from icp.accounts.models import Invitation, User
from icp.common.models import OutgoingMail
from programmes import access
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.models import Board, BoardMember, Membership, PlaceRole, Post
from programmes.selectors.people import PersonState, held_by, people_of, with_holdings
from programmes.services import inviting
from programmes.services import people as services
from programmes.services.leaving import leave_place
from programmes.services.offers import Holding
from tests.factories import NOW, TODAY, BoardFactory, MembershipFactory, PlaceFactory, UserFactory


def held(world, person):
    here = with_holdings(people_of(place=world.place, at=NOW), place=world.place)
    return held_by(here.get(pk=person.pk))


def state(world, person, at=NOW):
    return people_of(place=world.place, at=at).get(pk=person.pk).state


def test_an_invited_person_holds_at_once_what_they_were_given(world):
    invited = world.invite(
        roles=[PlaceRole.OFFICE], boards=[world.board], posts=[world.vacant_post]
    )
    assert [str(one) for one in held(world, invited.person)] == [
        "Programme office (imports plans, closes months, publishes reports)",
        "Accountable Officers Group (reads the reports and is told of new ones)",
        "Chief Executive (SRO or chair of IT Enabler)",
    ]
    assert not invited.person.can_sign_in
    roles = access.roles_of(user=invited.person, place=world.place, on=TODAY)
    assert (roles.office, roles.signs_off) == (True, {world.programme.pk})


def test_an_address_is_kept_in_lower_case_and_without_spaces_around(world):
    assert world.invite("  New.Person@Example.ORG ").person.email == "new.person@example.org"


def test_who_has_an_account_already_keeps_it_and_is_asked(world):
    person = UserFactory(name="Known Elsewhere", email="known@example.org")
    invited = world.invite("KNOWN@example.org", name="Another Name", boards=[world.board])
    assert (invited.person, invited.issued, invited.asked) == (person, None, True)
    person.refresh_from_db()
    assert person.name == "Known Elsewhere"
    told = OutgoingMail.objects.get()
    assert told.to == "known@example.org"
    assert "Place Administrator invites you to Testshire, to hold:" in told.body
    assert "- Accountable Officers Group" in told.body
    assert "/places/testshire/join/" in told.body
    assert "/accounts/invitation/" not in told.body
    assert not Invitation.objects.exists()
    assert not BoardMember.objects.exists()


def test_who_was_invited_elsewhere_and_has_not_come_gets_a_link_of_this_place_too(world):
    other = PlaceFactory()
    administrator = MembershipFactory(place=other, role=PlaceRole.ADMINISTRATOR).user
    inviting.invite_person(
        place=other,
        email="new@example.org",
        name="New Person",
        holding=Holding(roles=(PlaceRole.OFFICE,)),
        by=administrator,
        at=NOW,
    )
    world.invite()
    assert Invitation.objects.open_at(NOW).count() == 2
    person = User.objects.get(email="new@example.org")
    assert not Membership.objects.filter(place=world.place, user=person).exists()
    assert next(str(one) for one in held(world, person)).startswith("Governance manager")


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda world: world.invite(), "belongs to Testshire already"),
        (lambda world: UserFactory(email="new@example.org", is_active=False), "is closed"),
    ],
)
def test_who_cannot_be_invited_is_said_and_nothing_is_written(world, prepare, said):
    prepare(world)
    before = (Membership.objects.count(), Invitation.objects.count(), OutgoingMail.objects.count())
    with pytest.raises(CannotChangePeople, match=said):
        world.invite()
    after = (Membership.objects.count(), Invitation.objects.count(), OutgoingMail.objects.count())
    assert after == before


def test_nobody_is_invited_to_nothing(world):
    with pytest.raises(CannotChangePeople, match="at least one role"):
        inviting.invite_person(
            place=world.place,
            email="new@example.org",
            name="New",
            holding=Holding(),
            by=world.administrator,
            at=NOW,
        )


def test_a_post_that_was_filled_meanwhile_undoes_the_whole_invitation(world):
    with pytest.raises(CannotChangePeople, match="IT Lead is now held by IT Leader"):
        world.invite(roles=[PlaceRole.OFFICE], posts=[world.lead_post])
    assert not User.objects.filter(email="new@example.org").exists()


def test_giving_twice_gives_once_and_taking_twice_takes_once(world):
    person = world.invite().person
    by = {"place": world.place, "person": person, "by": world.administrator}
    assert services.give_role(role=PlaceRole.OFFICE, **by)
    assert not services.give_role(role=PlaceRole.OFFICE, **by)
    assert services.give_seat(board=world.board, **by)
    assert not services.give_seat(board=world.board, **by)
    by["at"] = NOW
    assert services.give_post(post=world.vacant_post, expected_holder=None, **by)
    assert not services.give_post(post=world.vacant_post, expected_holder=None, **by)
    for take, thing in (
        (services.take_role, {"role": PlaceRole.OFFICE}),
        (services.take_seat, {"board": world.board}),
        (services.take_post, {"post": world.vacant_post}),
    ):
        assert take(**thing, **by)
        assert not take(**thing, **by)
    assert [one.name for one in held(world, person)] == ["Governance manager"]


@pytest.mark.parametrize("other", [PlaceRole.OFFICE, PlaceRole.ADMINISTRATOR, PlaceRole.RISK_OWNER])
def test_an_auditor_is_given_nothing_that_changes_things(world, other):
    by = {"place": world.place, "by": world.administrator}
    auditor = world.invite("a@example.org", roles=[PlaceRole.AUDITOR]).person
    with pytest.raises(CannotChangePeople, match="changes nothing"):
        services.give_role(role=other, person=auditor, **by)
    with pytest.raises(CannotChangePeople, match="changes nothing"):
        services.give_post(
            person=auditor, post=world.vacant_post, expected_holder=None, at=NOW, **by
        )
    assert services.give_seat(person=auditor, board=world.board, **by)
    somebody = world.invite("b@example.org", roles=[other]).person
    with pytest.raises(CannotChangePeople, match="an auditor changes"):
        services.give_role(role=PlaceRole.AUDITOR, person=somebody, **by)


def test_a_post_moves_from_one_holder_to_the_next(world):
    person, before = world.invite().person, world.lead_post.holder
    assert services.give_post(
        place=world.place,
        person=person,
        post=world.lead_post,
        expected_holder=before.pk,
        by=world.administrator,
        at=NOW,
    )
    assert state(world, before) == PersonState.LEFT
    assert access.roles_of(user=person, place=world.place, on=TODAY).leads == {world.programme.pk}


def test_taking_a_post_that_has_changed_hands_takes_it_from_nobody(world):
    before = world.lead_post.holder
    other = world.invite().person
    Post.objects.filter(pk=world.lead_post.pk).update(holder=other)
    by = {"place": world.place, "by": world.administrator, "at": NOW}
    assert not services.take_post(person=before, post=world.lead_post, **by)
    assert Post.objects.get(pk=world.lead_post.pk).holder == other


@pytest.mark.parametrize("expected", ["nobody", "somebody else"])
def test_a_post_that_changed_hands_since_the_page_was_shown_is_refused(world, expected):
    person = world.invite().person
    seen = None if expected == "nobody" else world.office.pk
    with pytest.raises(CannotChangePeople, match="it changed since you looked"):
        services.give_post(
            place=world.place,
            person=person,
            post=world.lead_post,
            expected_holder=seen,
            by=world.administrator,
            at=NOW,
        )


def take_administrator(world, person, by=None):
    return services.take_role(
        place=world.place,
        person=person,
        role=PlaceRole.ADMINISTRATOR,
        by=by or world.administrator,
        at=NOW,
    )


def test_the_last_administrator_stays(world):
    with pytest.raises(CannotChangePeople, match="is the last administrator of Testshire"):
        take_administrator(world, world.administrator)
    with pytest.raises(CannotChangePeople, match="is the last administrator of Testshire"):
        leave_place(place=world.place, person=world.administrator, by=world.administrator, at=NOW)


@pytest.mark.parametrize("fields", [{"password": None}, {"is_active": False}])
def test_an_administrator_who_cannot_sign_in_does_not_count(world, fields):
    world.second_administrator(**fields)
    with pytest.raises(CannotChangePeople, match="last administrator"):
        take_administrator(world, world.administrator)


def test_an_administrator_of_another_place_does_not_count(world):
    MembershipFactory(role=PlaceRole.ADMINISTRATOR)
    with pytest.raises(CannotChangePeople, match="last administrator"):
        take_administrator(world, world.administrator)


def test_one_of_two_administrators_may_go(world):
    world.second_administrator()
    assert take_administrator(world, world.administrator)


def test_the_office_by_itself_changes_nobody(world):
    with pytest.raises(NotAllowed):
        take_administrator(world, world.administrator, by=world.office)


def test_who_is_no_longer_administrator_changes_nobody(world):
    second = world.second_administrator()
    take_administrator(world, second)
    with pytest.raises(NotAllowed):
        take_administrator(world, world.administrator, by=second)


def test_a_board_or_post_of_another_place_is_refused(world):
    person = world.invite().person
    board = BoardFactory()
    with pytest.raises(NotAllowed):
        services.give_seat(place=world.place, person=person, board=board, by=world.administrator)
    assert not BoardMember.objects.filter(board=board).exists()


def leave(world, person):
    return leave_place(place=world.place, person=person, by=world.administrator, at=NOW)


def test_who_leaves_holds_nothing_here_and_keeps_what_they_hold_elsewhere(world):
    person = world.invite(
        roles=[PlaceRole.OFFICE], boards=[world.board], posts=[world.vacant_post]
    ).person
    elsewhere = MembershipFactory(user=person)
    assert leave(world, person).vacant == ["Chief Executive"]
    assert leave(world, person).vacant == []
    person.refresh_from_db()
    assert person.is_active
    assert list(access.visible_places(user=person)) == [elsewhere.place]
    assert state(world, person) == PersonState.LEFT


def test_who_leaves_before_coming_finds_a_dead_link(world):
    person = world.invite().person
    leave(world, person)
    assert not Invitation.objects.open_at(NOW).exists()
    assert not OutgoingMail.objects.exists()


def test_taking_the_last_thing_away_ends_the_link_too(world):
    person = world.invite(boards=[world.board]).person
    services.take_seat(
        place=world.place, person=person, board=world.board, by=world.administrator, at=NOW
    )
    assert not Invitation.objects.open_at(NOW).exists()


def test_who_has_left_may_be_invited_again(world):
    person = world.invite().person
    leave(world, person)
    assert world.invite().person == person
    assert state(world, person) == PersonState.INVITED


def test_who_holds_nothing_is_not_sent_a_link(world):
    person = world.invite().person
    leave(world, person)
    with pytest.raises(CannotChangePeople, match="give them a role first"):
        inviting.invite_again(place=world.place, person=person, by=world.administrator, at=NOW)


def test_states_follow_what_happens(world):
    invited = world.invite()
    person = invited.person
    assert state(world, person) == PersonState.INVITED
    assert state(world, person, NOW + timedelta(days=15)) == PersonState.EXPIRED
    by = {"place": world.place, "person": person, "by": world.administrator, "at": NOW}
    inviting.withdraw_invitation(**by)
    assert state(world, person) == PersonState.EXPIRED
    inviting.invite_again(**by)
    assert state(world, person) == PersonState.INVITED
    person.set_password("a-long-and-uncommon-phrase")
    person.save()
    assert state(world, person) == PersonState.ACTIVE
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert state(world, person) == PersonState.CLOSED


def test_who_can_sign_in_is_not_invited_again(world):
    with pytest.raises(CannotChangePeople, match="has an account already"):
        inviting.invite_again(
            place=world.place, person=world.office, by=world.administrator, at=NOW
        )


def test_what_was_given_and_taken_is_in_the_history(world):
    person = world.invite(boards=[world.board], posts=[world.vacant_post]).person
    leave(world, person)
    seats = BoardMember.pgh_event_model.objects.filter(user=person).order_by("pgh_id")
    assert [event.pgh_label for event in seats] == ["insert", "delete"]
    posts = world.vacant_post.events.order_by("pgh_id")
    assert [event.holder_id for event in posts] == [None, person.pk, None]
    services.give_role(
        place=world.place, person=person, role=PlaceRole.OFFICE, by=world.administrator
    )
    leave(world, person)
    roles = Membership.pgh_event_model.objects.filter(user=person).order_by("pgh_id")
    assert [(e.pgh_label, e.role) for e in roles] == [("insert", "office"), ("delete", "office")]


def test_deleting_a_board_leaves_its_members_in_the_history(world):
    person = world.invite(boards=[world.board]).person
    Board.objects.all().delete()
    assert [e.pgh_label for e in BoardMember.pgh_event_model.objects.filter(user=person)] == [
        "insert",
        "delete",
    ]
