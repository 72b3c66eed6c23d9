"""The page behind an invitation's link."""

from allauth.account.forms import SetPasswordForm
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from icp.accounts import selectors, services
from icp.accounts.errors import InvitationNotValid
from icp.accounts.models import User
from icp.common import clock


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who is invited and let them choose a password; they are signed in with it.

    A link that does not work, for whatever reason, gives one and the same page.
    """
    at = clock.now()
    found = selectors.open_invitation(token=token, at=at)
    if found is None:
        return _gone(request)
    form = SetPasswordForm(user=found.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password1"]
        try:
            user = services.accept_invitation(token=token, password=password, at=at)
        except InvitationNotValid:
            return _gone(request)
        return _sign_in(request, user)
    context = {"invitation": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "account/invitation.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    context = {"days": settings.INVITATION_DAYS}
    return render(request, "account/invitation_gone.html", context, status=404)


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """By the stages of every sign-in, so that what is asked of others is asked of them."""
    if request.user.is_authenticated:
        # A colleague's session on the same computer must not become theirs.
        logout(request)
    answer: HttpResponse = perform_login(
        request, user, redirect_url=resolve_url(settings.LOGIN_REDIRECT_URL)
    )
    return answer
