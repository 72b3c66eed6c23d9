"""Who is asked to take something on in a place and has not accepted: who may see it, and what it is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from icp.accounts.models import User
from programmes.models import Offer, Place


@dataclass(frozen=True)
class Asked:
    """One place that asks somebody in: what they would hold, by whom and until when they are asked."""

    place: Place
    offers: list[Offer]

    @property
    def by(self) -> User | None:
        return self.offers[0].offered_by

    @property
    def until(self) -> datetime:
        return min(one.expires_at for one in self.offers)


def offers_in(place: Place) -> QuerySet[Offer]:
    """All that is offered in a place and not accepted, run out or not, in the order in which it was offered."""
    found: QuerySet[Offer] = Offer.objects.filter(place=place)
    return found.select_related("organisation", "board", "post").order_by("offered_at", "pk")


def asked_in(*, user: User, at: datetime) -> list[Asked]:
    """The places that ask ``user`` in, by name. One query."""
    offers = (
        Offer.objects.open_at(at)
        .filter(user=user)
        .select_related("place__system", "organisation", "board", "post", "offered_by")
        .order_by("place__name", "place_id", "offered_at", "pk")
    )
    by_place: dict[Place, list[Offer]] = {}
    for one in offers:
        by_place.setdefault(one.place, []).append(one)
    return [Asked(place, found) for place, found in by_place.items()]
