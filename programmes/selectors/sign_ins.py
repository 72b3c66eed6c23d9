"""What happened at the door, as far as a place is concerned."""

from datetime import datetime

from django.db.models import Q, QuerySet

from icp.accounts.models import SignInEvent
from programmes.models import Place
from programmes.selectors.people import people_of


def sign_ins_of(*, place: Place, at: datetime) -> QuerySet[SignInEvent]:
    """Events of everybody who belongs to the place or once did, and those that no account answers to.

    The latter tell nothing of any place, and are how guessing is noticed. The latest first.
    """
    people = people_of(place=place, at=at).order_by().values("pk")
    return (
        SignInEvent.objects.filter(Q(user__in=people) | Q(user__isnull=True))
        .select_related("user", "by")
        .order_by("-at", "-pk")
    )
