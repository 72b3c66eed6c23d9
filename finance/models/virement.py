"""Virements: annual budget moved between lines, by two people (domain section 6)."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from finance.models.line import PLACE_OF_LINE, BudgetLine
from finance.models.rules import BOARD_ABOVE
from finance.rules.years import year_name
from icp.audit.tracking import tracked
from programmes.models import Board, Place


class VirementState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class VirementQuerySet(models.QuerySet["Virement"]):
    def approved(self) -> Self:
        return self.filter(state=VirementState.APPROVED)

    def newest_first(self) -> Self:
        return self.order_by("-year", "-number")


@tracked(place="r.place_id", reason="r.reason", quiet=["version"])
class Virement(models.Model):
    """Budget moved between lines of one year, from month ``from_month`` on. Its lines add up to nought.

    Above the place's threshold a board approves too: which, and in what words, is kept.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="virements")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(help_text="V 1, V 2: by place, never used again.")
    from_month = models.PositiveSmallIntegerField()
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=VirementState, default=VirementState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True, help_text="Why it was refused, or what was said.")
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.PROTECT, related_name="virements"
    )
    board_decided_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = VirementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "number"], name="virement_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=VirementState.values, from_month__range=(1, 12)),
                name="virement_state_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=VirementState.PROPOSED, decided_by__isnull=True, decided_at__isnull=True
                )
                | (
                    ~Q(state=VirementState.PROPOSED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="virement_decided_by_someone",
            ),
            # Two different people (domain section 6).
            models.CheckConstraint(
                condition=~Q(state=VirementState.APPROVED) | ~Q(decided_by=F("proposed_by")),
                name="virement_approved_by_another",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="virement_says_why"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="decided_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="proposed"),
                func="""
                    RAISE EXCEPTION 'A virement that was decided never changes.'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
            # Whoever asks: as finance.rules.virements.needs_board says, by the place's threshold of the day.
            pgtrigger.Trigger(
                name="a_large_one_names_its_board",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="approved"),
                func=f"""
                    IF (NEW.board_id IS NULL OR NEW.board_decided_on IS NULL)
                        AND (SELECT coalesce(sum(amount), 0) FROM finance_virementline
                             WHERE virement_id = NEW.id AND amount > 0)
                        >= coalesce((SELECT board_above FROM finance_financerules
                                     WHERE place_id = NEW.place_id), {BOARD_ABOVE})
                    THEN
                        RAISE EXCEPTION 'A virement of this much needs a board.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,  # nosec B608  # noqa: S608 - a number of our own
            ),
        ]

    def __str__(self) -> str:
        return f"V {self.number}"

    @property
    def year_name(self) -> str:
        """2019/20."""
        return year_name(self.year)


@tracked(
    place=PLACE_OF_LINE,
    about=["'finance.virement:' || r.virement_id", "'finance.budgetline:' || r.line_id"],
)
class VirementLine(models.Model):
    """What one line gives (negative) or takes, in pounds."""

    virement = models.ForeignKey(Virement, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="virements")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["virement", "line"], name="one_line_a_virement"),
            models.CheckConstraint(condition=~Q(amount=0), name="virement_line_moves_something"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="adds_up_to_nought",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT 1 FROM finance_virementline
                               WHERE virement_id IN (NEW.virement_id, OLD.virement_id)
                               GROUP BY virement_id HAVING sum(amount) <> 0)
                    THEN
                        RAISE EXCEPTION 'What a virement gives and takes adds up to nought.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="lines_of_decided_never_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM finance_virement
                               WHERE id IN (NEW.virement_id, OLD.virement_id)
                               AND state <> 'proposed')
                    THEN
                        RAISE EXCEPTION 'A virement that was decided never changes.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN coalesce(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.virement}: {self.amount} to {self.line}"
