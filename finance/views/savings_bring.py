"""A partner's savings schemes from a spreadsheet (``bringing.py``)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance.access import Entrant
from finance.changed import Change, changes_of_scheme
from finance.importers.partners import Brought, Partners
from finance.importers.savings import (
    COLUMNS,
    OPTIONAL,
    BroughtScheme,
    Known,
    name_key,
    read_schemes,
)
from finance.models import FinanceMonth, SavingsScheme
from finance.selectors.savings import plans_of, said_of
from finance.services.savings import OF_MONTH, Stored
from finance.services.savings_file import SchemeEntry, as_stored, merged, save_schemes
from finance.views.bringing import Kind, Line, amounts_again, bring_page
from finance.views.pages import MONTH
from icp.common.money import in_pounds
from icp.common.tabular import Limits
from programmes.models import Organisation, Programme
from programmes.views.places import signed_in

AMOUNTS = (*(name for name in OF_MONTH if name != "risk_rating"), "value", "mitigated_value")


def _schemes(month: FinanceMonth, partner: Organisation) -> list[SavingsScheme]:
    mine = SavingsScheme.objects.filter(organisation=partner, year=month.year)
    return list(mine.select_related("workstream").order_by("pk"))


def _read(
    data: bytes,
    name: str,
    month: FinanceMonth,
    partner: Organisation,
    unit: str,
    limits: Limits,
) -> Brought[BroughtScheme]:
    schemes = _schemes(month, partner)
    plans = plans_of(schemes=[one.pk for one in schemes])
    known = Known.of(
        partners=Partners.of(partner),
        plans={one.name: plans.get(one.pk, {}) for one in schemes},
        workstreams=Programme.objects.in_place(month.place),
        number=month.number,
    )
    return read_schemes(data, name, known=known, unit=unit, limits=limits)


def _lines(month: FinanceMonth, partner: Organisation, rows: Sequence[BroughtScheme]) -> list[Line]:
    """Each row with what it does: adds, changes, or nothing."""
    schemes = {name_key(one.name): one for one in _schemes(month, partner)}
    plans = plans_of(schemes=[one.pk for one in schemes.values()])
    said = said_of(month=month, schemes=[one.pk for one in schemes.values()])
    workstreams = dict(Programme.objects.in_place(month.place).values_list("pk", "name"))
    found = []
    for one in rows:
        scheme = schemes.get(name_key(one.name))
        entry = SchemeEntry(
            name=scheme.name if scheme else one.name,
            facts=one.facts,
            figures=one.figures,
            plan=one.plan,
            version=scheme.version if scheme else 0,
        )
        state, changes = "new", list[Change]()
        if scheme is not None:
            there = Stored(scheme, said.get(scheme.pk), plans.get(scheme.pk, {}))
            stored = as_stored(there, number=month.number)
            kept = merged(entry, stored, number=month.number)
            state = "unchanged" if kept == stored else "changed"
            changes = changes_of_scheme(stored, kept, workstreams)
        found.append(_line(entry, state, changes))
    return found


def _line(entry: SchemeEntry, state: str, changes: Sequence[Change]) -> Line:
    figures = (
        entry.facts["value"],
        entry.figures.get("actual_ytd"),
        entry.figures.get("forecast_full_year"),
    )
    return Line(
        title=entry.name,
        cells=[in_pounds(value) for value in figures],
        state=state,
        said={
            "name": entry.name,
            "facts": entry.facts,
            "figures": entry.figures,
            "plan": entry.plan,
            "version": entry.version,
        },
        changes=changes,
    )


def _keep(
    month: FinanceMonth,
    partner: Organisation,
    said: list[dict[str, Any]],
    by: Entrant,
    at: datetime,
) -> int:
    entries = [_entry(one) for one in said]
    return len(save_schemes(month=month, organisation=partner, entries=entries, by=by, at=at))


def _entry(said: dict[str, Any]) -> SchemeEntry:
    """As it was before it was written down."""
    facts = amounts_again(said["facts"], AMOUNTS)
    if facts.get("starts_on"):
        facts["starts_on"] = date.fromisoformat(facts["starts_on"])
    plan = said["plan"]
    if plan is not None:
        plan = {int(number): Decimal(amount) for number, amount in plan.items()}
    return SchemeEntry(
        said["name"], facts, amounts_again(said["figures"], AMOUNTS), plan, said["version"]
    )


SCHEMES = Kind(
    what="savings schemes",
    page="money-savings",
    title="Savings",
    columns=[*COLUMNS, *OPTIONAL],
    headings=[
        ("Scheme", False),
        ("Plan, full year", True),
        ("Saved to date", True),
        ("Forecast, full year", True),
    ],
    hint="An empty cell leaves what is stored. TBC is not known; in all twelve months it takes the plan by month away. "
    "A scheme is found by its name. The months may be left out.",
    read=_read,
    lines=_lines,
    keep=_keep,
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int
) -> HttpResponse:
    """Bring a file of savings schemes; see what it would add and change; keep it."""
    return bring_page(request, SCHEMES, year=year, number=month_number, partner=partner)


urlpatterns: list[URLPattern] = [
    path(f"{MONTH}savings/bring/<int:partner>/", bring, name="money-savings-bring")
]
