"""From a printed sum to its lines: what to ask the list of a month's lines for, and the filters that answer."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django.db.models import QuerySet

from finance.models import BudgetLine, Fund
from programmes.filters import FilterInWords
from programmes.models import Organisation, Place, Programme

# The Integrated Commissioning Fund: all but what is reported beside it.
ICF = "icf"
NONE, ANY = "none", "any"


def asked_of(view: str, row: Mapping[str, Any]) -> dict[str, str]:
    """The filters whose lines make up a row of a view (content schema 1)."""
    section, label, is_line = row["section"], row["label"], row["kind"] == "line"
    if view == "workstreams":
        return {"fund": ICF} | _of_workstream(section, label, is_line)
    fund = {"organisation": ICF, "fund": ICF, "all": ""}.get(section, section)
    if is_line and row["absent"] is None and row["forecast_outturn"] is None:
        # A partner without a split: its lines stand in neither fund.
        fund = Fund.UNSPLIT.value
    said = {"fund": fund, "partner": row["organisation"] or ""}
    return {name: value for name, value in said.items() if value}


def _of_workstream(section: str, label: str, is_line: bool) -> dict[str, str]:
    if section == "workstream":
        return {"workstream": label if is_line else ANY}
    if section == "not attributed":
        return {"workstream": NONE} | ({"name": label} if is_line else {})
    return {}


def query_of(view: str, row: Mapping[str, Any]) -> str:
    """As :func:`asked_of`, as part of an address."""
    return urlencode(asked_of(view, row))


class MonthLineFilter(FilterInWords):
    """Filters over the lines of one month."""

    partner = filters.ChoiceFilter("organisation__short_name", label="Partner", empty_label="Any")
    fund = filters.ChoiceFilter(
        method="by_fund",
        choices=[(ICF, "Integrated Commissioning Fund"), *Fund.choices],
        label="Fund",
        empty_label="Any",
    )
    workstream = filters.ChoiceFilter(method="by_workstream", label="Workstream", empty_label="All")
    name = filters.CharFilter("name", label="Name", max_length=200)

    class Meta:
        model = BudgetLine
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.filter(place=place).order_by("pk")
        pairs = list(partners.values_list("short_name", "name"))
        self.filters["partner"].extra["choices"] = pairs
        names = Programme.objects.filter(place=place).in_order().values_list("name", flat=True)
        self.filters["workstream"].extra["choices"] = [
            (ANY, "Any workstream"),
            (NONE, "No workstream"),
            *((name, name) for name in names),
        ]

    def by_fund(
        self, rows: "QuerySet[BudgetLine]", name: str, value: str
    ) -> "QuerySet[BudgetLine]":
        if value == ICF:
            return rows.exclude(fund=Fund.COLLABORATION)
        return rows.filter(fund=value)

    def by_workstream(
        self, rows: "QuerySet[BudgetLine]", name: str, value: str
    ) -> "QuerySet[BudgetLine]":
        if value in (ANY, NONE):
            return rows.filter(workstream__isnull=value == NONE)
        return rows.filter(workstream__name=value)
