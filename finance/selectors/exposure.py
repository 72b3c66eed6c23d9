"""Financial risks and savings of a month, as the rules and the report read them."""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import QuerySet

from finance.models import (
    FinanceMonth,
    FinancialRisk,
    MonthState,
    RiskPosition,
    SavingsPosition,
)
from finance.rules.exposure import Exposure
from finance.rules.years import MONTHS
from finance.selectors.months import accepted_partners, month_before
from icp.audit.as_at import as_they_stood, row_of


def exposures_of(*, month: FinanceMonth, partners: Collection[int] | None = None) -> list[Exposure]:
    """Every risk, opportunity and mitigation of the month, by partner and in its order. Five queries at most."""
    return exposures_and_before(month=month, partners=partners)[0]


def exposures_and_before(
    *, month: FinanceMonth, partners: Collection[int] | None = None
) -> tuple[list[Exposure], list[Exposure]]:
    """Those of the month, and what the stamped month before it in the same year holds. Five queries at most.

    With ``partners`` only those of these: what others say is still in their own hands.
    """
    before = month_before(month)
    earlier = []
    if before:
        accepted = accepted_partners(month=before)
        held = accepted if partners is None else accepted.intersection(partners)
        # No title of theirs is printed: what they were called then need not be asked.
        earlier = [
            _exposure(one, title=one.risk.title) for one in positions_of(before, partners=held)
        ]
    prior = {one.risk: one.weighted for one in earlier}
    return [
        replace(one, prior=prior.get(one.risk)) for one in said_in(month=month, partners=partners)
    ], earlier


def said_in(*, month: FinanceMonth, partners: Collection[int] | None = None) -> list[Exposure]:
    """As :func:`exposures_of`, without what they were in the month before. Two queries at most."""
    titles = {}
    if month.closed_at is not None:
        then = as_they_stood(FinancialRisk, at=month.closed_at)
        then = then.filter(organisation__place=month.place_id, year=month.year)
        titles = dict(then.values_list("id", "title"))
    said = positions_of(month, partners=partners)
    return [_exposure(one, title=titles.get(one.risk_id, one.risk.title)) for one in said]


def positions_of(
    month: FinanceMonth, *, partners: Collection[int] | None = None
) -> "QuerySet[RiskPosition]":
    """What is said of each in the month, in the order of partners and of the register."""
    found = RiskPosition.objects.filter(month=month).select_related("risk__organisation")
    if partners is not None:
        found = found.filter(risk__organisation__in=partners)
    return found.order_by("risk__organisation_id", "risk_id")


def to_bring_forward(*, month: FinanceMonth, partners: Collection[int]) -> list[RiskPosition]:
    """What the stamped month before says of risks of ``partners`` that the month does not hold yet. Two queries.

    In April it is what March carries into the new year.
    """
    if month.number == 1:
        before = {"year": month.year - 1, "number": MONTHS}
    else:
        before = {"year": month.year, "number": month.number - 1}
    said = RiskPosition.objects.filter(
        **{f"month__{name}": value for name, value in before.items()},
        month__place_id=month.place_id,
        month__state=MonthState.CLOSED,
        risk__organisation__in=partners,
        risk__withdrawn_in__isnull=True,
    ).select_related("risk")
    if month.number == 1:
        said = said.exclude(carried_forward__isnull=True).exclude(carried_forward=0)
    mine = FinancialRisk.objects.filter(
        organisation__in=partners, year=month.year, positions__month=month
    )
    held = set(mine.values_list("organisation_id", "side", "ref"))
    return [
        one
        for one in said.order_by("risk_id")
        if (one.risk.organisation_id, one.risk.side, one.risk.ref) not in held
    ]


def risk_in(*, risk: FinancialRisk, month: FinanceMonth) -> FinancialRisk | None:
    """A risk as a month knows it: of a closed one, as it stood when it closed, as what is changed afterwards is of a
    later month; None where there was none yet. One query at most.
    """
    if month.closed_at is None:
        return risk
    then = as_they_stood(FinancialRisk, at=month.closed_at).filter(id=risk.pk)
    found = then.select_related("organisation", "withdrawn_in").first()
    return None if found is None else row_of(found)  # type: ignore[no-any-return]


def _exposure(one: RiskPosition, *, title: str) -> Exposure:
    risk = one.risk
    return Exposure(
        organisation=risk.organisation.short_name,
        side=risk.side,
        ref=risk.ref,
        title=title,
        full_value=one.full_value,
        probability=one.probability,
        recurrent=one.recurrent,
        non_recurrent=one.non_recurrent,
        entered=one.weighted,
        brought_forward=risk.brought_forward,
        carried_forward=one.carried_forward,
        risk=one.risk_id,
        partner=risk.organisation_id,
    )


def savings_of(
    *, month: FinanceMonth, partners: Collection[int] | None = None
) -> list[SavingsPosition]:
    """What each partner says of its savings as a whole; with ``partners`` these alone. One query."""
    found = SavingsPosition.objects.filter(month=month, scheme__isnull=True)
    if partners is not None:
        found = found.filter(organisation__in=partners)
    return list(found.select_related("organisation").order_by("organisation_id"))
