"""What pages with filtered lists share: their address without one filter, and those of their downloads."""

from django.http import HttpRequest
from django.urls import register_converter, reverse

from programmes.filters import FilterInWords
from programmes.models import Place


def chosen_of(request: HttpRequest, asked: FilterInWords) -> list[dict[str, str]]:
    """The filters in use, each with ``name``, ``text``, and ``without``: the query that takes it off."""
    return [{**one, "without": _without(request, one["name"])} for one in asked.chosen()]


def _without(request: HttpRequest, name: str) -> str:
    """The query of this address without the filter ``name``, from the first page."""
    kept = request.GET.copy()
    for parameter in (name, "page"):
        kept.pop(parameter, None)
    return kept.urlencode()


def downloads_of(request: HttpRequest, name: str, place: Place) -> list[dict[str, str]]:
    """The whole list, filtered as the page is, as CSV and Excel; ``name`` is the page's."""
    kept = request.GET.copy()
    kept.pop("page", None)
    query = f"?{kept.urlencode()}" if kept else ""
    return [
        {
            "text": text,
            "href": reverse(f"{name}-download", kwargs={"place": place.slug, "fmt": fmt}) + query,
        }
        for fmt, text in (("xlsx", "Excel"), ("csv", "CSV"))
    ]


class FormatConverter:
    """The formats a list can be downloaded in."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "format")
