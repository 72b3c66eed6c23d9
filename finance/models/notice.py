"""Which partners were told of a month, so that each is told once."""

from typing import ClassVar

from django.db import models

from finance.models.month import FinanceMonth
from programmes.models import Organisation


class MonthNotice(models.Model):
    """A notice that went to a partner's finance leads. ``what`` is "opened", "due:3" (so many days before) or "late"."""

    month = models.ForeignKey(FinanceMonth, on_delete=models.CASCADE, related_name="notices")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="month_notices"
    )
    what = models.CharField(max_length=20)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month", "organisation", "what"], name="month_notice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}, {self.month}: {self.what}"
