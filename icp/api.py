"""The API's ground rules: paging, and errors in words."""

from typing import Any

from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from programmes.errors import CannotSubmit, NotAllowed, Refused


class Paging(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


def say_what_was_refused(problem: Exception, context: dict[str, Any]) -> Response | None:
    """Errors as ``{"detail": sentence, "errors": {field: [sentence]}}``.

    A refusal by a rule of the domain is 403 (not your role), 422 (a return lacks something: ``missing``
    names each row) or 409 (not now).
    """
    if isinstance(problem, NotAllowed):
        return Response({"detail": str(problem)}, status=status.HTTP_403_FORBIDDEN)
    if isinstance(problem, CannotSubmit):
        return Response({"detail": str(problem), "missing": problem.missing}, status=422)
    if isinstance(problem, Refused):
        return Response({"detail": str(problem)}, status=status.HTTP_409_CONFLICT)
    answer = exception_handler(problem, context)
    if answer is not None and isinstance(problem, ValidationError):
        errors = answer.data if isinstance(answer.data, dict) else {"": answer.data}
        answer.data = {"detail": "Some of what was sent cannot be used.", "errors": errors}
    return answer
