"""What the plan does when something else in the portal happens."""

from datetime import date, datetime
from typing import Any

from programmes import services
from programmes.models import Place


def turn_every_place(*, today: date, at: datetime, **kwargs: Any) -> list[str]:
    """The demonstration's clock was moved: what the new day brings, in words."""
    said = []
    for place in Place.objects.order_by("pk"):
        said += services.turn_the_day(place=place, today=today, at=at)
    return said
