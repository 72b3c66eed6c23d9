"""Reminding owners of reviews."""

from datetime import date, timedelta

from django.db import transaction

from icp.common.models import OutgoingMail
from programmes.models import Place
from risks.models import Risk
from risks.notices import remind_of_review, review_keys

# So many days before a review is due its owner is written to; a night that was missed is made up for so long after.
DAYS_BEFORE, DAYS_AFTER = 5, 14


@transaction.atomic
def remind_of_reviews(*, place: Place, today: date) -> int:
    """Write to owner and delegate of each open risk whose review is due soon, or was; each once. Of how many risks
    somebody was written to now.
    """
    window = (today - timedelta(days=DAYS_AFTER), today + timedelta(days=DAYS_BEFORE))
    due = Risk.objects.filter(place=place, review_on__range=window)
    found = list(
        due.open().select_related("place", "owner__holder", "delegate__holder").order_by("pk")
    )
    keys = {key for risk in found for key in review_keys(risk)}
    sent = set(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))
    told = [risk for risk in found if set(review_keys(risk)) - sent]
    for risk in told:
        remind_of_review(risk)
    return len(told)
