"""What somebody with an account is asked to hold in a place, until they accept it."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from programmes.models.organisation import Board, Organisation, Place, PlaceRole
from programmes.models.programme import Post


class OfferQuerySet(models.QuerySet["Offer"]):
    def open_at(self, at: datetime) -> Self:
        """Those that can be accepted at that moment."""
        return self.filter(expires_at__gt=at, user__is_active=True)


# Who it is stays out of the journal's words: the place is told the address that it typed, and nothing else.
@tracked(place="r.place_id", about=["'accounts.user:' || r.user_id"], quiet=["user"])
class Offer(models.Model):
    """One role, organisation's finance, seat or post that somebody with an account is asked to take on in a place.

    They hold none of it, and the place sees no more of them than the address it typed, until they accept.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="offers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offers"
    )
    email = models.EmailField("e-mail address")
    role = models.CharField(max_length=20, choices=PlaceRole, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.CASCADE, related_name="offers"
    )
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Nobody: it was asked from the command line.",
    )
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "user", "role", "organisation", "board", "post"],
                nulls_distinct=False,
                name="offered_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=PlaceRole.values, organisation=None, board=None, post=None)
                | Q(role="", organisation__isnull=False, board=None, post=None)
                | Q(role="", organisation=None, board__isnull=False, post=None)
                | Q(role="", organisation=None, board=None, post__isnull=False),
                name="offer_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.what} in {self.place}"

    @property
    def what(self) -> str:
        return str(self.organisation or self.board or self.post or self.get_role_display())

    @property
    def mail_key(self) -> str:
        """The key, in the outbox, of the message that asks for all that was offered at that moment."""
        return f"offer:{self.place_id}:{self.user_id}:{self.offered_at.timestamp()}"
