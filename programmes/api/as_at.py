"""Reading what the API shows as it stood at a moment: the parameter ``as_at``."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from icp.audit.as_at import as_they_stood
from icp.audit.moments import NotAMoment, read_moment
from icp.common import clock
from programmes import access
from programmes.api.filters import PlanItemFilter, StatusFilter
from programmes.models import ItemBoard, Place, PlanItem, Status
from programmes.models.plan import PlanItemQuerySet
from programmes.selectors.as_at import live_periods_then, statuses_as_they_stood

AS_AT = OpenApiParameter(
    "as_at",
    str,
    description=(
        "Show it as it stood at this moment, such as 2020-02-03T14:00 (by clocks in the United Kingdom, "
        "unless it names a zone). What did not exist yet is left out; what was removed since is there. "
        "A moment that cannot be read or has not come yet is refused with 400."
    ),
)

documented = extend_schema_view(
    list=extend_schema(parameters=[AS_AT]), retrieve=extend_schema(parameters=[AS_AT])
)


class ReadAsAt:
    """A view whose lists and details can be read as they stood. ``moment`` is None for now.

    Its ``then`` gives the copies to read from, ``shown_then`` makes rows of a page of them.
    """

    moment: datetime | None = None
    filterset_then: Any = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        asked = request.query_params.get("as_at", "").strip()
        if asked:
            self.moment = moment_of(asked)
            self.filterset_class = self.filterset_then

    def parameters(self) -> set[str]:
        known: set[str] = super().parameters()  # type: ignore[misc]
        return known | ({"as_at"} if self.action in ("list", "retrieve") else set())  # type: ignore[attr-defined]

    @property
    def places(self) -> QuerySet[Place]:
        return access.visible_places(user=self.request.user)  # type: ignore[attr-defined]

    def then(self, at: datetime) -> QuerySet[Any]:
        raise NotImplementedError

    def shown_then(self, copies: list[Any], at: datetime) -> list[Any]:
        raise NotImplementedError

    def filter_queryset(self, queryset: Any) -> Any:
        rows = queryset if self.moment is None else self.then(self.moment)
        return super().filter_queryset(rows)  # type: ignore[misc]

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)  # type: ignore[misc]
        return page if self.moment is None else self.shown_then(page, self.moment)

    def get_object(self) -> Any:
        if self.moment is None:
            return super().get_object()  # type: ignore[misc]
        found = get_object_or_404(self.then(self.moment), id=self.kwargs["pk"])  # type: ignore[attr-defined]
        return self.shown_then([found], self.moment)[0]


def moment_of(text: str) -> datetime:
    """The moment that was asked for.

    Raises:
        ValidationError: it cannot be read, or has not come yet; says so.
    """
    try:
        return read_moment(text, now=clock.now())
    except NotAMoment as problem:
        raise ValidationError({"as_at": [str(problem)]}) from None


class PlanItemFilterThen(PlanItemFilter):
    """The same filters over rows as they stood, told the moment by the address."""

    class Meta:
        model = PlanItem.pgh_event_model  # type: ignore[attr-defined]
        fields: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime:
        return moment_of(self.request.query_params["as_at"])  # type: ignore[union-attr]

    def today(self) -> date:
        return timezone.localtime(self.moment).date()

    def by_board(self, rows: PlanItemQuerySet, name: str, value: str) -> QuerySet[PlanItem]:
        sent = as_they_stood(ItemBoard, at=self.moment).filter(board__short_name=value)
        return rows.filter(id__in=sent.values("item_id"))

    def by_rag(self, rows: PlanItemQuerySet, name: str, value: str) -> QuerySet[PlanItem]:
        places = access.visible_places(user=self.request.user)  # type: ignore[union-attr]
        periods = live_periods_then(places=places, at=self.moment)
        said = statuses_as_they_stood(places=places, at=self.moment)
        declared = said.filter(period__in=[period.pk for period in periods], rag=value)
        return rows.filter(id__in=declared.values("item_id"))


class StatusFilterThen(StatusFilter):
    """The same filters over statuses as they stood."""

    class Meta:
        model = Status.pgh_event_model  # type: ignore[attr-defined]
        fields: tuple[str, ...] = ()
