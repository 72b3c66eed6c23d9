"""An administrator of a place ends the sessions of one of its people."""

from datetime import datetime

from django.db import transaction

from icp.accounts import services as accounts
from icp.accounts.models import User
from programmes.errors import CannotChangePeople
from programmes.models import Place
from programmes.notices import tell_sessions_ended
from programmes.selectors.people import belongs
from programmes.services.people import the_place


@transaction.atomic
def end_sessions(*, place: Place, person: User, reason: str, by: User, at: datetime) -> int:
    """Sign ``person`` out of every browser, and tell them by mail who did it and why; returns of how many.

    It is in the record of sign-ins. They may sign in again: whoever must not is to lose what they hold.

    Raises:
        CannotChangePeople: they hold nothing in the place, are signed in nowhere, or are ``by``.
    """
    place = the_place(place, by=by)
    if person == by:
        raise CannotChangePeople("End your own sessions under Your account.")
    if not belongs(person=person, place=place):
        raise CannotChangePeople(
            f"{person} holds nothing in {place}, so it is for others to end their sessions."
        )
    ended = accounts.end_sessions(user=person, by=by, reason=reason, at=at)
    if not ended:
        raise CannotChangePeople(f"{person} is signed in nowhere.")
    tell_sessions_ended(person, place, reason=reason, by=by, at=at)
    return ended
