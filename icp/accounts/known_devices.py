"""Browsers that somebody has signed in with before: each has a signed cookie, and its tries are counted by themselves.

After OWASP's "device cookies": who guesses from the same address as the owner must not lock the owner out, and an
organisation of hundreds comes from one address. A cookie lets nobody in. It only says that this browser has known
the password of the account once, and so keeps a count of its own, no larger than that of an address.
"""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from icp.accounts.models import User

Next = Callable[[HttpRequest], HttpResponse]

SALT = "icp.accounts.known_devices"
# Of a computer that people share, the last who signed in.
ACCOUNTS_A_BROWSER = 8
KEPT = 60 * 60 * 24 * 365  # seconds


def device_of(request: HttpRequest, user: User | None) -> str:
    """What this browser is known by to the account; empty where it has not signed in since the last new password."""
    if user is None:
        return ""
    mark: str = _known(request).get(str(user.pk), "")
    return mark if mark.endswith(_seal(user)) else ""


def _seal(user: User) -> str:
    """Another for each password: whoever gathered cookies with the old one has none for the new one."""
    return (
        "." + salted_hmac(SALT, f"{user.pk}:{user.password}", algorithm="sha256").hexdigest()[:16]
    )


def _known(request: HttpRequest) -> dict[str, str]:
    """The browser's mark for each account, the last used at the end. A cookie that is not ours knows none."""
    try:
        told = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KEPT
        )
    except signing.BadSignature:
        return {}
    return dict(told)


class KnownDevices:
    """Gives the cookie to a browser in which somebody has just signed in."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "just_signed_in", None)
        if user is not None:
            _remember(request, response, user)
        return response


def _remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    known = _known(request)
    known.pop(str(user.pk), None)
    known[str(user.pk)] = secrets.token_urlsafe(12) + _seal(user)
    last = dict(list(known.items())[-ACCOUNTS_A_BROWSER:])
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(last, salt=SALT, compress=True),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
