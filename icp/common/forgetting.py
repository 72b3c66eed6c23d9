"""What is kept for a time only. Each app says in its ``forgetting.py`` what it forgets; a nightly task does it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from icp.common.models import OutgoingMail

Forget = Callable[[datetime], int]
_forgets: dict[str, Forget] = {}


def forgets(what: str) -> Callable[[Forget], Forget]:
    """Marks a function that takes the moment, forgets ``what`` is past its time, and returns how many rows."""

    def mark(function: Forget) -> Forget:
        _forgets[what] = function
        return function

    return mark


def forget_what_is_past(*, at: datetime) -> dict[str, int]:
    """Forget all that is past its time, each kind in a transaction of its own; how many rows of each.

    Doing it twice forgets nothing more.
    """
    done = {}
    for what, forget in sorted(_forgets.items()):
        with transaction.atomic():
            done[what] = forget(at)
    return done


def before(at: datetime, *, setting: str) -> datetime:
    """So many days before ``at`` as the setting says."""
    days: int = getattr(settings, setting)
    return at - timedelta(days=days)


@forgets("words and addresses of mail")
def forget_mail(at: datetime) -> int:
    """The row stays, so that no message is sent twice; to whom and what it said goes."""
    limit = before(at, setting="KEEP_MAIL_DAYS")
    gone = Q(sent_at__lt=limit) | Q(refused_at__lt=limit, sent_at__isnull=True, made_at__lt=limit)
    return (
        OutgoingMail.objects.filter(gone)
        .exclude(to="")
        .update(to="", subject="", body="", attachment_name="", attachment=None)
    )
