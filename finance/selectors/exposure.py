"""Financial risks and savings of a month, as the rules and the report read them."""

from finance.models import FinanceMonth, RiskPosition, SavingsPosition, SavingsScheme
from finance.rules.exposure import Exposure
from finance.selectors.months import month_before


def exposures_of(*, month: FinanceMonth) -> list[Exposure]:
    """Every risk, opportunity and mitigation of the month, by partner and in its order. Three queries at most."""
    before = month_before(month)
    prior = {}
    if before:
        prior = {one.risk_id: _exposure(one).weighted for one in _positions(before)}
    return [_exposure(one, prior=prior.get(one.risk_id)) for one in _positions(month)]


def _positions(month: FinanceMonth):  # type: ignore[no-untyped-def]
    found = RiskPosition.objects.filter(month=month).select_related("risk__organisation")
    return found.order_by("risk__organisation_id", "risk_id")


def _exposure(one: RiskPosition, *, prior: object = None) -> Exposure:
    risk = one.risk
    return Exposure(
        organisation=risk.organisation.short_name,
        side=risk.side,
        ref=risk.ref,
        title=risk.title,
        full_value=one.full_value,
        probability=one.probability,
        recurrent=one.recurrent,
        non_recurrent=one.non_recurrent,
        entered=one.weighted,
        prior=prior,  # type: ignore[arg-type]
        brought_forward=risk.brought_forward,
        carried_forward=one.carried_forward,
    )


def savings_of(*, month: FinanceMonth) -> list[SavingsPosition]:
    """What each partner says of its savings as a whole. One query."""
    found = SavingsPosition.objects.filter(month=month, scheme__isnull=True)
    return list(found.select_related("organisation").order_by("organisation_id"))


def schemes_of(*, month: FinanceMonth) -> list[SavingsScheme]:
    """The savings schemes of the month's year. One query."""
    found = SavingsScheme.objects.filter(
        organisation__place_id=month.place_id, year=month.year
    ).select_related("organisation", "workstream")
    return list(found.order_by("organisation_id", "name", "pk"))
