"""The case for pooling a budget, and ring-fenced money with what is committed of it (domain section 6)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from finance.models.agreement import Agreement
from finance.models.month import FIRST_YEAR, LAST_YEAR
from icp.audit.tracking import tracked
from programmes.models import Board, Organisation, Place

PLACE_OF_CASE = "(SELECT place_id FROM finance_poolingcase WHERE id = r.case_id)"
ABOUT_CASE = ["'finance.poolingcase:' || r.case_id"]


@tracked(place="r.place_id", quiet=["version"])
class PoolingCase(models.Model):
    """A business case: ``years`` for certain, then ``options`` of one further year each."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="pooling_cases")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    years = models.PositiveSmallIntegerField(default=3)
    options = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(years__range=(1, 20), options__range=(0, 20)),
                name="case_runs_for_some_years",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked(place=PLACE_OF_CASE, about=ABOUT_CASE)
class CaseContribution(models.Model):
    """What a partner puts in each year, in pounds."""

    case = models.ForeignKey(PoolingCase, on_delete=models.CASCADE, related_name="contributions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "organisation"], name="one_contribution_a_partner"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="case_contribution_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}: {self.amount} a year"


class ApprovalState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


@tracked(place=PLACE_OF_CASE, about=[*ABOUT_CASE, "'programmes.board:' || r.board_id"])
class CaseApproval(models.Model):
    """What one board says of the case."""

    case = models.ForeignKey(PoolingCase, on_delete=models.CASCADE, related_name="approvals")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="pooling_approvals")
    state = models.CharField(max_length=10, choices=ApprovalState, default=ApprovalState.WAITING)
    decided_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "board"], name="one_approval_a_board"),
            models.CheckConstraint(
                condition=Q(state=ApprovalState.WAITING, decided_on__isnull=True)
                | Q(
                    state__in=[ApprovalState.APPROVED, ApprovalState.REFUSED],
                    decided_on__isnull=False,
                ),
                name="approval_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}: {self.get_state_display().lower()}"


@tracked(place="r.place_id", quiet=["version"])
class Headroom(models.Model):
    """Money that is ring-fenced for a purpose in one financial year, in pounds."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="headrooms")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    name = models.CharField(max_length=200)
    allocation = models.DecimalField(max_digits=14, decimal_places=2)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "year", "name"], name="headroom_once_a_year"),
            models.CheckConstraint(condition=Q(allocation__gte=0), name="headroom_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(
    place="(SELECT place_id FROM finance_headroom WHERE id = r.headroom_id)",
    about=["'finance.headroom:' || r.headroom_id"],
)
class Commitment(models.Model):
    """What of a headroom is committed in one quarter (1 is April to June), in pounds."""

    headroom = models.ForeignKey(Headroom, on_delete=models.CASCADE, related_name="commitments")
    quarter = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)), name="commitment_quarter_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, quarter {self.quarter}"
