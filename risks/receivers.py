"""What the registers do when something else in the portal happens."""

from datetime import date
from typing import Any

from icp.accounts.models import User
from icp.common.words import plural
from programmes.models import Period, Place
from risks.services import reminders, reports
from risks.services.quarters import record_quarter


def freeze_with_period(sender: type, *, period: Period, by: User, **kwargs: Any) -> None:
    """A period was closed: its quarter's residual scores are recorded and its reports are created, in its transaction."""
    record_quarter(period=period)
    reports.create_waiting(period=period, by=by)


def remind_on(*, today: date, **kwargs: Any) -> list[str]:
    """The demonstration's clock was moved: whose reviews are due, in words."""
    said = []
    for place in Place.objects.order_by("pk"):
        if count := reminders.remind_of_reviews(place=place, today=today):
            said.append(f"Reminded the owners of {plural(count, 'risk')} that a review is due.")
    return said
