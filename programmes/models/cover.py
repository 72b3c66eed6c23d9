"""Cover: somebody does what a colleague holds, from one day to another."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from icp.audit.tracking import tracked
from programmes.models.cycle import DateRange
from programmes.models.organisation import Place


class CoverQuerySet(models.QuerySet["Cover"]):
    def running(self, *, on: date) -> Self:
        """Those in force on a day: begun, not over, not ended early, and of an account that is open."""
        return self.filter(
            starts_on__lte=on, ends_on__gte=on, ended_at__isnull=True, person__is_active=True
        )

    def not_over(self, *, on: date) -> Self:
        return self.filter(ends_on__gte=on, ended_at__isnull=True)


@tracked(
    place="r.place_id",
    about=["'accounts.user:' || r.person_id", "'accounts.user:' || r.deputy_id"],
    reason="r.reason",
)
class Cover(models.Model):
    """``deputy`` may do in ``place`` what ``person`` holds there, both days included.

    What the deputy does is done under the deputy's own name. Only what the person holds themself is lent:
    cover is not handed on.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="covers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covered"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covering"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="cover_starts_before_it_ends"
            ),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="cover_by_somebody_else"),
            ExclusionConstraint(
                name="one_cover_at_a_time_between_two",
                expressions=[
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                    ("place", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("deputy", RangeOperators.EQUAL),
                ],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["deputy", "place", "ends_on"],
                condition=Q(ended_at__isnull=True),
                name="cover_by_deputy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.person}, {self.starts_on} to {self.ends_on}"
