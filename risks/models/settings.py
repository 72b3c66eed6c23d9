"""How a place scores its risks: its scales, the lines its scores cross, and the categories of risk it lives with."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from icp.audit.tracking import tracked
from programmes.models import Place

# The highest step that a place's own scale may have, and so the highest score.
MOST_STEPS = 10
MOST_SCORE = MOST_STEPS * MOST_STEPS


def likelihood_words() -> list[str]:
    """What each step of likelihood means, unless the place says otherwise."""
    return [
        "Rare: not expected in the year",
        "Unlikely: could happen, and probably will not",
        "Possible: may happen once in the year",
        "Likely: will probably happen in the year",
        "Almost certain: expected, or happening already",
    ]


def impact_words() -> list[str]:
    """What each step of impact means, unless the place says otherwise."""
    return [
        "Negligible: put right within the day's work",
        "Minor: a short delay or a small cost",
        "Moderate: an outcome, a budget or a date suffers",
        "Major: an outcome is missed, or care suffers in one service",
        "Severe: lasting harm to patients, or a service fails",
    ]


@tracked(place="r.place_id", quiet=["version"])
class RiskRules(models.Model):
    """One for a place. Scores are likelihood times impact; months are calendar months."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="risk_rules")
    escalates_from = models.PositiveSmallIntegerField(
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SCORE)],
        help_text="A residual score of this much goes to the boards.",
    )
    red_from = models.PositiveSmallIntegerField(
        default=15, validators=[MinValueValidator(1), MaxValueValidator(MOST_SCORE)]
    )
    amber_from = models.PositiveSmallIntegerField(
        default=8, validators=[MinValueValidator(1), MaxValueValidator(MOST_SCORE)]
    )
    review_red_months = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text="A red risk is reviewed after this many months.",
    )
    review_amber_months = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    review_green_months = models.PositiveSmallIntegerField(
        default=6, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    likelihoods = ArrayField(models.CharField(max_length=120), default=likelihood_words)
    impacts = ArrayField(models.CharField(max_length=120), default=impact_words)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    amber_from__gte=1, red_from__gte=F("amber_from"), escalates_from__gte=1
                ),
                name="risk_lines_in_order",
            ),
            models.CheckConstraint(
                condition=Q(
                    likelihoods__len__range=(2, MOST_STEPS), impacts__len__range=(2, MOST_STEPS)
                ),
                name="risk_scales_have_steps",
            ),
        ]

    def __str__(self) -> str:
        return f"Risk rules of {self.place}"


@tracked(place="r.place_id", quiet=["version"])
class RiskCategory(models.Model):
    """A kind of risk, and how much of it the place accepts: a score up to its appetite is lived with, one above
    its tolerance is not borne.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="risk_categories")
    name = models.CharField(max_length=80)
    appetite = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SCORE)]
    )
    tolerance = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SCORE)]
    )
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "name"], name="risk_category_once"),
            models.CheckConstraint(
                condition=Q(appetite__gte=1, tolerance__gte=F("appetite")),
                name="tolerance_not_below_appetite",
            ),
        ]

    def __str__(self) -> str:
        return self.name
