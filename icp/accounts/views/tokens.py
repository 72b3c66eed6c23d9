"""Somebody's keys to the API: made here, listed, and revoked."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from icp.accounts import api_tokens
from icp.accounts.forms import TokenForm
from icp.accounts.models import User
from icp.common import clock


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def tokens(request: HttpRequest) -> HttpResponse:
    return _page(request, TokenForm())


@never_cache
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a key, and show it this once."""
    if request.method != "POST":
        return redirect("tokens")
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            made = api_tokens.make_token(
                user=request.user,  # type: ignore[arg-type]
                name=form.cleaned_data["name"],
                at=clock.now(),
                request=request,
            )
        except api_tokens.TooManyTokens as refused:
            form.add_error("name", str(refused))
        else:
            return render(request, "account/token_made.html", {"made": made})
    return _page(request, form, status=422)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    token = get_object_or_404(user.api_tokens, pk=pk)
    api_tokens.revoke_token(token=token, request=request)
    messages.success(request, f"The token “{token.name}” does not work any more.")
    return redirect("tokens")


def _page(request: HttpRequest, form: TokenForm, status: int = 200) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    found = user.api_tokens.order_by("-made_at", "-pk")
    context = {
        "tokens": found,
        "form": form,
        "now": clock.now(),
        "days": settings.API_TOKEN_DAYS,
    }
    return render(request, "account/tokens.html", context, status=status)
