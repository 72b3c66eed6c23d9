"""The open risks by owner, register, organisation, category, score or movement: how many, how high, how many before the boards."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, register_converter, reverse
from django.views.decorators.http import require_safe

from icp.common.downloads import table_response
from programmes.views.lists import downloads_of
from programmes.views.places import signed_in
from risks import access
from risks.filters import BANDS, MOVEMENTS, NONE
from risks.selectors.groups import GROUPS, Group, groups_of
from risks.views.pages import RISKS, RegisterPage, load_register

A_PAGE = 50
COLUMNS = ("total", "red", "amber", "escalated", "review_overdue", "highest", "score")
# What a group without a name is called.
NOBODY = {
    "owner": "Nobody",
    "register": "The whole programme",
    "organisation": "No organisation said",
    "category": "No category said",
    "score": "Not scored",
}
# What a group is called whose key is a word of the list's filter.
CALLED = {"score": dict(BANDS), "movement": dict(MOVEMENTS)}


class GroupConverter:
    """What risks are put together by."""

    regex = "|".join(GROUPS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(GroupConverter, "riskgroup")


def _groups(page: RegisterPage, by: str) -> list[Group]:
    rows = access.risks_of(place=page.place, roles=page.roles)
    return groups_of(rows, by=by, lines=page.lines, today=page.today)


def _name(one: Group, by: str) -> str:
    return CALLED.get(by, {}).get(one.name, one.name) or NOBODY[by]


@signed_in
@require_safe
def groups(request: HttpRequest, place: str, by: str) -> HttpResponse:
    """The groups, each leading to the list of its risks."""
    page = load_register(request)
    found = Paginator(_groups(page, by), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": page.place,
        "by": by,
        "views": [
            {
                "text": name,
                "href": reverse("risk-groups", kwargs={"place": place, "by": name}),
                "current": name == by,
            }
            for name in GROUPS
        ],
        "lines": [
            {"group": one, "name": _name(one, by), "href": _list_of(page, one, by)} for one in found
        ],
        "page_obj": found,
        "downloads": downloads_of(request, "risk-groups", page.place, by=by),
    }
    return render(request, "risks/groups.html", context)


def _list_of(page: RegisterPage, one: Group, by: str) -> str:
    """The list of the group's risks."""
    address = reverse("risks", kwargs={"place": page.place.slug})
    return f"{address}?{urlencode({GROUPS[by][2]: one.key or NONE})}"


@signed_in
@require_safe
def groups_download(request: HttpRequest, place: str, by: str, fmt: str) -> HttpResponseBase:
    """The same as a file."""
    page = load_register(request)
    rows: list[list[Any]] = [
        [_name(one, by), *(getattr(one, name) for name in COLUMNS)] for one in _groups(page, by)
    ]
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{page.place.name} risks by {by} {page.today.isoformat()}",
        columns=[by, *COLUMNS],
        rows=rows,
    )


urlpatterns: list[URLPattern] = [
    path(f"{RISKS}by/<riskgroup:by>/", groups, name="risk-groups"),
    path(f"{RISKS}by/<riskgroup:by>.<format:fmt>", groups_download, name="risk-groups-download"),
]
