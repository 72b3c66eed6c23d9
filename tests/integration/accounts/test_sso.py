"""Single sign-on against a real provider: who has an account or an invitation comes in, and nobody else."""

from datetime import timedelta

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from icp.accounts.models import EventKind, User
from icp.accounts.services import invite
from icp.common import clock
from icp.settings.sign_on import single_sign_on_from, single_sign_on_rules
from programmes.models import PlaceRole
from tests.factories import MembershipFactory, UserFactory
from tests.integration.accounts.conftest import code_now, happened, is_signed_in, words
from tests.integration.accounts.provider import Provider, free_port

BUTTON = reverse("openid_connect_login", kwargs={"provider_id": "sso"})


@pytest.fixture(scope="module")
def running():
    provider = Provider().start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running, settings, db):
    running.used_by(settings)
    return running


def come_in(provider, sub, **more):
    client = Client()
    return provider.lets_through(client, sub, begin=f"{BUTTON}?process=login", **more), client


def refused(provider, sub, sentence):
    """The page says so with 403, nobody is signed in, and no account was made."""
    before = User.objects.count()
    page, client = come_in(provider, sub)
    assert sentence in words(page)
    assert page.status_code == 403
    assert not is_signed_in(client)
    assert User.objects.count() == before


def test_somebody_with_an_account_comes_in_and_is_linked(provider):
    user = UserFactory(email="lead@example.org")
    sub = provider.knows("p-1", email="Lead@Example.org", email_verified=True)
    page, client = come_in(provider, sub)
    assert page.status_code == 200
    assert client.session["_auth_user_id"] == str(user.pk)
    assert SocialAccount.objects.get().user == user
    assert happened(user) == [EventKind.SSO_LINKED, EventKind.SIGNED_IN]
    assert user.sign_in_events.last().how == "single sign-on"


def test_their_password_stays_and_the_second_time_links_nothing_new(provider):
    user = UserFactory(email="lead@example.org")
    password = user.password
    sub = provider.knows("p-2", email=user.email, email_verified=True)
    come_in(provider, sub)
    come_in(provider, sub)
    user.refresh_from_db()
    assert user.password == password
    assert SocialAccount.objects.count() == 1


def test_somebody_unknown_is_refused_and_no_account_is_made(provider):
    sub = provider.knows("p-3", email="stranger@example.org", email_verified=True)
    refused(provider, sub, "No account of the portal has the address stranger@example.org.")
    assert happened(None) == [EventKind.SSO_REFUSED]


def test_an_address_that_the_provider_does_not_vouch_for_is_refused(provider):
    UserFactory(email="lead@example.org")
    no = provider.knows("p-4", email="lead@example.org", email_verified=False)
    refused(provider, no, "does not confirm that your e-mail address is yours")
    silent = provider.knows("p-5", email="lead@example.org")
    refused(provider, silent, "does not confirm that your e-mail address is yours")


def test_silence_is_enough_for_a_domain_that_is_trusted(provider, settings):
    provider.used_by(settings, OIDC_TRUSTED_DOMAINS="example.org, other.example")
    UserFactory(email="lead@example.org")
    _, client = come_in(provider, provider.knows("p-6", email="lead@example.org"))
    assert is_signed_in(client)


def test_a_closed_account_is_refused(provider):
    UserFactory(email="gone@example.org", is_active=False)
    sub = provider.knows("p-7", email="gone@example.org", email_verified=True)
    refused(provider, sub, "This account is closed.")


def invited(email, **fields):
    user = UserFactory(email=email)
    user.set_unusable_password()
    user.save()
    invite(user=user, scope="place:1", host="Testshire", by=None, at=clock.now())
    return user


def test_somebody_invited_comes_in_and_their_invitation_is_used(provider):
    user = invited("new@example.org")
    sub = provider.knows("p-8", email=user.email, email_verified=True)
    _, client = come_in(provider, sub)
    assert is_signed_in(client)
    assert user.invitations.get().used_at is not None
    assert EmailAddress.objects.get(user=user).verified


def test_an_invitation_that_ran_out_lets_nobody_in_and_links_nothing(provider):
    user = invited("late@example.org")
    user.invitations.update(
        invited_at=clock.now() - timedelta(days=30), expires_at=clock.now() - timedelta(days=1)
    )
    sub = provider.knows("p-9", email=user.email, email_verified=True)
    refused(provider, sub, "Your invitation has run out.")
    assert not SocialAccount.objects.exists()


def test_an_address_given_to_somebody_else_at_the_provider_does_not_open_the_account(provider):
    UserFactory(email="post@example.org")
    first = provider.knows("p-10", email="post@example.org", email_verified=True)
    come_in(provider, first)
    successor = provider.knows("p-11", email="post@example.org", email_verified=True)
    refused(provider, successor, "linked to another sign-in")


def test_a_linked_person_whose_address_changes_to_a_colleagues_is_refused(provider):
    UserFactory(email="one@example.org")
    UserFactory(email="two@example.org")
    come_in(provider, provider.knows("p-12", email="one@example.org", email_verified=True))
    moved = provider.knows("p-12", email="two@example.org", email_verified=True)
    refused(provider, moved, "linked to another sign-in")


