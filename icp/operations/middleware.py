"""Around everything else: the reference of each request, what is counted of it, and its line in the log."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from icp.common import trace
from icp.common.middleware import KnownMethods
from icp.operations import figures
from icp.operations.who import key_in

log = logging.getLogger("icp.requests")

# Asked every few seconds by machines: counted, not logged.
PROBES = frozenset({"healthz", "readyz", "metrics"})
# Who is told nothing, or to wait, is named by a key: whoever looks for misuse sees that it was one and the same.
REFUSED = (403, 404, 429)


def route_of(request: HttpRequest) -> str:
    """The name of the address, never the address itself: that may hold keys, and there is no end of them."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "none"


class Watched:
    """Must be first, so that whatever the others do is inside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        reference = trace.reference_from(request.headers.get(trace.HEADER))
        # Until the request has finished: Django and the server write lines of their own after this.
        trace.begin_request(reference)
        response = self.get_response(request)
        self._note(request, response, seconds=time.monotonic() - began)
        response[trace.HEADER] = reference
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
        route, status = route_of(request), response.status_code
        # A method somebody made up would be a label of its own for ever.
        method = request.method if request.method in KnownMethods.KNOWN else "other"
        figures.requests.labels(route, method, status).inc()
        figures.request_seconds.labels(route).observe(seconds)
        if route in PROBES:
            return
        facts: dict[str, object] = {
            "route": route,
            "method": method,
            "status": status,
            "milliseconds": round(seconds * 1000),
        }
        if status in REFUSED and (person := key_in(request)):
            facts["person"] = person
        log.info("%s %s answered %s", method, route, status, extra=facts)
