from celery import shared_task

from icp.common import clock, outbox


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=3)
def send_waiting_mail() -> None:
    """Send what waits in the outbox."""
    outbox.send_waiting(at=clock.now())
