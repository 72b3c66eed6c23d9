"""People at the door: a browser that signs in by the page, and the codes that an app would show."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from icp.accounts.models import EventKind, SignInEvent
from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOME, ABROAD = "192.0.2.10", "198.51.100.77"


@pytest.fixture(autouse=True)
def _nobody_has_failed_yet():
    cache.clear()


def code_now(secret: str = SECRET, steps: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code() -> str:
    """Six digits that the app shows neither now nor about now."""
    good = {code_now(steps=steps) for steps in range(-4, 5)}
    return next(code for code in ("000000", "111111", "222222") if code not in good)


@pytest.fixture
def with_app() -> Callable:
    """``with_app(user)``: they have an app for codes and recovery codes."""

    def give(user):
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
        return user

    return give


def sign_in(user, password: str = PASSWORD, client: Client | None = None, address: str = HOME):
    """The answer of the sign-in page, and the browser that got it."""
    client = client or Client(REMOTE_ADDR=address)
    answer = client.post(
        reverse("account_login"),
        {"login": getattr(user, "email", user), "password": password},
        REMOTE_ADDR=address,
    )
    return answer, client


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def words(answer) -> str:
    """The page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def happened(user=None) -> list[str]:
    """What was recorded of somebody, the oldest first."""
    found = SignInEvent.objects.filter(user=user).order_by("pk")
    return [EventKind(kind) for kind in found.values_list("kind", flat=True)]
