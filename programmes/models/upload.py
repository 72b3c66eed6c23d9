from typing import ClassVar

from django.conf import settings
from django.db import models

from icp.audit.tracking import tracked
from programmes.models.cycle import Period
from programmes.models.organisation import Place
from programmes.models.programme import Programme


@tracked(
    place="r.place_id",
    without=["data", "found", "decision"],
    quiet=["state", "rows_read", "problem", "decided_by", "decided_at"],
)
class PlanUpload(models.Model):
    """A file between its preview and the decision to apply it.

    A large one waits for a worker, which keeps what it ``found``; ``rows_read`` is how far it has come. Once
    somebody has decided to import it, a worker writes it: ``decision`` is the preview that they saw (``seen``)
    the numbers of its conflicts in which the file is to win (``take``), and which rows it does not have are to be
    removed (``remove``). Of a plan that was imported,
    ``found`` is what that did: how much of each, with the lists in the parts of the upload. ``programme`` is whose rows they are, where that was said; a return is of a
    ``period`` too.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "Plan rows"
        PROGRAMMES = "programmes", "Programmes"
        RETURN = "return", "A return filled in offline"

    class State(models.TextChoices):
        READY = "ready", "Ready"
        WAITING = "waiting", "Being read"
        FAILED = "failed", "Cannot be read"
        APPLYING = "applying", "Being imported"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=12, choices=Kind)
    filename = models.CharField(max_length=200)
    data = models.BinaryField()
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    period = models.ForeignKey(
        Period, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    rows_read = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="Why it cannot be read, or was not imported.")
    found = models.JSONField(null=True, blank=True, help_text="What its preview found.")
    decision = models.JSONField(null=True, blank=True, help_text="What is to be imported of it.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "-uploaded_at"], name="upload_newest")]

    def __str__(self) -> str:
        return self.filename


class PlanUploadPart(models.Model):
    """Some consecutive entries of one list of what an upload ``found``: so many that a page of them costs the same
    however long the list is.
    """

    class Kind(models.TextChoices):
        LINES = "lines", "Lines"
        ERRORS = "errors", "Errors"
        CONFLICTS = "conflicts", "Conflicts"
        LEFT = "left", "Rows it does not have"
        NOTES = "notes", "Notes"
        WAITING = "waiting", "Asked for already"
        LEFT_OUT = "left_out", "Not carried"
        WARNINGS = "warnings", "Warnings"
        REQUESTS = "requests", "Drafted"

    upload = models.ForeignKey(PlanUpload, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveIntegerField(help_text="Its place in the list, from 0.")
    said = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "kind", "number"], name="upload_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
