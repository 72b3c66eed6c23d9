"""What every operation of the API shares: what it does not know it refuses by name, never passes over."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer

PAGING = ("page", "page_size")


def refuse_unknown(given: Iterable[str], *, known: Iterable[str], what: str) -> None:
    """Refuse names that an operation does not take.

    Raises:
        ValidationError: names each of them, and those that are known.
    """
    known = sorted(known)
    takes = f"It takes {', '.join(known)}." if known else f"It takes no {what}."
    unknown = [name for name in given if name not in known]
    if unknown:
        raise ValidationError({name: [f"This is not a {what} here. {takes}"] for name in unknown})


class Body(Serializer[Any]):
    """A body to write from: a field that is not one of its own is refused, never passed over."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            fields = (name for name, field in self.fields.items() if not field.read_only)
            refuse_unknown(data, known=fields, what="field")
        return super().to_internal_value(data)


class NoBody(Body):
    """For an operation that takes no field."""


class KnownParameters:
    """A view that refuses query parameters it does not take: a list takes its filters and its pages."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        refuse_unknown(request.query_params, known=self.parameters(), what="parameter")

    def parameters(self) -> set[str]:
        if getattr(self, "action", None) != "list":
            return set()
        filters = getattr(self, "filterset_class", None)
        return {*PAGING, *(filters.base_filters if filters else ())}
