"""What the API says of a register as a file: what it would change, and what is chosen of that."""

from typing import Any

from rest_framework import serializers

from icp.common.api import Body
from programmes.api.import_serializers import ImportErrorSerializer
from risks.models import RiskUpload
from risks.services.bringing import Done, Preview

MOST_CHOICES = 20_000


class RiskImportFileSerializer(Body):
    """A register as Excel or CSV, for a place whose office you are of."""

    place = serializers.SlugField(max_length=80, help_text="The place, as in its address.")
    file = serializers.FileField(max_length=255, allow_empty_file=True, help_text="CSV or Excel.")


class RiskImportCountsSerializer(serializers.Serializer[Preview]):
    """Risks by what bringing the file in does with them; a cell under ``errors`` stops all of it."""

    new = serializers.SerializerMethodField()
    changed = serializers.SerializerMethodField()
    conflicts = serializers.SerializerMethodField(help_text="Risks with a field that both changed.")
    unchanged = serializers.IntegerField()
    errors = serializers.SerializerMethodField(help_text="Cells that need attention.")  # type: ignore[assignment]

    def get_new(self, found: Preview) -> int:
        return len(found.new)

    def get_changed(self, found: Preview) -> int:
        return len(found.changed)

    def get_conflicts(self, found: Preview) -> int:
        return len(found.conflicts)

    def get_errors(self, found: Preview) -> int:
        return len(found.errors)


class RiskImportSerializer(serializers.ModelSerializer[RiskUpload]):
    place = serializers.CharField(source="place.slug")
    uploaded_by = serializers.CharField(source="uploaded_by.name")

    class Meta:
        model = RiskUpload
        fields: tuple[str, ...] = (
            "id",
            "place",
            "filename",
            "uploaded_by",
            "uploaded_at",
            "applied_at",
        )


class RiskImportPreviewSerializer(RiskImportSerializer):
    """The same with what bringing it in would do; null once that is done."""

    counts = RiskImportCountsSerializer(allow_null=True)

    class Meta(RiskImportSerializer.Meta):
        fields = (*RiskImportSerializer.Meta.fields, "counts")


class RiskDifferenceSerializer(serializers.Serializer[Any]):
    """One field of one risk; of a risk to raise ``field`` and ``old`` are empty, and ``new`` is its title."""

    row = serializers.IntegerField()
    ref = serializers.CharField()
    field = serializers.CharField()  # type: ignore[assignment]
    old = serializers.CharField()
    new = serializers.CharField()


class RiskImportErrorSerializer(ImportErrorSerializer):
    """One bad cell: where it is, what stands there, what is wrong, and what to write instead."""

    cell = None  # type: ignore[assignment]


class RiskConflictSerializer(serializers.Serializer[Any]):
    """What both the file and somebody here changed. What is stored stays unless ``take`` names ``key``."""

    key = serializers.CharField()
    row = serializers.IntegerField()
    ref = serializers.CharField()
    field = serializers.CharField()  # type: ignore[assignment]
    was = serializers.CharField(help_text="When the file was written.")
    stored = serializers.CharField()
    file = serializers.CharField()


class RiskImportApplySerializer(Body):
    """What is chosen of the preview that If-Match names; nothing: what is stored stays in every conflict."""

    take = serializers.ListField(
        required=False,
        child=serializers.CharField(max_length=80),
        max_length=MOST_CHOICES,
        help_text="Keys of the conflicts in which the file is to win.",
    )


class RiskImportDoneSerializer(serializers.Serializer[Done]):
    """How many risks were raised, changed and left as they are."""

    raised = serializers.IntegerField()
    changed = serializers.IntegerField()
    left = serializers.IntegerField()
