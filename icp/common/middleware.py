"""What every request passes through."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from icp.common import clock

Next = Callable[[HttpRequest], HttpResponse]


class PlainTextOnly:
    """Refuses NUL characters in addresses: PostgreSQL cannot hold one, and nobody types one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("This address holds a character that no page uses.")
        return self.get_response(request)


class OneDate:
    """Every part of a page is told the same date (:func:`icp.common.clock.one_date`)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.one_date():
            return self.get_response(request)
