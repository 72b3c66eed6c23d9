"""What a row waits for: another row, here or in another programme, or something outside the place."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from icp.audit.tracking import tracked
from programmes.models.plan import PlanItem
from programmes.models.programme import Programme


class DependencyKind(models.TextChoices):
    """Which end of the row before binds which end of the row after (domain section 2)."""

    FINISH_START = "FS", "Finish to start"
    START_START = "SS", "Start to start"
    FINISH_FINISH = "FF", "Finish to finish"
    START_FINISH = "SF", "Start to finish"


@tracked(
    place="(SELECT p.place_id FROM programmes_planitem i JOIN programmes_programme p"
    " ON p.id = i.programme_id WHERE i.id = r.successor_id)",
    programme="(SELECT programme_id FROM programmes_planitem WHERE id = r.successor_id)",
    about=[
        "'programmes.planitem:' || r.successor_id",
        "'programmes.planitem:' || r.predecessor_id",
    ],
    quiet=["version"],
)
class Dependency(models.Model):
    """``successor`` waits for ``predecessor``, or for what ``outside`` describes. It moves nobody's dates.

    ``lag_days`` are working days of the place's calendar; less than none is a lead. ``outside_programme`` may name a programme that is
    out of scope, ``outside_date`` the day it is promised for.
    """

    successor = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="waits_for")
    predecessor = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.CASCADE, related_name="awaited_by"
    )
    outside = models.CharField(max_length=300, blank=True)
    outside_programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outside_date = models.DateField(null=True, blank=True)
    kind = models.CharField(
        max_length=2, choices=DependencyKind, default=DependencyKind.FINISH_START
    )
    lag_days = models.SmallIntegerField(default=0, help_text="Working days.")
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["successor", "predecessor"], name="dependency_once"),
            models.CheckConstraint(
                condition=Q(kind__in=DependencyKind.values), name="dependency_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=False, outside="")
                | Q(predecessor__isnull=True) & ~Q(outside=""),
                name="dependency_on_a_row_or_outside",
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("successor")),
                name="dependency_not_on_itself",
            ),
            models.CheckConstraint(
                condition=Q(lag_days__gte=-1000, lag_days__lte=1000), name="lag_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.successor} waits for {self.predecessor or self.outside}"
