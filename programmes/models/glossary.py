from typing import ClassVar

from django.db import models
from django.db.models.functions import Upper

from icp.audit.tracking import tracked
from programmes.models.organisation import Place


@tracked(place="r.place_id", quiet=["version"])
class GlossaryEntry(models.Model):
    """An acronym and what it stands for; reports print those they use (domain section 3)."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="glossary")
    acronym = models.CharField(max_length=20)
    expansion = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "acronym"], name="acronym_once_a_place"),
        ]
        indexes: ClassVar = [models.Index("place", Upper("acronym"), name="glossary_in_order")]

    def __str__(self) -> str:
        return f"{self.acronym}: {self.expansion}"
