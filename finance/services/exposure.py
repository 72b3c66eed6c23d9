"""Financial risks, opportunities and mitigations: added, changed, withdrawn, brought forward (domain section 6).

They are handed in with the partner's figures: once those are, nothing of them changes until they are recalled.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from finance.access import Entrant
from finance.errors import CannotKeep, StaleMoney
from finance.models import FinanceMonth, FinancialRisk, RiskPosition
from finance.selectors.exposure import to_bring_forward
from finance.services.locking import enter_figures
from icp.accounts.models import User
from programmes.models import Organisation

OF_RISK = ("title", "brought_forward")
OF_POSITION = (
    "full_value",
    "probability",
    "recurrent",
    "non_recurrent",
    "weighted",
    "carried_forward",
)
FIELDS = (*OF_RISK, *OF_POSITION)


@transaction.atomic
def add_risk(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    side: str,
    ref: str,
    values: Mapping[str, Any],
    by: Entrant,
    at: datetime,
) -> RiskPosition:
    """Add a risk, opportunity or mitigation with what is said of it at the month's end. Amounts in pounds.

    ``values`` are of :data:`FIELDS`; without a ``ref`` it gets the next number of its side.

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
        CannotKeep: the partner has one with that reference already.
    """
    month = enter_figures(month=month, organisation=organisation, by=by)
    theirs = FinancialRisk.objects.filter(organisation=organisation, year=month.year, side=side)
    refs = set(theirs.values_list("ref", flat=True))
    ref = _free(ref, refs, organisation=organisation, side=side)
    return _write_new(month, organisation, side, ref, values, by=by.user, at=at)


def _write_new(
    month: FinanceMonth,
    organisation: Organisation,
    side: str,
    ref: str,
    values: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
) -> RiskPosition:
    """As :func:`add_risk`, of a month that is held for entry, under a reference that is free."""
    risk = FinancialRisk.objects.create(
        organisation=organisation,
        year=month.year,
        side=side,
        ref=ref,
        **{name: values[name] for name in OF_RISK if name in values},
    )
    return RiskPosition.objects.create(
        risk=risk, month=month, entered_by=by, entered_at=at, **_of_position(values)
    )


@transaction.atomic
def save_risk(
    *,
    month: FinanceMonth,
    risk: FinancialRisk,
    values: Mapping[str, Any],
    expected_version: int,
    by: Entrant,
    at: datetime,
) -> RiskPosition:
    """Change what is said of one in the month. Saving what is stored already changes nothing; saving one that was
    withdrawn in this month brings it back. ``expected_version`` is 0 where the month said nothing of it.

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
        StaleMoney: another person saved it since.
    """
    month = enter_figures(month=month, organisation=risk.organisation, by=by)
    found, said = _locked(month, risk)
    return _write_changed(
        month, found, said, values, expected_version=expected_version, by=by.user, at=at
    )


def _write_changed(
    month: FinanceMonth,
    found: FinancialRisk,
    said: RiskPosition | None,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    by: User,
    at: datetime,
) -> RiskPosition:
    """As :func:`save_risk`, of a month that is held for entry, and of a risk that is locked."""
    same = said is not None and all(
        getattr(found if name in OF_RISK else said, name) == value for name, value in values.items()
    )
    if said is not None and same and not found.withdrawn_in_id:
        return said
    _check(said, expected_version)
    for name in OF_RISK:
        setattr(found, name, values.get(name, getattr(found, name)))
    found.withdrawn_in, found.withdrawn_because = None, ""
    found.save()
    said = said or RiskPosition(risk=found, month=month, version=0)
    for name, value in _of_position(values).items():
        setattr(said, name, value)
    said.entered_by, said.entered_at = by, at
    said.version += 1
    said.save()
    return said


@transaction.atomic
def withdraw_risk(
    *,
    month: FinanceMonth,
    risk: FinancialRisk,
    because: str,
    expected_version: int,
    by: Entrant,
) -> FinancialRisk:
    """From this month on it counts no longer; what earlier months said of it stays. Twice changes nothing.

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
        CannotKeep: nothing says why.
        StaleMoney: another person saved it since.
    """
    month = enter_figures(month=month, organisation=risk.organisation, by=by)
    found, said = _locked(month, risk)
    if found.withdrawn_in_id:
        return found
    if not because.strip():
        raise CannotKeep("Say why it is withdrawn.", "because")
    _check(said, expected_version)
    if said is not None:
        said.delete()
    found.withdrawn_in, found.withdrawn_because = month, because.strip()
    found.save()
    return found


@dataclass(frozen=True)
class Entry:
    """What one of a partner's register says: an existing one is found by its side and reference.

    ``version`` is the one that was looked at: 0 where the month said nothing of it.
    """

    side: str
    ref: str
    values: Mapping[str, Any]
    version: int = 0


@transaction.atomic
def save_risks(
    *,
    month: FinanceMonth,
    organisation: Organisation,
    entries: Sequence[Entry],
    by: Entrant,
    at: datetime,
) -> list[RiskPosition]:
    """Add and change all of ``entries``, or none. What is not named stays as it is.

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
        CannotKeep: a reference stands twice.
        StaleMoney: another person saved one of them since.
    """
    month = enter_figures(month=month, organisation=organisation, by=by)
    risks = FinancialRisk.objects.select_for_update().filter(
        organisation=organisation, year=month.year
    )
    known = {(one.side, one.ref): one for one in risks.order_by("pk")}
    said = {one.risk_id: one for one in _said_in(month).filter(risk__in=known.values())}
    refs = defaultdict[str, set[str]](set)
    for side, ref in known:
        refs[side].add(ref)
    saved = []
    for one in entries:
        risk = known.get((one.side, one.ref))
        if risk is None:
            ref = _free(one.ref, refs[one.side], organisation=organisation, side=one.side)
            refs[one.side].add(ref)
            saved.append(
                _write_new(month, organisation, one.side, ref, one.values, by=by.user, at=at)
            )
            continue
        said[risk.pk] = _write_changed(
            month,
            risk,
            said.get(risk.pk),
            one.values,
            expected_version=one.version,
            by=by.user,
            at=at,
        )
        saved.append(said[risk.pk])
    return saved


@transaction.atomic
def bring_forward(
    *, month: FinanceMonth, organisation: Organisation, by: Entrant, at: datetime
) -> list[RiskPosition]:
    """Say of every risk that last month holds and this one does not yet what last month says. Twice changes nothing.

    In April what March carries forward becomes a risk of the new year, brought forward.

    Raises:
        CannotEnter: the month is closed, to this person too, or the partner's figures are handed in.
    """
    month = enter_figures(month=month, organisation=organisation, by=by)
    waiting = to_bring_forward(month=month, partners=[organisation.pk])
    return RiskPosition.objects.bulk_create(
        _brought(one, month, by=by.user, at=at) for one in waiting
    )


def _brought(said: RiskPosition, month: FinanceMonth, *, by: User, at: datetime) -> RiskPosition:
    made = RiskPosition(risk=said.risk, month=month, entered_by=by, entered_at=at)
    if said.risk.year == month.year:
        for name in OF_POSITION:
            setattr(made, name, getattr(said, name))
        return made
    made.risk, _ = FinancialRisk.objects.get_or_create(
        organisation_id=said.risk.organisation_id,
        year=month.year,
        side=said.risk.side,
        ref=said.risk.ref,
        defaults={"title": said.risk.title, "brought_forward": True},
    )
    made.full_value, made.probability = said.carried_forward, None
    return made


def _locked(month: FinanceMonth, risk: FinancialRisk) -> tuple[FinancialRisk, RiskPosition | None]:
    found = FinancialRisk.objects.select_for_update().get(pk=risk.pk)
    return found, _said_in(month).filter(risk=found).first()


def _said_in(month: FinanceMonth) -> "QuerySet[RiskPosition]":
    """What the month says, locked."""
    said = RiskPosition.objects.select_for_update(of=("self",)).select_related("entered_by")
    return said.filter(month=month)


def _check(said: RiskPosition | None, expected: int) -> None:
    if (said.version if said else 0) == expected:
        return
    if said is None:
        raise StaleMoney(
            "Somebody else withdrew it while you were typing. Saving brings it back as you wrote it.",
            None,
        )
    who = said.entered_by.name if said.entered_by else "Somebody else"
    raise StaleMoney(f"{who} saved it while you were typing. Both are shown: choose.", said)


def _of_position(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in OF_POSITION if name in values}


def _free(ref: str, refs: set[str], *, organisation: Organisation, side: str) -> str:
    """``ref``, or the next number; ``refs`` are those of the partner's side.

    Raises:
        CannotKeep: it is one of them.
    """
    ref = ref.strip() or _next(refs)
    if ref in refs:
        raise CannotKeep(
            f"{organisation.short_name} has a {side} {ref} already: take another reference, or change that one.",
            "ref",
        )
    return ref


def _next(refs: set[str]) -> str:
    numbers = [int(one) for one in refs if one.isascii() and one.isdigit()]
    return str(max(numbers, default=0) + 1)
