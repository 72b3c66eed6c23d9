"""The API's ground rules: paging, and errors in words."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.defaults import page_not_found
from rest_framework import status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from programmes.errors import CannotSubmit, NotAllowed, NotSaidYet, Refused


class Paging(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


def say_what_was_refused(problem: Exception, context: dict[str, Any]) -> Response | None:
    """Every error as ``{"detail": sentence, "errors": {name: [sentence]}}``.

    ``errors`` names each field or parameter that cannot be used, ``non_field_errors`` what is wrong with
    several together, and is empty where nothing is to be named. A refusal by a rule of the domain is 403
    (not your role), 422 (a return lacks something: ``missing`` names each row), 400 (a change request lacks words)
    or 409 (not now).
    """
    if isinstance(problem, NotAllowed):
        return _error(str(problem), status.HTTP_403_FORBIDDEN)
    if isinstance(problem, CannotSubmit):
        return _error(str(problem), 422, missing=problem.missing)
    if isinstance(problem, NotSaidYet):
        named = {name: [sentence] for name, sentence in problem.fields.items()}
        return Response({"detail": str(problem), "errors": named}, status.HTTP_400_BAD_REQUEST)
    if isinstance(problem, Refused):
        return _error(str(problem), status.HTTP_409_CONFLICT)
    answer = exception_handler(problem, context)
    if answer is None:
        return None
    if isinstance(problem, ValidationError):
        named = errors_of(answer.data)
        answer.data = {"detail": "Some of what was sent cannot be used.", "errors": named}
    else:
        answer.data = {"detail": str(answer.data["detail"]), "errors": {}}
    return answer


def _error(detail: str, code: int, **more: Any) -> Response:
    return Response({"detail": detail, "errors": {}, **more}, status=code)


def errors_of(data: Any, name: str = "") -> dict[str, list[str]]:
    """Errors of any depth as one level of names: ``{"rows.0.rag": ["..."]}``."""
    if isinstance(data, dict):
        found: dict[str, list[str]] = {}
        for key, inside in data.items():
            found |= errors_of(inside, f"{name}.{key}" if name else str(key))
        return found
    if isinstance(data, list) and any(isinstance(one, dict) for one in data):
        return errors_of({str(index): one for index, one in enumerate(data) if one}, name)
    sentences = data if isinstance(data, list) else [data]
    return {name or "non_field_errors": [str(one) for one in sentences]}


class NotThere(APIView):
    """Any address of the API that does not exist: 404 in the API's own words, 401 when signed out."""

    # Of no operation, so in no description.
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound(f"The API has no address {request.path}. Its addresses end with a slash.")


def not_there(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """What the portal answers where there is nothing: JSON to the API's clients, a page to everyone else."""
    if request.path.startswith("/api/v1/"):
        return NotThere.as_view()(request)
    return page_not_found(request, exception)
