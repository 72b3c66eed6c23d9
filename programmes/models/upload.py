from typing import ClassVar

from django.conf import settings
from django.db import models

from icp.audit.tracking import tracked
from programmes.models.organisation import Place


@tracked(place="r.place_id", without=["data"])
class PlanUpload(models.Model):
    """A plan file between its preview and the decision to apply it."""

    class Kind(models.TextChoices):
        PLAN = "plan", "Plan rows"
        PROGRAMMES = "programmes", "Programmes"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=12, choices=Kind)
    filename = models.CharField(max_length=200)
    data = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "-uploaded_at"], name="upload_newest")]

    def __str__(self) -> str:
        return self.filename
