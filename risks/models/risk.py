"""Registers and the risks and issues in them."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from icp.common.clock import DatabaseNow
from programmes.models import Organisation, Place, Post, Programme
from risks.models.settings import MOST_SCORE, MOST_STEPS, RiskCategory

PROGRAMME_OF_RISK = "(SELECT programme_id FROM risks_register WHERE id = r.register_id)"
# For the journal: SQL over a row ``r`` that hangs on a risk.
PLACE_OF_RISK = "(SELECT place_id FROM risks_risk WHERE id = r.risk_id)"
PROGRAMME_THROUGH_RISK = (
    "(SELECT g.programme_id FROM risks_risk k JOIN risks_register g ON g.id = k.register_id"
    " WHERE k.id = r.risk_id)"
)
ABOUT_RISK = ["'risks.risk:' || r.risk_id"]


@tracked(place="r.place_id", programme="r.programme_id", quiet=["last_number"])
class Register(models.Model):
    """The register of a programme, or, without one, of the whole. Its code begins every reference: PC12, IC23."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="risk_registers")
    programme = models.OneToOneField(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="risk_register"
    )
    code = models.CharField(
        max_length=12,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9&]*$", "Use capital letters and digits.")],
    )
    last_number = models.PositiveIntegerField(
        default=0, help_text="The highest number it ever gave: none is given twice."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "code"], name="register_code_once"),
            models.UniqueConstraint(
                fields=["place"], condition=Q(programme=None), name="one_register_of_the_whole"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="numbers_only_rise",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.last_number < OLD.last_number OR NEW.place_id <> OLD.place_id THEN
                        RAISE EXCEPTION 'A register stays in its place, and gives no number twice.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The programme's name. Needs ``programme`` loaded."""
        return self.programme.name if self.programme else "The whole programme"


class RiskKind(models.TextChoices):
    RISK = "risk", "Risk"
    ISSUE = "issue", "Issue"


class RiskState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    MERGED = "merged", "Merged"


class Proximity(models.TextChoices):
    """When it would strike."""

    NOW = "now", "Happening, or within a month"
    QUARTER = "quarter", "Within three months"
    YEAR = "year", "Within the year"
    LATER = "later", "Later"


HIGHEST_FIRST = models.F("current").desc(nulls_last=True)


class RiskQuerySet(models.QuerySet["Risk"]):
    """Filters that chain."""

    def open(self) -> Self:
        return self.filter(state=RiskState.OPEN)

    def in_order(self) -> Self:
        """The whole's register first, then the programmes' in their order; by number."""
        return self.order_by(
            models.F("register__programme__order").asc(nulls_first=True),
            "register_id",
            "number",
            "pk",
        )

    def worst_first(self) -> Self:
        return self.order_by(HIGHEST_FIRST, "ref", "pk")


STEP = (MinValueValidator(1), MaxValueValidator(MOST_STEPS))
SCORE = (MinValueValidator(1), MaxValueValidator(MOST_SCORE))


def _step(help_text: str = "") -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=list(STEP), help_text=help_text
    )


def _score(help_text: str = "") -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=list(SCORE), help_text=help_text
    )


@tracked(
    place="r.place_id", programme=PROGRAMME_OF_RISK, quiet=["version", "changed_at", "current"]
)
class Risk(models.Model):
    """A risk, or an issue: a risk that has happened (domain section 5).

    ``current`` is likelihood times impact, kept by the database so that lists find it by index. ``printed_current``
    is what a source printed instead ("N/A" too); it is flagged where it differs, and never rewritten unasked.
    Inherent and target scores may come without their likelihood and impact. Unknown is empty, never nought.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="risks")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveIntegerField()
    ref = models.CharField("reference", max_length=24)
    kind = models.CharField(max_length=5, choices=RiskKind, default=RiskKind.RISK)
    state = models.CharField(max_length=6, choices=RiskState, default=RiskState.OPEN)
    title = models.CharField(max_length=200)
    cause = models.TextField(blank=True)
    event = models.TextField(blank=True)
    consequence = models.TextField(blank=True)
    category = models.ForeignKey(
        RiskCategory, null=True, blank=True, on_delete=models.SET_NULL, related_name="risks"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="risks"
    )
    owner = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="risks_owned"
    )
    delegate = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="risks_delegated"
    )
    inherent_likelihood = _step()
    inherent_impact = _step()
    inherent = _score("Before anything was done about it.")
    likelihood = _step()
    impact = _step()
    current = _score("Likelihood times impact, by the database.")
    target_likelihood = _step()
    target_impact = _step()
    target = _score("Where its owner wants it.")
    printed_current = models.CharField(
        max_length=10, blank=True, help_text="The current score as a source prints it."
    )
    proximity = models.CharField(max_length=7, choices=Proximity, blank=True)
    value = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Pounds, if it happens."
    )
    probability = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="Percent."
    )
    raised_on = models.DateField(
        null=True, blank=True, help_text="Empty: before the register came into the portal."
    )
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review_on = models.DateField(null=True, blank=True, help_text="When it is reviewed next.")
    came_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="became"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    removal_because = models.TextField(
        blank=True, help_text="Why its programme recommends to take it out of the register."
    )
    ended_because = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    changed_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    objects = RiskQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "ref"], name="risk_reference_once"),
            models.UniqueConstraint(fields=["register", "number"], name="risk_number_once"),
            models.CheckConstraint(condition=Q(kind__in=RiskKind.values), name="risk_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=RiskState.values), name="risk_state_known"
            ),
            models.CheckConstraint(
                condition=Q(proximity__in=["", *Proximity.values]), name="risk_proximity_known"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True})
                    | Q(**{f"{name}__range": (1, MOST_STEPS)}),
                    name=f"risk_{name}_is_a_step",
                )
                for name in (
                    "likelihood",
                    "impact",
                    "inherent_likelihood",
                    "inherent_impact",
                    "target_likelihood",
                    "target_impact",
                )
            ),
            models.CheckConstraint(
                condition=Q(likelihood__isnull=True, impact__isnull=True)
                | Q(likelihood__isnull=False, impact__isnull=False),
                name="risk_scored_by_both",
            ),
            models.CheckConstraint(
                condition=(Q(inherent__isnull=True) | Q(inherent__range=(1, MOST_SCORE)))
                & (Q(target__isnull=True) | Q(target__range=(1, MOST_SCORE))),
                name="risk_scores_in_range",
            ),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__range=(0, 100)),
                name="risk_probability_in_percent",
            ),
            models.CheckConstraint(
                condition=Q(state=RiskState.OPEN, ended_on__isnull=True, merged_into__isnull=True)
                | Q(state=RiskState.CLOSED, ended_on__isnull=False, merged_into__isnull=True)
                | Q(state=RiskState.MERGED, ended_on__isnull=False, merged_into__isnull=False),
                name="risk_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=RiskState.OPEN) | ~Q(ended_because=""),
                name="risk_ended_for_a_reason",
            ),
        ]
        indexes: ClassVar = [
            # A page of the register in its order: as `worst_first`.
            models.Index("place", "state", HIGHEST_FIRST, "ref", "id", name="risk_by_score"),
            # What is counted of the open ones beside the list is counted in indexes alone.
            models.Index(
                fields=["place", "id"], condition=Q(state=RiskState.OPEN), name="risk_open"
            ),
            models.Index(
                fields=["place", "review_on"],
                condition=Q(state=RiskState.OPEN),
                name="risk_to_review",
            ),
            models.Index(fields=["register", "number"], name="risk_by_register"),
            models.Index(fields=["owner"], name="risk_by_owner"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="current_is_derived",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="NEW.current := NEW.likelihood * NEW.impact; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="saved_now",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["changed_at", "version", "current"]),
                func="NEW.changed_at := icp_now(); NEW.version := OLD.version + 1; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="place_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("place"),
                func="""
                    RAISE EXCEPTION 'A risk stays in its place: who may see it hangs on that.'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state == RiskState.OPEN


class FormerReference(models.Model):
    """What a risk was called in a register that it left. It leads to the risk, and is given to no other."""

    append_only = True

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=24)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="former")
    until = models.DateField()
    because = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "ref"], name="former_reference_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.ref


class ClosedTime(models.Model):
    """A time in which a risk was closed or merged, written when it is opened again: from the day on which it ended to
    that on which it was reopened, on which it stands again. In it the risk is in no register.
    """

    append_only = True

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="closed_times")
    closed_on = models.DateField()
    reopened_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reopened_on__gte=models.F("closed_on")), name="closed_before_reopened"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.closed_on} to {self.reopened_on}"
