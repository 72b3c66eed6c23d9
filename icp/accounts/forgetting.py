"""Sessions that have ended are forgotten."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone

from icp.common.forgetting import forgets


@forgets("ended sessions")
def forget_sessions(at: datetime) -> int:
    """Those whose time is over by the real clock: the demonstration's has nothing to do with a browser's."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
