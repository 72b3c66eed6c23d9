"""An administrator signs somebody out everywhere: with a reason, on record, and told by mail."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from icp.accounts.models import EventKind, SignInEvent
from icp.common.models import OutgoingMail
from programmes.errors import CannotChangePeople, NotAllowed
from programmes.models import PlaceRole
from programmes.services.leaving import leave_place
from programmes.services.sessions import end_sessions
from tests.factories import NOW, MembershipFactory, PlaceFactory
from tests.integration.accounts.conftest import ABROAD, HOME, sign_in, words
from tests.integration.people.test_pages import address

WHY = "Laptop lost on a train"


@pytest.fixture
def leader(world):
    return world.lead_post.holder


@pytest.fixture
def browsers(leader):
    """The two that the IT Leader is signed in with."""
    return [sign_in(leader, address=where)[1] for where in (HOME, ABROAD)]


def ask(world, person, user=None):
    return world.client(user).get(address("person-sessions", world, person))


def press(world, person, user=None, reason=WHY):
    where = address("person-sessions", world, person)
    return world.client(user).post(where, {"reason": reason}, follow=True)


def is_in(browser):
    return browser.get(reverse("account")).status_code == 200


def test_the_page_shows_where_somebody_is_signed_in_and_asks_why_it_is_to_end(
    world, leader, browsers
):
    page = words(ask(world, leader))
    assert "2 browsers" in page
    assert HOME in page
    assert ABROAD in page
    assert "which also ends their API tokens" in page
    assert all(map(is_in, browsers)), "Looking ends nothing."


def test_all_sessions_end_at_once_and_the_account_stays_open(world, leader, browsers):
    page = words(press(world, leader))
    assert "IT Leader is signed out of 2 browsers and told by e-mail." in page
    assert not any(map(is_in, browsers))
    _, again = sign_in(leader)
    assert is_in(again)


def test_other_peoples_sessions_go_on(world, browsers, leader):
    _, other = sign_in(world.office, address=ABROAD)
    press(world, leader)
    assert is_in(other)


def test_who_did_it_when_and_why_is_on_record(world, leader, browsers):
    press(world, leader)
    event = SignInEvent.objects.get(kind=EventKind.SESSIONS_ENDED_FOR)
    assert (event.user, event.by, event.reason) == (leader, world.administrator, WHY)
    # They would be the administrator's.
    assert (event.address, event.device) == (None, "")
    listed = words(world.client().get(address("sign-ins", world)))
    assert f"All sessions ended by an administrator by Place Administrator: {WHY}" in listed
    _, owner = sign_in(leader)
    assert f"by Place Administrator: {WHY}" in words(owner.get(reverse("account")))


def test_the_person_is_told_by_mail_by_whom_why_and_what_to_do(world, leader, browsers):
    press(world, leader)
    mail = OutgoingMail.objects.get(to=leader.email)
    assert mail.subject == "Testshire: you were signed out of the programme portal"
    assert "Place Administrator, an administrator of Testshire" in mail.body
    assert f"Why: {WHY}" in mail.body
    assert f"http://testserver{reverse('account_login')}" in mail.body
    assert "change it: your API tokens end with it." in mail.body


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "a\x00b", "x" * 1_000_000])
def test_without_a_reason_that_can_be_kept_nothing_ends(world, leader, browsers, reason):
    answer = press(world, leader, reason=reason)
    assert answer.status_code == 422
    assert "There is a problem" in words(answer)
    assert all(map(is_in, browsers))


def test_a_reason_that_is_markup_is_shown_as_text(world, leader, browsers):
    press(world, leader, reason="<script>alert(1)</script>")
    listed = world.client().get(address("sign-ins", world)).content.decode()
    assert "<script>alert" not in listed
    assert "&lt;script&gt;alert" in listed


def test_who_is_signed_in_nowhere_is_told_of_nothing(world, leader):
    assert "Nowhere just now" in words(ask(world, leader))
    assert "IT Leader is signed in nowhere." in words(press(world, leader))
    assert not OutgoingMail.objects.filter(to=leader.email).exists()
    assert not SignInEvent.objects.filter(kind=EventKind.SESSIONS_ENDED_FOR).exists()


def test_pressing_twice_tells_once(world, leader, browsers):
    press(world, leader)
    press(world, leader)
    assert OutgoingMail.objects.filter(to=leader.email).count() == 1


def test_ones_own_sessions_are_ended_under_your_account(world):
    _, browser = sign_in(world.administrator)
    where = address("person-sessions", world, world.administrator)
    page = browser.get(where).content.decode()
    assert reverse("sessions") in page
    assert "Sign them out everywhere" not in page
    browser.post(where, {"reason": WHY})
    assert is_in(browser)


def test_only_an_administrator_of_a_place_they_belong_to_may(world, leader, browsers):
    elsewhere = MembershipFactory(place=PlaceFactory(), role=PlaceRole.ADMINISTRATOR).user
    for user in (world.office, leader, elsewhere):
        assert press(world, leader, user=user).status_code == 404
    auditor = MembershipFactory(place=world.place, role=PlaceRole.AUDITOR).user
    assert ask(world, leader, user=auditor).status_code == 403
    read = world.client(auditor).get(address("person", world, leader)).content.decode()
    assert "Where they are signed in" not in read
    own = world.client().get(address("person", world, leader)).content.decode()
    assert "Where they are signed in" in own
    assert all(map(is_in, browsers))
    with pytest.raises(NotAllowed):
        end_sessions(place=world.place, person=leader, reason=WHY, by=world.office, at=NOW)


def test_who_has_left_the_place_is_signed_out_by_others(world, leader, browsers):
    leave_place(place=world.place, person=leader, by=world.administrator, at=NOW)
    assert "holds nothing in Testshire" in words(press(world, leader))
    assert all(map(is_in, browsers))
    with pytest.raises(CannotChangePeople):
        end_sessions(place=world.place, person=leader, reason=WHY, by=world.administrator, at=NOW)


def test_the_list_asks_no_more_for_many_browsers(world, leader, browsers):
    client = world.client()
    client.get(address("person-sessions", world, leader))
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address("person-sessions", world, leader))
        counts.append(len(queries))
        for more in range(5):
            sign_in(leader, address=f"203.0.113.{number}{more}", client=Client())
    assert counts[0] == counts[1] <= 25
