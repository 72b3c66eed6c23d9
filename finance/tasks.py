"""What finance does by itself."""

from celery import shared_task

from finance.services.warnings import warn_of_dates
from icp.common import clock
from programmes.models import Place


@shared_task
def warn_of_agreements() -> None:
    """Warn ahead of every date of an agreement, in every place."""
    today = clock.today()
    for place in Place.objects.order_by("pk"):
        warn_of_dates(place=place, today=today)
