"""Who read a report that was not public."""

from django.db.models import QuerySet

from boards.models import Report, Viewing


def viewings_of(*, report: Report) -> QuerySet[Viewing]:
    """Newest first, with the readers. Who may know of them is decided by who asks."""
    found = Viewing.objects.filter(report=report).select_related("viewer")
    return found.order_by("-viewed_at", "-pk")
