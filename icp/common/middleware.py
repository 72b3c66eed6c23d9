"""What every request passes through."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

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


class KnownMethods:
    """Refuses every way of asking that nothing here answers: TRACE would send a person's cookies back."""

    KNOWN = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
    # Forms know no others.
    OF_PAGES = ("GET", "HEAD", "OPTIONS", "POST")

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = self.KNOWN if request.path.startswith("/api/") else self.OF_PAGES
        if request.method not in known:
            return HttpResponseNotAllowed(known)
        return self.get_response(request)


class NotKept:
    """What is answered to somebody who is signed in is kept by no cache, the browser's own included.

    Who is signed in is told by what they sent, not by asking the database: an error page asks it nothing.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
            if "no-store" not in response.headers.get("Cache-Control", ""):
                response.headers["Cache-Control"] = "private, no-store"
        return response


class ApiOnlyEncrypted:
    """Refuses the API over a plain line where pages are led to an encrypted one.

    A program that was led on would go on sending its key unencrypted, and nobody would notice.
    """

    WORDS = "Ask the API by https only. The key you sent has travelled unencrypted: get a new one."

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        plain = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if plain and request.path_info.startswith("/api/"):
            return JsonResponse({"detail": self.WORDS, "errors": {}}, status=403)
        return self.get_response(request)
