"""Where somebody is signed in, and ending it elsewhere."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from icp.accounts.models import EventKind, User
from icp.accounts.recording import record
from icp.accounts.selectors import sessions_of
from icp.accounts.session_lines import line_of
from icp.common.words import plural


@never_cache
@login_required
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """The browsers somebody is signed in with, this one first, then the last used."""
    lines = [
        line_of(one, current=request.session.session_key)
        for one in sessions_of(request.user)  # type: ignore[arg-type]
    ]
    lines.sort(key=lambda line: not line.is_this)
    context = {"lines": lines, "elsewhere": sum(not line.is_this for line in lines)}
    return render(request, "account/sessions.html", context)


# Whoever finds a browser open must not lock its owner out of the others: both ask for the password again, and
# lead to the list whoever comes back from that without pressing.
@never_cache
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session elsewhere; one that has ended meanwhile is no fault."""
    if request.method == "POST":
        _end(request, [one for one in _elsewhere(request) if one.pk == pk])
    return redirect("sessions")


@never_cache
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    if request.method == "POST":
        _end(request, _elsewhere(request))
    return redirect("sessions")


def _elsewhere(request: HttpRequest) -> list[UserSession]:
    user: User = request.user  # type: ignore[assignment]
    mine = UserSession.objects.filter(user=user)
    return list(mine.exclude(session_key=request.session.session_key))


def _end(request: HttpRequest, ended: list[UserSession]) -> None:
    for one in ended:
        one.end()
        record(EventKind.SESSION_ENDED, request=request, user=request.user)  # type: ignore[arg-type]
    if ended:
        messages.success(request, f"You are signed out of {plural(len(ended), 'other browser')}.")
    else:
        messages.info(request, "That session had ended already.")
