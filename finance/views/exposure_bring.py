"""A partner's financial risks from a spreadsheet: every cell is checked, then shown, then kept, all or nothing."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from finance.forms import UploadForm
from finance.importers.risks import COLUMNS, OPTIONAL, BroughtRisk, BroughtRisks, read_risks
from finance.models import FinanceMonth, RiskPosition
from finance.services.exposure import OF_POSITION, Entry, save_risks
from finance.views.entering import enterer, why_not
from finance.views.pages import MONTH, month_address, month_at, partner_at
from icp.common import clock
from icp.common.money import in_pounds
from icp.common.tabular import Limits, TableError
from icp.common.words import plural
from programmes.errors import Refused
from programmes.models import Organisation
from programmes.views.places import signed_in

ROWS = 2_000


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int
) -> HttpResponse:
    """Bring a file; see what it would add and change; keep it."""
    month, roles = month_at(request, year=year, number=month_number)
    organisation = partner_at(month, partner)
    enterer(roles=roles, organisation=organisation)
    closed = why_not(request, month=month, roles=roles, organisation=organisation)
    posted = request.method == "POST"
    form = UploadForm(
        request.POST if posted and "kept" not in request.POST else None,
        request.FILES or None,
        initial={"unit": "thousands"},
    )
    refused, found = closed if posted else "", None
    if posted and not closed:
        if "kept" in request.POST:
            refused = _keep(request, month, organisation)
            if not refused:
                return redirect("money-risks", **month_address(month))
        elif form.is_valid():
            found = _read(form, organisation)
    lines = [] if found is None or found.errors else _lines(month, organisation, found.rows)
    context = {
        "place": month.place,
        "month": month,
        "partner": organisation,
        "closed": closed,
        "refused": refused,
        "form": form,
        "errors": found.errors[:200] if found else [],
        "more": len(found.errors) - 200 if found else 0,
        "empty": found is not None and not found.errors and not found.rows,
        "lines": lines,
        "changes": sum(line["state"] != "unchanged" for line in lines),
        "kept": _signed(lines, month, organisation),
        "columns": [*COLUMNS, *OPTIONAL],
    }
    status = 200 if lines or not posted else 422
    return render(request, "finance/exposure/bring.html", context, status=status)


def _read(form: UploadForm, partner: Organisation) -> BroughtRisks | None:
    """What the file says; None where it cannot be read at all: the form says why."""
    file = form.cleaned_data["file"]
    if file.size > settings.UPLOAD_MAX_BYTES:
        form.add_error("file", "The file is too large. Copy the table alone into a new one.")
        return None
    limits = Limits(size=settings.UPLOAD_MAX_BYTES, rows=ROWS, seconds=settings.UPLOAD_MAX_SECONDS)
    try:
        return read_risks(
            file.read(),
            file.name,
            partner=partner.short_name,
            unit=form.cleaned_data["unit"],
            limits=limits,
        )
    except TableError as problem:
        form.add_error("file", str(problem))
        return None


def _lines(
    month: FinanceMonth, partner: Organisation, rows: Sequence[BroughtRisk]
) -> list[dict[str, Any]]:
    """Each row with what it does: adds, changes, or nothing."""
    said = RiskPosition.objects.filter(month=month, risk__organisation=partner)
    stored = {(one.risk.side, one.risk.ref): one for one in said.select_related("risk")}
    return [_line(one, stored.get((one.side, one.ref))) for one in rows]


def _line(one: BroughtRisk, stored: RiskPosition | None) -> dict[str, Any]:
    state = "new"
    if stored is not None:
        same = all(
            getattr(stored if name in OF_POSITION else stored.risk, name) == value
            for name, value in one.values.items()
        )
        state = "unchanged" if same else "changed"
    probability = one.values["probability"]
    return {
        "side": one.side,
        "ref": one.ref,
        "title": one.values["title"],
        "full_value": in_pounds(one.values["full_value"]),
        "probability": "TBC" if probability is None else f"{probability.normalize():f}%",
        "state": state,
        "values": one.values,
        "version": stored.version if stored else 0,
    }


def _salt(month: FinanceMonth, partner: Organisation) -> str:
    return f"financial risks {month.pk} {partner.pk}"


def _signed(lines: Sequence[dict[str, Any]], month: FinanceMonth, partner: Organisation) -> str:
    """What was checked, for the second press: signed, so that it is what was shown."""
    rows = [
        {name: line[name] for name in ("side", "ref", "values", "version")}
        for line in lines
        if line["state"] != "unchanged"
    ]
    said = json.dumps(rows, default=str)
    return signing.dumps(said, salt=_salt(month, partner), compress=True) if rows else ""


def _keep(request: HttpRequest, month: FinanceMonth, partner: Organisation) -> str:
    """Keep what was shown; why not, in words."""
    try:
        said = signing.loads(request.POST["kept"], salt=_salt(month, partner), max_age=24 * 60 * 60)
        entries = [Entry(**{**one, "values": _values(one["values"])}) for one in json.loads(said)]
        saved = save_risks(
            month=month,
            organisation=partner,
            entries=entries,
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        )
    except signing.BadSignature:
        return "This is not what was shown, or it was shown too long ago. Bring the file again."
    except Refused as problem:
        return f"{problem} Nothing is saved: bring the file again to see what differs now."
    messages.success(request, f"{plural(len(saved), 'line')} saved.")
    return ""


def _values(said: dict[str, Any]) -> dict[str, Any]:
    """As they were before they were written down."""
    return {
        name: Decimal(value) if name in OF_POSITION and value is not None else value
        for name, value in said.items()
    }


urlpatterns: list[URLPattern] = [
    path(f"{MONTH}risks/bring/<int:partner>/", bring, name="money-risks-bring")
]
