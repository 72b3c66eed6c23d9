"""Why a risk is before the boards, since when, and who decided that it no longer is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from programmes.models import Board
from risks.models.risk import ABOUT_RISK, PLACE_OF_RISK, PROGRAMME_THROUGH_RISK, Risk


class Ground(models.TextChoices):
    """Domain section 5: by score, because a board asked, or because the boards need to know."""

    SCORE = "score", "By its score"
    BOARD = "board", "Asked for by a board"
    NEED_TO_KNOW = "need to know", "Need to know"


@tracked(
    place=PLACE_OF_RISK,
    programme=PROGRAMME_THROUGH_RISK,
    about=ABOUT_RISK,
    reason="coalesce(nullif(r.ended_because, ''), r.because)",
)
class Escalation(models.Model):
    """One ground of escalation, from its beginning to its end. A score begins it by rule; people end it.

    ``proposed_on`` is the day from which the score proposes to end it; ``kept_because`` why it was kept all the same.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="escalations")
    ground = models.CharField(max_length=12, choices=Ground)
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.PROTECT, related_name="risks_asked_for"
    )
    because = models.TextField(blank=True)
    began_on = models.DateField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField(null=True, blank=True)
    kept_because = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["risk", "ground", "board"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_open_ground",
            ),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="ground_known"),
            models.CheckConstraint(
                condition=Q(ground=Ground.BOARD, board__isnull=False)
                | (~Q(ground=Ground.BOARD) & Q(board__isnull=True)),
                name="asked_for_by_a_board",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_on__isnull=True, ended_by__isnull=True)
                | (
                    Q(ended_at__isnull=False, ended_on__isnull=False, ended_by__isnull=False)
                    & ~Q(ended_because="")
                ),
                name="escalation_ended_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.NEED_TO_KNOW) | ~Q(because=""),
                name="need_to_know_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["risk"], condition=Q(ended_at=None), name="escalation_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}: {self.risk_id}"
