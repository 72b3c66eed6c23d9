"""Sessions that have ended and old sign-ins are forgotten."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from icp.common.forgetting import forgets


@forgets("ended sessions")
def forget_sessions(at: datetime) -> int:
    """Those whose time is over by the real clock: the demonstration's has nothing to do with a browser's."""
    ended = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    return ended


@forgets("sign-ins")
def forget_sign_ins(at: datetime) -> int:
    """By a function of the database's owner: the application may only add to the record, and this lets it
    forget what is old and nothing else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT icp_forget_sign_ins(%s, %s)", [at, settings.KEEP_SIGN_INS_DAYS])
        forgotten: int = cursor.fetchone()[0]
    return forgotten
