"""Working papers: files that say how a line's figures came about."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from finance.models.line import PLACE_OF_LINE, BudgetLine
from icp.audit.tracking import tracked
from icp.common.files import KeptFile


@tracked(place=PLACE_OF_LINE, about=["'finance.budgetline:' || r.line_id"], without=["content"])
class WorkingPaper(KeptFile):
    """A file attached to a line. Taking it away empties ``content`` and keeps that it was there.

    It is handed out as a download only, never as a page of the portal.
    """

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="papers")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="working_paper_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.line}"
