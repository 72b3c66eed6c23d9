"""Reading the journal. Who may read which part of it is decided by those who ask."""

from django.db.models import QuerySet

from icp.audit.models import Change


def newest_first(changes: QuerySet[Change]) -> QuerySet[Change]:
    return changes.order_by("-at", "-id")


def history_of(*subjects: str) -> QuerySet[Change]:
    """All that was done to these, newest first. A subject is a model's label and a key: programmes.planitem:12."""
    return newest_first(Change.objects.filter(about__overlap=list(subjects)))


def history_in(*, place_id: int) -> QuerySet[Change]:
    """All that was done in one place, newest first."""
    return newest_first(Change.objects.filter(place_id=place_id))
