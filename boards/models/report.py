"""Reports of a period: content that is built once, approved, published and then never changes."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When

from icp.audit.tracking import tracked
from programmes.models import Period


class ReportKind(models.TextChoices):
    """In the order of the pack (domain section 3). Values are used in addresses and on the command line."""

    ACHIEVEMENTS = "achievements", "Achievements"
    LOOK_AHEAD = "look-ahead", "Look ahead"
    EXCEPTIONS = "exceptions", "Exception report"
    NOW_GREEN = "now-green", "Now green"
    FULL_PLAN = "full-plan", "Full plan"


class ReportState(models.TextChoices):
    WAITING = "waiting", "Being built"
    FAILED = "failed", "Could not be built"
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


BUILT_STATES = (ReportState.DRAFT, ReportState.APPROVED, ReportState.PUBLISHED)


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> Self:
        return self.filter(state=ReportState.PUBLISHED)

    def public(self) -> Self:
        return self.published().filter(is_public=True)

    def in_pack_order(self) -> Self:
        """Newest period first, and within it in the order of the pack."""
        place_in_pack = Case(
            *(When(kind=kind, then=Value(number)) for number, kind in enumerate(ReportKind)),
            output_field=models.PositiveSmallIntegerField(),
        )
        return self.order_by("-period__ends_on", place_in_pack, "pk")


@tracked(
    place="(SELECT place_id FROM programmes_period WHERE id = r.period_id)",
    without=["content"],
    quiet=["version", "tries"],
)
class Report(models.Model):
    """One kind of report for one closed period of a place.

    ``content`` is the whole of what every form of it prints (page, PDF, CSV, JSON); ``schema`` says how
    to read it, and ``checksum`` is the SHA-256 of its canonical JSON, taken when it is published.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20, choices=ReportKind)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.WAITING)
    schema = models.PositiveSmallIntegerField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    narrative = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    checksum = models.CharField(max_length=64, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often building it failed.")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who closed the period, and so may not approve its reports.",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "kind"], name="one_report_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=ReportKind.values), name="report_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BUILT_STATES)
                | Q(content__isnull=False, schema__isnull=False, built_at__isnull=False),
                name="built_report_has_content",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("closed_by")),
                name="approved_by_another_than_closed",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=[ReportState.APPROVED, ReportState.PUBLISHED])
                    & Q(approved_by__isnull=False, approved_at__isnull=False)
                )
                | (
                    ~Q(state__in=[ReportState.APPROVED, ReportState.PUBLISHED])
                    & Q(approved_by__isnull=True, approved_at__isnull=True)
                ),
                name="approved_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=ReportState.PUBLISHED)
                    & Q(published_by__isnull=False, published_at__isnull=False)
                    & ~Q(checksum="")
                )
                | (
                    ~Q(state=ReportState.PUBLISHED)
                    & Q(published_by__isnull=True, published_at__isnull=True, checksum="")
                ),
                name="published_by_someone_with_a_checksum",
            ),
        ]
        triggers: ClassVar = [
            # Two different people (domain section 3): the closer is whoever closed the period, not who is
            # written here.
            pgtrigger.Trigger(
                name="closer_is_who_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("closed_by_id", "period_id", "approved_by_id"),
                func="""
                    IF NEW.closed_by_id IS DISTINCT FROM
                       (SELECT closed_by_id FROM programmes_period WHERE id = NEW.period_id)
                    THEN
                        RAISE EXCEPTION 'A report names who closed its period, and nobody else.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="published_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ReportState.PUBLISHED),
                # Whether the public may see it is not content: the office may still decide that.
                func="""
                    IF TG_OP = 'DELETE' OR
                       (to_jsonb(NEW) - 'is_public' - 'version')
                       IS DISTINCT FROM (to_jsonb(OLD) - 'is_public' - 'version')
                    THEN
                        RAISE EXCEPTION 'A published report never changes.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.period}"

    @property
    def is_published(self) -> bool:
        return self.state == ReportState.PUBLISHED

    @property
    def has_first_draft(self) -> bool:
        """Its narrative is what its figures gave, and nobody has written or approved it yet."""
        return self.state == ReportState.DRAFT and self.version == 1 and bool(self.narrative)

    @property
    def is_built(self) -> bool:
        return self.state in BUILT_STATES


class ReportFile(models.Model):
    """A published report's PDF, kept so that a later version of the portal hands out the same bytes."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="pdf")
    data = models.BinaryField()
    checksum = models.CharField(max_length=64)
    rendered_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="kept_as_published", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"PDF of {self.report}"
