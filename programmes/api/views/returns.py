"""What each programme hands in each period."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body, KnownParameters, NoBody
from programmes import access, selectors, services
from programmes.api import filters
from programmes.api import serializers as shown
from programmes.api.bodies import body_of
from programmes.api.views.reading import ID
from programmes.errors import NotAllowed
from programmes.models import Place, Return


class ReturnViewSet(
    KnownParameters,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Any],
):
    """What each programme hands in each period. Start one, submit, recall, sign off, send back."""

    serializer_class = shown.ReturnSerializer
    filterset_class = filters.ReturnFilter
    lookup_value_regex = ID
    queryset = Return.objects.none()

    def get_queryset(self) -> QuerySet[Return]:
        return (
            access.visible_returns(user=self.request.user)
            .select_related(
                "programme", "period__place", "submitted_by", "signed_off_by", "recalled_by"
            )
            .prefetch_related(Prefetch("questions", selectors.questions_in_order()))
            .order_by("-period__ends_on", "programme__order", "pk")
        )

    @extend_schema(request=shown.ReturnStartSerializer, responses={200: shown.ReturnSerializer})
    def create(self, request: Request) -> Response:
        """The return of a programme in the period now reported; started if there is none yet."""
        asked = body_of(shown.ReturnStartSerializer, request)
        programme = get_object_or_404(
            access.visible_programmes(user=request.user).select_related("place"),
            place__slug=asked["place"],
            code=asked["programme"],
        )
        self._permit(request, programme.place, access.may_update, programme.pk)
        period = selectors.period_to_report(place=programme.place)
        if period is None:
            raise NotFound("No period is open in this place.")
        found = services.start_return(programme=programme, period=period)
        return Response(shown.ReturnSerializer(found).data)

    @extend_schema(request=shown.SubmitSerializer, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand the return in. Refused with 422 and what each row lacks."""
        return self._act(
            request,
            access.may_update,
            services.submit_return,
            body=shown.SubmitSerializer,
            today=clock.today(),
        )

    @extend_schema(request=None, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"])
    def nil(self, request: Request, pk: str) -> Response:
        """Hand in: nothing has changed since last period."""
        return self._act(request, access.may_update, services.nil_return, today=clock.today())

    @extend_schema(request=None, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str) -> Response:
        """Take a handed-in return back, until the period closes."""
        return self._act(request, access.may_update, services.recall_return)

    @extend_schema(request=shown.SignOffSerializer, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="sign-off")
    def sign_off(self, request: Request, pk: str) -> Response:
        """Sign off the return that you read; by somebody other than who submitted it."""
        body = shown.SignOffSerializer
        return self._act(request, access.may_sign_off, services.sign_off_return, body=body)

    @extend_schema(request=shown.QuestionSerializer, responses=shown.ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """Send the return back to its lead with a question."""
        body = shown.QuestionSerializer
        return self._act(request, access.may_sign_off, services.send_back_return, body=body)

    def _act(
        self,
        request: Request,
        permitted: Any,
        service: Any,
        *,
        body: type[Body] = NoBody,
        **extra: Any,
    ) -> Response:
        extra |= body_of(body, request)
        found = self.get_object()
        self._permit(request, found.period.place, permitted, found.programme_id)
        changed = service(
            programme=found.programme,
            period=found.period,
            by=request.user,
            at=clock.now(),
            **extra,
        )
        return Response(shown.ReturnSerializer(changed).data)

    @staticmethod
    def _permit(request: Request, place: Place, permitted: Any, programme_id: int) -> None:
        roles = access.roles_of(user=request.user, place=place, on=clock.today())
        if not permitted(roles=roles, programme_id=programme_id):
            raise NotAllowed("Your roles do not include this for that programme.")
