"""Programmes and the posts that lead them."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from programmes.models.organisation import Place

# For the journal: SQL over a row ``r`` that belongs to a programme.
PLACE_OF_PROGRAMME = "(SELECT place_id FROM programmes_programme WHERE id = r.programme_id)"


class ProgrammeKind(models.TextChoices):
    WORKSTREAM = "care workstream", "Care workstream"
    ENABLER = "enabler group", "Enabler group"
    PROGRAMME = "programme", "Programme"
    PROJECT = "project", "Project"


class ProgrammeState(models.TextChoices):
    """Shown on every page the programme prints on (domain section 2)."""

    LIVE = "live", "Live"
    REVIEW = "dates subject to review", "Dates subject to review"
    APPROVAL = "dates subject to SRO approval", "Dates subject to SRO approval"
    CONSTRUCTION = "under construction", "Under construction"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def in_order(self) -> Self:
        """The place's own order, a programme inside another right after it."""
        return self.order_by("order", "pk")

    def in_place(self, place: Place) -> Self:
        return self.filter(place=place)

    def reporting(self) -> Self:
        """Those that return a status each period."""
        return self.filter(in_scope=True)


@tracked(place="r.place_id", programme="r.id")
class Programme(models.Model):
    """A workstream, enabler group, project or programme; may stand inside another."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="programmes")
    code = models.CharField(
        max_length=12,
        validators=[
            RegexValidator(r"^[A-Z][A-Z0-9&]*$", "Use capital letters and digits, as in IT.")
        ],
        help_text="What people quote before a row's number, as in IT 11.",
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ProgrammeKind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="inside"
    )
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=40, choices=ProgrammeState, default=ProgrammeState.LIVE)
    in_scope = models.BooleanField(default=True)
    tolerance_months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(24)]
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "code"], name="programme_code_once_a_place"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="programme_not_inside_itself",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="place_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("place"),
                func="""
                    RAISE EXCEPTION 'A programme stays in its place: its history and who may see it hang on it.'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(
    place="r.place_id",
    about=[
        "'accounts.user:' || (CASE WHEN TG_OP <> 'DELETE' THEN NEW.holder_id END)",
        "'accounts.user:' || (CASE WHEN TG_OP <> 'INSERT' THEN OLD.holder_id END)",
    ],
)
class Post(models.Model):
    """A job that holds duties, such as Workstream Director: Prevention. Its holder changes, the post stays."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(max_length=200)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "title"], name="post_once_a_place"),
        ]

    def __str__(self) -> str:
        return self.title


class LeadershipRole(models.TextChoices):
    LEAD = "lead", "Lead"
    DEPUTY = "deputy", "Deputy lead"
    SRO = "sro", "SRO or chair"
    ACCOUNTABLE = "accountable", "Accountable officer"


@tracked(
    place=PLACE_OF_PROGRAMME,
    programme="r.programme_id",
    about=["'programmes.programme:' || r.programme_id"],
    quiet=["order"],
)
class Leadership(models.Model):
    """A post's duty in one programme. Joint leads and joint chairs are several rows."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="leadership")
    role = models.CharField(max_length=12, choices=LeadershipRole)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="duties")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "role", "post"], name="duty_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(role=LeadershipRole.ACCOUNTABLE),
                name="one_accountable_officer",
            ),
            models.CheckConstraint(
                condition=Q(role__in=LeadershipRole.values), name="leadership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.programme}: {self.post}"
