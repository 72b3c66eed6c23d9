"""A session as a line of its owner's list."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.utils import timezone

from icp.accounts.devices import device_words
from icp.common.words import plural


@dataclass(frozen=True)
class SessionLine:
    pk: int
    device: str
    address: str
    began: str
    used: str
    is_this: bool


def line_of(session: UserSession, *, current: str | None) -> SessionLine:
    """The session as shown to whoever has the session ``current``."""
    now = timezone.now()
    is_this = session.session_key == current
    return SessionLine(
        pk=session.pk,
        device=device_words(session.user_agent),
        address=session.ip,
        began=ago(session.created_at, now=now),
        used="now" if is_this else ago(session.last_seen_at, now=now),
        is_this=is_this,
    )


def ago(moment: datetime, *, now: datetime) -> str:
    """Less than a minute ago; 5 minutes ago; 3 hours ago; 2 days ago."""
    passed = now - moment
    if passed < timedelta(minutes=1):
        return "less than a minute ago"
    if passed < timedelta(hours=1):
        return f"{plural(passed // timedelta(minutes=1), 'minute')} ago"
    if passed < timedelta(days=1):
        return f"{plural(passed // timedelta(hours=1), 'hour')} ago"
    return f"{plural(passed.days, 'day')} ago"
