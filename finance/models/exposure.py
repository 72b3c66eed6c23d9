"""Financial risks, opportunities and mitigations, and savings schemes: what may still move the forecast."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from finance.models.fields import money
from finance.models.line import PLACE_OF_ORGANISATION
from finance.models.month import PLACE_OF_MONTH, FinanceMonth, frozen_with_the_month
from icp.audit.tracking import tracked
from programmes.models import Organisation, Programme


class Side(models.TextChoices):
    RISK = "risk", "Risk"
    OPPORTUNITY = "opportunity", "Opportunity"
    MITIGATION = "mitigation", "Mitigation"


@tracked(place=PLACE_OF_ORGANISATION)
class FinancialRisk(models.Model):
    """A risk to a partner's forecast, an opportunity, or a mitigation of its risks (domain section 6)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="financial_risks"
    )
    year = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12, choices=Side)
    ref = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    brought_forward = models.BooleanField(default=False, help_text="It comes from the year before.")
    withdrawn_in = models.ForeignKey(
        FinanceMonth,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="From this month on it counts no longer.",
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "year", "side", "ref"], name="financial_risk_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_in__isnull=True, withdrawn_because="")
                | (Q(withdrawn_in__isnull=False) & ~Q(withdrawn_because="")),
                name="withdrawn_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} {self.get_side_display().lower()} {self.ref}: {self.title}"


@tracked(
    place=PLACE_OF_MONTH,
    about=["'finance.financialrisk:' || r.risk_id"],
    quiet=["version"],
)
class RiskPosition(models.Model):
    """What is said of one of them at a month's end. Empty is "to be confirmed"; it is not nought.

    ``weighted`` is what its owner entered. What it would be is computed, and compared, never written over it.
    """

    risk = models.ForeignKey(FinancialRisk, on_delete=models.PROTECT, related_name="positions")
    month = models.ForeignKey(FinanceMonth, on_delete=models.PROTECT, related_name="risk_positions")
    full_value = money("Pounds; an opportunity or mitigation is negative where it is entered so.")
    probability = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="Percent."
    )
    recurrent = money()
    non_recurrent = money()
    weighted = money()
    carried_forward = money("What of it goes into next year.")
    version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["risk", "month"], name="one_risk_position_a_month"),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__range=(0, 100)),
                name="probability_in_percent",
            ),
        ]
        triggers: ClassVar = frozen_with_the_month()

    def __str__(self) -> str:
        return f"{self.risk}, {self.month}"


class RiskRating(models.TextChoices):
    """How sure the forecast of a savings scheme is."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class SavingType(models.TextChoices):
    """Domain section 6."""

    CASH = "cash releasing", "Cash releasing"
    PRODUCTIVITY = "productivity", "Productivity"
    SYSTEM = "system saving", "System saving"
    ACUTE = "acute systems saving", "Acute systems saving"
    REINVESTMENT = "re-investment", "Re-investment"


@tracked(place=PLACE_OF_ORGANISATION, quiet=["version"])
class SavingsScheme(models.Model):
    """A savings scheme (QIPP) of one partner in one year."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="savings_schemes"
    )
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    saving_type = models.CharField(max_length=20, choices=SavingType)
    provider = models.CharField(max_length=80, blank=True)
    workstream = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="savings_schemes"
    )
    starts_on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2, help_text="Pounds in the year.")
    mitigated_value = money("What is expected of it after risks.")
    progress = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "year", "name"], name="savings_scheme_once"
            ),
            models.CheckConstraint(
                condition=Q(saving_type__in=SavingType.values), name="saving_type_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


# What a partner says of its savings as a whole, in the order of the page.
OF_PARTNER = ("plan_full_year", "plan_ytd", "actual_ytd", "forecast_full_year", "at_risk")


@tracked(place=PLACE_OF_MONTH, quiet=["version"])
class SavingsPosition(models.Model):
    """Savings at a month's end: of one scheme, or of a partner as a whole (``scheme`` empty). Empty is not known."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="savings_positions"
    )
    scheme = models.ForeignKey(
        SavingsScheme, null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    month = models.ForeignKey(
        FinanceMonth, on_delete=models.PROTECT, related_name="savings_positions"
    )
    plan_full_year = money()
    plan_ytd = money()
    actual_ytd = money()
    forecast_full_year = money()
    at_risk = money("What of the forecast is at medium or high risk.")
    risk_rating = models.CharField(max_length=10, blank=True, choices=RiskRating)
    version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "month"],
                condition=Q(scheme__isnull=False),
                name="one_savings_position_a_scheme",
            ),
            models.UniqueConstraint(
                fields=["organisation", "month"],
                condition=Q(scheme__isnull=True),
                name="one_savings_position_a_partner",
            ),
            models.CheckConstraint(
                condition=Q(risk_rating__in=["", *RiskRating.values]), name="risk_rating_known"
            ),
        ]
        triggers: ClassVar = frozen_with_the_month()

    def __str__(self) -> str:
        return f"{self.scheme or self.organisation.short_name}, {self.month}"
