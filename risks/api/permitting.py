"""What every write of the registers by the API begins with: the risk, the person, and the version one looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from icp.common import clock
from programmes import access as places
from risks.errors import CannotKeepRisk
from risks.models import Risk
from risks.views.pages import RiskPage

REFUSED = {
    400: OpenApiResponse(description="What is wrong with each field, all at once."),
    403: OpenApiResponse(description="You may read this risk, and not do this with it."),
    409: OpenApiResponse(description="Not now; says why."),
}


def page_of(request: Request, risk: Risk, *, seen: int | None = None) -> RiskPage:
    """What the pages know of a request for this risk. Needs ``place`` and ``register`` loaded."""
    roles = places.roles_of(user=request.user, place=risk.place, on=clock.today())
    return RiskPage(request, risk.place, roles, risk, seen)  # type: ignore[arg-type]


@contextmanager
def naming_fields() -> Iterator[None]:
    """A refusal that names a field is an error of that field."""
    try:
        yield
    except CannotKeepRisk as refused:
        if not refused.field:
            raise
        raise ValidationError({refused.field: [str(refused)]}) from refused


def key_of(name: str, known: dict[str, int], given: dict[str, Any]) -> str:
    """What a page's form takes for what was given by name: a key, nothing for nothing, 0 for what there is not."""
    said = given.get(name)
    return str(known.get(said, 0)) if said else ""
