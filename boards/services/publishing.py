"""Publishing freezes a report; the last one publishes its period and tells the boards."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from boards.errors import CannotChangeReport
from boards.exporters.pdf import render
from boards.models import Report, ReportFile, ReportKind, ReportState
from boards.notices import tell_boards
from boards.selectors import content_of
from boards.services.locking import locked
from icp.accounts.models import User
from icp.common.checksums import checksum
from programmes.models import Period, PeriodState


@transaction.atomic
def publish_report(*, report: Report, by: User, at: datetime) -> Report:
    """Freeze an approved report: content with narrative, checksum and PDF. Publishing twice changes nothing.

    With the last kind of the period the period is published, and board members are told once.

    Raises:
        CannotChangeReport: it is not approved.
    """
    # Two last reports of a period, published at once, take turns: one of them sees that it is the last.
    period = Period.objects.select_for_update(of=("self",)).get(pk=report.period_id)
    report = locked(report)
    if report.is_published:
        return report
    if report.state != ReportState.APPROVED:
        raise CannotChangeReport("Only an approved report can be published.")
    report.content = content_of(report)
    report.checksum = checksum(report.content)
    report.state, report.published_by, report.published_at = ReportState.PUBLISHED, by, at
    data = render(report.content, checksum=report.checksum, created=at)
    report.save()
    ReportFile.objects.create(
        report=report, data=data, checksum=sha256(data).hexdigest(), rendered_at=at
    )
    _publish_period(period, at=at)
    return report


def _publish_period(period: Period, *, at: datetime) -> None:
    published = Report.objects.filter(period=period).published().count()
    if period.state == PeriodState.PUBLISHED or published < len(ReportKind):
        return
    period.state, period.published_at = PeriodState.PUBLISHED, at
    period.save(update_fields=["state", "published_at"])
    tell_boards(period)


@transaction.atomic
def publish_all(*, period: Period, by: User, at: datetime) -> int:
    """Publish every approved report of the period; returns how many.

    Raises:
        CannotChangeReport: none is approved.
    """
    approved = list(Report.objects.filter(period=period, state=ReportState.APPROVED).order_by("pk"))
    if not approved:
        raise CannotChangeReport(f"{period.name} has no approved report to publish.")
    for report in approved:
        publish_report(report=report, by=by, at=at)
    return len(approved)


@transaction.atomic
def set_public(*, report: Report, is_public: bool, by: User) -> Report:
    """Say whether the public may read the report once it is published. Its content stays as it is."""
    report = locked(report)
    if report.is_public != is_public:
        report.is_public = is_public
        report.save(update_fields=["is_public"])
    return report
