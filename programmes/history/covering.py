"""Who did a colleague's work when: what a deputy does is done under their own name, and history says for whom."""

from collections.abc import Sequence

from django.utils import timezone

from icp.audit.models import Change
from programmes.models import Cover


def lent_to(changes: Sequence[Change]) -> list[Cover]:
    """The covers of a place, of those who made these changes, in their days. One query; none without changes."""
    if not changes:
        return []
    # Nobody has the key 0: a page of changes that the portal made asks as often as any.
    people = {change.by_id or 0 for change in changes}
    days = [timezone.localtime(change.at).date() for change in changes]
    found = Cover.objects.filter(
        deputy_id__in=people,
        place_id__in={change.place_id or 0 for change in changes},
        starts_on__lte=max(days),
        ends_on__gte=min(days),
    )
    return list(found.select_related("person").order_by("starts_on", "pk"))


def was_covering(cover: Cover, change: Change) -> bool:
    """In force when the change was made: begun, not over, not ended early."""
    day = timezone.localtime(change.at).date()
    return (
        (cover.deputy_id, cover.place_id) == (change.by_id, change.place_id)
        and cover.starts_on <= day <= cover.ends_on
        and (cover.ended_at is None or change.at <= cover.ended_at)
    )
