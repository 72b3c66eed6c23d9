"""The API's ground rules: paging, and errors in words."""

from typing import Any

from rest_framework import status
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from programmes.errors import CannotSubmit, NotAllowed, Refused, StaleStatus


class Paging(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


def say_what_was_refused(problem: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal by a rule of the domain becomes its sentence: 403, 409, 412 or 422."""
    if isinstance(problem, NotAllowed):
        return Response({"detail": str(problem)}, status=status.HTTP_403_FORBIDDEN)
    if isinstance(problem, StaleStatus):
        return Response({"detail": str(problem)}, status=status.HTTP_412_PRECONDITION_FAILED)
    if isinstance(problem, CannotSubmit):
        return Response({"detail": str(problem), "missing": problem.missing}, status=422)
    if isinstance(problem, Refused):
        return Response({"detail": str(problem)}, status=status.HTTP_409_CONFLICT)
    return exception_handler(problem, context)
