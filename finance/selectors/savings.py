"""Savings schemes of a month, as the rules, the page and the report read them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from finance.models import FinanceMonth, SavingsPlan, SavingsPosition, SavingsScheme
from finance.rules.savings import Saving
from icp.audit.as_at import as_they_stood, row_of


def read_schemes(schemes: "QuerySet[Any]") -> list[SavingsScheme]:
    """What ``finance.access.schemes_of`` leaves, as schemes, by partner and name. One query."""
    found = schemes.select_related("organisation", "workstream")
    ordered = found.order_by("organisation_id", "name", "id")
    return [one if isinstance(one, SavingsScheme) else row_of(one) for one in ordered]


def savings_in(*, month: FinanceMonth, schemes: Iterable[SavingsScheme]) -> list[Saving]:
    """What the month says of each of ``schemes``, in their order. One query."""
    schemes = list(schemes)
    said = said_of(month=month, schemes=[one.pk for one in schemes])
    return [_saving(one, said.get(one.pk)) for one in schemes]


def said_of(*, month: FinanceMonth, schemes: Iterable[int]) -> dict[int, SavingsPosition]:
    """What the month says of each of ``schemes`` of which it says something, by scheme. One query."""
    found = SavingsPosition.objects.filter(month=month, scheme__in=list(schemes))
    return {one.scheme_id: one for one in found if one.scheme_id}


def _saving(scheme: SavingsScheme, said: SavingsPosition | None) -> Saving:
    return Saving(
        organisation=scheme.organisation.short_name,
        name=scheme.name,
        saving_type=scheme.get_saving_type_display(),
        workstream=scheme.workstream.name if scheme.workstream else "",
        provider=scheme.provider,
        rating=said.get_risk_rating_display() if said else "",
        progress=scheme.progress,
        plan=scheme.value if said is None else said.plan_full_year,
        plan_to_date=said.plan_ytd if said else None,
        actual=said.actual_ytd if said else None,
        forecast=said.forecast_full_year if said else None,
        at_risk=said.at_risk if said else None,
        mitigated=scheme.mitigated_value,
        key=scheme.pk,
        starts_on=scheme.starts_on,
    )


def plans_of(
    *, schemes: Iterable[int], at: datetime | None = None
) -> dict[int, dict[int, Decimal]]:
    """The plan by month of each of ``schemes`` that has one, by scheme; as it stood ``at`` a moment, if it is
    given. One query.
    """
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    kept = SavingsPlan.objects.all() if at is None else as_they_stood(SavingsPlan, at=at)
    said = kept.filter(scheme__in=list(schemes)).order_by("number")
    for scheme, number, amount in said.values_list("scheme_id", "number", "amount"):
        found[scheme][number] = amount
    return dict(found)


def plan_of(*, scheme: SavingsScheme, at: datetime | None = None) -> dict[int, Decimal]:
    """The scheme's plan by month; empty where it is not planned by month. One query."""
    return plans_of(schemes=[scheme.pk], at=at).get(scheme.pk, {})
