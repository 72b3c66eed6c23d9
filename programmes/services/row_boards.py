"""The boards a row goes to, by themselves: who writes second is told."""

from collections.abc import Collection

from django.db import transaction

from icp.accounts.models import User
from icp.audit.recording import current_way, recorded
from programmes.errors import CannotSave, StaleRow
from programmes.models import Board, Level, PlanItem
from programmes.services.editing import held, refuse_removed, send_to

OTHERS_CHOSEN = (
    "Somebody else changed the boards that this row goes to. Look at them, and choose again."
)


def boards_of(item: PlanItem) -> list[Board]:
    """In the place's order. One query."""
    return [
        one.board
        for one in item.goes_to.select_related("board").order_by(  # type: ignore[attr-defined]
            "board__order", "board__name", "board_id"
        )
    ]


@transaction.atomic
def set_boards(
    *, item: PlanItem, boards: list[Board], seen: Collection[int], by: User, because: str = ""
) -> PlanItem:
    """Have a row go to these boards and no others. ``seen`` are the keys of those one looked at.

    Raises:
        CannotSave: the row was removed, a board is of another place, or none is left of a row that is shown to
            its boards.
        StaleRow: somebody else changed its boards since; carries the row.
    """
    found = held(item)
    refuse_removed(found)
    if {board.pk for board in boards_of(found)} != set(seen):
        raise StaleRow(OTHERS_CHOSEN, current=found)
    if found.level == Level.BOARD and not boards:
        raise CannotSave(
            f"{found.reference} is shown to the boards it goes to: name one at least, or change up to where it is"
            " shown first."
        )
    with recorded(way=current_way(), by=by, reason=because):
        send_to(found, boards)
    return found
