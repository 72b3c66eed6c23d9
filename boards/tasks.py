from celery import shared_task
from django.db import DatabaseError, InterfaceError

from boards import services
from boards.models import Report
from icp.common import clock
from icp.common.queue import enqueue


@shared_task(
    autoretry_for=(DatabaseError, InterfaceError), retry_backoff=True, max_retries=3, acks_late=True
)
def build_report(*, report_id: int) -> None:
    """Build one waiting report."""
    report = Report.objects.filter(pk=report_id).first()
    if report is not None:
        services.build_report(report=report, at=clock.now())


@shared_task
def build_waiting_reports() -> None:
    """Queue what is still to be built: after an outage of the broker, a killed worker, a failure."""
    for report in services.waiting_reports():
        enqueue(build_report, report_id=report.pk)
