"""Documents of an agreement: kept whole, handed out as downloads only, taken away without losing that they were there."""

from datetime import datetime

from django.db import transaction

from finance.errors import CannotKeep
from finance.models import Agreement, AgreementDocument
from icp.accounts.models import User
from programmes.services.attachments import AT_MOST, kept_file


@transaction.atomic
def attach_document(
    *, agreement: Agreement, name: str, content: bytes, by: User, at: datetime
) -> AgreementDocument:
    """Keep a document with an agreement.

    Raises:
        CannotKeep: it is empty, larger than ``UPLOAD_MAX_BYTES``, or one too many.
    """
    kept = kept_file(name=name, content=content, refuse=lambda words: CannotKeep(words, "file"))
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    if AgreementDocument.objects.filter(agreement=agreement, removed_at=None).count() >= AT_MOST:
        raise CannotKeep(
            f"An agreement holds {AT_MOST} documents at most: take one away first.", "file"
        )
    return AgreementDocument.objects.create(agreement=agreement, **kept, added_by=by, added_at=at)
