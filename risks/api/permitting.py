"""What every write of the registers by the API begins with: the risk, the person, and the version one looked at."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from icp.common import clock
from icp.common.api import Body
from programmes import access as places
from risks.models import Risk
from risks.views.pages import RiskPage

STALE = {
    412: OpenApiResponse(description="Somebody saved since; the answer holds what is stored."),
    428: OpenApiResponse(description="If-Match is missing."),
}
REFUSED = {
    400: OpenApiResponse(description="What is wrong with each field, all at once."),
    403: OpenApiResponse(description="You may read this risk, and not do this with it."),
    409: OpenApiResponse(description="Not now; says why."),
}


def page_of(request: Request, risk: Risk, *, seen: int | None = None) -> RiskPage:
    """What the pages know of a request for this risk. Needs ``place`` and ``register`` loaded."""
    roles = places.roles_of(user=request.user, place=risk.place, on=clock.today())
    return RiskPage(request, risk.place, roles, risk, seen)  # type: ignore[arg-type]


def body_of(kind: type[Body], request: Request) -> dict[str, Any]:
    """Raises:
    ValidationError: by field.
    """
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def refuse_form(form: Any, names: dict[str, str] | None = None) -> None:
    """What a page's form says is wrong, by the API's names of the fields.

    Raises:
        ValidationError: always.
    """
    named = {"__all__": "non_field_errors"} | (names or {})
    errors: dict[str, Any] = {
        named.get(name, name): [str(one) for one in said] for name, said in form.errors.items()
    }
    raise ValidationError(errors)


def key_of(name: str, known: dict[str, int], given: dict[str, Any]) -> str:
    """What a page's form takes for what was given by name: a key, nothing for nothing, 0 for what there is not."""
    said = given.get(name)
    return str(known.get(said, 0)) if said else ""
