from functools import partial

from celery import shared_task

from icp.common import clock
from icp.common.queue import enqueue
from programmes import services
from programmes.models import Place, PlanUpload
from programmes.services import background


@shared_task
def turn_the_day() -> None:
    """What a new day brings, in every place; one that fails keeps no other from it.

    Raises:
        ExceptionGroup: when each place has had its turn, what failed in some.
    """
    today, at = clock.today(), clock.now()
    failed = []
    for place in Place.objects.order_by("pk"):
        try:
            services.turn_the_day(place=place, today=today, at=at)
        except Exception as problem:
            failed.append(problem)
    if failed:
        raise ExceptionGroup("The day did not turn in some places.", failed)


# A plan of 100,000 rows takes minutes. The message is taken at once, or the broker would hand it to a second worker
# meanwhile; what a killed worker leaves behind is queued again by preview_waiting_uploads.
large = partial(shared_task, acks_late=False, soft_time_limit=870, time_limit=900)


@large()
def preview_upload(*, upload_id: int) -> None:
    """Read one large file and keep what it would change."""
    upload = PlanUpload.objects.select_related("place", "programme").filter(pk=upload_id).first()
    if upload is not None:
        background.preview_in_background(upload=upload)


@large()
def import_upload(*, upload_id: int) -> None:
    """Write one large file that somebody decided to import."""
    found = PlanUpload.objects.select_related("place", "programme", "decided_by")
    upload = found.filter(pk=upload_id).first()
    if upload is not None:
        background.import_in_background(upload=upload, at=clock.now())


@shared_task
def preview_waiting_uploads() -> None:
    """Queue what still waits: after an outage of the broker, or a worker that was killed."""
    at = clock.now()
    for key in background.forgotten_uploads(at=at):
        enqueue(preview_upload, upload_id=key)
    for key in background.forgotten_imports(at=at):
        enqueue(import_upload, upload_id=key)
