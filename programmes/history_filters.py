"""What the search through a place's history can be asked for. A filter is part of the address."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet

from icp.accounts.models import User
from icp.audit.models import Change, Way
from icp.audit.tracking import JOURNALLED
from icp.common.clock import start_of
from programmes.filters import BritishDateFilter, FilterInWords
from programmes.history.names import KINDS, word_of
from programmes.history.words import label_of
from programmes.models import Place, Programme


@cache
def field_choices() -> list[tuple[str, str]]:
    """Each field whose changes are recorded: (status.rag, Status: RAG), in the order of words."""
    found = [
        (f"{kind.rpartition('.')[2]}.{column}", f"{word_of(kind)}: {label_of(kind, column)}")
        for kind in KINDS
        for column in JOURNALLED.get(kind, ())
    ]
    return sorted(found, key=lambda choice: choice[1].lower())


class HistoryFilter(FilterInWords):
    """Filters over the changes of one place."""

    person = filters.ChoiceFilter(field_name="by_id", label="Made by", empty_label="Anyone")
    programme = filters.ChoiceFilter(method="by_programme", empty_label="All programmes")
    field = filters.ChoiceFilter(method="by_field", label="What changed", empty_label="Anything")
    way = filters.ChoiceFilter(choices=Way.choices, label="By which way", empty_label="Any way")
    date_from = BritishDateFilter(method="by_first_day", label="From")
    date_to = BritishDateFilter(method="by_last_day", label="To")

    class Meta:
        model = Change
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = Change.objects.filter(place_id=place.pk, by_id=OuterRef("pk"))
        people = User.objects.filter(Exists(made)).order_by("name", "pk")
        self.filters["person"].extra["choices"] = [
            (str(pk), name) for pk, name in people.values_list("pk", "name")
        ]
        programmes = Programme.objects.in_place(place).in_order()
        rows = list(programmes.values_list("pk", "code", "name"))
        self.programmes = {code: pk for pk, code, _ in rows}
        self.filters["programme"].extra["choices"] = [(code, name) for _, code, name in rows]
        self.filters["field"].extra["choices"] = field_choices()

    def by_programme(self, changes: QuerySet[Change], name: str, value: str) -> QuerySet[Change]:
        return changes.filter(programme_id=self.programmes[value])

    def by_field(self, changes: QuerySet[Change], name: str, value: str) -> QuerySet[Change]:
        return changes.filter(fields__contains=[value])

    def by_first_day(self, changes: QuerySet[Change], name: str, value: date) -> QuerySet[Change]:
        return changes.filter(at__gte=start_of(value))

    def by_last_day(self, changes: QuerySet[Change], name: str, value: date) -> QuerySet[Change]:
        return changes.filter(at__lt=start_of(value + timedelta(days=1)))
