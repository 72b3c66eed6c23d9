"""A plan file between its upload, its preview and the decision to apply it."""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from icp.accounts.models import User
from icp.common.tabular import Limits
from programmes.errors import CannotImport, StalePreview
from programmes.importers.any_plan import as_kept, read_any_plan
from programmes.importers.plan import PlanFile
from programmes.importers.programmes import ProgrammeFile, read_programmes
from programmes.models import Place, PlanUpload, Programme
from programmes.selectors.known import known_of
from programmes.services.plan_import import PlanPreview, hold_for, import_plan, preview_plan
from programmes.services.plan_shown import fingerprint, keep
from programmes.services.programme_import import (
    ProgrammePreview,
    import_programmes,
    preview_programmes,
)

__all__ = [
    "CHANGED_SINCE",
    "EVERY_CONFLICT",
    "EVERY_ROW",
    "Preview",
    "apply_upload",
    "discard_upload",
    "fingerprint",
    "preview_upload",
    "read_upload",
    "store_upload",
]
Preview = PlanPreview | ProgrammePreview


# Among the rows to be removed: all that the file does not have.
EVERY_ROW = "*"
# Among the conflicts in which the file is to win: all there are.
EVERY_CONFLICT = -1
# What 100,000 rows of a plan come to inside an Excel file, and as much again for long notes.
MOST_IN_SHEETS = 256 * 1024 * 1024
CHANGED_SINCE = (
    "The plan has changed since you saw the preview, so nothing was imported."
    " This is what the file would change now: look at it, then import."
)


@dataclass(frozen=True)
class ReadFile:
    """One kind of file, read: how it is compared and written."""

    file: PlanFile | ProgrammeFile

    def preview(self, place: Place) -> Preview:
        if isinstance(self.file, PlanFile):
            return preview_plan(place=place, file=self.file)
        return preview_programmes(place=place, file=self.file)

    def taking(
        self, preview: Preview, take: Collection[int], remove: Collection[str]
    ) -> "ReadFile":
        """The same, with the file to win in these of the preview's conflicts, and these of the rows that it does not
        have to be removed.
        """
        if not isinstance(self.file, PlanFile) or not isinstance(preview, PlanPreview):
            return self
        chosen = frozenset(
            (one.row, one.field)
            for number, one in enumerate(preview.conflicts)
            if number in take or EVERY_CONFLICT in take
        )
        gone = frozenset(one for one in preview.left if one in remove or EVERY_ROW in remove)
        return ReadFile(replace(self.file, take=chosen, remove=gone))

    def write(self, place: Place, by: User, at: datetime) -> Preview:
        if isinstance(self.file, PlanFile):
            return import_plan(place=place, file=self.file, by=by, at=at)
        return import_programmes(place=place, file=self.file, by=by)


def store_upload(
    *,
    place: Place,
    kind: str,
    filename: str,
    data: bytes,
    by: User,
    at: datetime,
    programme: Programme | None = None,
) -> PlanUpload:
    """Keep the file for its preview, if it can be read at all; a large plan is first read by a worker.

    ``programme`` is whose rows they are, where a project file does not say it.

    Raises:
        TableError: it cannot; the sentence says what to do.
    """
    if kind == PlanUpload.Kind.PLAN:
        data = as_kept(data, filename)
    upload = PlanUpload(
        place=place,
        kind=kind,
        filename=filename[:200],
        data=data,
        programme=programme,
        uploaded_by=by,
        uploaded_at=at,
    )
    if kind == PlanUpload.Kind.PLAN and len(data) > settings.UPLOAD_AT_ONCE_BYTES:
        upload.state = PlanUpload.State.WAITING
    else:
        read_upload(upload=upload)
    upload.save()
    return upload


def preview_upload(*, upload: PlanUpload, progress: Callable[[int], None] | None = None) -> Preview:
    """What applying it would do to the plan as it stands now. Writes nothing.

    ``progress`` is told now and then how many rows were read.
    """
    return read_upload(upload=upload, progress=progress).preview(upload.place)


