"""What hangs on a row of a plan, there or asked for: the boards it goes to, papers attached, and calendars made from rows."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from icp.common.clock import DatabaseNow
from icp.common.files import KeptFile
from programmes.models.change import ChangeLine, ended_with_the_request
from programmes.models.organisation import Board, Place
from programmes.models.plan import PlanItem
from programmes.models.programme import Programme

PLACE_OF_ITEM = (
    "(SELECT p.place_id FROM programmes_planitem i JOIN programmes_programme p"
    " ON p.id = i.programme_id WHERE i.id = r.item_id)"
)
PROGRAMME_OF_ITEM = "(SELECT programme_id FROM programmes_planitem WHERE id = r.item_id)"
HISTORY_OF_ITEM = "'programmes.planitem:' || r.item_id"
OF_LINE = (
    "(SELECT q.{} FROM programmes_changeline l JOIN programmes_changerequest q"
    " ON q.id = l.request_id WHERE l.id = r.line_id)"
)


@tracked(place=PLACE_OF_ITEM, programme=PROGRAMME_OF_ITEM, about=[HISTORY_OF_ITEM])
class ItemBoard(models.Model):
    """A board that a row goes to."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="goes_to")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "board"], name="row_to_a_board_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item} goes to {self.board}"


@tracked(
    place=OF_LINE.format("place_id"),
    programme=OF_LINE.format("programme_id"),
    about=[f"'programmes.changerequest:' || {OF_LINE.format('id')}"],
)
class ChangeLineBoard(models.Model):
    """A board that a new row is to go to, once it is agreed."""

    line = models.ForeignKey(ChangeLine, on_delete=models.CASCADE, related_name="goes_to")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "board"], name="new_row_to_a_board_once"),
        ]
        triggers: ClassVar = ended_with_the_request(
            "(SELECT request_id FROM programmes_changeline WHERE id = {row}.line_id)"
        )

    def __str__(self) -> str:
        return f"{self.line} goes to {self.board}"


@tracked(
    place=PLACE_OF_ITEM,
    programme=PROGRAMME_OF_ITEM,
    about=[HISTORY_OF_ITEM],
    without=["content"],
)
class Attachment(KeptFile):
    """A file attached to a row. Taking it away empties ``content`` and keeps that it was there.

    It is handed out as a download only, never as a page of the portal.
    """

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="attachments")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="attachment_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.item}"


class FeedKind(models.TextChoices):
    PROGRAMME = "programme", "A programme's milestones"
    MINE = "mine", "Milestones of rows I own or lead"
    BOARD = "board", "Milestones that go to a board"


@tracked(place="r.place_id", secret=["token_hash"], quiet=["last_used_at"])
class CalendarFeed(models.Model):
    """A person's own calendar address, which shows what its owner may see and works until it is revoked.

    The address holds a secret, kept only as its SHA-256.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=FeedKind)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=DatabaseNow())
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=FeedKind.values), name="feed_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=FeedKind.PROGRAMME, programme__isnull=False, board__isnull=True)
                | Q(kind=FeedKind.BOARD, programme__isnull=True, board__isnull=False)
                | Q(kind=FeedKind.MINE, programme__isnull=True, board__isnull=True),
                name="feed_names_what_it_shows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.user}"
