"""Who read a paper that is not public."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from boards.models.report import Report
from icp.audit.models import Way
from icp.common.clock import DatabaseNow


class ViewedForm(models.TextChoices):
    PAGE = "page", "Page"
    PDF = "pdf", "PDF"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


class Viewing(models.Model):
    """One reading of a report that the public may not read. Written before the report leaves; never changed."""

    append_only = True

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="viewings")
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody: it was read at the command line.",
    )
    form = models.CharField(max_length=4, choices=ViewedForm)
    way = models.CharField(max_length=10, choices=Way)
    part = models.TextField(blank=True, help_text="What it was narrowed to; empty for all of it.")
    viewed_at = models.DateTimeField(db_default=DatabaseNow())

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["report", "-viewed_at"], name="viewing_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer} read {self.report}"
