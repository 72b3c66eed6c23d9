"""What the API says of a plan file: how far it is, what it would change, and what is chosen of that."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from icp.common.api import Body
from programmes.models import PlanUpload
from programmes.services.plan_shown import Shown
from programmes.services.uploads import EVERY_ROW

IMPORTED = "imported"
STATES = (*PlanUpload.State.values, IMPORTED)
MOST_CHOICES = 100_000
# Of the sentences of a preview its answer holds so many of each kind.
MOST_SENTENCES = 200
DIFFERENCES = ("created", "changed", "asked", "removed")


class PlanImportFileSerializer(Body):
    """A plan file in any form that the page takes, for a place whose office you are of."""

    place = serializers.SlugField(max_length=80, help_text="The place, as in its address.")
    programme = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=20,
        help_text="A programme's code, where the file does not say whose rows it holds.",
    )
    file = serializers.FileField(
        max_length=200, help_text="CSV, Excel, Microsoft Project (XML or .mpp) or GanttProject."
    )


class CountsSerializer(serializers.Serializer[Shown]):
    """Rows by what an import does with them; ``failed`` have a cell that cannot be read, which stops all of it."""

    created = serializers.IntegerField(source="counts.created")
    changed = serializers.IntegerField(source="counts.changed")
    unchanged = serializers.IntegerField(source="counts.unchanged")
    failed = serializers.IntegerField(source="counts.failed")
    asked = serializers.IntegerField(
        source="counts.asked", help_text="To be agreed first, by a change request."
    )
    removed = serializers.IntegerField(source="counts.removed")
    missing = serializers.SerializerMethodField(help_text="In the plan, not in the file.")
    conflicts = serializers.SerializerMethodField()

    def get_missing(self, found: Shown) -> int:
        return len(found.left)

    def get_conflicts(self, found: Shown) -> int:
        return len(found.conflicts)


class PlanImportSerializer(serializers.ModelSerializer[PlanUpload]):
    """A file and how far it is. ``problem`` says why it cannot be read, or was not imported.

    ``waiting``: a worker reads it; ask again in a few seconds. ``ready``: there is a preview to decide on.
    """

    place = serializers.CharField(source="place.slug")
    programme = serializers.CharField(source="programme.code", default=None, allow_null=True)  # type: ignore[assignment]
    uploaded_by = serializers.CharField(source="uploaded_by.name")
    state = serializers.SerializerMethodField()

    class Meta:
        model = PlanUpload
        fields: tuple[str, ...] = (
            "id",
            "place",
            "programme",
            "filename",
            "state",
            "rows_read",
            "problem",
            "uploaded_by",
            "uploaded_at",
            "applied_at",
        )

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, upload: PlanUpload) -> str:
        return IMPORTED if upload.applied_at else upload.state


class PlanImportPreviewSerializer(PlanImportSerializer):
    """The same with what importing it would do; once it is imported, what that did. Null while there is none.

    Of the sentences of each kind there are the first 200.
    """

    counts = CountsSerializer(allow_null=True)
    warnings = serializers.ListField(child=serializers.CharField(), help_text="Look at these.")
    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="What the file holds and a plan does not."
    )
    notes = serializers.ListField(child=serializers.CharField())
    waiting = serializers.ListField(
        child=serializers.CharField(), help_text="What a change request asks for already."
    )
    requests = serializers.ListField(
        child=serializers.CharField(), help_text="Change requests that the import drafted."
    )

    class Meta(PlanImportSerializer.Meta):
        fields = (
            *PlanImportSerializer.Meta.fields,
            "counts",
            "warnings",
            "left_out",
            "notes",
            "waiting",
            "requests",
        )


class DifferenceSerializer(serializers.Serializer[Any]):
    """One thing of one row; for a row that is new or goes, ``field``, ``old`` and ``new`` are empty."""

    row = serializers.CharField()
    what = serializers.ChoiceField(choices=DIFFERENCES)
    field = serializers.CharField()  # type: ignore[assignment]
    old = serializers.CharField()
    new = serializers.CharField()


class ImportErrorSerializer(serializers.Serializer[Any]):
    """One bad cell: where it is, what stands there, what is wrong, and what to write instead."""

    row = serializers.IntegerField()
    column = serializers.CharField()
    cell = serializers.CharField(source="reference")
    value = serializers.CharField()
    problem = serializers.CharField()
    remedy = serializers.CharField()


class ImportConflictSerializer(serializers.Serializer[Any]):
    """What both the file and somebody in the portal changed. The plan's stands unless ``take`` names ``number``."""

    number = serializers.IntegerField()
    row = serializers.CharField()
    field = serializers.CharField()  # type: ignore[assignment]
    was = serializers.CharField()
    plan = serializers.CharField()
    file = serializers.CharField()


class MissingRowSerializer(serializers.Serializer[Any]):
    """A row of the plan that the file does not have. It stays unless ``remove`` names it."""

    row = serializers.CharField()


class PlanImportApplySerializer(Body):
    """What is chosen of the preview that If-Match names; nothing: the plan stands, and no row goes."""

    take = serializers.ListField(
        required=False,
        child=serializers.IntegerField(min_value=0, max_value=2**31 - 1),
        max_length=MOST_CHOICES,
        help_text="Numbers of the conflicts in which the file is to win.",
    )
    remove = serializers.ListField(
        required=False,
        child=serializers.CharField(max_length=60),
        max_length=MOST_CHOICES,
        help_text=f"Rows that the file does not have and that are to go, such as IT 11; {EVERY_ROW} for all.",
    )
