from typing import ClassVar

from django.db import models


class DemoClock(models.Model):
    """Where the demonstration's clock stands. One row at most, and only in the demonstration."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    today = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(only=True), name="one_demo_clock"),
        ]

    def __str__(self) -> str:
        return f"Demonstration clock at {self.today:%d %B %Y}"


class SentMail(models.Model):
    """A message the demonstration would have sent; shown on a page instead."""

    to = models.TextField()
    subject = models.TextField()
    body = models.TextField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"


class OutgoingMail(models.Model):
    """The outbox: messages written in the transaction that they tell of, and sent after it."""

    key = models.CharField(max_length=200, unique=True)
    to = models.TextField()
    subject = models.TextField()
    body = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The mail server would not have this address; it is asked again some hours later.
    refused_at = models.DateTimeField(null=True, blank=True)
    # It holds a link that is for its reader only, so the words are not kept once it has left.
    forget_body = models.BooleanField(default=False)
    # A file that goes with it, emptied once it has left.
    attachment_name = models.CharField(max_length=200, blank=True)
    attachment = models.BinaryField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index("id", condition=models.Q(sent_at__isnull=True), name="mail_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
