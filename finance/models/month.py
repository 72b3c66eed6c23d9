"""Months of a financial year, who may still enter in one, and what each partner hands in."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from finance.models.fields import money
from finance.rules.years import FinanceMonthKey, year_name, year_slug
from icp.audit.tracking import tracked
from icp.common.triggers import refusing_every_change
from programmes.models import Organisation, Place

PLACE_OF_MONTH = "(SELECT place_id FROM finance_financemonth WHERE id = r.month_id)"
FIRST_YEAR, LAST_YEAR = 2000, 2100


class MonthState(models.TextChoices):
    """Three gates (domain section 6): open to finance leads, closed to them, and closed for good."""

    OPEN = "open", "Open"
    LOCKED = "locked", "Closed to finance leads"
    CLOSED = "closed", "Closed"


class FinanceMonthQuerySet(models.QuerySet["FinanceMonth"]):
    def newest_first(self) -> Self:
        return self.order_by("-year", "-number", "-pk")

    def closed(self) -> Self:
        return self.filter(state=MonthState.CLOSED)


@tracked(place="r.place_id", quiet=["version"])
class FinanceMonth(models.Model):
    """One month of a place's money. ``year`` is that in which the financial year begins, April is number 1."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="finance_months")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    number = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    state = models.CharField(max_length=10, choices=MonthState, default=MonthState.OPEN)
    locks_on = models.DateField(
        null=True, blank=True, help_text="From this day finance leads no longer enter figures."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = FinanceMonthQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "year", "number"], name="finance_month_once_a_place"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR), number__range=(1, 12)),
                name="finance_month_exists",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MonthState.values), name="finance_month_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=MonthState.CLOSED, closed_at__isnull=False, closed_by__isnull=False
                )
                | (~Q(state=MonthState.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="finance_month_closed_by_someone",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="closed_month_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="closed"),
                func="""
                    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'A closed month of the accounts never changes.'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.month.name

    @property
    def month(self) -> FinanceMonthKey:
        return FinanceMonthKey(self.year, self.number)

    @property
    def year_name(self) -> str:
        """2019/20."""
        return year_name(self.year)

    @property
    def year_slug(self) -> str:
        return year_slug(self.year)

    @property
    def is_closed(self) -> bool:
        return self.state == MonthState.CLOSED

    @property
    def says_closed(self) -> str:
        """Why a figure of it cannot be entered, once it is closed."""
        return (
            f"{self} is closed. Put late figures into the next month, and say which they correct."
        )


# Waits for a close that is under way (FOR SHARE), then sees its outcome: no figure slips in beside it.
REFUSE_WHEN_CLOSED = """
    PERFORM 1 FROM finance_financemonth WHERE id = {row}.month_id FOR SHARE;
    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = {row}.month_id AND state = 'closed') THEN
        RAISE EXCEPTION 'The month is closed: its figures never change.'
            USING ERRCODE = 'restrict_violation';
    END IF;
"""


def frozen_with_the_month() -> list[pgtrigger.Trigger]:
    """Triggers that refuse any change to rows of a closed month, whoever asks."""
    return refusing_every_change(REFUSE_WHEN_CLOSED)


@tracked(place=PLACE_OF_MONTH, about=["'accounts.user:' || r.user_id"], reason="r.reason")
class MonthException(models.Model):
    """A person who may still enter figures after the month was closed to finance leads, until a day."""

    month = models.ForeignKey(FinanceMonth, on_delete=models.CASCADE, related_name="exceptions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="month_exceptions"
    )
    until = models.DateField()
    reason = models.CharField(max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "user"], name="one_exception_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, until {self.until}"


# The total of a partner's ledger for each figure of its positions: figure, column.
LEDGER = {
    "annual_budget": "ledger_annual_budget",
    "ytd_budget": "ledger_ytd_budget",
    "ytd_actual": "ledger_ytd_actual",
    "forecast_outturn": "ledger_forecast",
}


class SubmissionState(models.TextChoices):
    """A partner's month goes through these (domain section 6)."""

    NOT_STARTED = "not started", "Not started"
    IN_HAND = "in hand", "In hand"
    SUBMITTED = "submitted", "Submitted"
    QUERIED = "queried", "Queried"
    ACCEPTED = "accepted", "Accepted"


EDITABLE = (SubmissionState.NOT_STARTED, SubmissionState.IN_HAND, SubmissionState.QUERIED)
HANDED_IN = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)


@tracked(place=PLACE_OF_MONTH, reason="r.question", quiet=["version"])
class Submission(models.Model):
    """What one partner hands in for one month: its figures, held against the totals of its ledger."""

    month = models.ForeignKey(FinanceMonth, on_delete=models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="finance_submissions"
    )
    state = models.CharField(
        max_length=12, choices=SubmissionState, default=SubmissionState.NOT_STARTED
    )
    ledger_annual_budget = money("Pounds, as the partner's ledger says.")
    ledger_ytd_budget = money()
    ledger_ytd_actual = money()
    ledger_forecast = money()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    question = models.TextField(blank=True, help_text="Why it was queried.")
    answer = models.TextField(blank=True, help_text="What the finance lead answers.")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month", "organisation"], name="one_submission_a_month"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SubmissionState.values), name="submission_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=HANDED_IN, submitted_by__isnull=False, submitted_at__isnull=False
                )
                | Q(state__in=EDITABLE, submitted_by__isnull=True, submitted_at__isnull=True),
                name="money_submitted_by_someone",
            ),
            # Two different people: who accepts did not hand it in.
            models.CheckConstraint(
                condition=(
                    Q(
                        state=SubmissionState.ACCEPTED,
                        accepted_by__isnull=False,
                        accepted_at__isnull=False,
                    )
                    & ~Q(accepted_by=F("submitted_by"))
                )
                | (
                    ~Q(state=SubmissionState.ACCEPTED)
                    & Q(accepted_by__isnull=True, accepted_at__isnull=True)
                ),
                name="money_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.QUERIED) | ~Q(question=""),
                name="money_queried_with_a_question",
            ),
        ]
        triggers: ClassVar = frozen_with_the_month()

    def __str__(self) -> str:
        return f"{self.organisation.short_name}, {self.month}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE
