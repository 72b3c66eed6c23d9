"""A month's money as content for programs: pounds as text with two places, null where it is not known."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q

from finance.access import stands_in_figures
from finance.exposure_lines import shares
from finance.models import (
    Basis,
    BudgetLine,
    Commentary,
    FinanceMonth,
    FinanceReport,
    SavingsPosition,
    SavingsScheme,
)
from finance.models.exposure import OF_PARTNER
from finance.rules.charts import Said
from finance.rules.exposure import Bridge, Exposure, SideTotals, bridge, totals
from finance.rules.positions import Amounts
from finance.rules.savings import Saving
from finance.rules.summary import SECTIONS, Line, Row, all_entered, fund_variance
from finance.selectors import summary_lines
from finance.selectors.exposure import exposures_and_before, savings_of
from finance.selectors.months import accepted_partners
from finance.selectors.savings import read_schemes, savings_in
from finance.selectors.trend import said_by_month
from icp.common.money import plain
from programmes.models import Organisation, Programme

# How the report's content is laid out. A new layout gets a new number, and what is published keeps its own.
SCHEMA = 1
PARTS = (
    "consolidated",
    "workstreams",
    "organisations",
    "risks",
    "exposure",
    "savings",
    "schemes",
    "not_entered",
)
FIGURES = (
    "annual_budget",
    "ytd_budget",
    "ytd_actual",
    "ytd_variance",
    "forecast_outturn",
    "forecast_variance",
)


def month_content(*, month: FinanceMonth) -> dict[str, Any]:
    """The consolidated summary, the views by workstream and partner, risks and savings of one month.

    Of a month that was closed, as it was stamped; of one that is open, all that is entered. At most ten queries,
    however many lines there are.
    """
    stamped = FinanceReport.objects.filter(month=month).only("content").first()
    if stamped is not None:
        return {name: stamped.content.get(name, []) for name in PARTS}
    return _read(month)[0]


def _read(month: FinanceMonth) -> tuple[dict[str, Any], Bridge, list[str]]:
    """The month's content, the bridge of the same figures, and while it is open the partners that have entered all of
    theirs. A closed month holds what was accepted.
    """
    partners = accepted_partners(month=month) if month.is_closed else None
    lines, missing = summary_lines(month=month, partners=partners)
    exposures, before = exposures_and_before(month=month, partners=partners)
    parts = shares(exposures)
    schemes = SavingsScheme.objects.filter(organisation__place=month.place_id, year=month.year)
    if partners is not None:
        schemes = schemes.filter(organisation__in=partners)
    content = {
        **views_content(lines, orders=orders_of(month=month)),
        "risks": [risk_content(one, parts[one.risk]) for one in exposures],
        "exposure": [side_content(one) for one in totals(exposures, before)],
        "savings": [savings_content(one) for one in savings_of(month=month, partners=partners)],
        "schemes": [
            scheme_content(one) for one in savings_in(month=month, schemes=read_schemes(schemes))
        ],
        "not_entered": [missing_content(line) for line in missing],
    }
    entered = [] if month.is_closed else all_entered(lines)
    return content, bridge(fund_variance(lines), exposures), entered


def views_content(lines: Sequence[Line], *, orders: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The consolidated summary and the views of it, by name; ``orders`` as :func:`orders_of` gives them."""
    return {name: view_content(name, lines, orders=orders) for name in SECTIONS}


def view_content(
    name: str, lines: Sequence[Line], *, orders: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """The rows of one view."""
    return [row_content(row) for row in SECTIONS[name](lines, order=orders[name])]


def report_content(*, month: FinanceMonth) -> dict[str, Any]:
    """All that the finance report prints, frozen as it is: :func:`month_content`, and the words beside it."""
    # Words on figures that were not stamped, a person's too, are on nothing that the report prints.
    theirs = Q(organisation__in=accepted_partners(month=month))
    said = Commentary.objects.filter(theirs | stands_in_figures(month=month), month=month)
    said = said.select_related("organisation", "workstream")
    bases = Basis.objects.filter(organisation__place_id=month.place_id, year=month.year)
    content, steps, entered = _read(month)
    return {
        "schema": SCHEMA,
        "place": month.place.name,
        "year": month.year_name,
        "month": month.number,
        "name": str(month),
        "as_at": month.month.ends_on.isoformat(),
        **content,
        "trend": trend_content(said_by_month(month=month, so_far=entered)),
        "bridge": bridge_content(steps),
        "commentary": [
            {
                "about": str(one.organisation.short_name if one.organisation else one.workstream),
                "text": one.text,
                "draft": one.is_draft,
            }
            for one in said.order_by("organisation_id", "workstream__order", "pk")
        ],
        "basis": [
            {"organisation": one.organisation.short_name, "text": one.text}
            for one in bases.select_related("organisation").order_by("organisation_id")
        ],
    }


def trend_content(said: Sequence[Said]) -> list[dict[str, Any]]:
    """What partners said month by month."""
    return [
        {
            "month": one.month,
            "organisation": one.organisation,
            "forecast_variance": plain(one.forecast_variance),
            "ytd_budget": plain(one.ytd_budget),
            "ytd_actual": plain(one.ytd_actual),
        }
        for one in said
    ]


def bridge_content(steps: Bridge) -> dict[str, str | None]:
    """From the reported variance to the mitigated one."""
    return {
        "reported": plain(steps.reported),
        "risks": plain(-steps.risks),
        "unmitigated": plain(steps.unmitigated),
        "offsets": plain(steps.offsets),
        "mitigated": plain(steps.mitigated),
    }


def orders_of(*, month: FinanceMonth, partners: list[str] | None = None) -> dict[str, list[str]]:
    """In which order each view prints its partners or workstreams: the place's own. One query where the ``partners``
    are known, two where they are not.
    """
    if partners is None:
        there = Organisation.objects.filter(place_id=month.place_id).order_by("pk")
        partners = list(there.values_list("short_name", flat=True))
    programmes = list(
        Programme.objects.filter(place_id=month.place_id).in_order().values_list("name", flat=True)
    )
    return {"consolidated": partners, "workstreams": programmes, "organisations": partners}


def row_content(row: Row) -> dict[str, Any]:
    """One printed row: where it stands, and its figures."""
    return {
        "section": row.section,
        "label": row.label,
        "kind": row.kind,
        "lines_not_entered": row.lacking,
        "lines_without_prior_month": row.amounts.without_prior if row.amounts else 0,
        "absent": row.absent or None,
        "organisation": row.organisation or None,
        **amounts_content(row.amounts),
        **({} if row.amounts else {"annual_budget": plain(row.annual_budget)}),
    }


def amounts_content(amounts: Amounts | None) -> dict[str, str | None]:
    if amounts is None:
        return dict.fromkeys((*FIGURES, "prior_month_variance"))
    figures = {name: plain(getattr(amounts, name)) for name in FIGURES}
    return figures | {"prior_month_variance": plain(amounts.prior_forecast_variance)}


def missing_content(line: BudgetLine) -> dict[str, str]:
    """A line that is in no figure of the month."""
    return {
        "organisation": line.organisation.short_name,
        "fund": line.fund,
        "line": line.label,
    }


def risk_content(one: Exposure, share: Decimal | None) -> dict[str, Any]:
    """One risk, opportunity or mitigation; ``share`` is its part of its side, in percent."""
    return {
        "organisation": one.organisation,
        "side": one.side,
        "ref": one.ref,
        "title": one.title,
        "full_value": plain(one.full_value),
        "probability_percent": _percent(one.probability),
        "recurrent": plain(one.recurrent),
        "non_recurrent": plain(one.non_recurrent),
        "weighted": plain(one.weighted),
        "weighted_entered": plain(one.entered),
        "weighted_computed": plain(one.computed),
        "share_percent": _percent(share),
        "movement": plain(one.movement),
        "brought_forward": one.brought_forward,
        "carried_forward": plain(one.carried_forward),
        "flags": one.flags,
    }


SIDE_FIGURES = (
    "full_value",
    "weighted",
    "brought_forward",
    "in_year",
    "carried_forward",
    "movement",
)


def side_content(one: SideTotals) -> dict[str, Any]:
    """What one side amounts to: what risks may cost, what the others may give back."""
    figures = {name: plain(getattr(one, name)) for name in SIDE_FIGURES}
    return {"side": one.side, "count": one.count, "unknown": one.unknown, **figures}


def savings_content(one: SavingsPosition) -> dict[str, Any]:
    return {
        "organisation": one.organisation.short_name,
        **{name: plain(getattr(one, name)) for name in OF_PARTNER},
    }


def scheme_content(one: Saving) -> dict[str, Any]:
    """A savings scheme and what the month says of it."""
    words = ("organisation", "name", "saving_type", "workstream", "provider", "rating", "progress")
    amounts = ("plan", "plan_to_date", "actual", "slippage", "forecast", "at_risk", "mitigated")
    return {
        **{name: getattr(one, name) for name in words},
        **{name: plain(getattr(one, name)) for name in amounts},
    }


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
