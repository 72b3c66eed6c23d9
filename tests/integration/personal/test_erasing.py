"""Handing out all that is held of a person, and erasing who they were: in the real database, with both its roles."""

import json

import pghistory
import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from icp.accounts.models import ApiToken, EventKind, SignInEvent, User
from icp.audit.models import Change
from icp.common.models import OutgoingMail
from icp.embedded import database_settings
from programmes.models import PlaceRole, Status
from programmes.personal.erasing import CannotErase, erase
from programmes.personal.finding import all_about
from programmes.personal.models import tables, word_fields
from programmes.services.leaving import leave_place
from tests.factories import NOW, MembershipFactory
from tests.integration.cycle.conftest import make_world

NAME, FORMER = "Doctor Somebody Unusual", "Nurse Somebody Unusual"
ADDRESS, FORMER_ADDRESS = "unusual@example.org", "unusual.before@example.org"
REASON = "They asked for it."


@pytest.fixture
def world(transactional_db):
    """A lead with a past: another name and address before, mail, a session, and words of theirs in the plan."""
    made = make_world()
    lead = made.lead
    lead.name, lead.email = FORMER, FORMER_ADDRESS
    lead.save()
    lead.name, lead.email = NAME, ADDRESS
    with pghistory.context(reason=f"New address {ADDRESS}"):
        lead.save()
    made.say_the_red_row()
    MembershipFactory(place=made.place, role=PlaceRole.ADMINISTRATOR)
    OutgoingMail.objects.create(key="one", to=ADDRESS, subject="Hello", body=f"Dear {NAME}")
    made.browser = Client()
    made.browser.force_login(lead)
    return made


@pytest.fixture
def gone(world):
    """They have left the place, and who knows them is somebody else now."""
    leave_place(place=world.place, person=world.lead, by=None, at=NOW)
    world.lead.refresh_from_db()
    return world


@pytest.fixture
def as_application(transactional_db):
    """The portal's own connection, as the role that the running portal has."""
    owner = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    app = database_settings("app")

    def switch(to):
        connection.close()
        connection.settings_dict.update(to)

    switch({name: app[name] for name in owner})
    yield
    switch(owner)


def whole_database() -> dict[str, str]:
    """Every word of every table."""
    found = {}
    for model in tables():
        names = [field.name for field in word_fields(model)]
        if names:
            found[model._meta.label] = str(list(model._default_manager.values_list(*names)))
    return found


def holding(word: str) -> list[str]:
    return sorted(label for label, words in whole_database().items() if word in words)


def printed(*words, **options) -> str:
    from io import StringIO

    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_all_that_is_held_is_printed_and_no_secret_with_it(world):
    found = json.loads(printed("personal_data", ADDRESS))
    assert (found["person"]["email"], found["person"]["name"]) == (ADDRESS, NAME)
    assert [one["email"] for one in found["rows"]["accounts.UserEvent"]][-2:] == [
        FORMER_ADDRESS,
        ADDRESS,
    ]
    assert found["rows"]["programmes.Status"][0]["reason"] == "Late parts."
    assert found["rows"]["programmes.Post"][0]["holder"] == world.lead.pk
    assert found["mail"][0]["body"] == f"Dear {NAME}"
    assert found["open_sessions"] == 1
    text = json.dumps(found)
    for secret in (world.lead.password, Session.objects.get().session_key):
        assert secret not in text
    for word in ("password", "token_hash", "session_data"):
        assert f'"{word}"' not in text


def test_nothing_of_anybody_else_is_printed(world):
    text = json.dumps(all_about(person=world.lead), default=str)
    assert world.office.email not in text
    assert world.sro.email not in text


def test_an_address_that_nobody_has_is_said(transactional_db):
    for command in ("personal_data", "erase_person"):
        with pytest.raises(CommandError, match="Nobody has this address"):
            call_command(command, "nobody@example.org")


def test_who_they_were_is_nowhere_any_more(gone):
    assert len(holding(ADDRESS)) > 2
    erase(person=gone.lead, reason=REASON)
    for word in (NAME, FORMER, ADDRESS, FORMER_ADDRESS):
        assert holding(word) == [], word


def test_each_act_keeps_its_author_by_number(gone):
    before = Status.objects.values_list("pk", "updated_by_id", "reason")
    kept = list(before)
    history = Status.pgh_event_model.objects.filter(updated_by=gone.lead).count()
    erase(person=gone.lead, reason=REASON)
    assert list(before.all()) == kept
    assert Status.pgh_event_model.objects.filter(updated_by=gone.lead).count() == history > 0
    assert str(Status.objects.get(item=gone.items[0], period=gone.february).updated_by) == (
        f"Erased person {gone.lead.pk}"
    )


