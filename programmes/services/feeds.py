"""Calendar addresses: made, and given up. Each holds a secret, of which only a hash is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from icp.accounts.models import User
from icp.accounts.tokens import hash_of, new_token
from programmes.errors import CannotSave
from programmes.models import Board, CalendarFeed, FeedKind, Place, Programme

MOST = 20


@dataclass(frozen=True)
class MadeFeed:
    """A feed just made, with the only copy of its address."""

    feed: CalendarFeed
    address: str


@transaction.atomic
def make_feed(
    *,
    user: User,
    place: Place,
    kind: str,
    at: datetime,
    programme: Programme | None = None,
    board: Board | None = None,
) -> MadeFeed:
    """A calendar address of ``user``'s own. The caller has looked that they may see what it shows.

    Raises:
        CannotSave: they have :data:`MOST` in this place, or it names no programme or board of the place.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    named = {FeedKind.PROGRAMME: programme, FeedKind.BOARD: board}.get(FeedKind(kind))
    if kind != FeedKind.MINE and (named is None or named.place_id != place.pk):
        raise CannotSave("Choose what the calendar shows.")
    if CalendarFeed.objects.filter(user=user, place=place, revoked_at__isnull=True).count() >= MOST:
        raise CannotSave(
            f"You have {MOST} calendars here already. Stop one that nothing uses, then try again."
        )
    secret = new_token()
    feed = CalendarFeed.objects.create(
        user=user,
        place=place,
        kind=kind,
        programme=programme if kind == FeedKind.PROGRAMME else None,
        board=board if kind == FeedKind.BOARD else None,
        token_hash=hash_of(secret),
        made_at=at,
    )
    path = reverse("calendar-feed", kwargs={"secret": secret})
    return MadeFeed(feed, f"{settings.PUBLIC_ADDRESS}{path}")


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, at: datetime) -> None:
    """The address shows nothing from now on. Once revoked it stays so."""
    CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=at)
