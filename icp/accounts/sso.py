"""Single sign-on: somebody whose account, or invitation, has the address that their organisation vouches for."""

import logging
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from icp.accounts import claims, services
from icp.accounts.errors import InvitationNotValid
from icp.accounts.models import EventKind, User
from icp.accounts.recording import record
from icp.common import clock

log = logging.getLogger(__name__)

ASK = "Ask an administrator of your place."


class SingleSignOnRefused(Exception):
    """This person does not come in by their organisation's sign-in; ``str()`` is the sentence for them."""

    def __init__(self, sentence: str, *, why: str, user: User | None = None) -> None:
        super().__init__(sentence)
        self.why, self.user = why, user


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """It never makes an account, and it links one only to the person it belongs to."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account and link it; or refuse, with a page that says why."""
        try:
            if sociallogin.state.get("process") != AuthProcess.LOGIN:
                raise SingleSignOnRefused(
                    "Start again from the sign-in page.", why="not begun on the sign-in page"
                )
            user, is_new = _admit(sociallogin)
        except SingleSignOnRefused as refused:
            record(EventKind.SSO_REFUSED, request=request, user=refused.user, how=refused.why)
            _show(request, "account/sso_refused.html", status=403, reason=str(refused))
        if is_new:
            record(EventKind.SSO_LINKED, request=request, user=user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> NoReturn:
        """Neither a cancelled sign-in nor a provider that is down is a fault of the portal."""
        # A provider that forgets to send the state back along with it has still been told no.
        if error == AuthError.CANCELLED or request.GET.get("error") == "access_denied":
            _show(request, "account/sso_cancelled.html", status=200)
        raise ImmediateHttpResponse(failed_page(request, exception))


def failed_page(request: HttpRequest, problem: Exception | None) -> HttpResponse:
    """That the provider did not answer (503), or answered with what cannot be used (400)."""
    # Its words might hold a token: only the kind of failure is written down.
    log.warning("Single sign-on failed: %s", type(problem).__name__)
    down = isinstance(problem, RequestException)
    how = "the provider did not answer" if down else "the provider’s answer cannot be used"
    record(EventKind.SSO_REFUSED, request=request, user=None, how=how)
    context = {"sso_name": settings.SSO.name, "down": down}
    return render(request, "account/sso_failed.html", context, status=503 if down else 400)


def _show(request: HttpRequest, template: str, *, status: int, **context: Any) -> NoReturn:
    context["sso_name"] = settings.SSO.name
    raise ImmediateHttpResponse(render(request, template, context, status=status))


def _admit(sociallogin: SocialLogin) -> tuple[User, bool]:
    """The person who comes in, and whether the link to their account is new.

    Raises:
        SingleSignOnRefused: with the sentence for them.
    """
    told = claims.read_claims(sociallogin.account.extra_data)
    if not claims.is_proven(told, domains=settings.SSO.domains):
        raise SingleSignOnRefused(
            f"{settings.SSO.name} does not confirm that your e-mail address is yours. "
            "Ask your own IT service to confirm it, or sign in with your password.",
            why="address not confirmed",
        )
    user = User.objects.filter(email=told.email).first()
    if user is None:
        raise SingleSignOnRefused(
            f"No account of the portal has the address {told.email}. Accounts are made by invitation. {ASK}",
            why="no such account",
        )
    if not user.is_active:
        raise SingleSignOnRefused(f"This account is closed. {ASK}", why="account closed", user=user)
    with transaction.atomic():
        if not user.can_sign_in:
            _accept(user)
        is_new = _link(sociallogin, user)
    sociallogin.user = user
    return user, is_new


def _link(sociallogin: SocialLogin, user: User) -> bool:
    """Tie the provider's lasting name for the person to the account. True when it was not tied before."""
    account = sociallogin.account
    known = SocialAccount.objects.filter(provider=account.provider, user=user).first()
    mine = account.pk is not None and account.user_id == user.pk
    if mine:
        return False
    if account.pk is not None or known is not None:
        # The address was given to somebody else at one end or the other: a person decides, not the portal.
        raise SingleSignOnRefused(
            f"This account is linked to another sign-in at {settings.SSO.name}. {ASK}",
            why="linked to another sign-in",
            user=user,
        )
    account.user = user
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:  # Two windows at once: the other one has linked it.
        raise SingleSignOnRefused(
            "Two sign-ins were under way at once. Sign in again.", why="two at once", user=user
        ) from None
    return True


def _accept(user: User) -> None:
    """Whoever was only invited comes in as long as their invitation lasts."""
    try:
        services.accept_by_proven_address(user=user, at=clock.now())
    except InvitationNotValid:
        raise SingleSignOnRefused(
            f"Your invitation has run out. {ASK}", why="no open invitation", user=user
        ) from None


def provider_asked(sociallogin: SocialLogin) -> bool:
    """Whether the provider's word that it asked for a second factor is taken."""
    told = claims.read_claims(sociallogin.account.extra_data)
    return claims.counts_as_second_factor(told, rule=settings.SSO.second_factor)
