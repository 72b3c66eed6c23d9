"""Reminding owners of reviews."""

from datetime import date, timedelta

from django.db import transaction

from programmes.models import Place
from risks.models import Risk
from risks.notices import remind_of_review

# So many days before a review is due, its owner is written to.
DAYS_BEFORE = 5


@transaction.atomic
def remind_of_reviews(*, place: Place, today: date) -> int:
    """Write to owner and delegate of each open risk whose review is due soon, or was; of how many. Each once."""
    due = Risk.objects.filter(place=place, review_on__lte=today + timedelta(days=DAYS_BEFORE))
    found = due.open().select_related("place", "owner__holder", "delegate__holder").order_by("pk")
    for risk in found:
        remind_of_review(risk, on=today)
    return len(found)
