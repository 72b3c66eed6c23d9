"""The pages of a place's people: for its administrators only, counted, filtered, and safe with odd values."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from icp.accounts.models import User
from icp.common.models import OutgoingMail
from programmes.models import BoardMember, LeadershipRole, Membership, PlaceRole, Post
from programmes.people_lines import COLUMNS
from programmes.services import inviting
from programmes.services.leaving import leave_place
from tests.factories import (
    NOW,
    BoardFactory,
    BoardMemberFactory,
    LeadershipFactory,
    MembershipFactory,
    PlaceFactory,
    PostFactory,
    ProgrammeFactory,
    UserFactory,
)


def address(name, world, person=None, **extra):
    kwargs = {"place": world.place.slug, **extra}
    if person is not None:
        kwargs["pk"] = person.pk
    return reverse(name, kwargs=kwargs)


def get(world, query="", user=None):
    return world.client(user).get(f"{address('people', world)}{query}").content.decode()


def press(world, name, person, user=None, **data):
    """A button on somebody's page; the page that follows, in words."""
    answer = world.client(user).post(address(name, world, person), data, follow=True)
    return answer.content.decode()


def test_the_list_shows_what_everybody_holds(world):
    BoardMemberFactory(board=world.board, user=world.lead_post.holder)
    page = get(world)
    assert "3 people as at 14 February 2020" in page
    assert "IT Leader" in page
    assert "Lead of IT Enabler" in page
    assert "Accountable Officers Group" in page
    assert "Programme office" in page


def test_the_list_shows_only_what_is_held_in_this_place(world):
    other = BoardFactory(name="A Board Elsewhere")
    BoardMemberFactory(board=other, user=world.office)
    PostFactory(title="A Post Elsewhere", holder=world.office)
    page = get(world)
    assert "Elsewhere" not in page
    assert (
        "Elsewhere"
        not in world.client().get(address("person", world, world.office)).content.decode()
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?who=leader", ["IT Leader"]),
        ("?who=IT+Lead", ["IT Leader"]),
        ("?who=directo", ["Programme Director"]),
        ("?role=office", ["Programme Director"]),
        ("?role=administrator", ["Place Administrator"]),
        ("?role=lead", ["IT Leader"]),
        ("?role=sro", []),
        ("?role=board", ["Board Member"]),
        (
            "?state=active",
            ["Board Member", "IT Leader", "Place Administrator", "Programme Director"],
        ),
        ("?state=invited", ["New Person"]),
        ("?state=left", ["Long Gone"]),
        ("?state=left&who=nobody", []),
        ("?who=%25", []),
        ("?role=board&who=zzz&state=active", []),
    ],
)
def test_the_list_is_filtered_by_its_address(world, query, names):
    BoardMemberFactory(board=world.board, user=UserFactory(name="Board Member"))
    world.invite()
    gone = world.invite("gone@example.org", name="Long Gone").person
    leave_place(place=world.place, person=gone, by=world.administrator, at=NOW)
    everybody = User.objects.values_list("name", flat=True)
    page = get(world, query).partition("<main")[2]
    assert sorted(name for name in everybody if f">{name}</a>" in page) == names


def test_who_has_left_is_listed_only_when_asked_for(world):
    gone = world.invite("gone@example.org", name="Long Gone").person
    leave_place(place=world.place, person=gone, by=world.administrator, at=NOW)
    assert "Long Gone" not in get(world)
    assert "Has left" in get(world, "?state=left")


def test_a_filter_that_cannot_be_read_lists_nobody_and_says_why(world):
    page = get(world, "?role=wizard")
    assert "There is a problem" in page
    assert "IT Leader" not in page


