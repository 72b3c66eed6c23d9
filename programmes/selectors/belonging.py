"""Who belonged to a place when, from its history."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Value

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
