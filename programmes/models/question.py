"""What is asked of a return, and what is answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from programmes.models.cycle import Return, frozen_with_the_period


@tracked(
    place="(SELECT p.place_id FROM programmes_return r2 JOIN programmes_period p"
    " ON p.id = r2.period_id WHERE r2.id = r.asked_of_id)",
    programme="(SELECT programme_id FROM programmes_return WHERE id = r.asked_of_id)",
    about=["'programmes.return:' || r.asked_of_id"],
)
class ReturnQuestion(models.Model):
    """What an SRO asked of a return, and what its lead answered. Kept whatever becomes of the return."""

    asked_of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="questions")
    question = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(question=""), name="question_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="answered_by_someone_at_some_time",
            ),
        ]
        triggers: ClassVar = frozen_with_the_period(
            "(SELECT period_id FROM programmes_return WHERE id = {row}.asked_of_id)"
        )

    def __str__(self) -> str:
        return f"Question on {self.asked_of}"
