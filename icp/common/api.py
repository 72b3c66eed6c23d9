"""What every operation of the API shares: what it does not know it refuses by name, never passes over."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.serializers import Serializer

PAGING = ("page", "page_size")


class Json(JSONParser):
    """JSON, but what is put one inside another by the thousand is refused: no field is that deep."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError:
            raise ParseError("The JSON sent is nested too deep.") from None


def unknown_names(given: Iterable[str], *, known: Iterable[str], what: str) -> dict[str, list[str]]:
    """The names that an operation does not take, each with a sentence that says which it does."""
    known = sorted(known)
    takes = f"It takes {', '.join(known)}." if known else f"It takes no {what}."
    return {name: [f"This is not a {what} here. {takes}"] for name in given if name not in known}


class Body(Serializer[Any]):
    """A body to write from: a field that is not one of its own is refused, never passed over.

    What is wrong is said of every field at once.
    """

    def to_internal_value(self, data: Any) -> Any:
        unknown = {}
        if isinstance(data, Mapping):
            fields = (name for name, field in self.fields.items() if not field.read_only)
            unknown = unknown_names(data, known=fields, what="field")
        try:
            found = super().to_internal_value(data)
        except ValidationError as problem:
            raise ValidationError({**problem.detail, **unknown}) from problem  # type: ignore[dict-item]
        if unknown:
            raise ValidationError(unknown)
        return found

    def usable(self) -> dict[str, Any]:
        """What was sent of the fields with which nothing is wrong, so that rules can look at those too."""
        if self.is_valid():
            return dict(self.validated_data)
        if not isinstance(self.initial_data, Mapping):
            return {}
        kept = {name: value for name, value in self.initial_data.items() if name not in self.errors}
        again = type(self)(data=kept, partial=True)
        again.is_valid(raise_exception=True)
        return dict(again.validated_data)


class NoBody(Body):
    """For an operation that takes no field."""


class KnownParameters:
    """A view that refuses query parameters it does not take: a list takes its filters and its pages."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        known = self.parameters()
        if unknown := unknown_names(request.query_params, known=known, what="parameter"):
            raise ValidationError(unknown)

    def parameters(self) -> set[str]:
        if getattr(self, "action", None) != "list":
            return set()
        filters = getattr(self, "filterset_class", None)
        return {*PAGING, *(filters.base_filters if filters else ())}
