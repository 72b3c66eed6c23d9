"""Reads about invitations, sessions and what happened at the door."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from icp.accounts.models import Invitation, SignInEvent, User
from icp.accounts.tokens import hash_of


def open_invitation(*, token: str, at: datetime) -> Invitation | None:
    """The invitation whose link works at that moment; nothing for any that does not, whatever the reason."""
    found = (
        Invitation.objects.open_at(at)
        .select_related("user", "invited_by")
        .filter(token_hash=hash_of(token))
        .first()
    )
    return None if found is None or found.user.can_sign_in else found


def sessions_of(user: User) -> list[UserSession]:
    """The sessions that are still good, the last used first. Two queries."""
    found = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES + 1)
    kept = set(
        Session.objects.filter(
            session_key__in=found.values("session_key"), expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    since = timezone.now() - idle
    return [one for one in found if one.session_key in kept and one.last_seen_at >= since]


def recent_events(user: User, *, limit: int) -> list[SignInEvent]:
    """What happened to this account, the latest first."""
    return list(user.sign_in_events.select_related("by").order_by("-at", "-pk")[:limit])
