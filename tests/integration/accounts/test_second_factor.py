"""Codes and recovery codes as the second step; required of some; never a way round by the API."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from icp.accounts.models import EventKind
from icp.common.models import OutgoingMail
from icp.settings import base
from programmes.access import has_a_guarded_role
from programmes.models import FinanceLead, Organisation, PlaceRole
from tests.factories import (
    PASSWORD,
    TODAY,
    CoverFactory,
    MembershipFactory,
    PlaceFactory,
    UserFactory,
)
from tests.integration.accounts.conftest import (
    code_now,
    happened,
    is_signed_in,
    sign_in,
    words,
    wrong_code,
)
from tests.integration.security.conftest import production_settings

STEP = "mfa_authenticate"


def test_who_has_an_app_is_asked_for_its_code_and_let_in_with_it(db, with_app):
    user = with_app(UserFactory())
    answer, client = sign_in(user)
    assert answer.headers["Location"] == reverse(STEP)
    assert not is_signed_in(client)
    client.post(reverse(STEP), {"code": code_now()})
    assert is_signed_in(client)
    event = user.sign_in_events.get(kind=EventKind.SIGNED_IN)
    assert event.how == "password and code"


def test_a_wrong_code_is_refused_in_words_and_recorded(db, with_app):
    user = with_app(UserFactory())
    _, client = sign_in(user)
    answer = client.post(reverse(STEP), {"code": wrong_code()})
    assert "This code does not work" in words(answer)
    assert not is_signed_in(client)
    assert EventKind.STEP_FAILED in happened(user)


def test_a_code_works_once_even_while_it_is_still_good(db, with_app):
    user = with_app(UserFactory())
    code = code_now()
    _, first = sign_in(user)
    first.post(reverse(STEP), {"code": code})
    _, second = sign_in(user)
    second.post(reverse(STEP), {"code": f"{code[:3]} {code[3:]}"})
    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_a_recovery_code_works_once(db, with_app):
    user = with_app(UserFactory())
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap()
    code = codes.get_unused_codes()[0]
    _, first = sign_in(user)
    first.post(reverse(STEP), {"code": code})
    _, second = sign_in(user)
    second.post(reverse(STEP), {"code": code})
    assert is_signed_in(first)
    assert not is_signed_in(second)
    assert user.sign_in_events.filter(how="password and recovery code").exists()


def test_wrong_codes_are_counted_and_the_page_says_how_long_to_wait(db, with_app):
    user = with_app(UserFactory())
    _, client = sign_in(user)
    for _ in range(6):
        answer = client.post(reverse(STEP), {"code": wrong_code()})
    assert "Wait five minutes" in words(answer)


def test_setting_up_an_app_gives_recovery_codes_and_is_recorded(
    db, django_capture_on_commit_callbacks
):
    user = UserFactory()
    _, client = sign_in(user)
    set_up = reverse("mfa_activate_totp")
    assert "Enter your password again" in words(client.get(set_up, follow=True))
    again = {"password": PASSWORD, "next": set_up}
    page = client.post(reverse("account_reauthenticate"), again, follow=True)
    assert "Scan this picture" in words(page)
    code = code_now(client.session["mfa.totp.secret"])
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(set_up, {"code": code}, follow=True)
    assert "10 of 10 left" in words(page)
    assert {EventKind.FACTOR_ADDED, EventKind.CODES_MADE} <= set(happened(user))


def test_a_secret_in_the_database_is_locked_and_lost_without_its_key(db, with_app, settings):
    user = with_app(UserFactory())
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert "JBSWY3DP" not in str(stored.data)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key", [settings.SECRET_KEY]
    assert stored.wrap().validate_code(code_now())
    settings.SECRET_KEY_FALLBACKS = []
    _, client = sign_in(user)
    client.post(reverse(STEP), {"code": code_now(steps=1)})
    assert not is_signed_in(client)


def test_removing_the_app_is_recorded_and_takes_the_recovery_codes_along(db, with_app):
    user = with_app(UserFactory())
    _, client = sign_in(user)
    client.post(reverse(STEP), {"code": code_now()})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert happened(user).count(EventKind.FACTOR_REMOVED) == 2


def administrator() -> object:
    return MembershipFactory(role=PlaceRole.ADMINISTRATOR).user


def test_a_guarded_role_without_a_second_factor_is_led_to_set_one_up(db, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = administrator()
    _, client = sign_in(user)
    answer = client.get(reverse("home"))
    assert answer.headers["Location"] == reverse("second-factor")
    page = words(client.get(reverse("second-factor")))
    assert "more than a password alone should guard" in page


def test_nothing_else_can_be_done_until_then(db, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    membership = MembershipFactory(role=PlaceRole.OFFICE)
    _, client = sign_in(membership.user)
    for name, kwargs in (
        ("place", {"place": membership.place.slug}),
        ("periods", {"place": membership.place.slug}),
        ("account", {}),
        ("tokens", {}),
        ("mfa_list_webauthn", {}),
        ("account_change_password", {}),
    ):
        answer = client.get(reverse(name, kwargs=kwargs))
        assert answer.headers.get("Location") == reverse("second-factor"), name
    assert client.get("/api/v1/programmes/").status_code == 403
    made = client.post(reverse("token-make"), {"name": "Way round"})
    assert made.headers["Location"] == reverse("second-factor")
    assert not membership.user.api_tokens.exists()


def test_the_portal_opens_once_it_is_set_up(db, settings, with_app):
    settings.SECOND_FACTOR_REQUIRED = True
    user = administrator()
    _, client = sign_in(user)
    with_app(user)
    assert client.get(reverse("account")).status_code == 200


def test_finance_of_an_organisation_and_who_covers_for_finance_are_guarded_too(db):
    place = PlaceFactory()
    partner = Organisation.objects.create(place=place, name="Partner", short_name="P")
    lead = FinanceLead.objects.create(organisation=partner, user=UserFactory()).user
    away = MembershipFactory(place=place, role=PlaceRole.FINANCE).user
    deputies = [
        CoverFactory(place=place, person=person, starts_on=TODAY, ends_on=TODAY).deputy
        for person in (lead, away)
    ]
    elsewhere = CoverFactory(place=PlaceFactory(), person=away, starts_on=TODAY, ends_on=TODAY)
    for person in (lead, away, *deputies):
        assert has_a_guarded_role(user=person, on=TODAY)
    for person in (*deputies, elsewhere.deputy):
        assert not has_a_guarded_role(user=person, on=TODAY + timedelta(days=1))
    assert not has_a_guarded_role(user=elsewhere.deputy, on=TODAY)


@pytest.fixture
def lost(db, with_app):
    """Somebody who lost their app, and an administrator of the place that they belong to."""
    place = PlaceFactory()
    user = with_app(MembershipFactory(place=place, role=PlaceRole.RISK_OWNER).user)
    voucher = MembershipFactory(
        place=place, role=PlaceRole.ADMINISTRATOR, user=UserFactory(name="Place Administrator")
    ).user
    return user, voucher


def take_away(user, *, vouched_by, because="Seen in person, with their staff card"):
    call_command(
        "reset_sign_in",
        user.email,
        "--second-factor",
        f"--vouched-by={vouched_by.email}",
        f"--because={because}",
    )


def test_a_lost_factor_is_taken_away_on_the_word_of_who_lets_people_in(lost):
    user, voucher = lost
    take_away(user, vouched_by=voucher)
    event = user.sign_in_events.get(kind=EventKind.FACTOR_REMOVED)
    assert (event.by, event.reason) == (voucher, "Seen in person, with their staff card")
    mail = OutgoingMail.objects.get(to=user.email)
    assert "Who made sure that it was you: Place Administrator." in mail.body
    assert "How: Seen in person, with their staff card" in mail.body
    _, client = sign_in(user)
    told = "by Place Administrator: Seen in person, with their staff card"
    assert told in words(client.get(reverse("account")))


def test_without_somebody_who_may_vouch_nothing_is_taken_away(lost, with_app):
    user, voucher = lost
    elsewhere = administrator()
    colleague = MembershipFactory(
        place=voucher.memberships.get().place, role=PlaceRole.AUDITOR
    ).user
    for other in (user, elsewhere, colleague, UserFactory.build()):
        with pytest.raises(CommandError, match="--vouched-by"):
            take_away(user, vouched_by=other)
    with_app(voucher)
    with pytest.raises(CommandError, match="--vouched-by"):
        take_away(voucher, vouched_by=voucher)
    for because in ("", "  ", "x" * 201):
        with pytest.raises(CommandError, match="--because"):
            take_away(user, vouched_by=voucher, because=because)
    assert Authenticator.objects.filter(user=user).count() == 2
    assert not OutgoingMail.objects.exists()


def test_a_code_works_for_its_own_half_minute_and_no_longer(db, with_app, settings):
    settings.MFA_TOTP_TOLERANCE = base.MFA_TOTP_TOLERANCE
    user = with_app(UserFactory())
    with time_machine.travel(datetime(2020, 2, 14, 10, 0, 1, tzinfo=UTC), tick=False):
        for steps, let_in in ((-1, False), (1, False), (0, True)):
            _, client = sign_in(user)
            client.post(reverse("mfa_authenticate"), {"code": code_now(steps=steps)})
            assert is_signed_in(client) is let_in, steps


def test_whoever_lost_everything_starts_again_after_the_command(lost, capsys):
    user, voucher = lost
    take_away(user, vouched_by=voucher)
    _, client = sign_in(user)
    assert is_signed_in(client)
    assert EventKind.FACTOR_REMOVED in happened(user)
    assert "taken away from" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No account has the address"):
        call_command("reset_sign_in", "nobody@example.org", "--second-factor")
    with pytest.raises(CommandError, match="Say what to take away"):
        call_command("reset_sign_in", user.email)


def test_roles_that_are_not_guarded_are_not_asked(db, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = MembershipFactory(role=PlaceRole.AUDITOR).user
    _, client = sign_in(user)
    assert client.get(reverse("account")).status_code == 200


def test_everybody_is_asked_where_it_is_set_so(db, settings, monkeypatch):
    settings.SECOND_FACTOR_REQUIRED = True
    monkeypatch.setenv("SECOND_FACTOR_REQUIRED", "everybody")
    settings.SECOND_FACTOR_ASKED_OF = production_settings(monkeypatch).SECOND_FACTOR_ASKED_OF
    for user in (MembershipFactory(role=PlaceRole.AUDITOR).user, UserFactory()):
        _, client = sign_in(user)
        answer = client.get(reverse("account"))
        assert answer.headers["Location"] == reverse("second-factor")


def test_the_demonstration_asks_nobody(db):
    _, client = sign_in(administrator())
    assert client.get(reverse("account")).status_code == 200


def test_the_api_asks_for_the_code_too(db, with_app):
    user = with_app(UserFactory())
    told = {"email": user.email, "password": PASSWORD}
    without = APIClient().post("/api/v1/token/", told, format="json")
    wrong = APIClient().post("/api/v1/token/", {**told, "code": wrong_code()}, format="json")
    right = APIClient().post("/api/v1/token/", {**told, "code": code_now()}, format="json")
    assert (without.status_code, wrong.status_code, right.status_code) == (401, 401, 200)
    assert "second factor" in without.json()["detail"]


def test_the_api_gives_no_token_to_who_must_set_one_up_and_takes_none_of_theirs(db, settings):
    user = administrator()
    told = {"email": user.email, "password": PASSWORD}
    token = APIClient().post("/api/v1/token/", told, format="json").json()["token"]
    settings.SECOND_FACTOR_REQUIRED = True
    refused = APIClient().post("/api/v1/token/", told, format="json")
    assert refused.status_code == 403
    assert "set one up first" in refused.json()["detail"]
    used = APIClient(headers={"Authorization": f"Token {token}"}).get("/api/v1/places/")
    assert used.status_code == 403


def test_check_deploy_warns_when_it_is_not_required(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert "accounts.W001" in {one.id for one in run_checks(include_deployment_checks=True)}
    settings.SECOND_FACTOR_REQUIRED = True
    assert "accounts.W001" not in {one.id for one in run_checks(include_deployment_checks=True)}


def test_the_sign_in_page_carries_no_script_of_its_own(db):
    page = Client().get(reverse("account_login")).content.decode()
    assert "<script>" not in page
    assert "data-allauth-onload" not in page
