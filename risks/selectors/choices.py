"""What the filters of a register offer."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from icp.common.prepared import prepared
from programmes.models import Organisation, Place, Post, Programme
from risks.models import Risk, RiskCategory

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class FilterChoices:
    """Programmes by code in the place's order, the rest by key and by name; owners and delegates are those of any
    risk.
    """

    programmes: Choices
    owners: Choices
    delegates: Choices
    organisations: Choices
    categories: Choices


def filter_choices(*, place: Place) -> FilterChoices:
    """One query."""
    found: dict[str, Choices] = defaultdict(list)
    for part, *_, words, key in _offered(place=place.pk):
        found[part].append((key, words))
    return FilterChoices(*(found[name] for name in FilterChoices.__dataclass_fields__))


@prepared
def _offered(*, place: int) -> Any:
    owns = Exists(Risk.objects.filter(owner=OuterRef("pk")))
    acts = Exists(Risk.objects.filter(delegate=OuterRef("pk")))
    programmes = Programme.objects.filter(place=place).order_by()
    in_order = {"rank": F("order"), "tie": F("pk"), "words": F("name"), "key": F("code")}
    first = programmes.annotate(part=Value("programmes"), **in_order)
    return (
        first.values_list(*OFFERED)
        .union(
            _by_name("owners", Post.objects.filter(owns, place=place), "title"),
            _by_name("delegates", Post.objects.filter(acts, place=place), "title"),
            _by_name("organisations", Organisation.objects.filter(place=place)),
            _by_name("categories", RiskCategory.objects.filter(place=place)),
            all=True,
        )
        .order_by(*OFFERED)
    )


OFFERED = ("part", "rank", "tie", "words", "key")


def _by_name(part: str, rows: "QuerySet[Any]", name: str = "name") -> Any:
    zero, key = Value(0), Cast("pk", CharField())
    named = rows.order_by().annotate(part=Value(part), rank=zero, tie=zero, words=F(name), key=key)
    return named.values_list(*OFFERED)
