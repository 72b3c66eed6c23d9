"""Your account: everything that guards it, and what happened to it lately."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from icp.accounts.models import EventKind, User
from icp.accounts.recording import record
from icp.accounts.second_factor import must_set_one_up
from icp.accounts.selectors import recent_events, sessions_of
from icp.common import clock

EVENTS_SHOWN = 10


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Password, second factors, single sign-on, sessions, API tokens and the last events, each with its page."""
    user: User = request.user  # type: ignore[assignment]
    context = {
        **_factors(user),
        "sessions": len(sessions_of(user)),
        "tokens": user.api_tokens.working(at=clock.now()).count(),
        "linked": SocialAccount.objects.filter(user=user).exists(),
        "events": recent_events(user, limit=EVENTS_SHOWN),
    }
    return render(request, "account/account.html", context)


def _factors(user: User) -> dict[str, Any]:
    """The person's app for codes, passkeys and how many recovery codes are left."""
    found: dict[str, Any] = {"app": None, "passkeys": [], "codes": None}
    for one in Authenticator.objects.filter(user=user).order_by("created_at", "pk"):
        if one.type == Authenticator.Type.TOTP:
            found["app"] = one
        elif one.type == Authenticator.Type.WEBAUTHN:
            found["passkeys"].append(one)
        else:
            found["codes"] = len(one.wrap().get_unused_codes())
    return found


@never_cache
@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """The page of those whose role needs a second factor and who have none: the two ways to set one up."""
    if not must_set_one_up(request.user, request.session):  # type: ignore[arg-type]
        return redirect("mfa_index")
    # The menu leads nowhere until it is done.
    return render(request, "account/second_factor.html", {"nav_items": []})


class PasskeyAgain(ReauthenticateWebAuthnView):
    """As allauth's, but whoever's passkey did not work is asked again, and not sent to the first page."""

    def form_invalid(self, form: Any) -> HttpResponse:
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return redirect(self.request.get_full_path())


@login_required
@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """Single sign-on is not tied to this account any more; the next one ties it anew."""
    user: User = request.user  # type: ignore[assignment]
    if not user.has_usable_password():
        messages.error(request, "Choose a password first: without one you could not sign in again.")
    elif SocialAccount.objects.filter(user=user).delete()[0]:
        record(EventKind.SSO_UNLINKED, request=request, user=user)
        messages.success(request, "The link to your organisation’s sign-in is removed.")
    return redirect("account")
