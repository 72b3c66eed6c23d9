from celery import shared_task

from icp.common import clock
from programmes import services
from programmes.models import Place


@shared_task
def turn_the_day() -> None:
    """What a new day brings, in every place."""
    today, at = clock.today(), clock.now()
    for place in Place.objects.order_by("pk"):
        services.turn_the_day(place=place, today=today, at=at)
