"""Every request says who changes what by which way."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

from icp.audit.models import Way


class RecordRequest(HistoryMiddleware):
    """The person, the address, and whether it is a page or the API. The API's person is known a little later."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        said = super().get_context(request)
        way = Way.API if request.path.startswith("/api/") else Way.PAGE
        return {"user": said["user"], "via": request.path, "way": way.value}
