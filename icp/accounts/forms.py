"""The forms of allauth, where the portal needs another rule."""

from hashlib import sha256
from typing import Any

from allauth.account import forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn import forms as webauthn
from django.core.cache import cache
from django.forms import CharField, Form

from icp.accounts.models import User
from icp.common.numbers import PatientDecoder

# Longer than any code lives: its own half minute, and where that is set one on either side.
CODE_LIVES = 120


class ResetPasswordForm(forms.ResetPasswordForm):
    """Who was only invited sets a password by the invitation, as long as it lasts, and in no other way."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        able = set(
            User.objects.able_to_sign_in()
            .filter(pk__in=[user.pk for user in self.users])
            .values_list("pk", flat=True)
        )
        self.users = [user for user in self.users if user.pk in able]
        return email


class _Once:
    """A code works once, however long it is still good for."""

    user: User

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(_used(self.user, code), 1, CODE_LIVES):
            raise get_adapter().validation_error("incorrect_code")
        return code


def _used(user: User, code: str) -> str:
    digits = "".join(code.split())
    return f"second-step:{user.pk}:{sha256(digits.encode()).hexdigest()}"


class SecondStepForm(_Once, AuthenticateForm):
    """The second step of signing in."""


class SecondStepAgainForm(_Once, ReauthenticateForm):
    """A code asked for again, before something that guards the account is changed."""


class _Patient:
    """What a browser says of a passkey is JSON that anybody may send."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].decoder = PatientDecoder  # type: ignore[attr-defined]


class AddPasskeyForm(_Patient, webauthn.AddWebAuthnForm):
    """A new passkey."""


class PasskeyStepForm(_Patient, webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in, by a passkey."""


class PasskeyLoginForm(_Patient, webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class PasskeyAgainForm(_Patient, webauthn.ReauthenticateWebAuthnForm):
    """A passkey asked for again."""


class TokenForm(Form):
    """What a new key to the API is for."""

    name = CharField(
        label="What is it for?",
        max_length=100,
        help_text="The program or report that will use it, for example “Monthly dashboard”.",
        error_messages={"required": "Say what the token is for."},
    )
