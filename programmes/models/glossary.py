from typing import ClassVar

from django.db import models

from programmes.models.organisation import Place


class GlossaryEntry(models.Model):
    """An acronym and what it stands for; reports print those they use (domain section 3)."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="glossary")
    acronym = models.CharField(max_length=20)
    expansion = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "acronym"], name="acronym_once_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.acronym}: {self.expansion}"
