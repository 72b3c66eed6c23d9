"""A partner's financial risks from a spreadsheet (``bringing.py``)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance.access import Entrant
from finance.changed import NOT_KNOWN, Change, changed
from finance.exposure_lines import percent
from finance.importers.partners import Brought, Partners
from finance.importers.risks import COLUMNS, OPTIONAL, BroughtRisk, read_risks
from finance.models import FinanceMonth, RiskPosition
from finance.services.exposure import OF_POSITION, Entry, save_risks
from finance.views.bringing import Kind, Line, amounts_again, bring_page
from finance.views.pages import MONTH
from icp.common.money import in_pounds
from icp.common.tabular import Limits
from programmes.models import Organisation
from programmes.views.places import signed_in

LABELS = {
    "title": "What",
    "brought_forward": "Brought forward",
    "full_value": "Full value",
    "probability": "Probability",
    "recurrent": "Recurrent",
    "non_recurrent": "Non-recurrent",
    "weighted": "Weighted",
    "carried_forward": "Carried forward",
}


def _read(
    data: bytes,
    name: str,
    month: FinanceMonth,
    partner: Organisation,
    unit: str,
    limits: Limits,
) -> Brought[BroughtRisk]:
    return read_risks(data, name, partners=Partners.of(partner), unit=unit, limits=limits)


def _lines(month: FinanceMonth, partner: Organisation, rows: Sequence[BroughtRisk]) -> list[Line]:
    """Each row with what it does: adds, changes, or nothing."""
    said = RiskPosition.objects.filter(month=month, risk__organisation=partner)
    stored = {(one.risk.side, one.risk.ref): one for one in said.select_related("risk")}
    return [_line(one, stored.get((one.side, one.ref))) for one in rows]


def _line(one: BroughtRisk, stored: RiskPosition | None) -> Line:
    changes = [] if stored is None else _changes(one, stored)
    state = "new" if stored is None else "changed" if changes else "unchanged"
    return Line(
        title=f"{one.ref}. {one.values['title']}",
        cells=[one.side, in_pounds(one.values["full_value"]), percent(one.values["probability"])],
        state=state,
        said={
            "side": one.side,
            "ref": one.ref,
            "values": one.values,
            "version": stored.version if stored else 0,
        },
        changes=changes,
    )


def _changes(one: BroughtRisk, stored: RiskPosition) -> list[Change]:
    old = {
        name: getattr(stored if name in OF_POSITION else stored.risk, name) for name in one.values
    }
    labels = {name: LABELS[name] for name in one.values}
    return changed(labels, old, one.values, _in_words)


def _in_words(name: str, value: Any) -> str:
    if name == "title":
        return str(value)
    if name == "brought_forward":
        return "yes" if value else "no"
    if value is None:
        return NOT_KNOWN
    return percent(value) if name == "probability" else in_pounds(value)


def _keep(
    month: FinanceMonth,
    partner: Organisation,
    said: list[dict[str, Any]],
    by: Entrant,
    at: datetime,
) -> int:
    entries = [
        Entry(**{**one, "values": amounts_again(one["values"], OF_POSITION)}) for one in said
    ]
    return len(save_risks(month=month, organisation=partner, entries=entries, by=by, at=at))


RISKS = Kind(
    what="risks",
    page="money-risks",
    title="Risks, opportunities and mitigations",
    columns=[*COLUMNS, *OPTIONAL],
    headings=[("What", False), ("Side", False), ("Full value", True), ("Probability", True)],
    hint="Empty or TBC is to be confirmed.",
    read=_read,
    lines=_lines,
    keep=_keep,
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int
) -> HttpResponse:
    """Bring a file of risks; see what it would add and change; keep it."""
    return bring_page(request, RISKS, year=year, number=month_number, partner=partner)


urlpatterns: list[URLPattern] = [
    path(f"{MONTH}risks/bring/<int:partner>/", bring, name="money-risks-bring")
]
