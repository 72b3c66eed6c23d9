"""Savings schemes and what a month says of them (domain section 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from finance.access import Entrant
from finance.errors import CannotKeep, StaleMoney
from finance.models import FinanceMonth, SavingsPlan, SavingsPosition, SavingsScheme
from finance.rules.savings import plan_differs, planned_to_date
from finance.selectors.savings import plan_of
from finance.services.locking import enter_figures
from icp.accounts.models import User
from icp.common.money import in_pounds
from programmes.models import Organisation

OF_SCHEME = (
    "name",
    "saving_type",
    "provider",
    "workstream",
    "starts_on",
    "value",
    "mitigated_value",
    "progress",
)
OF_MONTH = ("plan_ytd", "actual_ytd", "forecast_full_year", "at_risk", "risk_rating")


@transaction.atomic
def add_scheme(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    facts: Mapping[str, Any],
    figures: Mapping[str, Any],
    plan: Mapping[int, Decimal],
    by: Entrant,
    at: datetime,
) -> SavingsScheme:
    """Add a scheme of the month's year, with its plan by month and what the month says of it.

    ``facts`` are of :data:`OF_SCHEME`, ``figures`` of :data:`OF_MONTH`; amounts in pounds.

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
        CannotKeep: the partner has a scheme of that name, or its months do not make its value.
    """
    month = enter_figures(month=month, organisation=organisation, by=by)
    return write_new(month, organisation, facts, figures, plan, by=by.user, at=at)


def write_new(
    month: FinanceMonth,
    organisation: Organisation,
    facts: Mapping[str, Any],
    figures: Mapping[str, Any],
    plan: Mapping[int, Decimal],
    *,
    by: User,
    at: datetime,
) -> SavingsScheme:
    """As :func:`add_scheme`, of a month that is held for entry."""
    _check_name(organisation, month.year, facts["name"], except_for=None)
    _check_plan(plan, figures, facts["value"], number=month.number)
    made = SavingsScheme.objects.create(organisation=organisation, year=month.year, **facts)
    _save_plan(made, plan)
    _save_figures(made, month, None, figures, plan, by=by, at=at)
    return made


@transaction.atomic
def save_scheme(
    *,
    month: FinanceMonth,
    scheme: SavingsScheme,
    facts: Mapping[str, Any],
    figures: Mapping[str, Any],
    plan: Mapping[int, Decimal],
    expected_version: int,
    by: Entrant,
    at: datetime,
) -> SavingsScheme:
    """Change a scheme, its plan by month and what the month says of it, together. Saving what is stored changes nothing.

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
        CannotKeep: as :func:`add_scheme`.
        StaleMoney: another person saved it since.
    """
    month = enter_figures(month=month, organisation=scheme.organisation, by=by)
    found = SavingsScheme.objects.select_for_update().get(pk=scheme.pk)
    found.organisation = scheme.organisation
    stored = Stored(
        found,
        SavingsPosition.objects.filter(scheme=found, month=month).first(),
        plan_of(scheme=found),
    )
    return write_changed(
        month, stored, facts, figures, plan, expected_version=expected_version, by=by.user, at=at
    )


@dataclass(frozen=True)
class Stored:
    """A scheme that is locked, what the month says of it, and its plan by month."""

    scheme: SavingsScheme
    said: SavingsPosition | None
    plan: Mapping[int, Decimal]


def write_changed(
    month: FinanceMonth,
    stored: Stored,
    facts: Mapping[str, Any],
    figures: Mapping[str, Any],
    plan: Mapping[int, Decimal],
    *,
    expected_version: int,
    by: User,
    at: datetime,
) -> SavingsScheme:
    """As :func:`save_scheme`, of a month that is held for entry."""
    found = stored.scheme
    if _says(found, facts) and dict(stored.plan) == dict(plan) and _says(stored.said, figures):
        return found
    if found.version != expected_version:
        raise StaleMoney(
            "Somebody else saved it while you were typing. Both are shown: choose.", found
        )
    _check_name(found.organisation, found.year, facts["name"], except_for=found)
    _check_plan(plan, figures, facts["value"], number=month.number)
    for name, value in facts.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    _save_plan(found, plan)
    _save_figures(found, month, stored.said, figures, plan, by=by, at=at)
    return found


@transaction.atomic
def save_partner_savings(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    figures: Mapping[str, Any],
    expected_version: int,
    by: Entrant,
    at: datetime,
) -> SavingsPosition:
    """Keep what a partner says of its savings as a whole (:data:`finance.models.exposure.OF_PARTNER`, pounds).

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
        StaleMoney: another person saved it since.
    """
    month = enter_figures(month=month, organisation=organisation, by=by)
    mine = SavingsPosition.objects.select_for_update()
    found = mine.filter(month=month, organisation=organisation, scheme=None).first()
    if found is not None and _says(found, figures):
        return found
    if (found.version if found else 0) != expected_version:
        raise StaleMoney(
            "Somebody else saved it while you were typing. Both are shown: choose.", found
        )
    found = found or SavingsPosition(month=month, organisation=organisation, version=0)
    return _put(found, figures, by=by.user, at=at)


def _says(found: Any, values: Mapping[str, Any]) -> bool:
    """Whether what is stored says this already; nothing stored says nothing."""
    if found is None:
        return _is_silent(values)
    return all(getattr(found, name) == value for name, value in values.items())


def _is_silent(values: Mapping[str, Any]) -> bool:
    """Whether nothing is said: nought is a figure."""
    return all(one in (None, "") for one in values.values())


def _check_name(
    organisation: Organisation, year: int, name: str, *, except_for: SavingsScheme | None
) -> None:
    others = SavingsScheme.objects.filter(organisation=organisation, year=year, name=name)
    if except_for is not None:
        others = others.exclude(pk=except_for.pk)
    if others.exists():
        raise CannotKeep(
            f"{organisation.short_name} has a scheme of that name in this year.", "name"
        )


def _check_plan(
    plan: Mapping[int, Decimal], figures: Mapping[str, Any], value: Decimal, *, number: int
) -> None:
    if by := plan_differs(plan, value):
        raise CannotKeep(
            f"The months add up to £{in_pounds(value + by)}; the plan of the year is £{in_pounds(value)}. "
            "Change one or the other.",
            "value",
        )
    to_date, typed = planned_to_date(plan, number=number), figures.get("plan_ytd")
    if to_date is not None and typed is not None and typed != to_date:
        raise CannotKeep(
            f"The months up to this one add up to £{in_pounds(to_date)}: leave this empty, or change them.",
            "plan_ytd",
        )


def _save_plan(scheme: SavingsScheme, plan: Mapping[int, Decimal]) -> None:
    stored = {one.number: one for one in SavingsPlan.objects.filter(scheme=scheme)}
    for number, one in stored.items():
        if number not in plan:
            one.delete()
        elif one.amount != plan[number]:
            one.amount = plan[number]
            one.save()
    SavingsPlan.objects.bulk_create(
        SavingsPlan(scheme=scheme, number=number, amount=amount)
        for number, amount in plan.items()
        if number not in stored
    )


def _save_figures(
    scheme: SavingsScheme,
    month: FinanceMonth,
    found: SavingsPosition | None,
    figures: Mapping[str, Any],
    plan: Mapping[int, Decimal],
    *,
    by: User,
    at: datetime,
) -> None:
    if found is None and _is_silent(figures) and not plan:
        return
    made = found or SavingsPosition(
        scheme=scheme, month=month, organisation=scheme.organisation, version=0
    )
    to_date = planned_to_date(plan, number=month.number)
    values = {**figures, "plan_full_year": scheme.value}
    _put(made, values if to_date is None else {**values, "plan_ytd": to_date}, by=by, at=at)


def _put(
    found: SavingsPosition, values: Mapping[str, Any], *, by: User, at: datetime
) -> SavingsPosition:
    for name, value in values.items():
        setattr(found, name, value)
    found.entered_by, found.entered_at = by, at
    found.version += 1
    found.save()
    return found
