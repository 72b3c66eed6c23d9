"""What a lead says of one row in one period."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from programmes.models.cycle import Period, frozen_with_the_period
from programmes.models.organisation import Board
from programmes.models.plan import STATE_FROM_STATUSES, PlanItem
from programmes.rules.rag import OFF_TRACK, Rag


class StatusQuerySet(models.QuerySet["Status"]):
    def off_track(self) -> Self:
        return self.filter(rag__in=OFF_TRACK)

    def saying_something(self) -> Self:
        """Without those in which all that was said was taken out again: see :attr:`Status.says_nothing`."""
        return self.exclude(**NOTHING)


# A row touched by mistake, and emptied: as if it had never been touched.
NOTHING: dict[str, Any] = {
    "rag": None,
    "percent_complete": None,
    "forecast_finish": None,
    "actual_finish": None,
    "reason": "",
    "get_to_green": "",
    "decision_from_id": None,
    "decision_needed": "",
    "need_to_know": False,
    "need_to_know_note": "",
    "corrects_id": None,
    "correction_note": "",
}


STATE_AFTER_STATUS = """
    UPDATE programmes_planitem i SET (is_complete, forecast_finish) = ({state})
    WHERE i.id = {row}.item_id;
"""


def carry_to_item(row: str) -> str:
    state = STATE_FROM_STATUSES.format(item="i.id", ticked="i.ticked")
    return STATE_AFTER_STATUS.format(state=state, row=row)


@tracked(
    place="(SELECT place_id FROM programmes_period WHERE id = r.period_id)",
    programme="(SELECT programme_id FROM programmes_planitem WHERE id = r.item_id)",
    about=["'programmes.planitem:' || r.item_id"],
    reason="r.reason",
    quiet=["version", "updated_by", "updated_at"],
)
class Status(models.Model):
    """One row's status in one period; at most one. Saved as the lead goes, judged when submitted.

    Several rows share a reason by holding the same words; reports print them once (the paper merges
    cells). ``version`` counts the saves, so that a second person's save is noticed.
    """

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="statuses")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="statuses")
    rag = models.CharField(max_length=12, choices=Rag.choices(), null=True, blank=True)  # noqa: DJ001
    percent_complete = models.PositiveSmallIntegerField(null=True, blank=True)
    forecast_finish = models.DateField(null=True, blank=True)
    actual_finish = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    get_to_green = models.TextField(blank=True)
    decision_from = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_needed = models.TextField(blank=True)
    need_to_know = models.BooleanField(default=False)
    need_to_know_note = models.TextField(blank=True)
    corrects = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
        help_text="The frozen status that this one puts right.",
    )
    correction_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField()

    objects = StatusQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "period"], name="one_status_a_period"),
            models.CheckConstraint(
                condition=Q(rag__isnull=True) | Q(rag__in=[rag.value for rag in Rag]),
                name="rag_known",
            ),
            models.CheckConstraint(
                condition=Q(percent_complete__isnull=True) | Q(percent_complete__lte=100),
                name="percent_to_100",
            ),
            models.CheckConstraint(
                condition=Q(decision_from__isnull=False) | Q(decision_needed=""),
                name="decision_names_its_board",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_note=""),
                name="correction_says_what",
            ),
        ]
        indexes: ClassVar = [
            models.Index("period", "rag", name="status_by_rag"),
        ]
        triggers: ClassVar = [
            *frozen_with_the_period(),
            pgtrigger.Trigger(
                name="carry_to_item",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("rag", "forecast_finish", "item_id", "period_id"),
                func=carry_to_item("NEW") + "RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="carry_removal_to_item",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func=carry_to_item("OLD") + "RETURN NULL;",
            ),
        ]

    @property
    def says_nothing(self) -> bool:
        return all(getattr(self, name) == value for name, value in NOTHING.items())

    def __str__(self) -> str:
        return f"{self.item}, {self.period}: {self.get_rag_display() or 'no RAG yet'}"
