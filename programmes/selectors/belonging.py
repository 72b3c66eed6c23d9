"""Who belonged to a place when, from its history, and who was given something there and has not come yet."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, Value

from icp.accounts.models import User
from icp.audit.models import ChangeKind
from programmes.models import BoardMember, FinanceLead, Membership, Place, Post
from programmes.rules.belonging import Held, Span, spans

# What makes somebody belong: the model, where its place is, and who holds it.
HOLDINGS: tuple[tuple[Any, str, str], ...] = (
    (Membership, "place", "user_id"),
    (BoardMember, "board__place", "user_id"),
    (FinanceLead, "organisation__place", "user_id"),
    (Post, "place", "holder_id"),
)


def spans_in(place: Place) -> dict[int, list[Span]]:
    """When each person who belongs or once did belonged to the place. One query."""
    return spans(_history(place))


def _history(place: Place) -> Iterator[Held]:
    """Every change of every holding, those of each together and in their order."""
    first, *rest = (
        model.pgh_event_model.objects.filter(**{where: place})
        .order_by()
        .annotate(what=Value(model.__name__))
        .values_list("what", "pgh_obj_id", "pgh_id", "pgh_created_at", "pgh_label", holder)
        for model, where, holder in HOLDINGS
    )
    for what, pk, _, at, label, person in sorted(
        first.union(*rest, all=True), key=lambda row: row[:3]
    ):
        yield Held((what, pk), at, None if label == ChangeKind.DELETE else person)


def awaited_in(place: Place) -> set[int]:
    """Ids of those who were given something here, are known from elsewhere, and have not signed in since.

    Anybody's address can be invited. Until they have come in, nothing is told of them that the place did not
    bring itself: neither the name they have elsewhere, nor when they last signed in. Two queries.
    """
    since = {
        person: each[-1].since for person, each in spans_in(place).items() if not each[-1].until
    }
    elsewhere = Q(pk__in=[])
    for model, where, holder in HOLDINGS:
        others = model.pgh_event_model.objects.exclude(**{where: place})
        elsewhere |= Q(pk__in=others.filter(**{f"{holder}__isnull": False}).values(holder))
    found = User.objects.filter(elsewhere, pk__in=since).values_list("pk", "last_login")
    return {pk for pk, last in found if last is None or last < since[pk]}
