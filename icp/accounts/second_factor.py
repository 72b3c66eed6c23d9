"""Second factors: who has one, and who must have one and has none."""

from collections.abc import Callable, MutableMapping
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.module_loading import import_string

from icp.accounts.models import User
from icp.common import clock

PROVED_ELSEWHERE = "second_factor_proved_elsewhere"
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def everybody(*, user: User, on: date) -> bool:
    """For ``SECOND_FACTOR_ASKED_OF``, where no account is to be open to a password alone."""
    return True


def has_second_factor(user: User) -> bool:
    """An app for codes, or a passkey. Recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def has_codes(user: User) -> bool:
    """Something whose code can be typed: an app, or recovery codes."""
    return Authenticator.objects.filter(
        user=user, type__in=(Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    ).exists()


def must_set_one_up(user: User, session: MutableMapping[str, Any] | None = None) -> bool:
    """Whether this person has to set up a second factor before anything else.

    Not when the provider they signed in with asked for one, and its word is taken.
    """
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    if session is not None and session.get(PROVED_ELSEWHERE):
        return False
    asked_of: Callable[..., bool] = import_string(settings.SECOND_FACTOR_ASKED_OF)
    return asked_of(user=user, on=clock.today()) and not has_second_factor(user)
