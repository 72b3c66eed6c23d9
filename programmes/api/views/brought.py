"""What the files that an office brings by the API share, be they plans or registers."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from icp.common.api import PAGING
from programmes.api.views.reading import Reading


def paged(serializer: type[Any]) -> Callable[[Any], Any]:
    """A list that belongs to one file, in pages."""

    def marked(method: Any) -> Any:
        operation = action(detail=True, methods=["get"], filterset_class=None)(method)
        return extend_schema(responses=serializer(many=True))(operation)

    return marked


class Brought(Reading):
    """Files, each with :func:`paged` lists of its own, named by ``lists``."""

    # A file comes as a form does; a page of another site cannot send it, since a session needs its own mark.
    parser_classes = (MultiPartParser,)
    lists: ClassVar[tuple[str, ...]]

    def parameters(self) -> set[str]:
        return {*PAGING} if self.action in self.lists else super().parameters()

    def listed(self, serializer: type[Any], found: Sequence[Any]) -> Response:
        """A page of one of its lists."""
        page = self.paginate_queryset(found)  # type: ignore[arg-type]
        return self.get_paginated_response(serializer(page, many=True).data)
