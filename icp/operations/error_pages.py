"""The pages for 400, 500 and 503: they ask neither the database nor who is there, and give a reference to quote."""

import errno
import sys

import redis
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from kombu.exceptions import OperationalError as BrokerError

from icp.common import trace

# Something the portal stands on is away for the moment, or full: the same request may succeed later.
AWAY = (OperationalError, InterfaceError, redis.RedisError, BrokerError)
# A disk without room, a quota, a limit on files.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
TRY_AGAIN = 30  # seconds

WORDS = {
    400: "What was sent could not be read.",
    500: "Something went wrong. The fault is the portal's, not yours.",
    503: "The portal cannot reach what it needs just now. Look whether it was saved before you send it again.",
}


def is_away(problem: BaseException | None) -> bool:
    """Whether the error, or what it came of, says that something the portal stands on is away.

    A connection that breaks in the middle of an answer is a plain DatabaseError to the driver, and an error of
    another kind to whatever tidies up after it.
    """
    while problem is not None:
        if isinstance(problem, AWAY) or type(problem) is DatabaseError:
            return True
        if isinstance(problem, OSError) and problem.errno in FULL:
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body that is too large to read; JSON for the API."""
    if not _is_for_the_api(request):
        return _page(400)
    if isinstance(exception, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
        return _json(413, f"What was sent is larger than {most} MB.")
    return _json(400, str(exception) if isinstance(exception, BadRequest) else WORDS[400])


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where something the portal stands on is away, else 500; JSON for the API."""
    status = 503 if is_away(sys.exc_info()[1]) else 500
    answer = _json(status, WORDS[status]) if _is_for_the_api(request) else _page(status)
    if status == 503:
        answer["Retry-After"] = str(TRY_AGAIN)
    return answer


def _is_for_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _json(status: int, detail: str) -> HttpResponse:
    """The shape of every error of the API (:func:`icp.api.say_what_was_refused`), with the reference."""
    said = {"detail": detail, "errors": {}, "reference": trace.request_reference()}
    return JsonResponse(said, status=status)


def _page(status: int) -> HttpResponse:
    # Without the request: its context would ask the database for the menu and for who is signed in.
    words = loader.render_to_string(f"{status}.html", {"reference": trace.request_reference()})
    return HttpResponse(words, status=status)
