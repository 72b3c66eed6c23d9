"""Figures from a spreadsheet: the sheet to take along, and its way back, which fills the grid and writes nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from finance.forms import FIGURE_LABELS, UNITS, PasteForm, UploadForm
from finance.grid import GridLine, groups
from finance.importers.positions import COLUMNS, OPTIONAL, Brought, read_block, read_positions
from finance.models import FIGURES
from finance.selectors.positions import lines_in
from finance.views.month_end import show
from finance.views.month_end_page import MonthEndPage, load
from finance.views.pages import MONTH
from icp.common.downloads import table_response
from icp.common.money import write_money
from icp.common.tabular import Limits, TableError
from icp.common.words import plural
from programmes.errors import NotAllowed
from programmes.views.places import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int
) -> HttpResponseBase:
    """Bring a spreadsheet or a pasted block: every cell is checked, then the grid shows it, not yet saved."""
    page = load(request, year=year, number=month_number, partner=partner)
    if not page.may_enter:
        raise NotAllowed(
            f"Figures of {page.organisation.short_name} are entered by its finance lead."
        )
    if not page.is_editable:
        return redirect(page.address)
    pasting = "block" in request.POST
    posted = request.method == "POST"
    upload = UploadForm(
        request.POST if posted and not pasting else None,
        request.FILES or None,
        initial={"unit": page.unit},
    )
    paste = PasteForm(request.POST if pasting else None)
    found = _read(page, upload, paste)
    if found is not None and not found.errors and found.figures:
        return _filled(page, found)
    context = {
        "place": page.month.place,
        "month": page.month,
        "partner": page.organisation,
        "page": page,
        "upload": upload,
        "paste": paste,
        "errors": found.errors[:200] if found else [],
        "more": len(found.errors) - 200 if found else 0,
        "empty": found is not None and not found.errors,
        "figures": FIGURE_LABELS,
        "columns": [*COLUMNS, *OPTIONAL],
    }
    return render(request, "finance/bring.html", context, status=422 if posted else 200)


def _read(page: MonthEndPage, upload: UploadForm, paste: PasteForm) -> Brought | None:
    """What was brought; None where nothing was, or where it cannot be read at all."""
    lines = lines_in(month=page.month, organisation=page.organisation)
    if paste.is_bound and paste.is_valid():
        return read_block(paste.cleaned_data["block"], lines=_as_shown(page), unit=page.unit)
    if not upload.is_bound or not upload.is_valid():
        return None
    file = upload.cleaned_data["file"]
    limits = Limits(size=settings.UPLOAD_MAX_BYTES, rows=5_000, seconds=settings.UPLOAD_MAX_SECONDS)
    if file.size > settings.UPLOAD_MAX_BYTES:
        upload.add_error("file", "The file is too large. Copy the figures alone into a new one.")
        return None
    page.unit = upload.cleaned_data["unit"]
    try:
        return read_positions(file.read(), file.name, lines=lines, unit=page.unit, limits=limits)
    except TableError as problem:
        upload.add_error("file", str(problem))
        return None


def _as_shown(page: MonthEndPage) -> list[Any]:
    """The lines in the order of the page: by fund."""
    return [one.line for group in groups(page.lines()) for one in group.lines]


def _filled(page: MonthEndPage, found: Brought) -> HttpResponse:
    """The grid as the file would have it; nothing is written until somebody saves it."""
    grid = page.lines()
    data = QueryDict(mutable=True)
    different = [one for one in grid if _fill(one, found, data)]
    page.__dict__.pop("address", None)
    grid = page.lines(data, frozenset(one.key for one in different))
    for one in grid:
        if one.form.is_bound:
            one.form.is_valid()
    words = plural(len(different), "line differs", "lines differ")
    said = (
        f"Nothing is saved yet: {words} from what is entered. Look at the figures, then press Save."
        if different
        else "The file says what is entered already: nothing to save."
    )
    return show(page, grid, brought=said)


def _fill(one: GridLine, found: Brought, data: QueryDict) -> bool:
    """Put a line's figures into ``data`` as if they had been typed; whether any differs."""
    figures = found.figures.get(one.key)
    if figures is None:
        return False
    stored = {name: getattr(one.position, name, None) for name in FIGURES}
    comment = one.position.comment if one.position else ""
    wanted = found.comments.get(one.key, comment)
    if all(stored[name] == value for name, value in figures.items()) and comment == wanted:
        return False
    prefix = one.form.prefix
    begun = one.form.initial
    for name in FIGURES:
        value = figures.get(name, begun.get(name))
        data[f"{prefix}-{name}"] = write_money(value, unit=UNITS[one.unit])
    data[f"{prefix}-comment"] = wanted
    data[f"{prefix}-version"] = str(one.version)
    data[f"{prefix}-corrects"] = str(begun.get("corrects") or "")
    data[f"{prefix}-correction"] = str(begun.get("correction") or "")
    return True


@signed_in
@require_safe
def download(
    request: HttpRequest, place: str, year: str, month_number: int, partner: int, fmt: str
) -> HttpResponseBase:
    """The partner's lines of the month, to fill in and bring back."""
    page = load(request, year=year, number=month_number, partner=partner)
    if not page.is_read:
        raise NotAllowed(
            f"{page.organisation.short_name}’s figures are in hand: they are its own until handed in."
        )
    unit = UNITS[page.unit]
    rows = (
        [
            one.line.get_fund_display(),
            one.line.label,
            *(_number(getattr(one.position, name, None), unit) for name in FIGURES),
            one.position.comment if one.position else "",
        ]
        for one in page.lines()
    )
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{page.organisation.short_name} {page.month} {page.unit}",
        columns=[*COLUMNS, *OPTIONAL],
        rows=rows,
    )


def _number(value: Any, unit: Any) -> Any:
    return None if value is None else value / unit


PARTNER = f"{MONTH}<int:partner>/"
urlpatterns: list[URLPattern] = [
    path(f"{PARTNER}bring/", bring, name="month-end-bring"),
    path(f"{PARTNER}figures.<format:fmt>", download, name="month-end-download"),
]
