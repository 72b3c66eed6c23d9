"""Sessions end, and nobody goes on without the second factor that their role needs."""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from icp.accounts.models import EventKind
from icp.accounts.recording import record
from icp.accounts.second_factor import must_set_one_up
from icp.common.words import plural

Next = Callable[[HttpRequest], HttpResponse]

BEGAN, LAST_USED = "began", "last_used"
# How exactly "last used" is kept, in seconds: not every page needs a write.
NOTED_EVERY = 60
SET_UP_FIRST = (
    "You need a second factor. Sign in to the portal with a browser and set one up first."
)


def begin_session(request: HttpRequest) -> None:
    """The session's clock starts."""
    request.session[BEGAN] = request.session[LAST_USED] = int(time.time())


class SessionsEnd:
    """After idleness, and after a day's work; whoever was signed in is told why."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _end_or_note(request)
        return self.get_response(request)


def _end_or_note(request: HttpRequest) -> None:
    now = int(time.time())
    used = request.session.get(LAST_USED, now)
    if now - used > settings.SESSION_IDLE_MINUTES * 60:
        minutes = plural(settings.SESSION_IDLE_MINUTES, "minute")
        _end(request, why="idle", words=f"you did nothing for {minutes}")
    elif now - request.session.get(BEGAN, now) > settings.SESSION_HOURS * 3600:
        hours = plural(settings.SESSION_HOURS, "hour")
        _end(request, why="long", words=f"you had been signed in for {hours}")
    elif LAST_USED not in request.session or now - used >= NOTED_EVERY:
        request.session.setdefault(BEGAN, now)
        request.session[LAST_USED] = now
        UserSession.objects.create_from_request(request)


def _end(request: HttpRequest, *, why: str, words: str) -> None:
    user, key = request.user, request.session.session_key
    request.ended_by_the_portal = True  # type: ignore[attr-defined]
    logout(request)
    UserSession.objects.filter(session_key=key).delete()
    record(EventKind.ENDED, request=request, user=user, how=why)  # type: ignore[arg-type]
    messages.info(
        request, f"You were signed out because {words}. What you saved is kept. Sign in to go on."
    )


class SecondFactorFirst:
    """Leads whoever must have a second factor and has none to the page that sets one up; all else waits."""

    OPEN = frozenset(
        {
            "second-factor",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "account_logout",
            "about",
            "accessibility",
            "healthz",
            "readyz",
            "metrics",
        }
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if match is None or match.url_name in self.OPEN:
            return None
        if not must_set_one_up(request.user, request.session):  # type: ignore[arg-type]
            return None
        if "v1" in match.namespaces:
            return JsonResponse({"detail": SET_UP_FIRST, "errors": {}}, status=403)
        return redirect("second-factor")
