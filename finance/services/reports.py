"""The finance report: stamped when its month closes, published by somebody else."""

from datetime import datetime
from typing import Any

from django.db import transaction

from finance.errors import CannotDecide, StaleMoney
from finance.exporters.content import SCHEMA, report_content
from finance.exporters.report_pdf import report_pdf
from finance.models import FinanceMonth, FinanceReport
from icp.accounts.models import User
from icp.common.checksums import checksum


def stamp_report(*, month: FinanceMonth) -> FinanceReport:
    """The report of a month that is being closed. Call inside the close's transaction; twice gives one."""
    content: dict[str, Any] = report_content(month=month)
    assert month.closed_by is not None
    found, _ = FinanceReport.objects.get_or_create(
        month=month,
        defaults={
            "schema": SCHEMA,
            "content": content,
            "checksum": checksum(content),
            "closed_by": month.closed_by,
        },
    )
    return found


@transaction.atomic
def publish_finance_report(
    *, report: FinanceReport, by: User, at: datetime, expected_version: int | None = None
) -> FinanceReport:
    """Publish it: everybody with a role in the place may read it, and it never changes. Twice publishes once.

    Raises:
        CannotDecide: the same person closed the month.
        StaleMoney: it is not the version that was looked at.
    """
    found = FinanceReport.objects.select_for_update().get(pk=report.pk)
    if found.is_published:
        return found
    if expected_version is not None and found.version != expected_version:
        raise StaleMoney(f"{found} has changed since you looked. Read it again.", found)
    if found.closed_by_id == by.pk:
        raise CannotDecide("Two people are needed: you closed this month yourself.")
    found.pdf = report_pdf(found.content, checksum=found.checksum, created=at)
    found.published_by, found.published_at = by, at
    found.version += 1
    found.save()
    return found
