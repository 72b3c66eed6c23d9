"""Documents of an agreement: kept whole, handed out as downloads only, taken away without losing that they were there."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from finance.errors import CannotKeep
from finance.models import Agreement, AgreementDocument
from icp.accounts.models import User
from programmes.services.attachments import clean_name

AT_MOST = 50


@transaction.atomic
def attach_document(
    *, agreement: Agreement, name: str, content: bytes, by: User, at: datetime
) -> AgreementDocument:
    """Keep a document with an agreement.

    Raises:
        CannotKeep: it is empty, larger than ``UPLOAD_MAX_BYTES``, or one too many.
    """
    if not content:
        raise CannotKeep("The file is empty.", "file")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise CannotKeep(f"The file is larger than {most} MB: attach a smaller one.", "file")
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    if AgreementDocument.objects.filter(agreement=agreement, removed_at=None).count() >= AT_MOST:
        raise CannotKeep(
            f"An agreement holds {AT_MOST} documents at most: take one away first.", "file"
        )
    return AgreementDocument.objects.create(
        agreement=agreement,
        name=clean_name(name),
        content=content,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        added_by=by,
        added_at=at,
    )


@transaction.atomic
def take_document_away(*, document: AgreementDocument, at: datetime) -> None:
    """Empty a document; that it was there stays. Taking it away twice changes nothing."""
    found = AgreementDocument.objects.select_for_update().get(pk=document.pk)
    if found.removed_at:
        return
    found.content, found.removed_at = b"", at
    found.save(update_fields=["content", "removed_at"])
