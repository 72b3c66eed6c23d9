"""A savings scheme's plan, month by month."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from finance.models.exposure import SavingsScheme
from icp.audit.tracking import tracked


@tracked(
    place="(SELECT o.place_id FROM finance_savingsscheme s JOIN programmes_organisation o"
    " ON o.id = s.organisation_id WHERE s.id = r.scheme_id)",
    about=["'finance.savingsscheme:' || r.scheme_id"],
)
class SavingsPlan(models.Model):
    """What of a scheme's value is planned to be saved in one month, in pounds."""

    scheme = models.ForeignKey(SavingsScheme, on_delete=models.CASCADE, related_name="plan")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="one_savings_plan_a_month"),
            models.CheckConstraint(
                condition=Q(number__range=(1, 12)), name="savings_plan_month_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}, month {self.number}"
