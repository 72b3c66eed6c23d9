"""ETag and If-Match, the one place for the whole API: whoever saves says which version they last read."""

from django.db.models import Model
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.request import Request

# The version of nothing that is stored.
NEVER = -1
NO_TAG = "Send If-Match with the ETag you last read, so that nobody's save is overwritten."

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description=(
        "The ETag last read, several, or * for whichever there is. A stale one is refused with 412 and"
        " what is stored now."
    ),
)


class VersionNeeded(APIException):
    status_code = 428
    default_detail = NO_TAG


def etag_of(found: Model) -> str:
    """The tag of a row of a model that has a ``version``."""
    return f'"{found.pk}-{found.version}"'  # type: ignore[attr-defined]


def version_in(request: Request, found: Model) -> int | None:
    """The version that If-Match names, None without it; one of several, or whichever there is (``*``).

    Another row's tag, or nonsense, never matches. A proxy that compresses an answer makes its tag a weak one, so
    that counts as well.
    """
    tags = [tag.strip() for tag in request.headers.get("If-Match", "").split(",")]
    if not any(tags):
        return None
    matches = "*" in tags or etag_of(found) in [tag.removeprefix("W/") for tag in tags]
    return found.version if matches else NEVER  # type: ignore[attr-defined]


def version_from(request: Request, found: Model) -> int:
    """As :func:`version_in`, where nothing else is to be said of a request without it.

    Raises:
        VersionNeeded: it did not say.
    """
    version = version_in(request, found)
    if version is None:
        raise VersionNeeded
    return version
