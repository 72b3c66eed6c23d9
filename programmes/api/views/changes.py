"""The API of change requests: read them, draft and edit them, and do what the pages do with them."""

from collections.abc import Iterable
from typing import Any

import django_filters as django
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import KnownParameters, NoBody
from programmes import access
from programmes.api import change_serializers as shown
from programmes.api.bodies import body_of, post_called
from programmes.api.versions import IF_MATCH, STALE, etag_of, stale_answer, version_from
from programmes.api.views.reading import ID
from programmes.edit_forms import unsaid_supplier
from programmes.errors import StaleChange
from programmes.models import (
    ChangeLine,
    ChangeLineKind,
    ChangeRequest,
    ChangeState,
    PlanItem,
    Programme,
)
from programmes.rules.changes import Act
from programmes.selectors.changes import with_names
from programmes.services import change_life
from programmes.services.asked_lines import DraftLine
from programmes.services.changes import WORDS, draft_lines, edit_request


class ChangeFilter(django.FilterSet):
    place = django.CharFilter("place__slug", label="Place, as in its address")
    programme = django.CharFilter("programme__code", label="Programme code, such as IT")
    state = django.ChoiceFilter(choices=ChangeState.choices)

    class Meta:
        model = ChangeRequest
        fields: tuple[str, ...] = ()


class ChangeRequestViewSet(
    KnownParameters,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Any],
):
    """Change requests, the newest first. Draft, edit, propose, agree, refuse, withdraw."""

    serializer_class = shown.ChangeRequestSerializer
    filterset_class = ChangeFilter
    lookup_value_regex = ID
    queryset = ChangeRequest.objects.none()

    def get_queryset(self) -> QuerySet[ChangeRequest]:
        beside = ChangeLine.objects.select_related("item__programme", "owner", "tbc_from")
        lines = beside.prefetch_related("goes_to__board").order_by("pk")
        visible = access.visible_changes(user=self.request.user)
        return with_names(visible).prefetch_related(Prefetch("lines", lines)).newest_first()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return _tagged(self.get_object())

    @extend_schema(
        request=shown.ChangeDraftSerializer, responses={201: shown.ChangeRequestSerializer}
    )
    def create(self, request: Request) -> Response:
        """Draft a request for a programme whose plan you may ask to change."""
        asked = body_of(shown.ChangeDraftSerializer, request)
        programme = get_object_or_404(
            access.visible_programmes(user=request.user).select_related("place"),
            place__slug=asked["place"],
            code=asked["programme"],
        )
        made = draft_lines(
            programme=programme,
            lines=_lines(programme, asked["lines"]),
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
            title=asked["title"],
            why=asked.get("why", ""),
            touched=asked,
        )
        return self._answer(made, code=201)

    @extend_schema(
        request=shown.ChangeWriteSerializer,
        responses={200: shown.ChangeRequestSerializer, **STALE},
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named. One that waits to be agreed becomes a draft again."""
        found = self.get_object()
        asked = body_of(shown.ChangeWriteSerializer, request)
        return self._do(
            edit_request,
            found,
            words={name: asked[name] for name in WORDS if name in asked},
            lines=_lines(found.programme, asked.get("lines", ())),
            without=asked.get("without", ()),
        )

    @extend_schema(
        request=None,
        responses={
            200: shown.ChangeRequestSerializer,
            400: OpenApiResponse(description="It has to say more: the fields are named."),
            **STALE,
        },
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, pk: str) -> Response:
        """Put a draft before the two sides that agree to it."""
        body_of(NoBody, request)
        return self._do(change_life.propose_request, self.get_object())

    @extend_schema(
        request=shown.AgreeSerializer,
        responses={200: shown.ChangeRequestSerializer, **STALE},
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: str) -> Response:
        """Agree for one side. When both have, by two people, the plan is changed."""
        side = body_of(shown.AgreeSerializer, request)["side"]
        return self._do(change_life.agree_request, self.get_object(), act=Act(f"agree-{side}"))

    @extend_schema(
        request=shown.RefuseSerializer,
        responses={200: shown.ChangeRequestSerializer, **STALE},
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Say no, and why."""
        because = body_of(shown.RefuseSerializer, request)["because"]
        return self._do(change_life.refuse_request, self.get_object(), because=because)

    @extend_schema(
        request=shown.WithdrawSerializer,
        responses={200: shown.ChangeRequestSerializer, **STALE},
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take a request back that has not ended."""
        because = body_of(shown.WithdrawSerializer, request).get("because", "")
        return self._do(change_life.withdraw_request, self.get_object(), because=because)

    def _do(self, service: Any, found: ChangeRequest, **asked: Any) -> Response:
        version = version_from(self.request, found)
        try:
            done = service(
                request=found,
                by=self.request.user,
                at=clock.now(),
                expected_version=version,
                **asked,
            )
        except StaleChange as stale:
            return stale_answer(stale, _tagged(stale.current))  # type: ignore[arg-type]
        return self._answer(done)

    def _answer(self, request: ChangeRequest, *, code: int = 200) -> Response:
        return _tagged(self.get_queryset().get(pk=request.pk), code=code)


def _lines(programme: Programme, asked: Iterable[dict[str, Any]]) -> list[DraftLine]:
    """The lines with their rows, which must be the programme's.

    Raises:
        ValidationError: names the field of the line whose row is not.
    """
    asked = list(asked)
    keys = {one[name] for one in asked for name in ("item", "parent", "after") if name in one}
    rows = PlanItem.objects.filter(programme=programme, pk__in=keys).select_related("programme")
    known = {row.pk: row for row in rows}
    lines = []
    for number, one in enumerate(asked):
        near: dict[str, PlanItem] = {}
        for name in ("item", "parent", "after"):
            if name in one and one[name] not in known:
                sentence = f"{programme.name} has no row with this id."
                raise ValidationError({f"lines.{number}.{name}": [sentence]})
            if name in one:
                near[name] = known[one[name]]
        kind = ChangeLineKind(one["kind"])
        kept = (
            _agreed_dates(near["item"]) if kind == ChangeLineKind.REDATE and "item" in near else {}
        )
        said = {**kept, **one, **near, "kind": kind}
        said |= _supplied(programme, number, said)
        lines.append(DraftLine(**said))
    return lines


def _supplied(programme: Programme, number: int, said: dict[str, Any]) -> dict[str, Any]:
    """Who supplies a date that is to be confirmed, by when: it has to be said, unless the date is awaited already.

    Raises:
        ValidationError: it is not said, or the place has no such post.
    """
    title = said.get("tbc_from")
    if not (said.get("start_tbc") or said.get("finish_tbc")):
        return {"tbc_from": None, "tbc_by": None}
    item = said.get("item")
    if not (item and (item.start_tbc or item.finish_tbc)):
        lacks = unsaid_supplier(said)
        if lacks:
            raise ValidationError({f"lines.{number}.{name}": [why] for name, why in lacks.items()})
    field = f"lines.{number}.tbc_from"
    post = post_called(title, place=programme.place_id, field=field) if title else None
    return {"tbc_from": post, "tbc_by": said.get("tbc_by")}


def _agreed_dates(item: PlanItem) -> dict[str, Any]:
    return {
        "start": item.baseline_start,
        "start_tbc": item.start_tbc and item.baseline_start is None,
        "finish": item.baseline_finish,
        "finish_tbc": item.finish_tbc and item.baseline_finish is None,
    }


def _tagged(request: ChangeRequest, *, code: int = 200) -> Response:
    data = shown.ChangeRequestSerializer(request).data
    return Response(data, status=code, headers={"ETag": etag_of(request)})
