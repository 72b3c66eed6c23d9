"""Systems, places, their partner organisations and boards, and the roles people hold in a place."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked


@tracked()
class System(models.Model):
    """An integrated care system: the wider area that holds places (domain section 2)."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


def default_reminder_days() -> list[int]:
    return [5, 2, 0]


@tracked(place="r.id")
class Place(models.Model):
    """A place in a system, with the settings its monthly cycle runs by."""

    class Holidays(models.TextChoices):
        NONE = "none", "No bank holidays"
        ENGLAND = "england", "Bank holidays in England"

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    tolerance_months = models.PositiveSmallIntegerField(
        default=2,
        validators=[MaxValueValidator(24)],
        help_text="Slip beyond this many calendar months is red. A programme or an item may be tighter.",
    )
    holidays = models.CharField(max_length=10, choices=Holidays, default=Holidays.NONE)
    closed_days = ArrayField(
        models.DateField(),
        default=list,
        blank=True,
        help_text="Days on which nobody works, beside week-ends and bank holidays.",
    )
    worked_holidays = ArrayField(
        models.DateField(),
        default=list,
        blank=True,
        help_text="Bank holidays on which people work all the same.",
    )
    return_due_working_days = models.PositiveSmallIntegerField(
        default=1,
        validators=[MaxValueValidator(20)],
        help_text="Returns are due this many working days after the period ends.",
    )
    reminder_days = ArrayField(
        models.PositiveSmallIntegerField(),
        default=default_reminder_days,
        help_text="Reminders go out this many days before the return is due.",
    )

    def __str__(self) -> str:
        return self.name


@tracked(place="r.place_id")
class Organisation(models.Model):
    """A partner: a commissioner, council, hospital, federation or voluntary body."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="organisations")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "short_name"], name="organisation_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(place="r.place_id")
class Board(models.Model):
    """A body that reads the reports and is asked for decisions, such as the AOG or an ICB."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="boards")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60)
    takes_decisions = models.BooleanField(
        default=True, help_text="A lead may ask this board for a decision."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "slug"], name="board_once_a_place"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(
    place="(SELECT place_id FROM programmes_board WHERE id = r.board_id)",
    about=["'programmes.board:' || r.board_id", "'accounts.user:' || r.user_id"],
)
class BoardMember(models.Model):
    """A person's seat on a board."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="board_seats"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["board", "user"], name="one_seat_a_board"),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.board}"


class PlaceRole(models.TextChoices):
    OFFICE = "office", "Programme office"
    FINANCE = "finance", "Programme finance lead"
    GOVERNANCE = "governance", "Governance manager"
    RISK_OWNER = "risk owner", "Risk owner"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


# What a colleague may do while somebody is away. Who may invite people, and who only looks, is not lent.
LENT_ROLES = (PlaceRole.OFFICE, PlaceRole.FINANCE, PlaceRole.GOVERNANCE, PlaceRole.RISK_OWNER)


@tracked(place="r.place_id", about=["'accounts.user:' || r.user_id"])
class Membership(models.Model):
    """A role over the whole place. Roles in one programme come from the posts a person holds."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=PlaceRole)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "user", "role"], name="one_role_once"),
            models.CheckConstraint(
                condition=Q(role__in=PlaceRole.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} in {self.place}"


@tracked(
    place="(SELECT place_id FROM programmes_organisation WHERE id = r.organisation_id)",
    about=["'accounts.user:' || r.user_id"],
)
class FinanceLead(models.Model):
    """Who enters and submits the month-end position of one organisation; several may."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="finance_leads"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="finance_leads"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user"], name="finance_lead_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: finance lead of {self.organisation}"
