"""What happened at the door: who signed in or failed to, what was changed that guards an account."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models


class EventKind(models.TextChoices):
    SIGNED_IN = "signed_in", "Signed in"
    FAILED = "failed", "Sign-in failed"
    LOCKED = "locked", "Sign-in refused: too many had failed"
    STEP_FAILED = "step_failed", "Second step failed"
    SSO_REFUSED = "sso_refused", "Single sign-on refused"
    SIGNED_OUT = "signed_out", "Signed out"
    ENDED = "ended", "Session ended by the portal"
    SESSION_ENDED = "session_ended", "Session ended by its owner"
    SESSIONS_ENDED_FOR = "sessions_ended_for", "All sessions ended by an administrator"
    FACTOR_ADDED = "factor_added", "Second factor added"
    FACTOR_REMOVED = "factor_removed", "Second factor removed"
    CODES_MADE = "codes_made", "New recovery codes"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    PASSWORD_RESET = "password_reset", "Password chosen anew by e-mail"
    SSO_LINKED = "sso_linked", "Single sign-on linked"
    SSO_UNLINKED = "sso_unlinked", "Single sign-on link removed"
    TOKEN_MADE = "token_made", "API token made"
    TOKEN_REVOKED = "token_revoked", "API token revoked"


class SignInEvent(models.Model):
    """One thing that happened. Never a password or code, nor what was typed in place of an address.

    ``user`` is nobody when no account answers to what was typed. ``how`` is a few words of the portal's own.
    ``by`` is somebody else who did it to the account, and ``reason`` why, in their words.
    """

    # ``icp.common.grants``: the application's role adds events, and never changes or removes one.
    append_only = True

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=EventKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sign_in_events",
    )
    how = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-at"], name="event_of_a_person"),
            models.Index(fields=["-at"], name="event_by_time"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user or 'no account'}"
