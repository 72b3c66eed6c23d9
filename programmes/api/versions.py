"""ETag and If-Match, the one place for the whole API: whoever saves says which version they last read."""

from django.db.models import Model
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from programmes.errors import Refused

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

STALE = {
    412: OpenApiResponse(description="Somebody saved since; the answer holds what is stored."),
    428: OpenApiResponse(description="If-Match is missing."),
}


class VersionNeeded(APIException):
    status_code = 428
    default_detail = NO_TAG


def etag_of(found: Model) -> str:
    """The tag of a row of a model that has a ``version``."""
    return f'"{found.pk}-{found.version}"'  # type: ignore[attr-defined]


def stale_answer(stale: Refused, current: Response | None) -> Response:
    """The refusal of a save over another's: ``current`` is the answer that shows what is stored now, with its tag; None
    where it is gone.
    """
    said = {"detail": str(stale), "errors": {}}
    if current is None:
        return Response(said, 412)
    current.data = {**said, "current": current.data}
    current.status_code = 412
    return current


def matches(request: Request, tag: str) -> bool | None:
    """Whether If-Match names ``tag``, one of several, or whichever there is (``*``); None without it.

    Nonsense never matches. A proxy that compresses an answer makes its tag a weak one, so that counts as well.
    """
    tags = [one.strip() for one in request.headers.get("If-Match", "").split(",")]
    if not any(tags):
        return None
    return "*" in tags or tag in [one.removeprefix("W/") for one in tags]


def names_tag(request: Request, tag: str) -> bool:
    """As :func:`matches`, where nothing else is to be said of a request without it.

    Raises:
        VersionNeeded: it did not say.
    """
    named = matches(request, tag)
    if named is None:
        raise VersionNeeded
    return named


def version_from(request: Request, found: Model) -> int:
    """The version that If-Match names as :func:`matches` reads it. Another row's tag never matches.

    Raises:
        VersionNeeded: it did not say.
    """
    named = names_tag(request, etag_of(found))
    return found.version if named else NEVER  # type: ignore[attr-defined, no-any-return]


def version_in(request: Request, found: Model) -> int | None:
    """As :func:`version_from`, None without it."""
    try:
        return version_from(request, found)
    except VersionNeeded:
        return None
