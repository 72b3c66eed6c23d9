"""All that was done in a place, for its office and auditors: searched, paged, downloaded."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from icp.audit.selectors import history_in
from icp.common import clock
from icp.common.downloads import table_response
from icp.common.words import plural
from programmes.history.lines import HistoryLine, in_pieces, lines_of
from programmes.history_filters import HistoryFilter
from programmes.models import Place
from programmes.views.lists import back_to_list, chosen_of, downloads_of
from programmes.views.places import searched_place, signed_in

CHANGES_A_PAGE = 50
# Counting is quick up to here; who wants to read further back narrows by a date.
COUNTED_TO = 10_000
COLUMNS = (
    "when",
    "who",
    "how",
    "programme",
    "kind",
    "what",
    "done",
    "field",
    "before",
    "after",
    "because",
)


class CountedToSomewhere(Paginator):
    """Pages of the newest changes: it counts no further than it must."""

    @cached_property
    def count(self) -> int:
        return self.object_list[: COUNTED_TO + 1].count()  # type: ignore[attr-defined]

    @property
    def stops_short(self) -> bool:
        return self.count > COUNTED_TO


def _asked(request: HttpRequest, place: Place) -> HistoryFilter:
    return HistoryFilter(request.GET, queryset=history_in(place_id=place.pk), place=place)


@signed_in
@require_safe
def history(request: HttpRequest, place: str) -> HttpResponse:
    found = searched_place(request)
    asked = _asked(request, found)
    pages = CountedToSomewhere(asked.rows(), CHANGES_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    page.object_list = lines_of(page.object_list)
    context = {
        "place": found,
        "filter": asked,
        "chosen": chosen_of(request, asked),
        "caption": _caption(pages),
        "stops_short": pages.stops_short,
        "page_obj": page,
        "downloads": downloads_of(request, "history", found),
    }
    return render(request, "programmes/history_search.html", context)


def _caption(pages: CountedToSomewhere) -> str:
    if pages.stops_short:
        return f"The newest {COUNTED_TO:,} changes"
    return plural(pages.count, "change")


@signed_in
@require_safe
def history_download(request: HttpRequest, place: str, fmt: str) -> HttpResponseBase:
    """All that answers to the filters, a line for each field that changed."""
    found = searched_place(request)
    asked = _asked(request, found)
    if not asked.form.is_valid():
        return back_to_list(request, "history", place=place)
    rows = (cells for line in in_pieces(asked.rows().iterator()) for cells in _cells(line))
    return table_response(
        fmt=fmt,  # type: ignore[arg-type]
        filename=f"{found.name} history {clock.today().isoformat()}",
        columns=COLUMNS,
        rows=rows,
    )


def _cells(line: HistoryLine) -> Iterator[tuple[object, ...]]:
    began = (line.when, line.who, line.how, line.programme, line.kind, line.subject, line.verb)
    for one in line.changes:
        yield (*began, one.label, one.before, one.after, line.because)
    if not line.changes:
        yield (*began, "", "", "", line.because)


PLACE = "places/<slug:place>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}history/", history, name="history"),
    path(f"{PLACE}history.<format:fmt>", history_download, name="history-download"),
]
