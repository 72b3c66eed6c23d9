"""ETag and If-Match: whoever saves says which version they last read."""

from django.db.models import Model
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.request import Request

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag last read. A stale one is refused with 412 and what is stored now.",
)


class VersionNeeded(APIException):
    status_code = 428
    default_detail = (
        "Send If-Match with the ETag you last read, so that nobody's save is overwritten."
    )


def etag_of(found: Model) -> str:
    """The tag of a row of a model that has a ``version``."""
    return f'"{found.pk}-{found.version}"'  # type: ignore[attr-defined]


def version_from(request: Request, found: Model) -> int:
    """The version a client last read. Another row's tag, or nonsense, never matches.

    Raises:
        VersionNeeded: it did not say.
    """
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise VersionNeeded
    prefix, _, version = tag.removeprefix("W/").strip('"').rpartition("-")
    if prefix != str(found.pk) or not version.isascii() or not version.isdigit():
        return -1
    return int(version[:9])
