"""The plan: an outline of summary tasks, tasks and milestones, as its author wrote it."""

from collections.abc import Collection
from datetime import date
from typing import ClassVar, Self

import pgtrigger
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Concat, Upper

from icp.audit.tracking import tracked
from icp.common.clock import DatabaseNow
from programmes.models.organisation import Place
from programmes.models.programme import PLACE_OF_PROGRAMME, Post, Programme


class ItemKind(models.TextChoices):
    SUMMARY = "summary", "Summary"
    TASK = "task", "Task"
    MILESTONE = "milestone", "Milestone"


class Scheduling(models.TextChoices):
    AUTO = "auto", "Automatic"
    MANUAL = "manual", "Manual"


class Level(models.TextChoices):
    """Up to where a row is shown: promoted, it stands there too, and stays in its plan."""

    PROGRAMME = "programme", "Its programme"
    PLACE = "place", "The place"
    BOARD = "board", "The boards"


# Summaries are headings and never counted; a removed row stays for its history (domain section 3).
COUNTED = ~Q(kind=ItemKind.SUMMARY) & Q(removed_at__isnull=True)
STILL_OPEN = COUNTED & Q(is_complete=False)
COMPLETE = COUNTED & Q(is_complete=True)
# When a row is expected to finish, by the last that was said of it: forecast, else agreed, else planned.
EXPECTED_FINISH = Coalesce("forecast_finish", "baseline_finish", "finish")


