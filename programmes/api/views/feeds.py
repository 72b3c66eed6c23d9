"""One's own calendars of milestones by the API: listed, made and stopped by the page's own services."""

from typing import Any

import django_filters as django
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body
from programmes import access
from programmes.api.bodies import body_of
from programmes.api.views.reading import Reading
from programmes.models import Board, CalendarFeed, FeedKind, Place, Programme
from programmes.selectors.feeds import working_feeds
from programmes.services.feeds import make_feed, revoke_feed


class CalendarFeedSerializer(serializers.ModelSerializer[CalendarFeed]):
    """A calendar, without its address: that is told once, when it is made."""

    place = serializers.CharField(source="place.slug")
    programme = serializers.CharField(source="programme.code", default=None, allow_null=True)  # type: ignore[assignment]
    board = serializers.CharField(source="board.short_name", default=None, allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = CalendarFeed
        fields: tuple[str, ...] = (
            "id",
            "place",
            "kind",
            "programme",
            "board",
            "made_at",
            "last_used_at",
        )


class MadeCalendarFeedSerializer(CalendarFeedSerializer):
    """A calendar just made. Whoever has its ``address`` sees these milestones: it is told here and never again."""

    address = serializers.URLField()

    class Meta(CalendarFeedSerializer.Meta):
        fields = (*CalendarFeedSerializer.Meta.fields, "address")


class CalendarFeedCreateSerializer(Body):
    """Which milestones to show: one's own, a programme's or a board's."""

    place = serializers.SlugField(max_length=80, help_text="The place, as in its address.")
    kind = serializers.ChoiceField(choices=FeedKind.choices)
    programme = serializers.CharField(
        required=False, max_length=20, help_text="With kind programme: its code."
    )
    board = serializers.CharField(
        required=False, max_length=40, help_text="With kind board: its short name."
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        for name in ("programme", "board"):
            if data["kind"] == name and name not in data:
                raise ValidationError({name: [f"Say which {name}."]})
            if data["kind"] != name and name in data:
                raise ValidationError({name: [f"Only a calendar of kind {name} has one."]})
        return data


class CalendarFeedFilter(django.FilterSet):
    place = django.CharFilter("place__slug", label="Place, as in its address")
    kind = django.ChoiceFilter(choices=FeedKind.choices)

    class Meta:
        model = CalendarFeed
        fields: tuple[str, ...] = ()


class CalendarFeedViewSet(Reading):
    """Your own calendars that still work, the newest first. Nobody sees or stops another's."""

    serializer_class = CalendarFeedSerializer
    filterset_class = CalendarFeedFilter
    queryset = CalendarFeed.objects.none()

    def get_queryset(self) -> QuerySet[CalendarFeed]:
        places = access.visible_places(user=self.request.user)
        return working_feeds(user=self.request.user).filter(place__in=places)  # type: ignore[arg-type]

    @extend_schema(
        request=CalendarFeedCreateSerializer,
        responses={
            201: MadeCalendarFeedSerializer,
            409: OpenApiResponse(description="You have as many as one may have in this place."),
        },
    )
    def create(self, request: Request) -> Response:
        """Make one. The answer holds its address, this once."""
        asked = body_of(CalendarFeedCreateSerializer, request)
        place = get_object_or_404(access.visible_places(user=request.user), slug=asked["place"])
        made = make_feed(
            user=request.user,  # type: ignore[arg-type]
            place=place,
            kind=asked["kind"],
            at=clock.now(),
            programme=_programme_of(request, place, asked.get("programme")),
            board=_board_of(place, asked.get("board")),
        )
        told = {**CalendarFeedSerializer(made.feed).data, "address": made.address}
        # No proxy or browser keeps the answer that holds a secret.
        return Response(told, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Stop one: its address shows nothing from now on."""
        revoke_feed(feed=self.get_object(), at=clock.now())
        return Response(status=204)


def _programme_of(request: Request, place: Place, code: str | None) -> Programme | None:
    """Raises:
    ValidationError: there is no such programme.
    """
    if code is None:
        return None
    visible = access.visible_programmes(user=request.user)
    found = visible.filter(place=place, code=code).first()
    if found is None:
        raise ValidationError({"programme": ["The place has no programme with this code."]})
    return found


def _board_of(place: Place, short_name: str | None) -> Board | None:
    """Raises:
    ValidationError: there is no such board.
    """
    if short_name is None:
        return None
    found = Board.objects.filter(place=place, short_name=short_name).first()
    if found is None:
        raise ValidationError({"board": ["The place has no board with this short name."]})
    return found
