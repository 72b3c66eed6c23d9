"""An invitation lets one person in, once, for a while, and leaves nothing behind that would do so again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from icp.accounts import services
from icp.accounts.errors import CannotInvite, InvitationNotValid
from icp.accounts.models import Invitation, User
from icp.accounts.tokens import hash_of
from icp.common.models import OutgoingMail
from tests.factories import NOW, PASSWORD, UserFactory

GOOD = "a-long-and-uncommon-phrase"


@pytest.fixture(autouse=True)
def today(db):
    """14 February 2020, by every clock."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person():
    return User.objects.create_user("new.lead@example.org", name="IT Enabler Lead")


@pytest.fixture
def administrator():
    return UserFactory(name="Place Administrator")


def invite(person, *, scope="place:1", by=None, at=NOW):
    return services.invite(user=person, scope=scope, host="Testshire", by=by, at=at)


def token_in(link):
    return link.rstrip("/").rsplit("/", 1)[-1]


def page(issued):
    return reverse("invitation", kwargs={"token": token_in(issued.link)})


def choose(client, issued, password=GOOD, again=None):
    data = {"password1": password, "password2": password if again is None else again}
    return client.post(page(issued), data)


def test_who_is_invited_chooses_a_password_and_is_signed_in(client, person, administrator):
    issued = invite(person, by=administrator)
    shown = client.get(page(issued)).content.decode()
    assert "Place Administrator invites you" in shown
    assert "IT Enabler Lead" in shown
    assert "new.lead@example.org" in shown
    assert "28 February 2020" in shown
    answer = choose(client, issued)
    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(person.pk)
    person.refresh_from_db()
    assert person.check_password(GOOD)
    assert EmailAddress.objects.get(user=person).verified


def test_the_password_then_works_on_the_sign_in_page(client, person):
    choose(client, invite(person))
    fresh = Client()
    fresh.post(reverse("account_login"), {"login": person.email, "password": GOOD})
    assert fresh.session["_auth_user_id"] == str(person.pk)


def test_looking_at_the_page_does_not_use_the_link_up(client, person):
    issued = invite(person)
    for _ in range(3):
        assert client.get(page(issued)).status_code == 200
    assert client.head(page(issued)).status_code == 200
    assert choose(client, issued).status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", None, "too short"),
        ("password1234", None, "too common"),
        ("new.lead@example", None, "too similar to the e-mail address"),
        (GOOD, GOOD + "!", "same password each time"),
        ("", None, "Password is missing"),
        ("nul\x00" + GOOD, None, "Null characters"),
    ],
)
def test_a_bad_password_is_refused_in_words_and_the_link_still_works(
    client, person, password, again, said
):
    issued = invite(person)
    answer = choose(client, issued, password, again)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert choose(client, issued).status_code == 302


def dead_links(person):
    """A used, an expired, a revoked, an overtaken, an unknown link, and that of a closed account."""
    used = invite(UserFactory(password=None))
    services.accept_invitation(token=token_in(used.link), password=GOOD, at=NOW)
    expired = invite(person, scope="place:2", at=NOW - timedelta(days=15))
    revoked = invite(person, scope="place:3")
    services.revoke_invitation(user=person, scope="place:3", at=NOW)
    overtaken = invite(person, scope="place:4")
    invite(person, scope="place:4")
    closed = UserFactory(password=None)
    of_closed = invite(closed)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    addresses = [page(one) for one in (used, expired, revoked, overtaken, of_closed)]
    return [*addresses, reverse("invitation", kwargs={"token": "no-such-token"})]


def test_every_link_that_does_not_work_gives_one_and_the_same_page(client, person):
    answers = [client.get(address) for address in dead_links(person)]
    assert {answer.status_code for answer in answers} == {404}
    pages = {answer.content for answer in answers}
    assert len(pages) == 1
    words = pages.pop().decode()
    assert "This invitation does not work" in words
    assert "ask an administrator" in words
    assert reverse("account_login") in words


def test_no_dead_link_sets_a_password(client, person):
    for address in dead_links(person):
        answer = client.post(address, {"password1": GOOD, "password2": GOOD})
        assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_a_link_works_to_the_end_of_its_last_day(client, person):
    issued = invite(person)
    end = datetime(2020, 2, 28, 23, 59, 59, tzinfo=UTC)
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert client.get(page(issued)).status_code == 200
    with time_machine.travel(end, tick=False):
        assert client.get(page(issued)).status_code == 404


def test_its_last_day_ends_by_the_clocks_of_the_united_kingdom(person):
    summer = datetime(2020, 6, 1, 23, 30, tzinfo=UTC)  # 2 June, half past midnight
    issued = invite(person, at=summer)
    assert issued.invitation.expires_at == datetime(2020, 6, 16, 22, 59, 59, tzinfo=UTC)


def test_how_long_a_link_works_is_a_setting(client, person, settings):
    settings.INVITATION_DAYS = 3
    issued = invite(person)
    assert issued.invitation.expires_at == datetime(2020, 2, 17, 23, 59, 59, tzinfo=UTC)
    assert "for 3 days" in client.get("/accounts/invitation/none/").content.decode()


