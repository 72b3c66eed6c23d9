"""What every file that is attached to something holds."""

from django.conf import settings
from django.db import models

from icp.common.clock import DatabaseNow


class KeptFile(models.Model):
    """A file attached to something. Taking it away empties ``content`` and keeps that it was there.

    It is handed out as a download only, never as a page of the portal.
    """

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(db_default=DatabaseNow())
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
