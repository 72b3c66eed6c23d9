"""A person's keys to the API."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def working(self, *, at: datetime) -> Self:
        """Those whose last day is not over."""
        return self.filter(ends_at__gte=at)


class ApiToken(models.Model):
    """One key, kept as a hash. ``start`` is its first characters, by which its owner knows it again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(max_length=8, editable=False)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="The last second of its last day.")
    last_used_at = models.DateTimeField(null=True, blank=True)
    last_used_from = models.GenericIPAddressField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-made_at"], name="token_of_a_person")]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"
