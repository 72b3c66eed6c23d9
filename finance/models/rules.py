"""How a place holds its month-end figures: thresholds, and which questions stop a partner from handing in."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from programmes.models import Place

# Pounds: from how much on a virement needs a board where the place has not said.
BOARD_ABOVE = 500_000


@tracked(place="r.place_id", quiet=["version"])
class FinanceRules(models.Model):
    """One for a place. Amounts in pounds, percentages of the annual budget."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="finance_rules")
    comment_above = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        default=250_000,
        help_text="A variance or movement of this much needs a comment.",
    )
    comment_above_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=5,
        help_text="So does one of this much of the annual budget.",
    )
    board_above = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        default=BOARD_ABOVE,
        help_text="A virement of this much needs a board.",
    )
    across_partners = models.BooleanField(
        default=False, help_text="The agreement allows virements between partners."
    )
    walls = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="Questions that stop a partner from handing in until the figures are changed.",
    )

    due_working_days = models.PositiveSmallIntegerField(
        default=10,
        help_text="Figures are due on this working day after the month’s end.",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(comment_above__gte=0, comment_above_percent__gte=0, board_above__gte=0),
                name="finance_thresholds_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(due_working_days__range=(1, 20)), name="figures_due_within_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"Finance rules of {self.place}"
