"""How a place holds its money: thresholds, notes on the basis, and who is let in after the gate."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from finance.errors import CannotEnter, StaleMoney
from finance.models import Basis, FinanceMonth, FinanceRules, MonthException
from finance.selectors.people import enterers_in
from finance.services.months import month_for_update
from icp.accounts.models import User
from icp.common.words import british_date
from programmes.models import Organisation, Place


@transaction.atomic
def let_in(
    *, month: FinanceMonth, user: User, until: date, reason: str, by: User, today: date
) -> MonthException:
    """Let one person enter figures, until a day, after the month was closed to finance leads. Twice lets in once.

    Raises:
        CannotEnter: the month is closed for good, the day is over, the person enters no figures, or is let in
            until another day already.
    """
    month_for_update(month)
    if until < today:
        raise CannotEnter("Choose today or a later day.")
    if not enterers_in(place=month.place, on=today).filter(pk=user.pk).exists():
        raise CannotEnter(f"{user} enters no figures in this place.")
    found, made = MonthException.objects.get_or_create(
        month=month, user=user, defaults={"until": until, "reason": reason, "given_by": by}
    )
    if not made and (found.until, found.reason) != (until, reason):
        if found.until >= today:
            raise CannotEnter(
                f"{user} is let in until {british_date(found.until)} already: end that first."
            )
        found.until, found.reason, found.given_by = until, reason, by
        found.save()
    return found


@transaction.atomic
def end_exception(*, month: FinanceMonth, exception: int) -> None:
    """Let a person in no more. Ending what has ended changes nothing.

    Raises:
        CannotEnter: the month is closed for good.
    """
    month_for_update(month)
    MonthException.objects.filter(month=month, pk=exception).delete()


@transaction.atomic
def save_rules(*, place: Place, values: Mapping[str, Any], expected_version: int) -> FinanceRules:
    """Keep a place's thresholds and walls. What is proposed already is decided by the rules of the day.

    Raises:
        StaleMoney: somebody else saved others since they were looked at.
    """
    found, made = FinanceRules.objects.select_for_update().get_or_create(
        place=place, defaults=dict(values)
    )
    return found if made else _save(found, values, expected_version)


@transaction.atomic
def save_basis(*, organisation: Organisation, year: int, text: str, expected_version: int) -> Basis:
    """Keep a partner's note on the basis of its figures; reports of months that are closed keep theirs.

    Raises:
        StaleMoney: somebody else wrote since it was looked at.
    """
    found, made = Basis.objects.select_for_update().get_or_create(
        organisation=organisation, year=year, defaults={"text": text}
    )
    return found if made else _save(found, {"text": text}, expected_version)


Kept = TypeVar("Kept", FinanceRules, Basis)


def _save(found: Kept, values: Mapping[str, Any], expected_version: int) -> Kept:
    if all(getattr(found, name) == value for name, value in values.items()):
        return found
    if found.version != expected_version:
        raise StaleMoney("Somebody saved it while you were writing.", found)
    for name, value in values.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    return found
