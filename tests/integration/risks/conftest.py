"""A place in the middle of its month, as the monthly cycle's tests have it; and what most tests of its registers begin
with.
"""

from datetime import datetime

from django.utils import timezone

from icp.common.models import DemoClock
from risks import services
from tests.factories import NOW, TODAY, PeriodFactory


def when(by):
    return {"by": by, "at": NOW, "today": TODAY}


def on(day, by):
    """By somebody at ten on a day; the portal's clock stands there too."""
    DemoClock.objects.update(today=day)
    at = timezone.make_aware(datetime(day.year, day.month, day.day, 10))
    return {"by": by, "at": at, "today": day}


def raised(world, *, programme=None, said=None, **values):
    """A risk that scores 16 where nothing else is said, by the programme's lead today unless ``said`` by others."""
    return services.raise_risk(
        place=world.place,
        programme=programme or world.programme,
        values={"title": "A server fails", "likelihood": 4, "impact": 4, **values},
        **(said or when(world.lead)),
    )


def march_open(world):
    """March after the open February: a quarter ends with it."""
    return PeriodFactory(place=world.place, march=True)