def test_only_a_hash_of_the_token_is_kept(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        issued = invite(person)
    token = token_in(issued.link)
    stored = Invitation.objects.get()
    assert stored.token_hash == hash_of(token) != token
    assert issued.link in mail.outbox[0].body
    kept = OutgoingMail.objects.get(key=stored.mail_key)
    assert (kept.body, kept.sent_at is not None) == ("", True)


def test_the_mail_says_who_invites_to_what_and_until_when(person, administrator):
    invite(person, by=administrator)
    waiting = OutgoingMail.objects.get()
    assert waiting.to == "new.lead@example.org"
    assert waiting.subject == "Testshire: your invitation to the programme portal"
    for words in ("Place Administrator invites you", "as IT Enabler Lead", "28 February 2020"):
        assert words in waiting.body


def test_the_mail_is_written_in_the_transaction_of_the_invitation(person):
    def undone():
        with transaction.atomic():
            invite(person)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert not OutgoingMail.objects.exists()
    assert not Invitation.objects.exists()


def test_inviting_again_keeps_back_the_older_mail(person):
    first, second = invite(person), invite(person)
    assert list(OutgoingMail.objects.values_list("key", flat=True)) == [second.invitation.mail_key]
    first.invitation.refresh_from_db()
    assert first.invitation.revoked_at == NOW


def test_a_link_used_before_its_mail_left_is_not_sent_any_more(client, person):
    choose(client, invite(person))
    assert not OutgoingMail.objects.exists()


def test_two_places_may_invite_the_same_person_and_either_link_does(client, person):
    one, other = invite(person, scope="place:1"), invite(person, scope="place:2")
    assert client.get(page(one)).status_code == 200
    choose(client, other)
    assert Client().get(page(one)).status_code == 404


def test_revoking_for_one_place_leaves_the_others_link(client, person):
    one, other = invite(person, scope="place:1"), invite(person, scope="place:2")
    assert services.revoke_invitation(user=person, scope="place:1", at=NOW)
    assert not services.revoke_invitation(user=person, scope="place:1", at=NOW)
    assert client.get(page(one)).status_code == 404
    assert client.get(page(other)).status_code == 200


def test_who_can_sign_in_already_is_never_sent_a_link():
    with pytest.raises(CannotInvite, match="has an account already"):
        invite(UserFactory())


def test_who_signs_in_without_a_password_of_ours_is_never_sent_a_link():
    with pytest.raises(CannotInvite, match="has an account already"):
        invite(UserFactory(password=None, last_login=NOW))


def test_a_closed_account_is_never_sent_a_link(person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(CannotInvite, match="closed"):
        invite(person)


def test_a_colleague_who_is_signed_in_is_signed_out_first(client, person):
    colleague = UserFactory(name="The Colleague")
    client.force_login(colleague)
    client.session["kept"] = "of the colleague"
    issued = invite(person)
    assert "The Colleague is signed in on this device" in client.get(page(issued)).content.decode()
    choose(client, issued)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert "kept" not in client.session


def test_the_page_is_never_cached(client, person):
    assert "no-store" in client.get(page(invite(person))).headers["Cache-Control"]


def test_a_forgotten_password_is_no_way_round_an_invitation(client, person):
    invite(person)
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": person.email})
    assert len(mail.outbox) == 1
    assert "nobody signs in with this address" in mail.outbox[0].body
    assert "/password/reset/key/" not in mail.outbox[0].body


def test_a_forgotten_password_is_replaced_for_who_has_one(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    assert "/password/reset/key/" in mail.outbox[0].body


def test_what_happened_to_an_invitation_is_in_its_history(person):
    issued = invite(person)
    services.accept_invitation(token=token_in(issued.link), password=GOOD, at=NOW)
    events = issued.invitation.events.order_by("pgh_id")
    assert [(e.pgh_label, e.used_at) for e in events] == [("insert", None), ("update", NOW)]
    assert not hasattr(events[0], "token_hash")


def test_the_history_of_a_person_holds_no_password(person):
    User.objects.filter(pk=person.pk).update(name="IT Lead")
    person.set_password(PASSWORD)
    person.save()
    events = person.events.order_by("pgh_id")
    assert [e.name for e in events] == ["IT Enabler Lead", "IT Lead", "IT Enabler Lead"]
    assert not hasattr(events[0], "password")


def test_the_database_refuses_two_pending_links_of_one_place(person):
    first = invite(person).invitation
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            user=person,
            scope=first.scope,
            host="x",
            token_hash="x",
            invited_at=NOW,
            expires_at=NOW + timedelta(days=1),
        )


def test_a_link_cannot_be_accepted_twice_by_service_either(person):
    token = token_in(invite(person).link)
    services.accept_invitation(token=token, password=GOOD, at=NOW)
    with pytest.raises(InvitationNotValid):
        services.accept_invitation(token=token, password=GOOD, at=NOW)
