"""Reporting periods, the return each programme makes in one, and the reminders sent for it."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from icp.audit.tracking import tracked
from icp.common.triggers import refusing_every_change
from programmes.models.organisation import Place
from programmes.models.programme import PLACE_OF_PROGRAMME, Programme


class PeriodState(models.TextChoices):
    """A period goes one way through these (domain section 3)."""

    OPEN = "open", "Open"
    CLOSING = "closing", "Closing: returns are due"
    CLOSED = "closed", "Closed"
    PUBLISHED = "published", "Published"


LIVE_STATES = (PeriodState.OPEN, PeriodState.CLOSING)
FROZEN_STATES = (PeriodState.CLOSED, PeriodState.PUBLISHED)


class PeriodQuerySet(models.QuerySet["Period"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE_STATES)

    def frozen(self) -> Self:
        return self.filter(state__in=FROZEN_STATES)

    def newest_first(self) -> Self:
        return self.order_by("-ends_on", "-pk")


class DateRange(Func):
    function = "DATERANGE"
    output_field = models.Field()


@tracked(place="r.place_id")
class Period(models.Model):
    """A month (or another span) that programmes report on. "As at" is its end."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="periods")
    key = models.CharField(max_length=10, help_text="In addresses: 2020-01 for January 2020.")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField(help_text="The day returns are due.")
    state = models.CharField(max_length=10, choices=PeriodState, default=PeriodState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "key"], name="period_key_once_a_place"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")) & Q(due_on__gte=F("starts_on")),
                name="period_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PeriodState.values), name="period_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE_STATES, closed_at__isnull=True, closed_by__isnull=True)
                | Q(state__in=FROZEN_STATES, closed_at__isnull=False, closed_by__isnull=False),
                name="closed_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state=PeriodState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=PeriodState.PUBLISHED) & Q(published_at__isnull=True)),
                name="published_at_some_time",
            ),
            ExclusionConstraint(
                name="periods_do_not_overlap",
                expressions=[
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                    ("place", RangeOperators.EQUAL),
                ],
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="closed_period_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=list(FROZEN_STATES)),
                func="""
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'A closed period cannot be removed.';
                    END IF;
                    IF (NEW.place_id, NEW.key, NEW.name, NEW.starts_on, NEW.ends_on, NEW.due_on,
                        NEW.closed_at, NEW.closed_by_id)
                       IS DISTINCT FROM
                       (OLD.place_id, OLD.key, OLD.name, OLD.starts_on, OLD.ends_on, OLD.due_on,
                        OLD.closed_at, OLD.closed_by_id)
                       OR NOT (NEW.state = OLD.state OR NEW.state = 'published')
                       OR (OLD.state = 'published'
                           AND NEW.published_at IS DISTINCT FROM OLD.published_at)
                    THEN
                        RAISE EXCEPTION 'A closed period never changes.';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN_STATES


# Waits for a close that is under way (FOR SHARE), then sees its outcome: no row slips in beside it.
REFUSE_WHEN_FROZEN = """
    PERFORM 1 FROM programmes_period WHERE id = {period} FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM programmes_period
        WHERE id = {period} AND state IN ('closed', 'published')
    ) THEN
        RAISE EXCEPTION 'The period is closed: what it holds never changes.'
            USING ERRCODE = 'restrict_violation';
    END IF;
"""


def frozen_with_the_period(period: str = "{row}.period_id") -> list[pgtrigger.Trigger]:
    """Triggers that refuse any change to rows of a closed period, whoever asks.

    ``period`` is the SQL that finds the key of the period that ``{row}`` belongs to.
    """
    return refusing_every_change(REFUSE_WHEN_FROZEN.replace("{period}", period))


class ReturnState(models.TextChoices):
    NOT_STARTED = "not started", "Not started"
    IN_HAND = "in hand", "In hand"
    SUBMITTED = "submitted", "Submitted, waiting for sign-off"
    SENT_BACK = "sent back", "Sent back with a question"
    SIGNED_OFF = "signed off", "Signed off"


EDITABLE_STATES = (ReturnState.NOT_STARTED, ReturnState.IN_HAND, ReturnState.SENT_BACK)
HANDED_IN_STATES = (ReturnState.SUBMITTED, ReturnState.SIGNED_OFF)


@tracked(
    place=PLACE_OF_PROGRAMME,
    programme="r.programme_id",
    about=["'programmes.period:' || r.period_id"],
    reason="r.question",
)
class Return(models.Model):
    """What one programme hands in for one period: its statuses, submitted and signed off."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="returns")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="returns")
    state = models.CharField(max_length=12, choices=ReturnState, default=ReturnState.NOT_STARTED)
    is_nil = models.BooleanField(default=False, help_text="Handed in as: nothing has changed.")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)
    question = models.TextField(blank=True, help_text="Why it was sent back.")
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who recalled it after it was signed off; empty once it is signed off again.",
    )
    recalled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "period"], name="one_return_a_period"),
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values), name="return_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=HANDED_IN_STATES,
                    submitted_by__isnull=False,
                    submitted_at__isnull=False,
                )
                | Q(
                    state__in=EDITABLE_STATES, submitted_by__isnull=True, submitted_at__isnull=True
                ),
                name="submitted_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReturnState.SIGNED_OFF,
                    signed_off_by__isnull=False,
                    signed_off_at__isnull=False,
                )
                | (
                    ~Q(state=ReturnState.SIGNED_OFF)
                    & Q(signed_off_by__isnull=True, signed_off_at__isnull=True)
                ),
                name="signed_off_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by__isnull=True) | ~Q(signed_off_by=F("submitted_by")),
                name="signed_off_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(recalled_by__isnull=True, recalled_at__isnull=True)
                | Q(recalled_by__isnull=False, recalled_at__isnull=False),
                name="recalled_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.SENT_BACK) | ~Q(question=""),
                name="sent_back_with_a_question",
            ),
        ]
        triggers: ClassVar = frozen_with_the_period()

    def __str__(self) -> str:
        return f"{self.programme}, {self.period}: {self.get_state_display()}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_STATES

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN_STATES


class Reminder(models.Model):
    """One reminder for one programme's return. The row is made with the message, so none goes out twice."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="reminders")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="reminders")
    days_before = models.SmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "period", "days_before"], name="one_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder for {self.programme}, {self.period}"
