"""The registers of a place as one list: filtered, paged, and as a file."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from icp.common.downloads import table_response
from icp.common.words import plural
from programmes.models import Programme
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import signed_in
from risks import access
from risks.exporters.table import FORM, headings, rows_of
from risks.filters import RiskFilter
from risks.register_lines import register_line
from risks.rules.quarters import quarters_of_year
from risks.selectors.counts import Counts, counts_of
from risks.selectors.lines import BESIDE, lines_for
from risks.selectors.listed import listed_risks
from risks.views.pages import RISKS, RegisterPage, load_register

A_PAGE = 50
# So many risks are written into a file at a time.
CHUNK = 500


def asked_of(page: RegisterPage) -> RiskFilter:
    rows = access.risks_of(place=page.place, roles=page.roles)
    return RiskFilter(
        page.request.GET,
        queryset=rows,
        place=page.place,
        lines=page.lines,
        today=page.today,
        held=lambda: page.held,
    )


def listed(asked: RiskFilter) -> Any:
    rows = asked.rows()
    sorts = asked.form.is_valid() and asked.form.cleaned_data["sort"]
    return rows if sorts else rows.worst_first()


def _keys(asked: RiskFilter) -> Any:
    """Of the risks asked for. What looks through every risk's texts or scores is asked once, not for the count and
    for the page.
    """
    keys = listed(asked).values_list("pk", flat=True)
    return list(keys) if asked.looks_through_all else keys


@signed_in
@require_safe
def register(request: HttpRequest, place: str) -> HttpResponse:
    """Every register of the place, the highest score first; or what was asked for."""
    page = load_register(request)
    asked = asked_of(page)
    found: Page[int] = Paginator(_keys(asked), A_PAGE).get_page(request.GET.get("page"))
    risks = listed_risks(found.object_list, as_at=page.today, lines=page.lines)
    chosen = chosen_of(request, asked)
    count = found.paginator.count
    context = {
        "place": page.place,
        "filter": asked,
        "chosen": chosen,
        "caption": f"{plural(count, 'risk or issue', 'risks and issues')}, {_order(asked)}",
        "lines": [register_line(risk, place=page.place) for risk in risks],
        "quarters": quarters_of_year(page.today),
        "page_obj": found,
        "downloads": downloads_of(request, "risks", page.place),
        "may_raise": access.may_raise_anywhere(roles=page.roles),
        "tiles": _tiles(page),
        "programme": _programme(page),
    }
    return render(request, "risks/register.html", context)


def _order(asked: RiskFilter) -> str:
    sort = asked.form.cleaned_data["sort"] if asked.form.is_valid() else ""
    return {
        "register": "by register",
        "review": "the next review first",
        "owner": "by owner",
    }.get(sort, "the highest score first")


def _programme(page: RegisterPage) -> Programme | None:
    """The programme whose register is asked for."""
    code = page.request.GET.get("register", "")
    if not code or "\x00" in code:
        return None
    return Programme.objects.filter(place=page.place, code=code[:12]).first()


def _tiles(page: RegisterPage) -> list[dict[str, Any]]:
    counted = Counts()
    if access.may_read(roles=page.roles):
        counted = counts_of(place=page.place, lines=page.lines, today=page.today)
    address = reverse("risks", kwargs={"place": page.place.slug})
    tiles = (
        (counted.escalated, "before the boards", "red", "escalated=yes"),
        (counted.proposed, "could come back", "", "escalated=proposed"),
        (counted.red, "red", "red", "band=red"),
        (counted.amber, "amber", "amber", "band=amber"),
        (counted.review_overdue, "review overdue", "red", "flag=review-overdue"),
        (counted.unmitigated, "no mitigation", "", "flag=no-mitigation"),
    )
    return [
        {
            "count": count,
            "label": label,
            "colour": colour if count else "grey",
            "href": f"{address}?{query}" if count else "",
        }
        for count, label, colour, query in tiles
    ]


@signed_in
@require_safe
def register_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    """The list as a file, with ids that a file brought back is known by."""
    page = load_register(request)
    asked = asked_of(page)
    if not asked.form.is_valid():
        return back_to_list(request, "risks", place=place)
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{page.place.name} risks {page.today.isoformat()}",
        columns=headings(page.today),
        rows=rows_of(_chunks(page, asked)),
        form=FORM,
    )


def _chunks(page: RegisterPage, asked: RiskFilter) -> Any:
    rows = list(listed(asked).select_related(*BESIDE))
    for start in range(0, len(rows), CHUNK):
        piece = rows[start : start + CHUNK]
        lines = lines_for(piece, place=page.place, as_at=page.today, lines=page.lines)
        yield from zip(piece, lines, strict=True)


urlpatterns: list[URLPattern] = [
    path(RISKS, register, name="risks"),
    path("places/<slug:place>/risks.<format:fmt>", register_download, name="risks-download"),
]
