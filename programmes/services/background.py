"""Large plan files: read and compared by a worker, which keeps what it found for the page that waits."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from icp.common.queue import enqueue
from icp.common.tabular import CellError, TableError
from programmes.models import PlanUpload
from programmes.services.plan_conflicts import Conflict
from programmes.services.plan_import import Change, PlanPreview
from programmes.services.uploads import preview_upload

# A worker that was at it is done, or gone, by then.
FORGOTTEN_AFTER = timedelta(minutes=10)


def begin(*, upload: PlanUpload) -> None:
    """Let a worker read the file, once what was written is committed."""
    from programmes.tasks import preview_upload as task

    PlanUpload.objects.filter(pk=upload.pk).update(
        state=PlanUpload.State.WAITING, rows_read=0, found=None
    )
    transaction.on_commit(partial(enqueue, task, upload_id=upload.pk))


def preview_in_background(*, upload: PlanUpload) -> None:
    """Read the file, compare it with the plan as it stands, and keep what that gives. Writes no plan.

    Run twice it does the same twice.
    """
    mine = PlanUpload.objects.filter(pk=upload.pk)

    def progress(rows: int) -> None:
        mine.update(rows_read=rows)

    try:
        found = preview_upload(upload=upload, progress=progress)
    except TableError as problem:
        # Nobody can import it, so only what it was and why is kept.
        mine.update(state=PlanUpload.State.FAILED, problem=str(problem), data=b"")
        return
    mine.update(state=PlanUpload.State.READY, found=asdict(found))


def forgotten_uploads(*, at: datetime) -> list[int]:
    """The keys of files that have waited too long: their message was lost, or their worker was killed."""
    waiting = PlanUpload.objects.filter(
        state=PlanUpload.State.WAITING, uploaded_at__lte=at - FORGOTTEN_AFTER
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:20])


def kept_preview(found: Mapping[str, Any]) -> PlanPreview:
    """What :func:`preview_in_background` kept."""
    return PlanPreview(
        created=found["created"],
        changed={row: [Change(**one) for one in all_] for row, all_ in found["changed"].items()},
        unchanged=found["unchanged"],
        left=found["left"],
        notes=found["notes"],
        errors=[CellError(**one) for one in found["errors"]],
        asked={row: [Change(**one) for one in all_] for row, all_ in found["asked"].items()},
        waiting=found["waiting"],
        conflicts=[Conflict(**one) for one in found["conflicts"]],
        left_out=found["left_out"],
    )
