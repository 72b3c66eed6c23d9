"""Reading places, programmes and periods."""

from django.db.models import Prefetch, QuerySet

from programmes import access
from programmes.api import filters
from programmes.api import serializers as shown
from programmes.api.views.reading import Reading
from programmes.models import Leadership, Period, Place, Programme


class PlaceViewSet(Reading):
    """Places you hold a role in."""

    serializer_class = shown.PlaceSerializer
    queryset = Place.objects.none()

    def get_queryset(self) -> QuerySet[Place]:
        visible = access.visible_places(user=self.request.user)
        return visible.select_related("system").order_by("name", "pk")


class ProgrammeViewSet(Reading):
    """Programmes, in their place's order, with the posts that lead them."""

    serializer_class = shown.ProgrammeSerializer
    filterset_class = filters.ProgrammeFilter
    queryset = Programme.objects.none()

    def get_queryset(self) -> QuerySet[Programme]:
        leadership = Leadership.objects.select_related("post").order_by("role", "order", "pk")
        return (
            access.visible_programmes(user=self.request.user)
            .select_related("place", "parent")
            .prefetch_related(Prefetch("leadership", leadership, to_attr="ordered_leadership"))
            .order_by("place__name", "place_id", "order", "pk")
        )


class PeriodViewSet(Reading):
    """Reporting periods, newest first."""

    serializer_class = shown.PeriodSerializer
    filterset_class = filters.PeriodFilter
    queryset = Period.objects.none()

    def get_queryset(self) -> QuerySet[Period]:
        visible = access.visible_periods(user=self.request.user)
        return visible.select_related("place").newest_first()
