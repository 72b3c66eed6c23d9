"""What a program posted under a key of its own, so that posting it twice does it once."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class PostedOnce(models.Model):
    """The answer that a person's program got for one key. ``sha256`` is of what it had sent.

    Written once, never changed, and forgotten after :data:`finance.forgetting.KEYS_KEPT`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    etag = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="posted_once"),
        ]

    def __str__(self) -> str:
        return self.key
