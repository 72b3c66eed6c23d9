"""Mail ahead of every date of an agreement: to who keeps it, and to the finance leads of its parties."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from finance.models import Agreement
from finance.rules.agreements import KeyDate, warning_due
from finance.selectors.agreements import standing_of, with_parts
from icp.accounts.models import User
from icp.common.outbox import queue_mail
from icp.common.words import british_date
from programmes.models import Place, PlaceRole

KEEPERS = (PlaceRole.FINANCE, PlaceRole.OFFICE)


@transaction.atomic
def warn_of_dates(*, place: Place, today: date) -> int:
    """Queue the warnings that are due, each once; how many days were warned of. Run daily, late or twice.

    A day that was missed is made up for: the shortest time ahead that has come is what is sent.
    """
    warned = 0
    for agreement in with_parts(Agreement.objects.filter(place=place).in_order()):
        for one in standing_of(agreement, today=today).to_come:
            ahead = warning_due(one.day, today=today)
            if ahead is not None:
                _warn(agreement, one, ahead=ahead, today=today)
                warned += 1
    return warned


def _warn(agreement: Agreement, one: KeyDate, *, ahead: int, today: date) -> None:
    address = reverse(
        "agreement", kwargs={"place": agreement.place.slug, "agreement": agreement.pk}
    )
    for person in _told(agreement):
        queue_mail(
            key=f"agreement:{agreement.pk}:{one.day.isoformat()}:{one.what[:80]}:{ahead}:{person.pk}",
            to=person.email,
            subject=f"{agreement.title}: {one.what.lower()}, {one.words(today)}",
            body=(
                f"{agreement.title}\n\n{one.what}: {british_date(one.day)}, {one.words(today)}.\n\n"
                f"Its dates, options and parties:\n{settings.PUBLIC_ADDRESS}{address}\n"
            ),
        )


def _told(agreement: Agreement) -> list[User]:
    parties = [one.organisation_id for one in agreement.parties.all()]
    keeps = Q(memberships__place=agreement.place, memberships__role__in=KEEPERS)
    leads = Q(finance_leads__organisation__in=parties)
    return list(User.objects.filter(keeps | leads, is_active=True).distinct().order_by("pk"))