def test_the_account_is_closed_and_its_sessions_with_it(gone):
    ApiToken.objects.create(
        user=gone.lead, name="One", token_hash="x", start="x", made_at=NOW, ends_at=NOW
    )
    UserSession.objects.create(
        user=gone.lead, ip="192.0.2.7", session_key="x", user_agent="Browser"
    )
    assert gone.browser.get("/about/").wsgi_request.user.is_authenticated
    erase(person=gone.lead, reason=REASON)
    closed = User.objects.get(pk=gone.lead.pk)
    assert (closed.is_active, closed.has_usable_password()) == (False, False)
    assert not gone.browser.get("/about/").wsgi_request.user.is_authenticated
    assert not Session.objects.exists()
    assert not ApiToken.objects.exists()
    assert not UserSession.objects.exists()


def test_that_it_was_done_and_why_is_in_the_history(gone):
    erase(person=gone.lead, reason=REASON)
    last = User.pgh_event_model.objects.filter(pgh_obj=gone.lead).order_by("-pgh_id").first()
    assert (last.name, last.is_active) == (f"Erased person {gone.lead.pk}", False)
    assert last.pgh_context.metadata["reason"] == f"Erased: {REASON}"
    told = (
        Change.objects.filter(kind="accounts.user", object_id=gone.lead.pk).order_by("-pk").first()
    )
    assert (told.way, told.via, told.reason) == ("command", "erase_person", f"Erased: {REASON}")


def test_the_journal_tells_what_else_changed_as_before(gone):
    told = Change.objects.exclude(kind="accounts.user").order_by("pk")
    columns = ("pk", "kind", "object_id", "changes", "by_id", "at")
    before = list(told.values_list(*columns))
    erase(person=gone.lead, reason=REASON)
    after = list(told.filter(pk__lte=before[-1][0]).values_list(*columns))
    assert after == before


def test_what_is_frozen_stays_and_is_said(gone):
    january = Status.objects.get(item=gone.items[0], period=gone.january)
    Status.objects.filter(item=gone.items[0], period=gone.february).update(
        reason=f"{NAME} is away."
    )
    said = printed("erase_person", ADDRESS, "--reason", REASON)
    assert "programmes.Status: still holds the name in kept words (1)" in said
    assert Status.objects.get(period=gone.february, item=gone.items[0]).reason == f"{NAME} is away."
    january_now = Status.objects.get(pk=january.pk)
    assert (january_now.reason, january_now.version) == (january.reason, january.version)


def test_a_dry_run_says_the_same_and_changes_nothing(gone):
    before = whole_database()
    dry = printed("erase_person", ADDRESS, "--reason", REASON, "--dry-run")
    assert whole_database() == before
    real = printed("erase_person", ADDRESS, "--reason", REASON)
    assert dry.startswith("Would change:")
    assert real.startswith("Changed:")
    assert dry.split("\n")[1:-2] == real.split("\n")[1:-2]
    assert len(dry.split("\n")) > 6


def test_who_still_holds_something_is_not_erased(world):
    before = whole_database()
    with pytest.raises(CommandError, match=r"still holds something.*Testshire.*Leaves"):
        call_command("erase_person", ADDRESS, reason=REASON)
    assert whole_database() == before


def test_a_reason_is_asked_for(gone):
    with pytest.raises(CannotErase, match="Say why"):
        erase(person=gone.lead, reason="  ")


def test_the_applications_own_role_may_not_erase(gone, as_application):
    before = whole_database()
    with pytest.raises(CommandError, match="ICP_DATABASE_ROLE=owner"):
        call_command("erase_person", ADDRESS, reason=REASON)
    assert whole_database() == before


def test_the_applications_own_role_hands_out_what_is_held(world, as_application):
    assert json.loads(printed("personal_data", ADDRESS))["person"]["email"] == ADDRESS


def test_two_who_are_erased_stay_two(gone):
    leave_place(place=gone.place, person=gone.sro, by=None, at=NOW)
    erase(person=gone.lead, reason=REASON)
    erase(person=gone.sro, reason=REASON)
    names = set(
        User.objects.filter(pk__in=[gone.lead.pk, gone.sro.pk]).values_list("name", "email")
    )
    assert len(names) == 2


def test_from_where_they_signed_in_is_gone_and_that_they_did_stays(gone):
    SignInEvent.objects.create(
        at=NOW,
        kind=EventKind.SIGNED_IN,
        user=gone.lead,
        address="192.0.2.7",
        device="Firefox",
        reason="Lost a laptop",
    )
    erase(person=gone.lead, reason=REASON)
    kept = SignInEvent.objects.get(user=gone.lead, at=NOW)
    assert (kept.kind, kept.address, kept.device) == (EventKind.SIGNED_IN, None, "")
    assert kept.reason == ""