def test_the_download_holds_the_filtered_list(world):
    world.invite(boards=[world.board], posts=[world.vacant_post])
    answer = world.client().get(address("people-download", world, fmt="csv") + "?state=invited")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows == [
        list(COLUMNS),
        [
            "New Person",
            "new@example.org",
            "",
            "",
            "Chief Executive",
            "IT Enabler",
            "Accountable Officers Group",
            "Invited",
            "2020-02-14",
            "2020-02-28",
            "",
        ],
    ]


def test_the_download_as_excel_runs_no_formula(world):
    User.objects.filter(pk=world.office.pk).update(name="=HYPERLINK(1)")
    answer = world.client().get(address("people-download", world, fmt="xlsx") + "?role=office")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet["A"]] == ["name", "'=HYPERLINK(1)"]
    assert sheet["A2"].data_type == "s"


def test_a_download_with_a_filter_that_cannot_be_read_goes_back_to_the_page(world):
    answer = world.client().get(address("people-download", world, fmt="csv") + "?role=wizard")
    assert answer.headers["Location"] == address("people", world) + "?role=wizard"


def test_an_administrator_invites_somebody(world):
    data = {
        "email": "New@Example.org",
        "name": "New Person",
        "roles": ["governance"],
        "boards": [world.board.pk],
        "post": world.vacant_post.pk,
    }
    answer = world.client().post(address("invite", world), data, follow=True)
    page = answer.content.decode()
    assert "An invitation to new@example.org is on its way" in page
    assert "until the end of 28 February 2020" in page
    assert "Chief Executive" in page
    mail = OutgoingMail.objects.get()
    assert mail.key.startswith("invitation:")
    assert "Place Administrator invites you" in mail.body


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": "no address"}, "Enter a valid email address"),
        ({"email": ""}, "E-mail address is missing"),
        ({"name": ""}, "Name is missing"),
        ({"name": "N" * 151}, "at most 150 characters"),
        ({"name": "\x00"}, "Null characters"),
        ({"email": "a" * 1_000_000 + "@example.org"}, "at most 254 characters"),
        ({"roles": []}, "at least one role, board or post"),
        ({"roles": ["wizard"]}, "wizard is not one of the available choices"),
        ({"boards": ["999999"]}, "is not one of the available choices"),
        ({"post": "999999"}, "is not one of the available choices"),
    ],
)
def test_a_bad_invitation_is_refused_by_field_and_nothing_is_sent(world, change, said):
    data = {"email": "new@example.org", "name": "New", "roles": ["governance"], **change}
    answer = world.client().post(address("invite", world), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OutgoingMail.objects.exists()
    assert not User.objects.filter(email__startswith="new").exists()


def test_somebody_who_is_here_already_is_not_invited(world):
    data = {"email": world.office.email, "name": "x", "roles": ["governance"]}
    answer = world.client().post(address("invite", world), data)
    assert answer.status_code == 422
    assert "belongs to Testshire already" in answer.content.decode()


def test_a_board_of_another_place_cannot_be_chosen(world):
    data = {"email": "n@example.org", "name": "x", "boards": [BoardFactory().pk]}
    assert world.client().post(address("invite", world), data).status_code == 422
    assert not BoardMember.objects.exists()


def test_more_is_given_on_the_persons_page(world):
    page = press(
        world,
        "person-give",
        world.office,
        role="governance",
        board=world.board.pk,
        post=f"{world.vacant_post.pk}:nobody",
    )
    assert (
        "Programme Director now holds: Governance manager, Accountable Officers Group and Chief Executive."
        in page
    )
    assert BoardMember.objects.filter(user=world.office, board=world.board).exists()


def test_nothing_chosen_is_said(world):
    answer = world.client().post(address("person-give", world, world.office), {})
    assert answer.status_code == 422
    assert "Choose what to give" in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"role": "wizard"},
        {"board": "999999"},
        {"post": "999999:nobody"},
        {"post": "x"},
        {"post": "1:" + "9" * 400},
        {"post": "\x00"},
        {"role": "office"},
    ],
)
def test_what_cannot_be_given_is_refused(world, data):
    answer = world.client().post(address("person-give", world, world.office), data)
    assert answer.status_code == 422
    assert Membership.objects.filter(user=world.office).count() == 1


