"""Lines of a partner's budget, and what each says at a month's end."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q

from finance.models.fields import money
from finance.models.month import (
    FIRST_YEAR,
    LAST_YEAR,
    FinanceMonth,
    Submission,
    SubmissionState,
    frozen_with_the_month,
)
from icp.audit.tracking import tracked
from programmes.models import Organisation, Programme

PLACE_OF_ORGANISATION = (
    "(SELECT place_id FROM programmes_organisation WHERE id = r.organisation_id)"
)
PLACE_OF_LINE = (
    "(SELECT o.place_id FROM finance_budgetline l JOIN programmes_organisation o"
    " ON o.id = l.organisation_id WHERE l.id = r.line_id)"
)


# What is entered of a line each month, in the order of the page.
FIGURES = ("annual_budget", "ytd_budget", "ytd_actual", "forecast_outturn")


class Fund(models.TextChoices):
    """Where a line's money is (domain section 6)."""

    POOLED = "pooled", "Pooled"
    ALIGNED = "aligned", "Aligned"
    UNSPLIT = "unsplit", "Pooled and aligned, not split"
    COLLABORATION = "in collaboration", "In collaboration"


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def in_month(self, number: int) -> Self:
        """Lines that are entered in that month: begun, and not yet ended."""
        return self.filter(from_month__lte=number, to_month__gte=number)

    def in_order(self) -> Self:
        return self.order_by("organisation__pk", "order", "pk")


# Not the workstream's history: money is not for everybody who reads a programme.
@tracked(place=PLACE_OF_ORGANISATION, quiet=["version"])
class BudgetLine(models.Model):
    """A partner's line in one financial year: a fund and a workstream, or a name where it has none.

    Its annual budget is the opening budget and the approved virements. A new year has new lines, which say what
    they continue: so last year's reports stay as they are when lines are renamed, merged or moved.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="budget_lines"
    )
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    fund = models.CharField(max_length=20, choices=Fund)
    workstream = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="budget_lines"
    )
    name = models.CharField(
        max_length=200, blank=True, help_text="What it is called where it belongs to no workstream."
    )
    is_income = models.BooleanField(
        default=False, help_text="Its figures are negative: money that comes in."
    )
    opening_budget = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    pooled_budget = money("Of an unsplit line: what of the annual budget is pooled.")
    aligned_budget = money()
    order = models.PositiveSmallIntegerField(default=0)
    from_month = models.PositiveSmallIntegerField(default=1)
    to_month = models.PositiveSmallIntegerField(default=12)
    continues = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="continued_by"
    )
    version = models.PositiveIntegerField(default=1)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "year", "fund", "workstream", "from_month"],
                condition=Q(workstream__isnull=False),
                name="one_line_a_workstream",
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "fund", "name", "from_month"],
                condition=Q(workstream__isnull=True),
                name="one_line_a_name",
            ),
            models.CheckConstraint(
                condition=Q(workstream__isnull=False, name="")
                | (Q(workstream__isnull=True) & ~Q(name="")),
                name="line_has_a_workstream_or_a_name",
            ),
            models.CheckConstraint(condition=Q(fund__in=Fund.values), name="fund_known"),
            models.CheckConstraint(
                condition=Q(fund=Fund.UNSPLIT)
                | Q(pooled_budget__isnull=True, aligned_budget__isnull=True),
                name="only_an_unsplit_line_divides",
            ),
            models.CheckConstraint(
                condition=Q(from_month__range=(1, 12), to_month__range=(1, 12))
                & Q(from_month__lte=models.F("to_month")),
                name="line_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} {self.get_fund_display()}: {self.label}"

    @property
    def label(self) -> str:
        """Its workstream, or the name it has without one."""
        return self.workstream.name if self.workstream else self.name


class PositionQuerySet(models.QuerySet["Position"]):
    def accepted(self, *, or_else: Q | None = None) -> Self:
        """Those of partners whose figures of the month are accepted: what a report of it holds; ``or_else`` others."""
        accepted = Exists(
            Submission.objects.filter(
                month=OuterRef("month"),
                organisation=OuterRef("line__organisation"),
                state=SubmissionState.ACCEPTED,
            )
        )
        return self.filter(accepted if or_else is None else accepted | or_else)

    def complete(self) -> Self:
        """As :attr:`Position.is_complete`."""
        return self.filter(**{f"{name}__isnull": False for name in FIGURES})


@tracked(place=PLACE_OF_LINE, about=["'finance.budgetline:' || r.line_id"], quiet=["version"])
class Position(models.Model):
    """What a line says at the end of one month, in pounds and pence (domain section 6). Empty is not yet entered."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="positions")
    month = models.ForeignKey(FinanceMonth, on_delete=models.PROTECT, related_name="positions")
    annual_budget = money()
    ytd_budget = money()
    ytd_actual = money()
    forecast_outturn = money()
    comment = models.TextField(
        blank=True, help_text="Why it moved or varies, where that must be said."
    )
    corrects = models.ForeignKey(
        FinanceMonth,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The closed month whose late figures are in this one.",
    )
    correction = models.TextField(blank=True, help_text="What of that month it puts right.")
    version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "month"], name="one_position_a_month"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction="")
                | (Q(corrects__isnull=False) & ~Q(correction="")),
                name="a_correction_says_what",
            ),
        ]
        triggers: ClassVar = frozen_with_the_month()

    def __str__(self) -> str:
        return f"{self.line}, {self.month}"

    @property
    def is_complete(self) -> bool:
        """All four figures are entered."""
        return None not in [getattr(self, name) for name in FIGURES]


@tracked(place=PLACE_OF_LINE, about=["'finance.budgetline:' || r.line_id"])
class Phase(models.Model):
    """What of a line's annual budget falls into one month, for partners that phase theirs."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField()
    budget = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "number"], name="one_phase_a_month"),
            models.CheckConstraint(condition=Q(number__range=(1, 12)), name="phase_month_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.line}, month {self.number}"


@tracked(place=PLACE_OF_ORGANISATION, quiet=["version"])
class Basis(models.Model):
    """On what basis a partner prepares its figures, printed under them: one note a year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bases")
    year = models.PositiveSmallIntegerField()
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year"], name="one_basis_a_year"),
        ]

    def __str__(self) -> str:
        return f"Basis of preparation of {self.organisation.short_name}"