def test_who_has_a_second_factor_here_is_asked_for_it_too(provider, with_app):
    user = with_app(UserFactory(email="lead@example.org"))
    sub = provider.knows("p-13", email=user.email, email_verified=True, amr=["pwd", "mfa"])
    page, client = come_in(provider, sub)
    assert "Second step" in words(page)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_signed_in(client)


def test_the_providers_word_for_a_second_factor_is_taken_when_set_so(provider, settings, with_app):
    provider.used_by(settings, OIDC_SECOND_FACTOR="claim")
    user = with_app(UserFactory(email="lead@example.org"))
    weak = provider.knows("p-14", email=user.email, email_verified=True, amr=["pwd"])
    page, client = come_in(provider, weak)
    assert "Second step" in words(page)
    strong = provider.knows("p-14", email=user.email, email_verified=True, amr=["pwd", "mfa"])
    _, client = come_in(provider, strong)
    assert is_signed_in(client)


def test_a_guarded_role_needs_none_here_when_the_provider_asked(provider, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    provider.used_by(settings, OIDC_SECOND_FACTOR="claim")
    user = MembershipFactory(
        role=PlaceRole.ADMINISTRATOR, user=UserFactory(email="admin@example.org")
    ).user
    strong = provider.knows("p-15", email=user.email, email_verified=True, amr=["mfa"])
    _, client = come_in(provider, strong)
    assert client.get(reverse("account")).status_code == 200
    weak = provider.knows("p-15", email=user.email, email_verified=True)
    _, client = come_in(provider, weak)
    assert client.get(reverse("account")).headers["Location"] == reverse("second-factor")


def test_who_says_no_at_the_provider_is_told_that_nothing_happened(provider):
    page, client = come_in(provider, "p-16", action="deny")
    assert "was stopped before it was finished" in words(page)
    assert page.status_code == 200
    assert not is_signed_in(client)


def test_a_provider_that_is_down_gives_a_page_that_says_so(provider, settings):
    nobody = Provider()
    nobody.port = free_port()
    nobody.address = f"http://localhost:{nobody.port}"
    nobody.used_by(settings)
    page = Client().get(f"{BUTTON}?process=login")
    assert page.status_code == 503
    assert "does not answer at the moment" in words(page)


def test_a_provider_that_goes_down_on_the_way_back_gives_the_same_page(settings, db):
    provider = Provider().start()
    provider.used_by(settings)
    sub = provider.knows("p-17", email="lead@example.org", email_verified=True)
    client = Client()
    gone = client.get(f"{BUTTON}?process=login")
    answer = requests.post(
        gone.headers["Location"], data={"sub": sub}, allow_redirects=False, timeout=10
    )
    provider.stop()
    back = answer.headers["Location"].partition("/accounts/")[2]
    page = client.get(f"/accounts/{back}")
    assert page.status_code == 503
    assert "does not answer at the moment" in words(page)


def test_an_answer_that_nobody_asked_for_is_refused(provider):
    callback = reverse("openid_connect_callback", kwargs={"provider_id": "sso"})
    page = Client().get(f"{callback}?code=made-up&state=made-up")
    assert page.status_code == 400
    assert "Start again from the sign-in page" in words(page)


def test_nobody_links_an_account_that_is_signed_in_to_another_persons_sign_in(provider):
    user = UserFactory(email="victim@example.org")
    client = Client()
    client.force_login(user)
    sub = provider.knows("p-18", email="attacker@example.org", email_verified=True)
    page = provider.lets_through(client, sub, begin=f"{BUTTON}?process=connect")
    assert page.status_code == 403
    assert not SocialAccount.objects.exists()


def test_the_link_can_be_removed_by_who_has_a_password(provider):
    user = UserFactory(email="lead@example.org")
    _, client = come_in(provider, provider.knows("p-19", email=user.email, email_verified=True))
    assert "Linked to Testshire sign-in" in words(client.get(reverse("account")))
    client.post(reverse("sso-unlink"))
    assert not SocialAccount.objects.exists()
    assert happened(user)[-1] == EventKind.SSO_UNLINKED


def test_the_button_is_there_only_where_it_is_set_up(provider, settings):
    assert "Sign in with Testshire sign-in" in words(Client().get(reverse("account_login")))
    settings.SSO = single_sign_on_rules({})
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on_from({})
    assert "Testshire sign-in" not in words(Client().get(reverse("account_login")))
    assert Client().get(BUTTON).status_code == 404


def test_half_of_the_settings_stop_the_start_and_name_the_rest():
    with pytest.raises(ImproperlyConfigured, match="lacks OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"):
        single_sign_on_from({"OIDC_ISSUER": "https://login.example"})
    with pytest.raises(ImproperlyConfigured, match="portal, claim or provider"):
        single_sign_on_rules({"OIDC_ISSUER": "https://x.example", "OIDC_SECOND_FACTOR": "maybe"})