def test_a_post_given_away_since_the_page_was_shown_is_refused_in_words(world):
    seen = f"{world.vacant_post.pk}:nobody"
    Post.objects.filter(pk=world.vacant_post.pk).update(holder=world.lead_post.holder)
    page = press(world, "person-give", world.office, post=seen, role="governance")
    assert "Chief Executive is now held by IT Leader: it changed since you looked" in page
    # All or nothing: the role beside it was not given either.
    assert not Membership.objects.filter(user=world.office, role=PlaceRole.GOVERNANCE).exists()


@pytest.mark.parametrize(
    ("kind", "key", "said"),
    [
        ("role", lambda world: "office", "no longer holds: Programme office"),
        ("board", lambda world: world.board.pk, "no longer holds: Accountable Officers Group"),
        ("post", lambda world: world.vacant_post.pk, "no longer holds: Chief Executive"),
    ],
)
def test_each_thing_is_taken_away_by_its_button(world, kind, key, said):
    BoardMemberFactory(board=world.board, user=world.office)
    Post.objects.filter(pk=world.vacant_post.pk).update(holder=world.office)
    page = press(world, "person-take", world.office, kind=kind, key=key(world))
    assert said in page
    # A second press of the same button, by another administrator, changes nothing more.
    assert said in press(world, "person-take", world.office, kind=kind, key=key(world))
    assert "Programme Director" in get(world)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "role", "key": "wizard"},
        {"kind": "board", "key": "x"},
        {"kind": "post", "key": "9" * 400},
        {"kind": "post", "key": "999999"},
        {"kind": "soul", "key": "1"},
    ],
)
def test_what_does_not_exist_cannot_be_taken(world, data):
    answer = world.client().post(address("person-take", world, world.office), data)
    assert answer.status_code == 404


def test_who_is_known_elsewhere_is_shown_by_address_until_they_accept(world):
    known = UserFactory(name="Name Elsewhere", email="known@example.org", last_login=NOW)
    MembershipFactory(user=known)
    world.invite(email=known.email)
    pages = [
        get(world),
        world.client().get(address("person", world, known)).text,
        b"".join(
            world.client().get(address("people-download", world, fmt="csv")).streaming_content
        ).decode(),
    ]
    for page in pages:
        assert "known" in page
        assert "Name Elsewhere" not in page
    asked_on, until, last_sign_in = pages[2].partition("known")[2].split("\r\n")[0].split(",")[-3:]
    assert (asked_on, until, last_sign_in) == ("2020-02-14", "2020-02-28", "")
    assert "not shown before they accept" in pages[1]
    assert "known@" not in get(world, "?who=Elsewhere")
    for name in ("person-history", "person-sessions"):
        assert world.client().get(address(name, world, known)).status_code == 404
    again = world.client().post(
        address("invite", world), {"email": known.email, "name": "Whoever", "role": "office"}
    )
    assert "Name Elsewhere" not in again.text
    # To have signed in since is not to have accepted.
    known.last_login = datetime(2100, 1, 1, tzinfo=UTC)
    known.save()
    assert "Name Elsewhere" not in get(world)
    inviting.accept(place=world.place, person=known, at=NOW)
    assert "Name Elsewhere" in get(world)


def test_taking_away_asks_first_and_changes_nothing_by_asking(world):
    browser = world.client()
    page = browser.get(
        address("person-take", world, world.office), {"kind": "role", "key": "office"}
    )
    assert "Take Programme office away from Programme Director?" in page.text
    assert 'name="key" value="office"' in page.text
    assert Membership.objects.filter(user=world.office, role=PlaceRole.OFFICE).exists()
    unknown = {"kind": "role", "key": "wizard"}
    assert browser.get(address("person-take", world, world.office), unknown).status_code == 404


