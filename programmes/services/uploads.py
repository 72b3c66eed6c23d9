"""A plan file between its upload, its preview and the decision to apply it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from icp.accounts.models import User
from icp.common.tabular import Limits
from programmes.errors import CannotImport
from programmes.importers.plan import PlanFile, read_plan
from programmes.importers.programmes import ProgrammeFile, read_programmes
from programmes.models import Place, PlanUpload, Programme
from programmes.selectors.posts import posts_by_word
from programmes.services.plan_import import PlanPreview, import_plan, preview_plan
from programmes.services.programme_import import (
    ProgrammePreview,
    import_programmes,
    preview_programmes,
)

Preview = PlanPreview | ProgrammePreview


@dataclass(frozen=True)
class _Way:
    """How one kind of file is read, compared and written."""

    file: PlanFile | ProgrammeFile

    def preview(self, place: Place) -> Preview:
        if isinstance(self.file, PlanFile):
            return preview_plan(place=place, file=self.file)
        return preview_programmes(place=place, file=self.file)

    def write(self, place: Place, by: User, at: datetime) -> Preview:
        if isinstance(self.file, PlanFile):
            return import_plan(place=place, file=self.file, by=by, at=at)
        return import_programmes(place=place, file=self.file, by=by)


def store_upload(
    *, place: Place, kind: str, filename: str, data: bytes, by: User, at: datetime
) -> PlanUpload:
    """Keep the file for its preview, if it can be read as a table at all.

    Raises:
        TableError: it cannot; the sentence says what to do.
    """
    upload = PlanUpload(
        place=place, kind=kind, filename=filename[:200], data=data, uploaded_by=by, uploaded_at=at
    )
    _read(upload)
    upload.save()
    return upload


def preview_upload(*, upload: PlanUpload) -> Preview:
    """What applying it would do to the plan as it stands now. Writes nothing."""
    return _read(upload).preview(upload.place)


def fingerprint(preview: Preview) -> str:
    """The same for two previews that say the same, old values and all."""
    said = asdict(preview)
    # What an import drafted is known only once it is done.
    said.pop("requests", None)
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def apply_upload(*, upload: PlanUpload, by: User, at: datetime, seen: str) -> Preview:
    """Read the file again, compare it with the plan as it stands now, and write what differs, once.

    ``seen`` is the :func:`fingerprint` of the preview that the person decided on.

    Raises:
        CannotImport: it was applied already, has errors, or would do something else than was previewed,
            because the plan has changed since. Nothing is written.
    """
    upload = PlanUpload.objects.select_for_update().select_related("place").get(pk=upload.pk)
    if upload.applied_at:
        raise CannotImport(f"{upload.filename} was imported already.")
    written = _read(upload).write(upload.place, by, at)
    if fingerprint(written) != seen:
        raise CannotImport(
            "The plan has changed since you saw the preview, so nothing was imported."
            " This is what the file would change now: look at it, then import."
        )
    upload.applied_at = at
    upload.save(update_fields=["applied_at"])
    return written


def _read(upload: PlanUpload) -> _Way:
    codes = set(Programme.objects.in_place(upload.place).values_list("code", flat=True))
    limits = Limits(size=settings.UPLOAD_MAX_BYTES)
    data = bytes(upload.data)
    if upload.kind == PlanUpload.Kind.PLAN:
        return _Way(
            read_plan(
                data,
                upload.filename,
                programmes=codes,
                posts=posts_by_word(place=upload.place),
                limits=limits,
            )
        )
    return _Way(read_programmes(data, upload.filename, existing=codes, limits=limits))
