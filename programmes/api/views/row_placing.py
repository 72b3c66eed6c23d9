"""Where a row of a plan stands, and the boards it goes to, written by the API: by the pages' own services."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common.api import Body
from programmes.api import serializers as shown
from programmes.api.bodies import body_of
from programmes.api.versions import IF_MATCH, STALE, names_tag, version_from
from programmes.api.views.row_writing import WriteRows, row_named
from programmes.errors import StaleRow
from programmes.models import Board, PlanItem
from programmes.services.restructuring import place_row, put_row
from programmes.services.row_boards import OTHERS_CHOSEN, boards_of, set_boards

# What a step is called here, and among the services.
STEPS = {"up": "up", "down": "down", "indent": "in", "outdent": "out"}
MOST_BOARDS = 100


class PlanItemMoveSerializer(Body):
    """A step, or a heading to stand under; all that stands below the row goes with it."""

    step = serializers.ChoiceField(required=False, choices=[*STEPS])
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, allow_null=True, min_value=1, help_text="The heading's id; null at the top."
    )
    after = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        help_text="With parent: the id of the row it follows; else it is the first under its heading.",
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if ("step" in data) == ("parent" in data):
            raise ValidationError("Say either a step or a parent.")
        if "step" in data and "after" in data:
            raise ValidationError({"after": ["A step says where the row goes by itself."]})
        return data


class PlanItemBoardsSerializer(serializers.Serializer[Any]):
    """The boards a row goes to, by short name, in the place's order."""

    boards = serializers.ListField(child=serializers.CharField())


class PlanItemBoardsWriteSerializer(Body):
    """All boards that the row shall go to, by short name. Those that are not named it goes to no more."""

    boards = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=MOST_BOARDS
    )
    because = serializers.CharField(
        required=False, allow_blank=True, max_length=1000, help_text="Kept with the row's history."
    )


class PlaceRows(WriteRows):
    """Operations on one row of a view set of rows: moving it, and sending it to boards."""

    @extend_schema(
        request=PlanItemMoveSerializer,
        responses={200: shown.PlanItemSerializer, **STALE},
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Move a row, with all below it: one step, or under another heading. The order needs nobody's agreement."""
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        given = body_of(PlanItemMoveSerializer, request)
        self._permit(item.programme)
        seen = version_from(request, item)
        try:
            self._move(item, seen, given)
        except StaleRow as stale:
            return self._stale(stale)
        return self._shown(item.pk)

    def _move(self, item: PlanItem, seen: int, given: dict[str, Any]) -> None:
        by: Any = self.request.user
        if "step" in given:
            place_row(item=item, how=STEPS[given["step"]], seen=seen, by=by)
            return
        rows = PlanItem.objects.filter(programme=item.programme).present()
        parent, after = (row_named(rows, given, name) for name in ("parent", "after"))
        put_row(item=item, parent=parent, after=after, seen=seen, by=by)

    @extend_schema(responses=PlanItemBoardsSerializer)
    @action(detail=True, methods=["get"])
    def boards(self, request: Request, pk: str) -> Response:
        """The boards a row goes to. Their ETag is their own, not the row's."""
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        return _going(item, boards_of(item))

    @extend_schema(
        request=PlanItemBoardsWriteSerializer,
        responses={
            200: PlanItemBoardsSerializer,
            412: OpenApiResponse(description="Others were chosen since; the answer holds them."),
            428: STALE[428],
        },
        parameters=[IF_MATCH],
    )
    @boards.mapping.put
    def send_to_boards(self, request: Request, pk: str) -> Response:
        """Have a row go to these boards and no others. Nobody needs to agree to it."""
        item: PlanItem = self.get_object()  # type: ignore[attr-defined]
        given = body_of(PlanItemBoardsWriteSerializer, request)
        self._permit(item.programme)
        now = boards_of(item)
        if not names_tag(request, _boards_tag(item, now)):
            return _going(item, now, detail=OTHERS_CHOSEN)
        boards = _boards_named(item, given["boards"])
        try:
            set_boards(
                item=item,
                boards=boards,
                seen=[board.pk for board in now],
                by=request.user,  # type: ignore[arg-type]
                because=given.get("because", ""),
            )
        except StaleRow as stale:
            return _going(item, boards_of(item), detail=str(stale))
        return _going(item, boards_of(item))


def _going(item: PlanItem, boards: list[Board], *, detail: str = "") -> Response:
    """The boards with their tag; with ``detail`` as the refusal of a stale one."""
    told = {"boards": [board.short_name for board in boards]}
    headers = {"ETag": _boards_tag(item, boards)}
    if detail:
        return Response({"detail": detail, "errors": {}, "current": told}, 412, headers=headers)
    return Response(told, headers=headers)


def _boards_tag(item: PlanItem, boards: list[Board]) -> str:
    """What is stored is its own version: a row goes to a board or does not."""
    return f'"{item.pk}-boards-{".".join(sorted(str(board.pk) for board in boards))}"'


def _boards_named(item: PlanItem, names: list[str]) -> list[Board]:
    """Raises:
    ValidationError: the place has no such board.
    """
    known = {board.short_name: board for board in Board.objects.filter(place=item.programme.place)}
    if unknown := [name for name in names if name not in known]:
        raise ValidationError(
            {"boards": [f"The place has no board with the short name {name}." for name in unknown]}
        )
    return [known[name] for name in dict.fromkeys(names)]
