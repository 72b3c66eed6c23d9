"""Large plan files: read, compared and written by a worker, while a page says how far it has come."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from icp.accounts.models import User
from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common.queue import enqueue
from icp.common.tabular import TableError
from programmes.errors import CannotImport, Refused, StalePreview
from programmes.models import PlanUpload
from programmes.services import uploads
from programmes.services.plan_shown import Shown, keep, kept, shown

FAULT = (
    "A fault of the portal stopped the import, and nothing was imported. Try once more; if it stops again,"
    " tell whoever runs the portal."
)
# A worker that was at it is done, or gone, by then: its task may take 15 minutes.
FORGOTTEN_AFTER = timedelta(minutes=20)


def begin(*, upload: PlanUpload) -> None:
    """Let a worker read the file, once what was written is committed."""
    from programmes.tasks import preview_upload as task

    PlanUpload.objects.filter(pk=upload.pk).update(
        state=PlanUpload.State.WAITING, rows_read=0, found=None, problem=""
    )
    transaction.on_commit(partial(enqueue, task, upload_id=upload.pk))


def preview_in_background(*, upload: PlanUpload) -> None:
    """Read a file that waits, compare it with the plan as it stands, and keep what that gives. Writes no plan.

    Run again it does nothing; run twice at once, what the first found is kept.
    """
    if upload.state == PlanUpload.State.WAITING:
        _keep_preview(upload)


def _keep_preview(upload: PlanUpload) -> None:
    mine = _as_taken_up(upload)
    try:
        found = uploads.preview_upload(upload=upload, progress=partial(_tell, upload))
    except TableError as problem:
        # Nobody can import it, so only what it was and why is kept.
        mine.update(state=PlanUpload.State.FAILED, problem=str(problem), data=b"")
        return
    with transaction.atomic():
        # Whoever is second waits here, and then has nothing to keep any more.
        if mine.update(state=PlanUpload.State.READY):
            kept_now = keep(upload=upload, preview=found)  # type: ignore[arg-type]
            PlanUpload.objects.filter(pk=upload.pk).update(found=kept_now)


def _as_taken_up(upload: PlanUpload) -> QuerySet[PlanUpload]:
    """The file while it still is what ``upload`` says: waiting to be read, or decided on at that moment.

    A message may come twice. Whoever comes second must not write over what somebody decided meanwhile.
    """
    return PlanUpload.objects.filter(
        pk=upload.pk, applied_at=None, state=upload.state, decided_at=upload.decided_at
    )


def _tell(upload: PlanUpload, rows: int) -> None:
    """How far the reading has come, for the page: so it is never done inside a transaction that goes on."""
    _as_taken_up(upload).update(rows_read=rows)


def begin_import(
    *,
    upload: PlanUpload,
    by: User,
    at: datetime,
    seen: str,
    take: Collection[int],
    remove: Collection[str] = (),
) -> None:
    """Let a worker write a file that was read in the background, once this decision is committed.

    ``seen``, ``take`` and ``remove`` are as for :func:`uploads.apply_upload`.

    Raises:
        CannotImport: it is being imported already, or was.
        StalePreview: another preview than ``seen`` is shown by now.
    """
    from programmes.tasks import import_upload as task

    found = preview_of(upload)
    if found.seen != seen:
        raise StalePreview(uploads.CHANGED_SINCE)
    ready = PlanUpload.objects.filter(pk=upload.pk, applied_at=None, state=PlanUpload.State.READY)
    decision = {
        "seen": seen,
        "take": [n for n in sorted(take) if n < len(found.conflicts)],
        "remove": sorted({*remove} & {*found.left, uploads.EVERY_ROW}) if remove else [],
    }
    if not ready.update(
        state=PlanUpload.State.APPLYING,
        rows_read=0,
        problem="",
        decision=decision,
        decided_by=by,
        decided_at=at,
    ):
        raise CannotImport(f"{upload.filename} is being imported already.")
    transaction.on_commit(partial(enqueue, task, upload_id=upload.pk))


def import_in_background(*, upload: PlanUpload, at: datetime) -> None:
    """Read the file again and write what was decided of it: all of it or nothing, and once, however often it is run.

    A refusal is kept for the page, with what the file would change now.
    """
    if upload.state != PlanUpload.State.APPLYING or upload.applied_at:
        return
    by, decision = upload.decided_by, upload.decision
    assert by is not None
    assert decision is not None
    try:
        file = uploads.read_upload(upload=upload, progress=partial(_tell, upload))
        with recorded(way=Way.IMPORT, by=by):
            uploads.apply_upload(
                upload=upload,
                by=by,
                at=at,
                seen=decision["seen"],
                take=decision["take"],
                remove=decision.get("remove", ()),
                file=file,
            )
    except (Refused, TableError) as refused:
        _keep_refusal(upload, str(refused))
    except Exception:
        _as_taken_up(upload).update(state=PlanUpload.State.READY, problem=FAULT)
        raise


def _keep_refusal(upload: PlanUpload, sentence: str) -> None:
    # Another run of the same task may have imported it, or been refused: then there is nothing to say.
    if _as_taken_up(upload).update(problem=sentence):
        _keep_preview(upload)


def forgotten_uploads(*, at: datetime) -> list[int]:
    """The keys of files that have waited too long: their message was lost, or their worker was killed."""
    waiting = PlanUpload.objects.filter(
        state=PlanUpload.State.WAITING, uploaded_at__lte=at - FORGOTTEN_AFTER
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:20])


def forgotten_imports(*, at: datetime) -> list[int]:
    """Likewise, of files that somebody decided to import."""
    waiting = PlanUpload.objects.filter(
        state=PlanUpload.State.APPLYING, decided_at__lte=at - FORGOTTEN_AFTER
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:20])


def preview_of(upload: PlanUpload) -> Shown:
    """What a worker found, or what the import did; else compared now."""
    return kept(upload) or shown(uploads.preview_upload(upload=upload))


def is_kept(upload: PlanUpload) -> bool:
    """Whether a worker found what is shown of it, which then writes it too."""
    return kept(upload) is not None


def shown_of(upload: PlanUpload) -> Shown | None:
    """Its preview; None where there is nothing to see yet, or ever: ``upload`` itself then says why.

    One that was read once, and is not to be read against the place as it is now, says that it failed.
    """
    if upload.state != PlanUpload.State.READY:
        return None
    try:
        return preview_of(upload)
    except TableError as problem:
        upload.state, upload.problem = PlanUpload.State.FAILED, str(problem)
        return None
