"""What change requests wait for the reader, said where their work begins."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from icp.common.words import plural
from programmes.access import Roles
from programmes.models import Place, Programme
from programmes.selectors.changes import waiting_counts


def changes_waiting(
    request: HttpRequest, *, place: Place, roles: Roles, programme: Programme | None = None
) -> dict[str, str] | None:
    """How many requests wait for this person's agreement, of the place or of one programme, with the list of
    them; None where none does. One query, and none for who agrees to nothing.
    """
    if not (roles.office or roles.leads):
        return None
    user: Any = request.user
    counts = waiting_counts(place=place, user=user, roles=roles)
    asked = {"mine": "on"}
    if programme:
        asked = {"programme": programme.code, **asked}
    count = counts.get(programme.pk, 0) if programme else sum(counts.values())
    if not count:
        return None
    words = plural(count, "change request waits", "change requests wait")
    href = f"{reverse('changes', kwargs={'place': place.slug})}?{urlencode(asked)}"
    return {"words": f"{words} for you", "href": href}
