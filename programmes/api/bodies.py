"""What was sent to an operation, read by its body or by a page's form; what is wrong is said of every field at once."""

from collections.abc import Mapping
from typing import Any, NoReturn

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from icp.common.api import Body
from programmes.models import Post


def body_of(kind: type[Body], request: Request) -> dict[str, Any]:
    """Raises:
    ValidationError: by field.
    """
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def refuse_form(form: Any, names: Mapping[str, str] | None = None) -> NoReturn:
    """What a page's form says is wrong, by the API's names of the fields.

    Raises:
        ValidationError: always.
    """
    named = {"__all__": "non_field_errors", **(names or {})}
    errors: dict[str, Any] = {
        named.get(name, name): [str(one) for one in said] for name, said in form.errors.items()
    }
    raise ValidationError(errors)


def post_called(title: str, *, place: int, field: str) -> Post:
    """The place's post of that title.

    Raises:
        ValidationError: it has none, said at ``field``.
    """
    found = Post.objects.filter(place=place, title=title).first()
    if found is None:
        raise ValidationError({field: ["The place has no post of this title."]})
    return found
