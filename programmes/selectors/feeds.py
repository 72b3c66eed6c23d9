"""What a calendar address shows now: no more than its owner may see now."""

from datetime import date, datetime, timedelta

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from icp.accounts.models import User
from icp.accounts.second_factor import must_set_one_up
from icp.accounts.tokens import hash_of
from programmes import access
from programmes.models import CalendarFeed, FeedKind, ItemKind, Place, Status
from programmes.models.plan import EXPECTED_FINISH, PlanItemQuerySet

# "Last used" is kept to the hour: calendars ask often, and not every answer needs a write.
NOTED_EVERY = timedelta(hours=1)
MOST_EVENTS = 5_000


def feed_with(*, secret: str, on: date) -> tuple[CalendarFeed, access.Roles] | None:
    """The feed of an address, and what its owner is in the place on a day.

    None where there is no such address, it was revoked, or its owner may see the place no more.
    """
    feed = (
        CalendarFeed.objects.select_related("user", "place", "programme", "board")
        .filter(token_hash=hash_of(secret), revoked_at__isnull=True)
        .first()
    )
    if feed is None or not feed.user.is_active or must_set_one_up(feed.user):
        return None
    roles = access.roles_of(user=feed.user, place=feed.place, on=on)
    return (feed, roles) if roles.any else None


def milestones_of(*, feed: CalendarFeed, roles: access.Roles) -> PlanItemQuerySet:
    """The dated milestones that the feed shows, each with ``day``: forecast, else agreed, else planned finish; with
    ``said_at``, when something was last said of it (None: never), and ``times_said``, how often it was saved.
    """
    rows = access.items_of(place=feed.place, roles=roles).present().filter(kind=ItemKind.MILESTONE)
    wanted = {
        FeedKind.PROGRAMME: Q(programme=feed.programme_id),
        FeedKind.BOARD: Q(goes_to__board=feed.board_id),
        FeedKind.MINE: Q(owner__holder=feed.user_id) | Q(programme__in=roles.leads),
    }[FeedKind(feed.kind)]
    undated = Q(forecast_finish=None, baseline_finish=None, finish=None)
    said = Status.objects.filter(item=OuterRef("pk")).order_by().values("item")
    found: PlanItemQuerySet = rows.filter(wanted & ~undated).annotate(
        day=EXPECTED_FINISH,
        said_at=Subquery(said.annotate(last=Max("updated_at")).values("last")),
        times_said=Coalesce(Subquery(said.annotate(saves=Sum("version")).values("saves")), 0),
    )
    ordered = found.order_by("day", "programme__order", "programme_id", "position")  # type: ignore[misc]
    return ordered.select_related("programme")[:MOST_EVENTS]


def feeds_of(*, user: User, place: Place) -> list[CalendarFeed]:
    """Somebody's own calendars of a place that still work, newest first."""
    return list(working_feeds(user=user).filter(place=place))


def working_feeds(*, user: User) -> QuerySet[CalendarFeed]:
    """Somebody's own calendars of all places that still work, newest first."""
    found = CalendarFeed.objects.filter(user=user, revoked_at__isnull=True)
    return found.select_related("place", "programme", "board").order_by("-made_at", "-pk")


def note_use(*, feed: CalendarFeed, at: datetime) -> None:
    """That a calendar asked, at most once an hour."""
    if feed.last_used_at is None or abs(at - feed.last_used_at) >= NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=at)
