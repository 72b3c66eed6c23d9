"""Somebody who has an account is asked into a place: nothing of them shows there before they accept it there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from icp.accounts.models import Invitation
from icp.common.models import OutgoingMail
from programmes import access
from programmes.errors import CannotChangePeople
from programmes.models import BoardMember, Membership, Offer, Organisation, PlaceRole, Post
from programmes.selectors.offers import asked_in
from programmes.services import inviting
from programmes.services import people as services
from tests.factories import (
    NOW,
    TODAY,
    MembershipFactory,
    OfferFactory,
    PlaceFactory,
    UserFactory,
)
from tests.integration.people.test_pages import address, get, press


@pytest.fixture
def known():
    """Somebody with a role, and a name, in another place."""
    user = UserFactory(name="Name Elsewhere", email="known@example.org", last_login=NOW)
    MembershipFactory(place=PlaceFactory(name="Otherton", slug="otherton"), user=user)
    return user


@pytest.fixture
def asked(world, known):
    world.invite(
        known.email, roles=[PlaceRole.OFFICE], boards=[world.board], posts=[world.vacant_post]
    )
    return known


def join(world, user):
    return world.client(user).get(address("join", world))


def accept(world, user):
    return world.client(user).post(address("join", world), follow=True)


def test_whoever_is_asked_holds_nothing_and_sees_nothing_of_the_place(world, asked):
    assert not access.roles_of(user=asked, place=world.place, on=TODAY).any
    assert [place.name for place in access.visible_places(user=asked)] == ["Otherton"]
    assert Post.objects.get(pk=world.vacant_post.pk).holder is None
    for name in ("place", "rows", "people"):
        assert world.client(asked).get(address(name, world)).status_code == 404


def test_no_page_of_the_place_tells_the_name_before_it_is_accepted(world, asked):
    browser, administrator = world.client(world.office), world.client()
    pages = [
        administrator.get(address("people", world)),
        administrator.get(address("person", world, asked)),
        administrator.get(address("covers", world)),
        administrator.get(address("sign-ins", world)),
        browser.get(address("history", world)),
        browser.get(address("place", world)),
        browser.get(reverse("programme", kwargs={"place": "testshire", "code": "IT"})),
    ]
    for page in pages:
        assert page.status_code == 200, page.request["PATH_INFO"]
        assert "Name Elsewhere" not in page.text, page.request["PATH_INFO"]
    assert "known@example.org" in pages[4].text
    downloads = [
        browser.get(address("history-download", world, fmt="csv")),
        administrator.get(address("people-download", world, fmt="csv")),
    ]
    for file in downloads:
        assert "Name Elsewhere" not in b"".join(file.streaming_content).decode()
    assert administrator.get(address("person-history", world, asked)).status_code == 404


def test_who_is_known_elsewhere_and_never_came_is_no_name_in_the_history_either(world, known):
    known.set_unusable_password()
    known.last_login = None
    known.save()
    world.invite(known.email)
    assert Invitation.objects.filter(user=known).exists()
    history = world.client(world.office).get(address("history", world)).text
    assert "known@example.org" in history
    assert "Name Elsewhere" not in history


def test_home_and_the_mail_lead_to_the_page_that_says_what_is_asked(world, asked):
    home = world.client(asked).get("/").text
    assert f'href="{address("join", world)}"' in home
    assert "Look at the invitation to Testshire" in home
    assert "Otherton" in home
    assert f"http://testserver{address('join', world)}" in OutgoingMail.objects.get().body
    page = join(world, asked).text
    for words in ("Place Administrator invites you", "Programme office", "Chief Executive"):
        assert words in page
    assert "Member of Accountable Officers Group" in page


def test_one_press_accepts_all_of_it(world, asked):
    page = accept(world, asked).text
    assert (
        "You belong to Testshire now, as Programme office, Accountable Officers Group and Chief Executive."
        in page
    )
    roles = access.roles_of(user=asked, place=world.place, on=TODAY)
    assert roles.office
    assert roles.boards == {world.board.pk}
    assert Post.objects.get(pk=world.vacant_post.pk).holder == asked
    assert not Offer.objects.exists()
    assert "Name Elsewhere" in get(world)
    history = world.client().get(address("person-history", world, asked))
    assert "Name Elsewhere" in history.text
    # The page is gone, and a second press changes nothing.
    assert join(world, asked).status_code == 404
    assert accept(world, asked).status_code == 404
    assert Membership.objects.filter(place=world.place, user=asked).count() == 1


def test_nobody_else_learns_of_the_page_or_accepts_for_another(world, asked):
    for other in (world.office, world.administrator, UserFactory()):
        assert join(world, other).status_code == 404
        assert accept(world, other).status_code == 404
    assert Client().get(address("join", world)).headers["Location"].startswith("/accounts/login/")
    assert Offer.objects.count() == 3


def test_who_has_no_place_yet_finds_the_invitation_on_their_first_page(world):
    person = UserFactory(email="known@example.org")
    world.invite(person.email)
    page = world.client(person).get("/").text
    assert "Look at the invitation to Testshire" in page
    assert "None yet: accept the invitation above to begin." in page


def test_an_invitation_runs_out_and_can_be_sent_again(world, asked):
    late = NOW + timedelta(days=15)
    assert asked_in(user=asked, at=late) == []
    with pytest.raises(CannotChangePeople, match="not invited to Testshire any more"):
        inviting.accept(place=world.place, person=asked, at=late)
    by = {"place": world.place, "person": asked, "by": world.administrator}
    inviting.invite_again(at=late, **by)
    assert len(inviting.accept(place=world.place, person=asked, at=late)) == 3


def test_the_persons_page_says_where_it_stands_and_asks_again_or_withdraws(world, asked):
    page = world.client().get(address("person", world, asked)).text
    assert "Asked, and has not accepted yet" in page
    assert "What they are asked to hold in Testshire" in page
    for press_ in ("Take away", "leaves Testshire", "Where they are signed in"):
        assert press_ not in page
    again = press(world, "person-invitation", asked, do="again")
    assert "was asked by e-mail to accept" in again
    assert Offer.objects.count() == 3
    listed = press(world, "person-invitation", asked, do="withdraw")
    assert "The invitation of known@example.org no longer stands." in listed
    assert "3 people as at" in listed
    assert not Offer.objects.exists()
    assert not OutgoingMail.objects.exists(), "What has not left stays."
    assert join(world, asked).status_code == 404


def test_only_vacant_posts_can_be_offered_on_their_page(world, known):
    world.invite(known.email)
    page = world.client().get(address("person", world, known)).text
    assert "Chief Executive" in page
    assert f'value="{world.lead_post.pk}:' not in page
    assert "A post that somebody holds moves" not in page
    forged = press(
        world, "person-give", known, post=f"{world.lead_post.pk}:{world.lead_post.holder_id}"
    )
    assert "IT Lead is held by somebody" in forged
    assert Offer.objects.filter(post__isnull=False).count() == 0


def test_what_is_offered_more_stands_beside_what_was_offered(world, asked):
    press(world, "person-give", asked, role="governance")
    assert Offer.objects.filter(user=asked).count() == 4
    accept(world, asked)
    assert Membership.objects.filter(place=world.place, user=asked).count() == 2


def test_a_post_given_to_somebody_else_meanwhile_is_left_out(world, asked):
    Post.objects.filter(pk=world.vacant_post.pk).update(holder=world.office)
    page = accept(world, asked).text
    assert (
        "You belong to Testshire now, as Programme office and Accountable Officers Group." in page
    )
    assert Post.objects.get(pk=world.vacant_post.pk).holder == world.office


def test_where_nothing_is_left_of_it_they_are_told(world, known):
    world.invite(known.email, posts=[world.vacant_post])
    Post.objects.filter(pk=world.vacant_post.pk).update(holder=world.office)
    page = accept(world, known).text
    assert "has been given to somebody else. Ask who invited you." in page
    assert not access.roles_of(user=known, place=world.place, on=TODAY).any


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"roles": [PlaceRole.AUDITOR, PlaceRole.OFFICE]}, "offer that role alone"),
        ({"posts": ["the lead's"]}, "IT Lead is held by somebody"),
    ],
)
def test_what_could_not_be_accepted_is_not_offered(world, known, wanted, said):
    if "posts" in wanted:
        wanted = {"posts": [world.lead_post]}
    with pytest.raises(CannotChangePeople, match=said):
        world.invite(known.email, **wanted)
    assert not Offer.objects.exists()


def test_an_offered_administrator_is_none_yet(world, known):
    world.invite(known.email, roles=[PlaceRole.ADMINISTRATOR])
    with pytest.raises(CannotChangePeople, match="last administrator"):
        services.take_role(
            place=world.place,
            person=world.administrator,
            role=PlaceRole.ADMINISTRATOR,
            by=world.administrator,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?role=office", True),
        ("?role=board", True),
        ("?role=sro", True),
        ("?role=auditor", False),
        ("?state=invited", True),
        ("?state=left", False),
        ("?who=chief", True),
    ],
)
def test_the_list_finds_them_by_what_they_are_asked_to_hold(world, asked, query, found):
    assert ("known@" in get(world, query).replace("<wbr>", "")) is found


def test_an_organisations_finance_is_offered_and_accepted_too(world, known):
    partner = Organisation.objects.create(place=world.place, name="A Partner", short_name="AP")
    world.invite(known.email, finance=[partner])
    assert f"Finance lead of {partner.name}" in join(world, known).text
    accept(world, known)
    assert access.roles_of(user=known, place=world.place, on=TODAY).finance_of == {partner.pk}


def test_an_offer_of_a_board_that_is_gone_is_gone(world, known):
    world.invite(known.email, boards=[world.board])
    world.board.delete()
    assert not Offer.objects.exists()
    assert not BoardMember.objects.exists()


def test_of_two_places_each_is_accepted_by_itself(world, asked):
    OfferFactory(place=PlaceFactory(name="Thirdham", slug="thirdham"), user=asked)
    assert "2 places invite you" in world.client(asked).get("/").text
    accept(world, asked)
    assert {place.name for place in access.visible_places(user=asked)} == {"Otherton", "Testshire"}
