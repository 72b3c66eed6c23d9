"""A spreadsheet of a partner's month: every cell is checked, then it is shown, then kept, all of it or nothing."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from finance.access import Entrant
from finance.changed import Change
from finance.forms import UploadForm
from finance.importers.partners import Brought
from finance.models import FinanceMonth
from finance.views.entering import enterer, entrant_of, why_not
from finance.views.pages import month_address, month_at, partner_at
from icp.common import clock
from icp.common.tabular import Limits, TableError
from icp.common.words import plural
from programmes.errors import Refused
from programmes.models import Organisation

ROWS = 2_000
MOST_ERRORS = 200
A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Line:
    """A row of the file as the page shows it. ``state`` is new, changed or unchanged; ``said`` is what is kept of it,
    ``changes`` are all that it changes.
    """

    title: str
    cells: Sequence[str]
    state: str
    said: Mapping[str, Any]
    changes: Sequence[Change] = ()


@dataclass(frozen=True)
class Kind:
    """What may be brought into a month: how its file is read, shown and kept.

    ``page`` is the list that it comes from, ``page``-download hands it out. ``keep`` takes what the lines said, as it
    is after JSON, and returns how many are kept; it refuses aloud, and then nothing is.
    """

    what: str
    page: str
    title: str
    columns: Sequence[str]
    headings: Sequence[tuple[str, bool]]
    hint: str
    read: Callable[[bytes, str, FinanceMonth, Organisation, str, Limits], Brought[Any]]
    lines: Callable[[FinanceMonth, Organisation, Sequence[Any]], list[Line]]
    keep: Callable[[FinanceMonth, Organisation, list[dict[str, Any]], Entrant, datetime], int]


def bring_page(
    request: HttpRequest, kind: Kind, *, year: str, number: int, partner: int
) -> HttpResponse:
    """Bring a file; see what it would add and change; keep it."""
    month, roles = month_at(request, year=year, number=number)
    organisation = partner_at(month, partner)
    enterer(roles=roles, organisation=organisation)
    closed = why_not(request, month=month, roles=roles, organisation=organisation)
    posted = request.method == "POST"
    form = UploadForm(
        request.POST if posted and "kept" not in request.POST else None,
        request.FILES or None,
        # As the downloaded list is.
        initial={"unit": "pounds"},
    )
    refused, found = closed if posted else "", None
    if posted and not closed:
        if "kept" in request.POST:
            entrant = entrant_of(request, roles)
            refused = _keep(request, kind, month, organisation, entrant)
            if not refused:
                return redirect(kind.page, **month_address(month))
        elif form.is_valid():
            found = _read(form, kind, month, organisation)
    lines = [] if found is None or found.errors else kind.lines(month, organisation, found.rows)
    context = {
        "place": month.place,
        "month": month,
        "partner": organisation,
        "kind": kind,
        "back": reverse(kind.page, kwargs=month_address(month)),
        "downloads": _downloads(kind, month, organisation),
        "closed": closed,
        "refused": refused,
        "form": form,
        "errors": found.errors[:MOST_ERRORS] if found else [],
        "more": len(found.errors) - MOST_ERRORS if found else 0,
        "passed": plural(found.passed, "row of another partner is", "rows of other partners are")
        if found and found.passed
        else "",
        "empty": found is not None and not found.errors and not found.rows,
        "lines": [_shown(kind, one) for one in lines],
        "changes": sum(one.state != "unchanged" for one in lines),
        "kept": _signed(lines, kind, month, organisation),
    }
    status = 200 if lines or not posted else 422
    return render(request, "finance/bring_list.html", context, status=status)


def _shown(kind: Kind, line: Line) -> dict[str, Any]:
    labelled = zip(kind.headings[1:], line.cells, strict=True)
    cells = [
        {"label": label, "is_number": number, "text": text} for (label, number), text in labelled
    ]
    return {"title": line.title, "cells": cells, "state": line.state, "changes": line.changes}


def _downloads(kind: Kind, month: FinanceMonth, organisation: Organisation) -> list[dict[str, str]]:
    """The partner's list as it stands, to take along."""
    return [
        {
            "text": text,
            "href": reverse(f"{kind.page}-download", kwargs={**month_address(month), "fmt": fmt})
            + f"?partner={organisation.pk}",
        }
        for fmt, text in (("xlsx", "Excel"), ("csv", "CSV"))
    ]


def _read(
    form: UploadForm, kind: Kind, month: FinanceMonth, partner: Organisation
) -> Brought[Any] | None:
    """What the file says; None where it cannot be read at all: the form says why."""
    file = form.cleaned_data["file"]
    if file.size > settings.UPLOAD_MAX_BYTES:
        form.add_error("file", "The file is too large. Copy the table alone into a new one.")
        return None
    limits = Limits(size=settings.UPLOAD_MAX_BYTES, rows=ROWS, seconds=settings.UPLOAD_MAX_SECONDS)
    try:
        unit = form.cleaned_data["unit"]
        return kind.read(file.read(), file.name, month, partner, unit, limits)
    except TableError as problem:
        form.add_error("file", str(problem))
        return None


def _salt(kind: Kind, month: FinanceMonth, partner: Organisation) -> str:
    return f"{kind.page} {month.pk} {partner.pk}"


def _signed(lines: Sequence[Line], kind: Kind, month: FinanceMonth, partner: Organisation) -> str:
    """What was checked, for the second press: signed, so that it is what was shown."""
    rows = [one.said for one in lines if one.state != "unchanged"]
    if not rows:
        return ""
    said = json.dumps(rows, default=str)
    return signing.dumps(said, salt=_salt(kind, month, partner), compress=True)


def amounts_again(said: Mapping[str, Any], amounts: Collection[str]) -> dict[str, Any]:
    """``said`` as it was before it was written down: those of ``amounts`` are decimals."""
    return {
        name: Decimal(value) if name in amounts and value is not None else value
        for name, value in said.items()
    }


def _keep(
    request: HttpRequest,
    kind: Kind,
    month: FinanceMonth,
    partner: Organisation,
    entrant: Entrant,
) -> str:
    """Keep what was shown; why not, in words."""
    try:
        salt = _salt(kind, month, partner)
        said = json.loads(signing.loads(request.POST["kept"], salt=salt, max_age=A_DAY))
        count = kind.keep(month, partner, said, entrant, clock.now())
    except signing.BadSignature:
        return "This is not what was shown, or it was shown too long ago. Bring the file again."
    except Refused as problem:
        return f"{problem} Nothing is saved: bring the file again to see what differs now."
    messages.success(request, f"{plural(count, 'line')} saved.")
    return ""
