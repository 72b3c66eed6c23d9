"""The journal of changes: one row for each change of a tracked table, written by the database itself."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from icp.common.clock import DatabaseNow


class Way(models.TextChoices):
    """By which way a change came in, or a paper went out."""

    PAGE = "page", "Page"
    API = "api", "API"
    IMPORT = "import", "Import"
    TASK = "task", "Task"
    COMMAND = "command", "Command"
    SQL = "sql", "SQL"


class ChangeKind(models.TextChoices):
    INSERT = "insert", "Added"
    UPDATE = "update", "Changed"
    DELETE = "delete", "Removed"


class Change(models.Model):
    """What one change did to one row, who made it and how: what history pages and their search read.

    Triggers write it in the transaction of the change (``icp.audit.tracking``), beside the full copy of the
    row that django-pghistory keeps. It has no foreign keys: what it tells of may be gone. ``kind`` is the
    label of the model, as in ``programmes.status``; ``changes`` is ``{column: [before, after]}``; ``about``
    names what the change is a part of the history of, as in ``programmes.planitem:12``.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=DatabaseNow())
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    event = models.CharField(max_length=6, choices=ChangeKind)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    fields = ArrayField(models.TextField(), help_text="The columns that changed, as in status.rag.")
    about = ArrayField(models.TextField())
    place_id = models.BigIntegerField(null=True)
    programme_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    way = models.CharField(max_length=10, choices=Way)
    via = models.TextField(blank=True, help_text="The address, task, command or database role.")
    reason = models.TextField(blank=True)
    context_id = models.UUIDField(
        null=True, help_text="The same for all that one request or task did."
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place_id", "-at", "-id"], name="change_newest"),
            models.Index(fields=["place_id", "by_id", "-at", "-id"], name="change_by_person"),
            models.Index(
                fields=["place_id", "programme_id", "-at", "-id"], name="change_by_programme"
            ),
            models.Index(fields=["place_id", "way", "-at", "-id"], name="change_by_way"),
            GinIndex(fields=["about", "fields"], name="change_about_fields"),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.kind} {self.object_id}"