def _is_number(reference: str) -> Q:
    code, blank, number = reference.strip().partition(" ")
    if blank:
        return Q(programme__code__iexact=code, plan_id__iexact=number.strip())
    return Q(("written", code.upper()))


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    """Filters that chain. "Agreed finish" is the baseline finish (domain section 2)."""

    def present(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def present_on(self, day: date) -> Self:
        """In the plan, or removed from it after that day."""
        return self.filter(Q(removed_at__isnull=True) | Q(removed_at__date__gt=day))

    def counted(self) -> Self:
        """Tasks and milestones in the plan: what lists and counts are made of."""
        return self.filter(COUNTED)

    def still_open(self) -> Self:
        return self.filter(STILL_OPEN)

    def complete(self) -> Self:
        return self.filter(COMPLETE)

    def overdue(self, *, on: date) -> Self:
        """Incomplete, agreed finish on or before ``on``, whatever its forecast (domain section 3)."""
        return self.still_open().filter(baseline_finish__lte=on)

    def due_between(self, first: date, last: date) -> Self:
        """Agreed or forecast finish from ``first`` to ``last``, both included."""
        return self.filter(
            Q(baseline_finish__range=(first, last)) | Q(forecast_finish__range=(first, last))
        )

    def looking_ahead(self, *, as_at: date, first: date, last: date) -> Self:
        """Due from ``first`` to ``last``, not complete and not overdue at ``as_at`` (domain section 3)."""
        return (
            self.still_open()
            .due_between(first, last)
            .filter(Q(baseline_finish__gt=as_at) | Q(baseline_finish__isnull=True))
        )

    def undated(self) -> Self:
        """Incomplete, with neither an agreed nor a forecast finish. Nothing is invented to fill the gap."""
        return self.still_open().filter(baseline_finish__isnull=True, forecast_finish__isnull=True)

    def promoted(self) -> Self:
        """Shown to the whole place, or to its boards too."""
        return self.exclude(level=Level.PROGRAMME)

    def numbered(self, reference: str) -> Self:
        """The row that people quote so, with or without the blank: IT 11, it 11, IT11."""
        return self._with_number(reference).filter(_is_number(reference))

    def called(self, rows: Collection[tuple[str, str]], *, place: Place) -> Self:
        """The place's rows of these programme codes and numbers, removed ones too; none without any.

        There may be others among them, with the code of one and the number of another.
        """
        return self.filter(
            programme__place=place,
            programme__code__in={code for code, _ in rows},
            plan_id__in={number for _, number in rows},
        )

    def saying(self, words: str) -> Self:
        """Rows whose name holds ``words``, or whose number they are."""
        return self._with_number(words).filter(Q(name__icontains=words) | _is_number(words))

    def _with_number(self, reference: str) -> Self:
        if " " in reference.strip():
            return self
        return self.alias(written=Upper(Concat("programme__code", "plan_id")))

    def in_plan_order(self) -> Self:
        return self.order_by("programme__order", "programme_id", "position")


STATE_FROM_STATUSES = """
SELECT
    COALESCE(
        (SELECT s.rag = 'complete' FROM programmes_status s
         JOIN programmes_period p ON p.id = s.period_id
         WHERE s.item_id = {item} AND s.rag IS NOT NULL ORDER BY p.ends_on DESC LIMIT 1),
        {ticked}
    ),
    (SELECT s.forecast_finish FROM programmes_status s
     JOIN programmes_period p ON p.id = s.period_id
     WHERE s.item_id = {item} AND s.forecast_finish IS NOT NULL ORDER BY p.ends_on DESC LIMIT 1)
"""


@tracked(
    place=PLACE_OF_PROGRAMME,
    programme="r.programme_id",
    # What its statuses say is told where they changed.
    quiet=["is_complete", "forecast_finish", "changed_at", "version"],
)
class PlanItem(models.Model):
    """One row of a plan, quoted as its programme's code and its number: IT 11.

    Dates are the author's; nothing moves them. ``baseline_*`` are the agreed dates: the first import is
    the first baseline. ``version`` counts the changes of what the author wrote, by any way, so that a
    second person's save is noticed. ``is_complete`` and ``forecast_finish`` are what the latest statuses say, kept
    here by the database itself so that lists find them by index.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="items")
    plan_id = models.CharField("number", max_length=20)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveIntegerField(help_text="The author's order within the programme.")
    outline_level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind)
    name = models.CharField(max_length=500)
    start = models.DateField(null=True, blank=True)
    start_tbc = models.BooleanField(default=False)
    finish = models.DateField(null=True, blank=True)
    finish_tbc = models.BooleanField(default=False)
    declared_duration = models.CharField(
        max_length=40, blank=True, help_text="As the source prints it, such as 43 days?"
    )
    declared_days = models.PositiveIntegerField(null=True, blank=True)
    duration_estimated = models.BooleanField(default=False)
    scheduling = models.CharField(max_length=10, choices=Scheduling, default=Scheduling.AUTO)
    ticked = models.BooleanField(
        default=False, help_text="Complete in the plan as it was imported."
    )
    ticked_in = models.ForeignKey(
        "programmes.Period",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The period whose import first brought the tick; empty before the first period.",
    )
    baseline_start = models.DateField(null=True, blank=True)
    baseline_finish = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    tolerance_months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(24)]
    )
    # Who will supply a date that is to be confirmed, by when, and since when it is awaited.
    tbc_from = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tbc_by = models.DateField(null=True, blank=True)
    tbc_since = models.DateField(null=True, blank=True)
    is_placeholder = models.BooleanField(
        default=False, help_text="It stands for rows still to come."
    )
    notes = models.TextField(blank=True)
    level = models.CharField(max_length=10, choices=Level, default=Level.PROGRAMME)
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_into"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts the changes of what its author wrote."
    )
    is_complete = models.BooleanField(default=False, editable=False)
    forecast_finish = models.DateField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(
        db_default=DatabaseNow(), editable=False, help_text="By the portal's clock."
    )

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # A number people quote never changes and is never reused: removed rows keep theirs.
            models.UniqueConstraint(fields=["programme", "plan_id"], name="number_once"),
            models.UniqueConstraint(
                fields=["programme", "position"],
                name="position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="item_level_known"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start_tbc=False), name="start_given_or_tbc"
            ),
            models.CheckConstraint(
                condition=Q(finish__isnull=True) | Q(finish_tbc=False), name="finish_given_or_tbc"
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True)
                | Q(finish__isnull=True)
                | Q(start__lte=F("finish")),
                name="item_starts_before_it_finishes",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="item_not_inside_itself"
            ),
        ]
        indexes: ClassVar = [
            # With what lists are ordered by: a page of what is overdue is found without a look at the rows.
            models.Index(
                fields=["programme", "baseline_finish"],
                include=["position", "id"],
                condition=STILL_OPEN,
                name="item_open_by_finish",
            ),
            models.Index("baseline_finish", condition=STILL_OPEN, name="item_open_finish"),
            models.Index(
                "forecast_finish",
                condition=STILL_OPEN & Q(forecast_finish__isnull=False),
                name="item_open_forecast",
            ),
            models.Index("programme", condition=COMPLETE, name="item_complete"),
            models.Index(
                "programme",
                condition=COUNTED & ~Q(level=Level.PROGRAMME),
                name="item_promoted",
            ),
            models.Index(
                "programme",
                condition=STILL_OPEN
                & Q(baseline_finish__isnull=True)
                & Q(forecast_finish__isnull=True),
                name="item_undated",
            ),
            models.Index("programme", EXPECTED_FINISH, condition=COUNTED, name="item_last_finish"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="state_of_item",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("ticked"),
                func=STATE_FROM_STATUSES.format(item="NEW.id", ticked="NEW.ticked")
                + " INTO NEW.is_complete, NEW.forecast_finish; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="changed_now",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # What its statuses say is no change of the plan.
                condition=pgtrigger.AnyChange(
                    exclude=["is_complete", "forecast_finish", "changed_at", "version"]
                ),
                func="NEW.changed_at := icp_now(); NEW.version := OLD.version + 1; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="number_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("plan_id", "programme"),
                func="""
                    RAISE EXCEPTION 'A row keeps its number and its programme for good:'
                        ' people quote it, and its history stands under it. Add a new row instead.'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def reference(self) -> str:
        """What people quote: IT 11. Needs ``programme`` loaded."""
        return f"{self.programme.code} {self.plan_id}"

    @property
    def is_summary(self) -> bool:
        return self.kind == ItemKind.SUMMARY
