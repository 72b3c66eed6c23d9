"""Where the portal differs from allauth: nobody registers, guessing is slowed down, secrets are locked away."""

import logging
import math
import secrets
from base64 import b32encode, urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.encoding import force_str

from icp.accounts import throttle
from icp.accounts.known_devices import device_of
from icp.accounts.models import EventKind, User
from icp.accounts.recording import address_of, has_come_from, record
from icp.common.words import plural

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody registers themselves: the programme office invites."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This e-mail address and password do not belong together.",
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": (
            "Too many codes were wrong. Wait five minutes, then try again with a new code."
        ),
        "rate_limited": "Too many codes were wrong. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, or nobody. Refused with words when too many attempts have failed lately."""
        email = str(credentials.get("email") or credentials.get("username") or "")
        address = address_of(request) or ""
        try:
            attempt = throttle.begin(
                email=email,
                address=address,
                is_known=lambda: has_come_from(email=email, address=address),
                device=device_of(request, _owner(email)),
            )
        except throttle.TooManyFailed as refused:
            record(EventKind.LOCKED, request=request, user=_owner(email))
            raise _wait_until(refused.until) from None
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            throttle.succeeded(attempt)
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's own count locks an account for everybody; ours stands in its place."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        email = str(credentials.get("email") or credentials.get("username") or "")
        record(EventKind.FAILED, request=request, user=_owner(email), how="password")

    def reauthenticate(self, user: User, password: str) -> bool:
        """By the address they sign in with, whether or not allauth keeps it too."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_login_stages(self) -> list[str]:
        ours = "icp.accounts.stages.SecondStep"
        stages = super().get_login_stages()
        return [ours if one == "allauth.mfa.stages.AuthenticateStage" else one for one in stages]


def _owner(email: str) -> User | None:
    found: User | None = User.objects.filter(email=email.strip().lower()).first()
    return found


def _wait_until(until: datetime) -> ValidationError:
    minutes = max(1, math.ceil((until - timezone.now()).total_seconds() / 60))
    # On the minute after, so that who comes back at that time is let in.
    clock_time = f"{timezone.localtime(until + timedelta(minutes=1)):%H:%M}"
    return ValidationError(
        f"Too many sign-ins have failed. Try again in {plural(minutes, 'minute')}, at {clock_time}; "
        "a passkey works meanwhile.",
        code="too_many_failed",
        params={"seconds": minutes * 60},
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors in the portal's words; their secrets are locked with a key that is not in the database."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "This code does not work: it is wrong, too old, or was used already. "
            "Wait for the next one and try again."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; when the key has gone, one that no code answers to, and never an empty one."""
        try:
            return _locks().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error("A second factor was locked with a key that is not known any more.")
            return b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if not count else f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.PRODUCT_NAME}


def _locks() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(urlsafe_b64encode(sha256(f"second factors:{force_str(key)}".encode()).digest()))
            for key in keys
        ]
    )
