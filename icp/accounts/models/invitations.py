"""What the link in an invitation may do: for whom, on whose behalf, until when."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from icp.audit.tracking import tracked


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Neither used nor withdrawn; perhaps too old."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)

    def open_at(self, at: datetime) -> Self:
        """Those whose link works at that moment."""
        return self.pending().filter(expires_at__gt=at, user__is_active=True)


@tracked(
    place="substring(r.scope from '^place:([0-9]{1,18})$')::bigint",
    about=["'accounts.user:' || r.user_id"],
    without=["token_hash"],
    # Not told: who is known elsewhere has a name there that the place is not to read here.
    quiet=["user"],
)
class Invitation(models.Model):
    """A link, for one use, by which an invited person sets their first password.

    ``scope`` says on whose behalf it was sent (a place), in the words of whoever sent it: a person has one
    pending invitation for each. Only a hash of the link's token is kept.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    scope = models.CharField(max_length=80)
    host = models.CharField(max_length=200, help_text="Who invites, in the mail and on the page.")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Nobody: it was sent from the command line.",
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "scope"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="one_pending_invitation",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_used_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.user} to {self.host}"

    @property
    def mail_key(self) -> str:
        """The key of its message in the outbox."""
        return f"invitation:{self.pk}"
