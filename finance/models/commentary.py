"""Words beside the figures of a month."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from finance.models.month import PLACE_OF_MONTH, FinanceMonth, frozen_with_the_month
from icp.audit.tracking import tracked
from programmes.models import Organisation, Programme


@tracked(place=PLACE_OF_MONTH, quiet=["version"])
class Commentary(models.Model):
    """A paragraph on one partner or one workstream. A draft written from the figures until a person accepts it."""

    month = models.ForeignKey(FinanceMonth, on_delete=models.PROTECT, related_name="commentary")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="commentary"
    )
    workstream = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="commentary"
    )
    text = models.TextField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, workstream__isnull=True)
                | Q(organisation__isnull=True, workstream__isnull=False),
                name="commentary_on_one_thing",
            ),
            models.UniqueConstraint(
                fields=["month", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_commentary_a_partner",
            ),
            models.UniqueConstraint(
                fields=["month", "workstream"],
                condition=Q(workstream__isnull=False),
                name="one_commentary_a_workstream",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=False, accepted_at__isnull=False)
                | Q(accepted_by__isnull=True, accepted_at__isnull=True),
                name="commentary_accepted_by_someone",
            ),
        ]
        triggers: ClassVar = frozen_with_the_month()

    def __str__(self) -> str:
        return f"{self.organisation or self.workstream}, {self.month}"

    @property
    def about(self) -> str:
        """The partner or workstream by name."""
        named = self.organisation or self.workstream
        return named.name if named else ""

    @property
    def is_draft(self) -> bool:
        return self.accepted_at is None
