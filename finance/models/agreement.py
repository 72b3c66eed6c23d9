"""Section 75 agreements: who pools what, until when, and who bears an overspend (domain section 6)."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from icp.audit.tracking import tracked
from icp.common.files import KeptFile
from icp.common.words import short_date
from programmes.models import Organisation, Place

PLACE_OF_AGREEMENT = "(SELECT place_id FROM finance_agreement WHERE id = r.agreement_id)"
ABOUT_AGREEMENT = ["'finance.agreement:' || r.agreement_id"]


class ShareRule(models.TextChoices):
    """Who bears an overspend of the pool, and who keeps an underspend."""

    CONTRIBUTIONS = "contributions", "In proportion to the year’s contributions"
    BANDS = "bands", "By a table of bands"
    OWN = "own", "Each party its own lines"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_order(self) -> Self:
        return self.order_by("ends_on", "pk")


@tracked(place="r.place_id", quiet=["version"])
class Agreement(models.Model):
    """One agreement. Its term ends later by every option that is taken up."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day of the term, before any option.")
    notice_months = models.PositiveSmallIntegerField(
        default=6, validators=[MaxValueValidator(60)], help_text="How long notice to end it is."
    )
    decide_months = models.PositiveSmallIntegerField(
        default=1,
        validators=[MaxValueValidator(24)],
        help_text="An option is decided at least so many months before the term ends.",
    )
    share_rule = models.CharField(max_length=20, choices=ShareRule, default=ShareRule.CONTRIBUTIONS)
    notice_given_on = models.DateField(null=True, blank=True)
    notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(share_rule__in=ShareRule.values), name="share_rule_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked(place=PLACE_OF_AGREEMENT, about=ABOUT_AGREEMENT)
class AgreementParty(models.Model):
    """A partner that signed it; the host holds the pool."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements"
    )
    is_host = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="one_party_an_agreement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}, {self.agreement}"


class OptionState(models.TextChoices):
    OPEN = "open", "To be decided"
    TAKEN = "taken", "Taken up"
    LAPSED = "lapsed", "Not taken up"


@tracked(place=PLACE_OF_AGREEMENT, about=ABOUT_AGREEMENT)
class AgreementOption(models.Model):
    """An option to extend the term to a later day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="options")
    extends_to = models.DateField()
    state = models.CharField(max_length=10, choices=OptionState, default=OptionState.OPEN)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "extends_to"], name="one_option_a_day"),
            models.CheckConstraint(
                condition=Q(state=OptionState.OPEN, decided_on__isnull=True)
                | Q(state__in=[OptionState.TAKEN, OptionState.LAPSED], decided_on__isnull=False),
                name="option_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Option to {short_date(self.extends_to)}, {self.agreement}"


@tracked(place=PLACE_OF_AGREEMENT, about=ABOUT_AGREEMENT)
class Contribution(models.Model):
    """What a party puts into the pool in one financial year, in pounds."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="contributions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "organisation", "year"], name="one_contribution_a_year"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="contribution_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}, {self.year}: {self.amount}"


@tracked(place=PLACE_OF_AGREEMENT, about=ABOUT_AGREEMENT)
class ShareBand(models.Model):
    """What percent of an overspend above ``above`` pounds (up to the next band) a party bears."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="bands")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    above = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "organisation", "above"], name="one_share_a_band"
            ),
            models.CheckConstraint(
                condition=Q(above__gte=0, percent__range=(0, 100)), name="share_in_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} above {self.above}: {self.percent}%"


class ClauseKind(models.TextChoices):
    SCHEDULE = "schedule", "Schedule"
    VARIATION = "variation", "Variation"


@tracked(place=PLACE_OF_AGREEMENT, about=ABOUT_AGREEMENT)
class AgreementClause(models.Model):
    """A schedule of services, or a variation with the day from which it counts."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    kind = models.CharField(max_length=10, choices=ClauseKind)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    counts_from = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ClauseKind.values), name="clause_known"),
            models.CheckConstraint(
                condition=Q(kind=ClauseKind.SCHEDULE) | Q(counts_from__isnull=False),
                name="variation_counts_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"


@tracked(place=PLACE_OF_AGREEMENT, about=ABOUT_AGREEMENT, without=["content"])
class AgreementDocument(KeptFile):
    """A document of the agreement. Taking it away empties ``content`` and keeps that it was there."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="documents")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="document_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agreement}"
