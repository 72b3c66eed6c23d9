"""The pages for 400, 500 and 503: they ask neither the database nor who is there, and give a reference to quote."""

import errno
import sys

import redis
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
    return _page(400)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where something the portal stands on is away, else 500; JSON for the API."""
    status = 503 if is_away(sys.exc_info()[1]) else 500
    if request.path_info.startswith("/api/"):
        answer: HttpResponse = JsonResponse(
            {"detail": WORDS[status], "reference": trace.request_reference()}, status=status
        )
    else:
        answer = _page(status)
    if status == 503:
        answer["Retry-After"] = str(TRY_AGAIN)
    return answer


def _page(status: int) -> HttpResponse:
    # Without the request: its context would ask the database for the menu and for who is signed in.
    words = loader.render_to_string(f"{status}.html", {"reference": trace.request_reference()})
    return HttpResponse(words, status=status)
