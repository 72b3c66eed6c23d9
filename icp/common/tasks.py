import logging

from celery import shared_task

from icp.common import clock, forgetting, outbox

log = logging.getLogger(__name__)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=3)
def send_waiting_mail() -> None:
    """Send what waits in the outbox."""
    outbox.send_waiting(at=clock.now())


@shared_task
def forget_what_is_past() -> None:
    """Forget what is past its time (docs/data-protection.md)."""
    for what, rows in forgetting.forget_what_is_past(at=clock.now()).items():
        log.info("Forgot %s: %s rows.", what, rows)
