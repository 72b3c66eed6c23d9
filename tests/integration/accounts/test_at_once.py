"""Two presses of one link, two invitations of one person, at the same moment."""

import pytest

from icp.accounts import services
from icp.accounts.errors import InvitationNotValid
from icp.accounts.models import Invitation, User
from icp.accounts.services import Issued
from tests.factories import NOW
from tests.integration.cycle.test_at_once import at_once

SCOPE = "place:1"


@pytest.fixture
def person(transactional_db):
    return User.objects.create_user("new.lead@example.org", name="IT Enabler Lead")


def invite(person):
    return services.invite(user=person, scope=SCOPE, host="Testshire", by=None, at=NOW)


def accept(issued, password):
    token = issued.link.rstrip("/").rsplit("/", 1)[-1]
    return services.accept_invitation(token=token, password=password, at=NOW)


def test_one_link_pressed_twice_lets_one_in(person):
    issued = invite(person)
    results = at_once(*(lambda p=p: accept(issued, p) for p in ("the-first-one", "the-other-one")))
    assert sorted(isinstance(one, User) for one in results) == [False, True], results
    assert any(isinstance(one, InvitationNotValid) for one in results), results


def test_invitations_at_once_leave_one_link(person):
    results = at_once(*(lambda: invite(person) for _ in range(4)))
    assert all(isinstance(one, Issued) for one in results), results
    assert Invitation.objects.pending().count() == 1


def test_a_link_accepted_while_it_is_withdrawn_is_one_or_the_other(person):
    issued = invite(person)
    results = at_once(
        lambda: accept(issued, "the-first-one"),
        lambda: services.revoke_invitation(user=person, scope=SCOPE, at=NOW),
    )
    person.refresh_from_db()
    accepted = isinstance(results[0], User)
    assert accepted != results[1], results
    assert person.has_usable_password() == accepted