def test_who_loses_the_last_thing_is_no_longer_listed(world):
    page = press(world, "person-take", world.office, kind="role", key="office")
    assert "2 people as at" in page
    assert world.client(world.office).get(address("people", world)).status_code == 404


def test_the_last_administrator_is_refused_in_words(world):
    page = press(world, "person-take", world.administrator, kind="role", key="administrator")
    assert "Place Administrator is the last administrator of Testshire who can sign in" in page
    page = press(world, "person-leave", world.administrator)
    assert "is the last administrator of Testshire" in page
    assert Membership.objects.filter(role=PlaceRole.ADMINISTRATOR).count() == 1


def test_an_administrator_who_takes_away_their_own_role_is_led_home(world):
    world.second_administrator()
    answer = world.client().post(
        address("person-take", world, world.administrator), {"kind": "role", "key": "administrator"}
    )
    assert answer.headers["Location"] == "/"


def test_leaving_is_asked_first_and_says_what_stays_vacant(world):
    leader = world.lead_post.holder
    asked = world.client().get(address("person-leave", world, leader)).content.decode()
    assert "Take everything away from IT Leader?" in asked
    assert Post.objects.filter(holder=leader).exists()
    page = press(world, "person-leave", leader)
    assert "IT Leader holds nothing in Testshire any more. Vacant now: IT Lead." in page


def test_who_has_left_can_be_asked_in_again(world):
    leader = world.lead_post.holder
    press(world, "person-leave", leader)
    page = press(world, "person-give", leader, post=f"{world.lead_post.pk}:nobody")
    assert "was asked by e-mail to accept it" in page
    assert "Has left" not in page
    assert not Post.objects.filter(holder=leader).exists()
    inviting.accept(place=world.place, person=leader, at=NOW)
    assert Post.objects.get(holder=leader) == world.lead_post


def test_an_invitation_is_renewed_and_withdrawn_by_its_buttons(world):
    person = world.invite().person
    page = press(world, "person-invitation", person, do="again")
    assert "An invitation to new@example.org is on its way" in page
    assert person.invitations.count() == 2
    page = press(world, "person-invitation", person, do="withdraw")
    assert "The invitation of New Person no longer stands." in page
    assert "The invitation was withdrawn" in page
    page = press(world, "person-invitation", person, do="withdraw")
    assert "has no invitation that could be withdrawn" in page
    answer = world.client().post(address("person-invitation", world, person), {"do": "sing"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ({}, "Waiting to be sent since 14 February 2020"),
        ({"sent_at": NOW}, "Sent 14 February 2020"),
        ({"refused_at": NOW}, "The mail server does not take this address"),
    ],
)
def test_the_page_says_what_became_of_the_mail(world, mail, said):
    person = world.invite().person
    OutgoingMail.objects.update(**{"sent_at": None, **mail})
    assert said in world.client().get(address("person", world, person)).content.decode()


def pages(world):
    person = world.lead_post.holder
    return [
        ("get", address("people", world)),
        ("get", address("people-download", world, fmt="csv")),
        ("get", address("people-download", world, fmt="xlsx")),
        ("get", address("invite", world)),
        ("post", address("invite", world)),
        ("get", address("person", world, person)),
        ("post", address("person-give", world, person)),
        ("post", address("person-take", world, person)),
        ("post", address("person-invitation", world, person)),
        ("get", address("person-leave", world, person)),
        ("post", address("person-leave", world, person)),
    ]


def others(world):
    """Everybody who is not administrator of this place, by role."""
    auditor = MembershipFactory(place=world.place, role=PlaceRole.AUDITOR).user
    return {
        "office": world.office,
        "auditor": auditor,
        "lead": world.lead_post.holder,
        "SRO": LeadershipFactory(programme=world.programme, role=LeadershipRole.SRO).post.holder,
        "board member": BoardMemberFactory(board=world.board).user,
        "administrator of another place": MembershipFactory(role=PlaceRole.ADMINISTRATOR).user,
        "somebody without any role": UserFactory(),
    }


