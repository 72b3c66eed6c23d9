"""The finance report of a month: content stamped when the month closes, published by somebody else, then never changed."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from finance.models.month import PLACE_OF_MONTH, FinanceMonth
from icp.audit.tracking import tracked


class FinanceReportQuerySet(models.QuerySet["FinanceReport"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-month__year", "-month__number")


@tracked(place=PLACE_OF_MONTH, without=["content", "pdf"], quiet=["version"])
class FinanceReport(models.Model):
    """What every form of it prints (page, PDF, Excel, CSV, JSON); ``schema`` says how ``content`` is laid out."""

    month = models.OneToOneField(FinanceMonth, on_delete=models.PROTECT, related_name="report")
    schema = models.PositiveSmallIntegerField()
    content = models.JSONField()
    checksum = models.CharField(max_length=64)
    pdf = models.BinaryField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who closed the month, and so may not publish its report.",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FinanceReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True, pdf__isnull=True)
                | (
                    Q(published_by__isnull=False, published_at__isnull=False, pdf__isnull=False)
                    # Two different people.
                    & ~Q(published_by=F("closed_by"))
                ),
                name="finance_report_published_by_another",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="money_closer_is_who_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.closed_by_id IS DISTINCT FROM
                       (SELECT closed_by_id FROM finance_financemonth WHERE id = NEW.month_id)
                    THEN
                        RAISE EXCEPTION 'A report names who closed its month, and nobody else.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="content_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' OR OLD.published_at IS NOT NULL OR
                       (NEW.content, NEW.schema, NEW.checksum, NEW.month_id)
                       IS DISTINCT FROM (OLD.content, OLD.schema, OLD.checksum, OLD.month_id)
                    THEN
                        RAISE EXCEPTION 'A finance report never changes.'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Finance report, {self.month}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
