"""A register as a file, between its preview and the decision to bring it in."""

from django.conf import settings
from django.db import models

from icp.audit.tracking import tracked
from programmes.models import Place


@tracked(place="r.place_id", without=["data"])
class RiskUpload(models.Model):
    """A file that somebody brought; forgotten after some days, as all such files are."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    data = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.filename
