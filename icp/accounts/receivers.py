"""What accounts do when something else in the portal happens."""

from typing import Any

from allauth.account import signals as account
from allauth.core import context
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save
from django.http import HttpRequest

from icp.accounts.api_tokens import revoke_all_tokens
from icp.accounts.middleware import begin_session
from icp.accounts.models import EventKind, User
from icp.accounts.recording import record
from icp.accounts.second_factor import PROVED_ELSEWHERE
from icp.accounts.sso import provider_asked
from icp.common import clock
from icp.common.words import plural

FACTORS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def connect() -> None:
    """Listen; called once, when the app is ready."""
    # Ours in place of Django's, whose clock is never the demonstration's.
    user_logged_in.disconnect(dispatch_uid="update_last_login")
    post_save.connect(
        end_what_the_old_password_opened, sender=User, dispatch_uid="accounts.new_password"
    )
    for signal, receiver in (
        (user_logged_in, note_sign_in),
        (user_logged_out, note_sign_out),
        (account.user_logged_in, note_word_of_the_provider),
        (account.password_changed, note_password_changed),
        (account.password_set, note_password_changed),
        (account.password_reset, note_password_reset),
        (mfa.authenticator_added, note_factor_added),
        (mfa.authenticator_reset, note_factor_added),
        (mfa.authenticator_removed, note_factor_removed),
        (mfa.authentication_failed, note_step_failed),
    ):
        signal.connect(receiver, dispatch_uid=f"accounts.{receiver.__name__}")


def note_sign_in(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Keep when somebody last signed in, by the clock that the pages show."""
    user.last_login = clock.now()
    user.save(update_fields=["last_login"])
    begin_session(request)
    _know_the_browser(request, user)
    record(EventKind.SIGNED_IN, request=request, user=user, how=_how(request))


def _know_the_browser(request: HttpRequest, user: User) -> None:
    """The answer gives it the cookie of :mod:`icp.accounts.known_devices`."""
    request.just_signed_in = user  # type: ignore[attr-defined]


def _how(request: HttpRequest) -> str:
    """With a password and a code, with a passkey, and so on: by allauth's notes of this very sign-in."""
    words = [_step(one) for one in request.session.get("account_authentication_methods") or []]
    return " and ".join(dict.fromkeys(words))


def _step(noted: dict[str, Any]) -> str:
    if noted.get("method") == "socialaccount":
        return "single sign-on"
    if noted.get("method") != "mfa":
        return "password"
    return {"totp": "code", "recovery_codes": "recovery code"}.get(noted.get("type", ""), "passkey")


def note_sign_out(*, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None and not getattr(request, "ended_by_the_portal", False):
        record(EventKind.SIGNED_OUT, request=request, user=user)


def note_word_of_the_provider(*, request: HttpRequest, **kwargs: Any) -> None:
    """The provider asked for a second factor, and its word is taken: for this session, and no longer."""
    login = kwargs.get("sociallogin")
    if login is not None and provider_asked(login):
        request.session[PROVED_ELSEWHERE] = True


def note_password_changed(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(EventKind.PASSWORD_CHANGED, request=request, user=user)
    _know_the_browser(request, user)


def note_password_reset(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(EventKind.PASSWORD_RESET, request=request, user=user)


def end_what_the_old_password_opened(*, instance: User, created: bool, **kwargs: Any) -> None:
    """However a new password was set, by a page, a command or a shell: whoever knew the old one may be signed in,
    and may have made tokens. The browser in which it was chosen stays signed in.
    """
    # Django's note of a password just set; it is not there when the same password is only hashed anew.
    if created or instance._password is None:  # type: ignore[attr-defined]
        return
    request: HttpRequest | None = context.request
    if request is None:
        record(EventKind.PASSWORD_CHANGED, request=None, user=instance, how="from the command line")
    _end_sessions(instance, but=request.session.session_key if request else None)
    revoked = revoke_all_tokens(user=instance, how="new password", request=request)
    if request and revoked:
        _tell_of_tokens(request, revoked)


def _end_sessions(user: User, *, but: str | None) -> None:
    for one in UserSession.objects.filter(user=user).exclude(session_key=but):
        one.end()


def _tell_of_tokens(request: HttpRequest, revoked: int) -> None:
    do = "does" if revoked == 1 else "do"
    messages.warning(
        request,
        f"{plural(revoked, 'API token')} of yours {do} not work any more. Make a new one for each program "
        "that you still use, under Your account.",
    )


def note_factor_added(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    kind = EventKind.CODES_MADE if codes else EventKind.FACTOR_ADDED
    record(kind, request=request, user=user, how="" if codes else FACTORS[authenticator.type])


def note_factor_removed(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    record(EventKind.FACTOR_REMOVED, request=request, user=user, how=FACTORS[authenticator.type])


def note_step_failed(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(EventKind.STEP_FAILED, request=request, user=user, how="code")
