"""Two administrators at the same moment."""

import pytest

from icp.accounts.models import Invitation, User
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.models import Membership, PlaceRole, Post
from programmes.services import inviting
from programmes.services import people as services
from tests.factories import NOW
from tests.integration.cycle.test_at_once import at_once
from tests.integration.people.conftest import make_world


@pytest.fixture
def world(transactional_db):
    return make_world()


def take(world, person, by):
    return services.take_role(
        place=world.place, person=person, role=PlaceRole.ADMINISTRATOR, by=by, at=NOW
    )


def administrators(world):
    return Membership.objects.filter(place=world.place, role=PlaceRole.ADMINISTRATOR).count()


def test_two_administrators_who_leave_at_once_leave_one(world):
    second = world.second_administrator()
    results = at_once(
        lambda: take(world, world.administrator, by=world.administrator),
        lambda: take(world, second, by=second),
    )
    assert sorted(str(one) for one in results if one is True) == ["True"], results
    assert any(isinstance(one, CannotChangePeople) for one in results), results
    assert administrators(world) == 1


def test_two_administrators_who_remove_each_other_leave_one(world):
    second = world.second_administrator()
    results = at_once(
        lambda: take(world, second, by=world.administrator),
        lambda: take(world, world.administrator, by=second),
    )
    assert [one for one in results if one is True] == [True], results
    assert any(isinstance(one, CannotChangePeople | NotAllowed) for one in results), results
    assert administrators(world) == 1


def test_one_address_invited_by_two_at_once_is_one_person_with_one_link(world):
    results = at_once(world.invite, world.invite, world.invite)
    invited = [one for one in results if isinstance(one, inviting.Invited)]
    refused = [one for one in results if isinstance(one, CannotChangePeople)]
    assert (len(invited), len(refused)) == (1, 2), results
    assert User.objects.filter(email="new@example.org").count() == 1
    assert Invitation.objects.pending().count() == 1


def test_one_post_given_to_two_at_once_goes_to_one_and_the_other_is_told(world):
    people = [world.invite(f"{n}@example.org").person for n in range(2)]

    def give(person):
        return services.give_post(
            place=world.place,
            person=person,
            post=world.vacant_post,
            expected_holder=None,
            by=world.administrator,
            at=NOW,
        )

    results = at_once(*(lambda person=person: give(person) for person in people))
    assert sorted(isinstance(one, CannotChangePeople) for one in results) == [False, True], results
    assert Post.objects.get(pk=world.vacant_post.pk).holder == people[results.index(True)]
