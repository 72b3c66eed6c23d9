"""What is done about a risk: actions, controls and who assures of them, and what it hangs together with."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from icp.audit.tracking import tracked
from icp.common.files import KeptFile
from programmes.models import ChangeRequest, Organisation, PlanItem, Post, Programme
from risks.models.risk import ABOUT_RISK, PLACE_OF_RISK, PROGRAMME_THROUGH_RISK, Risk


@tracked(place=PLACE_OF_RISK, programme=PROGRAMME_THROUGH_RISK, about=ABOUT_RISK, quiet=["version"])
class Mitigation(models.Model):
    """An action that makes a risk smaller. ``effect`` is what it is expected to do to the score."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="mitigations")
    what = models.TextField()
    owner = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="mitigations"
    )
    due_on = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(100)], help_text="How far it has come."
    )
    progress = models.TextField(blank=True)
    effect = models.CharField(max_length=300, blank=True)
    done_on = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__range=(0, 100)), name="mitigation_percent_in_range"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(percent=100), name="mitigation_done_is_whole"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["risk", "due_on"], condition=Q(removed_at=None), name="mitigation_of_risk"
            ),
        ]

    def __str__(self) -> str:
        return self.what[:80]


class ControlLine(models.TextChoices):
    """A control, or one of the three lines of assurance that it works."""

    CONTROL = "control", "Control"
    FIRST = "first line", "Assurance, first line: who does the work"
    SECOND = "second line", "Assurance, second line: who oversees it"
    THIRD = "third line", "Assurance, third line: independent"


@tracked(place=PLACE_OF_RISK, programme=PROGRAMME_THROUGH_RISK, about=ABOUT_RISK)
class Control(models.Model):
    """What holds a risk back now, or assures that this does; ``gap`` is what is missing of it."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="controls")
    line = models.CharField(max_length=11, choices=ControlLine, default=ControlLine.CONTROL)
    what = models.TextField()
    gap = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(line__in=ControlLine.values), name="control_line_known"
            ),
        ]

    def __str__(self) -> str:
        return self.what[:80]


@tracked(place=PLACE_OF_RISK, programme=PROGRAMME_THROUGH_RISK, about=ABOUT_RISK)
class Link(models.Model):
    """What a risk hangs together with: a plan's row, a change request, a line of the money, an indicator, or something
    named.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="links")
    item = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    change = models.ForeignKey(
        ChangeRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A position is organisation x fund x workstream, or a name where it belongs to no workstream: the same line in every
    # year. Without a fund it is all that the partner says of the workstream. The lines themselves are another room's.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    workstream = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fund = models.CharField(
        max_length=20, blank=True, help_text="Of a line of the money: its fund."
    )
    line_name = models.CharField(
        max_length=200, blank=True, help_text="Of a line that belongs to no workstream: its name."
    )
    # By name and set, as a place's return names it: who models indicators finds them by both.
    indicator = models.CharField(max_length=200, blank=True, help_text="An indicator's name.")
    indicator_set = models.CharField(
        max_length=100, blank=True, help_text="The set or source that the indicator is of."
    )
    words = models.CharField(max_length=200, blank=True, help_text="Anything else, by its name.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    item__isnull=False,
                    change=None,
                    organisation=None,
                    workstream=None,
                    indicator="",
                )
                | Q(
                    item=None,
                    change__isnull=False,
                    organisation=None,
                    workstream=None,
                    indicator="",
                )
                | Q(item=None, change=None, organisation__isnull=False, indicator="")
                | (
                    Q(item=None, change=None, organisation=None, workstream=None)
                    & (~Q(indicator="") | ~Q(words=""))
                ),
                name="link_leads_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(indicator_set="") | ~Q(indicator=""), name="link_set_of_an_indicator"
            ),
            models.CheckConstraint(
                condition=Q(fund="", line_name="")
                | (Q(organisation__isnull=False, line_name="") & ~Q(fund=""))
                | (Q(organisation__isnull=False, workstream=None) & ~Q(fund="") & ~Q(line_name="")),
                name="line_of_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(
            self.item or self.change or self.organisation or self.indicator_words
        )

    @property
    def indicator_words(self) -> str:
        """The indicator with its set; nothing where it is of none."""
        if self.indicator_set:
            return f"{self.indicator} ({self.indicator_set})"
        return self.indicator


@tracked(
    place=PLACE_OF_RISK,
    programme=PROGRAMME_THROUGH_RISK,
    about=ABOUT_RISK,
    without=["content"],
)
class RiskFile(KeptFile):
    """A file attached to a risk. Taking it away empties ``content`` and keeps that it was there."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="risk_file_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
