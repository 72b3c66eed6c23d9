from celery import shared_task
from django.db import DatabaseError, InterfaceError

from icp.common import clock
from icp.common.queue import enqueue
from programmes.models import Place
from risks.models import RiskReport
from risks.services import reminders, reports


@shared_task(
    autoretry_for=(DatabaseError, InterfaceError), retry_backoff=True, max_retries=3, acks_late=True
)
def build_risk_report(*, report_id: int) -> None:
    """Build one waiting report."""
    report = RiskReport.objects.filter(pk=report_id).first()
    if report is not None:
        reports.build_report(report=report, at=clock.now())


@shared_task
def build_waiting_risk_reports() -> None:
    """Queue what is still to be built: after an outage of the broker, or a killed worker."""
    for report in reports.waiting():
        enqueue(build_risk_report, report_id=report.pk)


@shared_task
def remind_of_reviews() -> None:
    """Write to owners whose risks are due for review; each once."""
    today = clock.today()
    for place in Place.objects.order_by("pk"):
        reminders.remind_of_reviews(place=place, today=today)
