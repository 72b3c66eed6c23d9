"""Writing rows of a plan by the API: by the pages' own form and services."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Body
from programmes import access, selectors
from programmes.agreement_words import saved_words
from programmes.api import serializers as shown
from programmes.api.bodies import body_of, refuse_form
from programmes.api.versions import IF_MATCH, STALE, etag_of, stale_answer, version_from
from programmes.edit_forms import Choices, RowForm, initial_of
from programmes.errors import NotAllowed, StaleRow
from programmes.models import ItemKind, Level, PlanItem, Programme
from programmes.services.editing import Done, edit_row
from programmes.services.restructuring import add_row

HELD = "Awaits agreement: a change request is drafted, and the row is as it was."
HELD_BESIDE = "The rest awaits agreement: a change request is drafted."


class PlanItemWriteSerializer(Body):
    """What may be written of a row. Dates in any usual British form, ISO, or tbc; checked as the page checks them."""

    name = serializers.CharField(required=False, max_length=500)
    kind = serializers.ChoiceField(required=False, choices=ItemKind.choices)
    start = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=40)
    finish = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=40)
    declared_duration = serializers.CharField(required=False, allow_blank=True, max_length=40)
    tbc_from = serializers.CharField(
        required=False, allow_null=True, max_length=200, help_text="The title of a post."
    )
    tbc_by = serializers.CharField(required=False, allow_null=True, max_length=40)
    owner = serializers.CharField(
        required=False, allow_null=True, max_length=200, help_text="The title of a post."
    )
    notes = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    is_placeholder = serializers.BooleanField(required=False)
    level = serializers.ChoiceField(required=False, choices=Level.choices)
    because = serializers.CharField(
        required=False, allow_blank=True, max_length=1000, help_text="Kept with the row's history."
    )


class PlanItemCreateSerializer(PlanItemWriteSerializer):
    """A new row: in which plan, where, and what it says."""

    programme = serializers.IntegerField(min_value=1, help_text="The programme's id.")
    name = serializers.CharField(max_length=500)
    plan_id = serializers.RegexField(
        r"^[0-9A-Za-z.-]{1,20}$", required=False, help_text="Its number; else the next free one."
    )
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, allow_null=True, min_value=1, help_text="The heading's id; else at the top."
    )
    after = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        help_text="The id of the row it follows; else it is the first under its heading.",
    )
    boards = serializers.ListField(
        required=False,
        child=serializers.CharField(max_length=40),
        max_length=100,
        help_text="Short names of the boards it goes to.",
    )


class AskedSerializer(serializers.Serializer[Any]):
    """What came of an edit that needs to be agreed first; ``saved`` are the fields that were written at once."""

    detail = serializers.CharField()
    change_request = serializers.CharField()
    saved = serializers.ListField(child=serializers.CharField())


ASKED = OpenApiResponse(AskedSerializer, description=HELD)


class WriteRows:
    """The writing operations of a view set of rows, which gives the rows and how one is shown."""

    request: Any

    @extend_schema(
        request=PlanItemWriteSerializer,
        responses={200: shown.PlanItemSerializer, 202: ASKED, **STALE},
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is named. Other dates of an agreed plan are asked for by a change request (202)."""
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        given = body_of(PlanItemWriteSerializer, request)
        seen = version_from(request, item)
        self._permit(item.programme)
        because = given.pop("because", "")
        form = form_of(item.programme, given, item=item)
        try:
            done = edit_row(
                item=item,
                values=form.values(),
                seen=seen,
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
                today=clock.today(),
                because=because,
            )
        except StaleRow as stale:
            return self._stale(stale)
        return self._answer(done, 200)

    @extend_schema(
        request=PlanItemCreateSerializer,
        responses={201: shown.PlanItemSerializer, 202: ASKED},
    )
    def create(self, request: Request) -> Response:
        """Add a row. In a plan that is agreed a change request asks for it (202)."""
        given = body_of(PlanItemCreateSerializer, request)
        programme = get_object_or_404(
            access.visible_programmes(user=request.user).select_related("place"),
            pk=given.pop("programme"),
        )
        self._permit(programme)
        rows = PlanItem.objects.filter(programme=programme).present()
        parent, after = (row_named(rows, given, name) for name in ("parent", "after"))
        number, because = given.pop("plan_id", ""), given.pop("because", "")
        form = form_of(programme, given)
        done = add_row(
            programme=programme,
            parent=parent,
            after=after,
            row=form.new_row(today=clock.today(), plan_id=number),
            boards=form.chosen_boards(),
            by=request.user,  # type: ignore[arg-type]
            at=clock.now(),
            because=because,
        )
        return self._answer(done, 201)

    def _permit(self, programme: Programme) -> None:
        permit_update(self.request, programme)

    def _answer(self, done: Done, code: int) -> Response:
        if done.request:
            words = saved_words(done.saved)
            said = {
                "detail": f"{words} {HELD_BESIDE}" if words else HELD,
                "change_request": done.request.reference,
                "saved": [*done.saved],
            }
            return Response(said, status=202)
        assert done.item is not None
        answer = self._shown(done.item.pk)
        answer.status_code = code
        return answer

    def _stale(self, stale: StaleRow) -> Response:
        """What is stored now, with its tag."""
        row: PlanItem = stale.current  # type: ignore[assignment]
        return stale_answer(stale, self._shown(row.pk))

    def _shown(self, pk: int) -> Response:
        """The row as it is read, with the tag to save it by."""
        found = self.get_queryset().get(pk=pk)  # type: ignore[attr-defined]
        data = self.get_serializer(found).data  # type: ignore[attr-defined]
        return Response(data, headers={"ETag": etag_of(found)})


def permit_update(request: Request, programme: Programme) -> None:
    """Whether this person changes the programme's plan.

    Raises:
        NotAllowed: they only read it.
    """
    roles = access.roles_of(user=request.user, place=programme.place, on=clock.today())
    if not access.may_update(roles=roles, programme_id=programme.pk):
        raise NotAllowed("You may read this plan. Its leads and the office change it.")


def row_named(rows: QuerySet[PlanItem], given: dict[str, Any], name: str) -> PlanItem | None:
    """The row whose id was given under ``name``; None where none was.

    Raises:
        ValidationError: it is none of ``rows``.
    """
    key = given.pop(name, None)
    found = rows.filter(pk=key).first() if key else None
    if key and found is None:
        raise ValidationError({name: ["There is no such row in this plan."]})
    return found


def form_of(
    programme: Programme, given: Mapping[str, Any], *, item: PlanItem | None = None
) -> RowForm:
    """The page's form with what is stored, and what was given instead.

    Raises:
        ValidationError: by field.
    """
    choices = Choices.of(programme.place)
    keys = {title: key for key, title in choices.posts}
    held = initial_of(item) if item else {"kind": ItemKind.TASK, "level": Level.PROGRAMME}
    data = {**held, **{n: "" if v is None else v for n, v in given.items()}}
    if "declared_duration" in given:
        data["duration"] = data.pop("declared_duration")
    for name in ("owner", "tbc_from"):
        if given.get(name):
            data[name] = keys.get(given[name], "0")
    if "boards" in given:
        by_name = {board.short_name: str(board.pk) for board in choices.boards}
        data["boards"] = [by_name.get(name, "0") for name in given["boards"]]
    form = RowForm(
        data, choices=choices, holidays=selectors.holidays_of(programme.place), item=item
    )
    if not form.is_valid():
        refuse_form(form, {"duration": "declared_duration"})
    return form
