"""What a risk scored: each score with who gave it and why, and the residual score of each quarter."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from icp.common.clock import DatabaseNow
from programmes.models import Period
from risks.models.risk import ABOUT_RISK, PLACE_OF_RISK, PROGRAMME_THROUGH_RISK, Risk
from risks.models.settings import MOST_SCORE


class Which(models.TextChoices):
    INHERENT = "inherent", "Inherent"
    CURRENT = "current", "Current"
    TARGET = "target", "Target"


class Score(models.Model):
    """One score of a risk, from its moment on. Written once; the next one takes its place. Empty: taken back."""

    append_only = True

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="scores")
    which = models.CharField(max_length=8, choices=Which)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    because = models.TextField(blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(db_default=DatabaseNow())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(which__in=Which.values), name="score_which_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["risk", "which", "-given_at", "-id"], name="score_latest"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_which_display()} {self.score}"


# A quarter ends on the last day of June, September, December or March. It is frozen once a period that ends then or
# later is closed; FOR SHARE waits for a close that is under way.
FROZEN = """
    PERFORM 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id
        WHERE k.id = {row}.risk_id FOR SHARE OF p;
    IF EXISTS (
        SELECT 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id
        WHERE k.id = {row}.risk_id AND p.state IN ('closed', 'published')
          AND p.ends_on >= (make_date({row}.year, 4, 1) + make_interval(months => 3 * {row}.quarter) - interval '1 day')::date
          {unless}
    ) THEN
        RAISE EXCEPTION 'The quarter is frozen with its period: its residual score never changes.'
            USING ERRCODE = 'restrict_violation';
    END IF;
"""
# The close itself records the quarter; a risk that came later brings the quarters that its source printed.
AT_THE_CLOSE = """
          AND NOT (p.id = NEW.period_id AND p.closed_at = NEW.recorded_at)
          AND NOT (NEW.period_id IS NULL AND k.created_at >= p.closed_at)
"""


@tracked(place=PLACE_OF_RISK, programme=PROGRAMME_THROUGH_RISK, about=ABOUT_RISK)
class Residual(models.Model):
    """The residual score at a quarter's end. No row: N/A, or the quarter is in progress and follows the current score.

    ``year`` is that in which the financial year begins; quarter 1 is April to June. ``period`` is the one whose
    close recorded it, empty where it came with the register.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="residuals")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    quarter = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    score = models.PositiveSmallIntegerField()
    period = models.ForeignKey(
        Period, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=DatabaseNow())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["risk", "year", "quarter"], name="one_residual_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(
                    year__range=(2000, 2100), quarter__range=(1, 4), score__range=(1, MOST_SCORE)
                ),
                name="residual_of_a_quarter",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="frozen_insert",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=FROZEN.format(row="NEW", unless=AT_THE_CLOSE) + "RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="frozen_update",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=FROZEN.format(row="OLD", unless="")
                + FROZEN.format(row="NEW", unless="")
                + "RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="frozen_delete",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=FROZEN.format(row="OLD", unless="") + "RETURN OLD;",
            ),
        ]

    def __str__(self) -> str:
        return f"Q{self.quarter} of {self.year}: {self.score}"