def test_only_administrators_and_auditors_of_the_place_learn_that_these_pages_exist(world):
    lists = {address("people", world)} | {
        address("people-download", world, fmt=fmt) for fmt in ("csv", "xlsx")
    }
    for role, user in others(world).items():
        client = world.client(user)
        for method, page in pages(world):
            one = re.fullmatch(r".*/people/\d+/", page)
            seen = role == "auditor" and method == "get" and bool(one or page in lists)
            refusal = 403 if role == "auditor" else 404
            answer = getattr(client, method)(page)
            assert answer.status_code == (200 if seen else refusal), (role, page)
            if answer.status_code == 403:
                assert "Administrators of the place invite people" in answer.text
    for method, page in pages(world):
        answer = getattr(Client(), method)(page)
        assert answer.headers["Location"].startswith("/accounts/login/"), page


def test_an_auditor_reads_a_person_and_finds_nothing_to_press(world):
    auditor = world.client(others(world)["auditor"])
    for page in (address("person", world, world.office), address("people", world)):
        words = auditor.get(page).content.decode()
        assert world.office.name in words
        for press in ("Take away", "Give them more", "Leaving", "Invite somebody"):
            assert press not in words


def test_only_administrators_and_auditors_find_people_in_their_menu(world):
    place = reverse("place", kwargs={"place": world.place.slug})
    link = f'href="{address("people", world)}"'
    assert link in world.client().get(place).content.decode()
    for role, user in others(world).items():
        found = link in world.client(user).get(place).content.decode()
        assert found is (role == "auditor"), role


def test_an_administrator_is_not_the_office(world):
    page = get(world)
    assert reverse("import", kwargs={"place": world.place.slug}) not in page
    answer = world.client().get(reverse("import", kwargs={"place": world.place.slug}))
    assert answer.status_code == 404


def test_people_of_another_place_cannot_be_reached(world):
    stranger = MembershipFactory().user
    assert world.client().get(address("person", world, stranger)).status_code == 404
    answer = world.client().post(address("person-give", world, stranger), {"role": "office"})
    assert answer.status_code == 404
    assert not Membership.objects.filter(user=stranger, place=world.place).exists()


@pytest.mark.parametrize("name", ["people", "person", "invite"])
def test_more_people_take_no_more_queries(world, name):
    person = world.invite().person

    def grow(count):
        for n in range(count):
            holder = UserFactory()
            post = PostFactory(place=world.place, holder=holder)
            LeadershipFactory(programme=ProgrammeFactory(place=world.place), post=post)
            BoardMemberFactory(board=BoardFactory(place=world.place), user=holder)
            world.invite(f"more{n}-{count}@example.org")
            MembershipFactory(place=world.place, user=holder)
            post = PostFactory(place=world.place, holder=person)
            LeadershipFactory(programme=world.programme, post=post)

    def count():
        client = world.client()
        place = address(name, world, person) if name == "person" else address(name, world)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place).status_code == 200
        return len(queries)

    grow(2)
    few = count()
    grow(9)
    assert count() == few
    assert few <= 25


def test_the_list_is_paged(world):
    for n in range(60):
        MembershipFactory(place=world.place, user=UserFactory(name=f"Person {n:02}"))
    page = get(world)
    assert "Showing 1 to 50 of 63" in page
    assert "Showing 51 to 63 of 63" in get(world, "?page=2")
    assert get(world, "?page=x&state=active").count('role="rowheader"') == 50


def test_a_place_that_does_not_exist_has_no_people(world):
    answer = world.client().get(reverse("people", kwargs={"place": "nowhere"}))
    assert answer.status_code == 404
    PlaceFactory(slug="other")
    assert world.client().get(reverse("people", kwargs={"place": "other"})).status_code == 404
