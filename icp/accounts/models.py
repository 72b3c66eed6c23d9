"""People who sign in, and their invitations. What they may see and do is decided in ``programmes.access``."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from icp.audit.tracking import tracked


class UserQuerySet(models.QuerySet["User"]):
    def able_to_sign_in(self) -> Self:
        """Those with a password, or who have signed in another way. The rest were only invited."""
        return self.filter(
            ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(last_login__isnull=False),
            is_active=True,
        )


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who signs in with ``email``; without a password they must set one by invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@tracked(without=["last_login"], secret=["password"])
class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an e-mail address. ``name`` is what colleagues see: a post, or a person's name."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="address_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    @property
    def can_sign_in(self) -> bool:
        """As :meth:`UserQuerySet.able_to_sign_in`, for one person."""
        return self.is_active and (self.has_usable_password() or self.last_login is not None)


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
