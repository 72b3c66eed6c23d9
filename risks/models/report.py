"""Reports of the registers: content built when a period closes, approved and published by others, then frozen."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from icp.audit.tracking import tracked
from programmes.models import Period


class RiskReportKind(models.TextChoices):
    """Values are used in addresses. The full register is built for the last period of a quarter."""

    ESCALATED = "escalated", "Register of escalated risks"
    FULL = "full", "Full risk register"


class RiskReportState(models.TextChoices):
    WAITING = "waiting", "Being built"
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


HAS_CONTENT = (RiskReportState.DRAFT, RiskReportState.APPROVED, RiskReportState.PUBLISHED)
AGREED = (RiskReportState.APPROVED, RiskReportState.PUBLISHED)


class RiskReportQuerySet(models.QuerySet["RiskReport"]):
    def published(self) -> Self:
        return self.filter(state=RiskReportState.PUBLISHED)

    def newest_first(self) -> Self:
        return self.order_by("-period__ends_on", "kind", "pk")


@tracked(
    place="(SELECT place_id FROM programmes_period WHERE id = r.period_id)",
    without=["content", "pdf"],
    quiet=["version"],
)
class RiskReport(models.Model):
    """What every form of it prints; ``schema`` says how ``content`` is laid out, ``checksum`` is of its canonical JSON."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="risk_reports")
    kind = models.CharField(max_length=9, choices=RiskReportKind)
    state = models.CharField(max_length=9, choices=RiskReportState, default=RiskReportState.WAITING)
    schema = models.PositiveSmallIntegerField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    narrative = models.TextField(blank=True)
    checksum = models.CharField(max_length=64, blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
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

    objects = RiskReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "kind"], name="one_risk_report_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=RiskReportKind.values), name="risk_report_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RiskReportState.WAITING)
                | Q(content__isnull=False, schema__isnull=False, built_at__isnull=False),
                name="built_risk_report_has_content",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=AGREED, approved_by__isnull=False, approved_at__isnull=False)
                    # Two different people.
                    & ~Q(approved_by=F("closed_by"))
                )
                | (~Q(state__in=AGREED) & Q(approved_by__isnull=True, approved_at__isnull=True)),
                name="risk_report_approved_by_another",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state=RiskReportState.PUBLISHED,
                        published_by__isnull=False,
                        published_at__isnull=False,
                        pdf__isnull=False,
                    )
                    & ~Q(checksum="")
                )
                | (
                    ~Q(state=RiskReportState.PUBLISHED)
                    & Q(published_by__isnull=True, published_at__isnull=True, pdf__isnull=True)
                    & Q(checksum="")
                ),
                name="risk_report_published_with_checksum",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="risk_closer_is_who_closed",
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
                condition=pgtrigger.Q(old__state=RiskReportState.PUBLISHED),
                func="""
                    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'A published report never changes.'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.period}"

    @property
    def is_published(self) -> bool:
        return self.state == RiskReportState.PUBLISHED

    @property
    def is_built(self) -> bool:
        return self.state in HAS_CONTENT