@transaction.atomic
def apply_upload(
    *,
    upload: PlanUpload,
    by: User,
    at: datetime,
    seen: str,
    take: Collection[int] = (),
    remove: Collection[str] = (),
    file: ReadFile | None = None,
) -> Preview:
    """Compare the file with the plan as it stands now, and write what differs, once.

    ``seen`` is the :func:`fingerprint` of the preview that the person decided on; ``take`` numbers those of
    its conflicts, from 0, in which the file is to win (:data:`EVERY_CONFLICT`: all). In all others the plan stands. ``remove`` are those of the
    rows ``left`` out of the file that are to be removed, by reference, or :data:`EVERY_ROW`. ``file`` is what
    :func:`read_upload` gave, where that was done before.

    Raises:
        CannotImport: it was applied already or has errors. Nothing is written.
        StalePreview: it would do something else than was previewed, because the plan has changed since. Likewise.
    """
    upload = PlanUpload.objects.select_for_update().select_related("place").get(pk=upload.pk)
    if upload.applied_at:
        raise CannotImport(f"{upload.filename} was imported already.")
    way = file or read_upload(upload=upload)
    if take or remove:
        if isinstance(way.file, PlanFile):
            hold_for(place=upload.place, file=way.file)
        way = way.taking(_as_seen(way.preview(upload.place), seen), take, remove)
        written = way.write(upload.place, by, at)
    else:
        written = _as_seen(way.write(upload.place, by, at), seen)
    upload.applied_at, upload.state = at, PlanUpload.State.READY
    if isinstance(written, PlanPreview):
        upload.found = keep(upload=upload, preview=written)
    upload.save(update_fields=["applied_at", "state", "found"])
    return written


def discard_upload(*, upload: PlanUpload) -> None:
    """Forget a file that was not imported.

    Raises:
        CannotImport: it is imported, or is just being.
    """
    waiting = PlanUpload.objects.filter(pk=upload.pk, applied_at__isnull=True)
    gone, _ = waiting.exclude(state=PlanUpload.State.APPLYING).delete()
    if not gone:
        raise CannotImport(f"{upload.filename} is imported: it cannot be put aside any more.")


def _as_seen(preview: Preview, seen: str) -> Preview:
    """
    Raises:
        StalePreview: it is not what the person saw.
    """
    if fingerprint(preview) != seen:
        raise StalePreview(CHANGED_SINCE)
    return preview


def read_upload(*, upload: PlanUpload, progress: Callable[[int], None] | None = None) -> ReadFile:
    """What the file says. ``progress`` is told now and then how many rows were read.

    Raises:
        TableError: it cannot be read; the sentence says what to do.
    """
    limits = _limits(upload)
    data = bytes(upload.data)
    if upload.kind == PlanUpload.Kind.PLAN:
        code = upload.programme.code if upload.programme else ""
        known = known_of(place=upload.place, programme=code)
        file = read_any_plan(data, upload.filename, known=known, limits=limits, progress=progress)
        return ReadFile(file)
    codes = set(Programme.objects.in_place(upload.place).values_list("code", flat=True))
    return ReadFile(read_programmes(data, upload.filename, existing=codes, limits=limits))


def _limits(upload: PlanUpload) -> Limits:
    # What was read in time once is not timed again: a machine that is busy now must not refuse it.
    if upload.pk is not None and upload.state in (
        PlanUpload.State.READY,
        PlanUpload.State.APPLYING,
    ):
        seconds = math.inf
    elif upload.state == PlanUpload.State.WAITING:
        seconds = settings.UPLOAD_MAX_SECONDS_OF_A_WORKER
    else:
        seconds = settings.UPLOAD_MAX_SECONDS
    if upload.kind == PlanUpload.Kind.PLAN:
        return plan_limits(seconds=seconds)
    return Limits(size=settings.UPLOAD_MAX_BYTES, seconds=seconds)


def plan_limits(*, seconds: float) -> Limits:
    """The largest plan that is brought: a worker holds less than 400 MB with it (bench/README.md)."""
    return Limits(
        size=settings.PLAN_UPLOAD_MAX_BYTES,
        rows=settings.PLAN_UPLOAD_MAX_ROWS,
        sheets=MOST_IN_SHEETS,
        seconds=seconds,
    )
