"""What finance does by itself."""

from celery import shared_task

from finance.services.reminders import remind_of_months
from finance.services.warnings import warn_of_dates
from icp.common import clock
from programmes.models import Place


@shared_task
def warn_of_agreements() -> None:
    """Warn ahead of every date of an agreement, in every place."""
    today = clock.today()
    for place in Place.objects.order_by("pk"):
        warn_of_dates(place=place, today=today)


@shared_task
def remind_finance_leads() -> None:
    """Tell partners of months that are open, due or late, in every place."""
    today, at = clock.today(), clock.now()
    for place in Place.objects.order_by("pk"):
        remind_of_months(place=place, today=today, at=at)
