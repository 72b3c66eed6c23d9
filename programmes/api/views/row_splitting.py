"""Rows split, and several rows changed at once, by the API: by the pages' own forms and services."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body
from programmes import access, selectors
from programmes.api import serializers as shown
from programmes.api.bodies import body_of, post_called, refuse_form
from programmes.api.versions import IF_MATCH, STALE, version_from
from programmes.api.views.row_leaving import LeaveRows
from programmes.api.views.row_writing import ASKED, HELD, AskedSerializer
from programmes.errors import StaleRow
from programmes.models import PlanItem, Programme
from programmes.restructure_forms import SplitForm
from programmes.services import bulk
from programmes.services.bulk import DoneToMany
from programmes.services.restructuring import split_row
from programmes.services.rows import next_free_number

MOST_ROWS = 1_000
# What the API calls the fields of the page's form.
SPLIT = {
    "first_name": "name",
    "first_finish": "finish",
    "plan_id": "plan_id",
    "second_name": "new_name",
    "second_start": "new_start",
    "second_finish": "new_finish",
    "because": "because",
}


class PlanItemSplitSerializer(Body):
    """What remains of the row, and the new one after it. Dates in any usual British form, ISO, or tbc; what is not sent
    of the first stays, and the new row then finishes when the first did.
    """

    name = serializers.CharField(required=False, max_length=500)
    finish = serializers.CharField(required=False, allow_blank=True, max_length=40)
    plan_id = serializers.RegexField(
        r"^[0-9A-Za-z.-]{1,20}$", required=False, help_text="The new row's number; else a free one."
    )
    new_name = serializers.CharField(max_length=500)
    new_start = serializers.CharField(required=False, allow_blank=True, max_length=40)
    new_finish = serializers.CharField(required=False, allow_blank=True, max_length=40)
    because = serializers.CharField(
        required=False, allow_blank=True, max_length=1000, help_text="Kept with the row's history."
    )


class RowAndVersionSerializer(Body):
    """A row as it was read."""

    id = serializers.IntegerField(min_value=1)
    version = serializers.IntegerField(min_value=1)


class ManyRowsSerializer(Body):
    """Rows of one plan, each with the version that was read: all of them are changed, or none."""

    programme = serializers.IntegerField(min_value=1, help_text="The programme's id.")
    rows = serializers.ListField(
        child=RowAndVersionSerializer(), allow_empty=False, max_length=MOST_ROWS
    )


class OwnerOfManySerializer(ManyRowsSerializer):
    owner = serializers.CharField(
        allow_null=True, max_length=200, help_text="The title of a post; null for nobody."
    )


class ShiftSerializer(ManyRowsSerializer):
    days = serializers.IntegerField(
        min_value=-1000, max_value=1000, help_text="Working days; below 0 for earlier."
    )


class DoneToManySerializer(serializers.Serializer[Any]):
    """How many of the rows were changed; one that says so already is not."""

    changed = serializers.IntegerField()


CHANGED_MEANWHILE = OpenApiResponse(
    description="A row was changed since, removed, or is of another plan: nothing was changed."
)
MANY = {
    200: DoneToManySerializer,
    202: OpenApiResponse(AskedSerializer, description=HELD),
    409: CHANGED_MEANWHILE,
}


class SplitRows(LeaveRows):
    """Operations of a view set of rows: one that is split, and several done alike."""

    @extend_schema(
        request=PlanItemSplitSerializer,
        responses={201: shown.PlanItemSerializer, 202: ASKED, **STALE},
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: str) -> Response:
        """Make two rows of one: the answer is the new one, right after it. In a plan that is agreed a change request
        asks for both (202).
        """
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        given = body_of(PlanItemSplitSerializer, request)
        self._permit(item.programme)
        seen = version_from(request, item)
        form = _split_form(item, given, seen)
        try:
            done = split_row(
                item=item,
                values=form.first_values(),
                row=form.second_row(today=clock.today()),
                seen=seen,
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
                today=clock.today(),
                because=form.cleaned_data["because"],
            )
        except StaleRow as stale:
            return self._stale(stale)
        return self._answer(done, 201)

    @extend_schema(request=OwnerOfManySerializer, responses=MANY)
    @action(detail=False, methods=["post"], url_path="give-owner", filterset_class=None)
    def give_owner(self, request: Request) -> Response:
        """Give several rows of a plan to a post, or to nobody."""
        given = body_of(OwnerOfManySerializer, request)
        programme = self._programme(given)
        title, place = given["owner"], programme.place_id
        done = bulk.give_owner(
            programme=programme,
            seen=_seen(given),
            owner=None if title is None else post_called(title, place=place, field="owner"),
            by=request.user,  # type: ignore[arg-type]
        )
        return _done(done)

    @extend_schema(request=ShiftSerializer, responses=MANY)
    @action(detail=False, methods=["post"], filterset_class=None)
    def shift(self, request: Request) -> Response:
        """Move the dates of several rows of a plan by working days. In a plan that is agreed one change request asks
        for it (202).
        """
        given = body_of(ShiftSerializer, request)
        programme = self._programme(given)
        done = bulk.shift_rows(
            programme=programme,
            seen=_seen(given),
            days=given["days"],
            holidays=selectors.holidays_of(programme.place),
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
            today=clock.today(),
        )
        return _done(done)

    def _programme(self, given: dict[str, Any]) -> Programme:
        visible = access.visible_programmes(user=self.request.user).select_related("place")
        found = get_object_or_404(visible, pk=given["programme"])
        self._permit(found)
        return found


def _split_form(item: PlanItem, given: dict[str, Any], seen: int) -> SplitForm:
    """The page's form, with what stands in it before anybody types.

    Raises:
        ValidationError: by field.
    """
    number = next_free_number(programme=item.programme)
    holidays = selectors.holidays_of(item.programme.place)
    begins = SplitForm(item=item, number=number, holidays=holidays).initial
    typed = {field: given[name] for field, name in SPLIT.items() if name in given}
    form = SplitForm(
        {**begins, **typed, "version": seen if seen >= 0 else 0},
        item=item,
        number=number,
        holidays=holidays,
    )
    if not form.is_valid():
        refuse_form(form, SPLIT)
    return form


def _seen(given: dict[str, Any]) -> dict[int, int]:
    return {one["id"]: one["version"] for one in given["rows"]}


def _done(done: DoneToMany) -> Response:
    if done.request:
        said = {"detail": HELD, "change_request": done.request.reference, "saved": []}
        return Response(said, status=202)
    return Response({"changed": done.changed})
